#include "domain/registry/epochs.h"

#include "domain/checks.h"
#include "domain/registry/reference.h"

namespace silkledger::domain {

Result<Decision> decide(const schema::EpochBegan& stated, const Context& context) {
  // Art. 30: assessments draw on what the platform recorded, so a break in it is recorded as well.
  const Checks check(context, "30");
  if (context.actor.person != kSystemActor) {
    return check.reject(
        Rejection::Kind::not_permitted, "epochs-begin-by-themselves", {},
        {"账本续期由系统登记。", "Epochs are begun by the system."},
        {"从备份恢复后首次启动时自动登记。", "It happens at the first start after a restore."});
  }
  const std::uint64_t current = context.reference.epoch();
  if (stated.epoch > current) return Decision{{recorded(stated)}};
  return check.reject(Rejection::Kind::already_exists, "epoch-already-began", "/epoch",
                      {"账本已处于第 " + std::to_string(current) + " 纪元。",
                       "The ledger is in epoch " + std::to_string(current) + "."},
                      {"下一个纪元至少为 " + std::to_string(current + 1) + "。",
                       "The next one is " + std::to_string(current + 1) + " or later."});
}

}  // namespace silkledger::domain
