#include "domain/registry/chains.h"

#include "domain/checks.h"
#include "domain/registry/reference.h"

namespace silkledger::domain {
namespace {

const Text kChain{"产业链", "chain"};

}  // namespace

Result<Decision> decide(const schema::ChainDefined& stated, const Context& context) {
  const Checks check(context, "4");
  const bool taken = context.reference.chain(stated.chain_id) != nullptr;
  if (auto no = check.id_is_free(taken, kChain, stated.chain_id, "/chainId")) return *no;
  if (auto no = check.name(stated.name, "/name")) return *no;
  if (auto no = check.name(stated.name_en, "/nameEn")) return *no;
  return Decision{{recorded(stated)}};
}

// Art. 9: 管行业必须管招商. That the unit is one of government is said by its kind, which is data.
Result<Decision> decide(const schema::ChainLeadAssigned& stated, const Context& context) {
  const Checks check(context, "9");
  const Chain* chain = context.reference.chain(stated.chain_id);
  if (auto no = check.exists(chain != nullptr, kChain, stated.chain_id, "/chainId")) return *no;
  if (auto no =
          check.in_order(chain->from, {"产业链启用日期", "the first day of the chain"}, stated.from,
                         {"起始日期", "the first day of the assignment"}, "/from")) {
    return *no;
  }
  if (auto no = refuse_unit(context, check.article(), stated.unit_id, stated.from, "/unitId")) {
    return *no;
  }
  if (context.reference.chain_lead(stated.chain_id, stated.from) == stated.unit_id) {
    return check.reject(
        Rejection::Kind::wrong_state, "chain-already-led", "/unitId",
        {"该单位当日已是此产业链的链主单位。", "This unit leads the chain on that day already."},
        {"无需再次指定。", "There is nothing to assign."});
  }
  return Decision{{recorded(stated)}};
}

}  // namespace silkledger::domain
