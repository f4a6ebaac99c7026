#include "clients/cli/import/remark.h"

namespace silkledger::cli {

Text reason_words(Reason reason) {
  switch (reason) {
    case Reason::format:
      return {"格式", "format"};
    case Reason::outside:
      return {"区域外", "outside the prefecture"};
    case Reason::unit:
      return {"承接单位", "unit"};
    case Reason::bundle:
      return {"打捆", "bundle"};
    case Reason::framework:
      return {"框架协议", "framework agreement"};
    case Reason::not_promotion:
      return {"非招商项目", "not investment promotion"};
    case Reason::phase:
      return {"分期", "phase of another row"};
    case Reason::duplicate:
      return {"重复", "duplicate"};
    case Reason::value:
      return {"数值", "value"};
    case Reason::status:
      return {"状态", "status"};
    case Reason::source:
      return {"来源", "source"};
  }
  return {"其他", "other"};
}

}  // namespace silkledger::cli
