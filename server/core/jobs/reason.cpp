#include "server/core/jobs/reason.h"

#include <string>

namespace silkledger::server {
namespace {

using eventstore::CheckState;
using eventstore::StoreError;

// Nothing but the kind is translated: the detail names positions and files.
Text with_detail(const std::string& zh, const std::string& detail) {
  return {zh + "（" + detail + "）", detail};
}

std::string zh_of(StoreError::Kind kind) {
  switch (kind) {
    case StoreError::Kind::corrupt:
      return "数据已损坏，请运行校验";
    case StoreError::Kind::io:
      return "读写失败，请检查磁盘后重试";
    case StoreError::Kind::not_found:
      return "没有所需的内容";
    case StoreError::Kind::wrong_format:
      return "格式或历史不符";
    case StoreError::Kind::locked:
      return "已被其他程序占用";
    case StoreError::Kind::reopen:
      return "须重启服务后再试";
  }
  return "失败";
}

std::string zh_of(CheckState::Phase phase) {
  switch (phase) {
    case CheckState::Phase::kRecords:
      return "记录或账本末尾有误";
    case CheckState::Phase::kTrees:
      return "哈希树有误";
    case CheckState::Phase::kStreams:
      return "流索引有误";
    case CheckState::Phase::kCommands:
      return "命令索引有误";
    case CheckState::Phase::kDone:
      break;
  }
  return "有误";
}

}  // namespace

Text reason_of(const StoreError& error) { return with_detail(zh_of(error.kind), error.detail); }

Text reason_of_rebuild(const std::string& detail) { return with_detail("视图重建失败", detail); }

Text reason_of(const eventstore::CheckFinding& finding) {
  return with_detail(zh_of(finding.phase), finding.what);
}

void write_reason(json::Writer& out, const Text& reason) {
  out.key("reason");
  out.string(reason.en);
  out.key("reasonZh");
  out.string(reason.zh);
}

}  // namespace silkledger::server
