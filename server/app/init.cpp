#include <cstdio>
#include <memory>

#include "server/app/commands.h"
#include "server/app/data_folder.h"
#include "server/app/embedded.h"
#include "server/app/token.h"
#include "server/core/first_setup.h"
#include "server/runtime/runtime.h"
#include "server/runtime/system_clock.h"

namespace silkledger::server {
namespace {

constexpr std::int32_t kFirstTokenDays = 365;

int fail(const std::string& words) {
  std::fprintf(stderr, "%s\n", words.c_str());
  return 1;
}

std::vector<std::string_view> setup_files(bool bare) {
  if (bare) return {embedded::kRuleSet, embedded::kUnits};
  return {embedded::kRuleSet, embedded::kUnits, embedded::kCalendar, embedded::kApprovalItems};
}

}  // namespace

int run_init(const InitOptions& options) {
  Runtime runtime;
  SystemClock clock;
  const DataFolder folder(options.data);
  auto created = folder.create(runtime.core(), clock);
  if (const auto* failure = std::get_if<Failure>(&created)) return fail(failure->words);
  auto& log = *std::get<std::unique_ptr<eventstore::RocksEventStore>>(created);
  auto key = folder.read_key();
  if (const auto* failure = std::get_if<Failure>(&key)) return fail(failure->words);
  PersonalSealer sealer(std::get<PersonalKey>(key));
  const auto token = new_token();
  if (!token) return fail("the system gives no random bytes");

  Sequencer sequencer(log, runtime.core(), clock, {});
  if (auto error = sequencer.open()) return fail(error->detail);
  auto commands = setup_commands(setup_files(options.bare), sealer);
  if (const auto* failure = std::get_if<Failure>(&commands)) return fail(failure->words);
  auto all = std::move(std::get<std::vector<Submission>>(commands));
  const auto today = sequencer.today();
  const FirstAdministrator administrator{"admin", options.admin_name, options.admin_unit, *token,
                                         CivilDate{today.days + kFirstTokenDays}};
  for (auto& command : administrator_commands(administrator, sealer, today))
    all.push_back(std::move(command));

  std::optional<std::string> failed;
  std::size_t sent = 0;
  runtime.core().post([&] {
    send_all(sequencer, std::move(all), [&](const std::variant<std::size_t, Failure>& done) {
      if (const auto* failure = std::get_if<Failure>(&done))
        failed = failure->words;
      else
        sent = std::get<std::size_t>(done);
      runtime.finish();
    });
  });
  runtime.run();
  if (failed) return fail(*failed);

  std::printf("新账本 / new ledger: %s（%zu 条命令 / commands）\n", options.data.c_str(), sent);
  if (options.token_file.empty()) {
    std::printf("首位管理员令牌，只显示这一次 / first administrator's token, shown only now:\n%s\n",
                token->c_str());
  } else if (auto error = write_secret(options.token_file, *token + "\n")) {
    return fail(*error);
  } else {
    std::printf("首位管理员令牌已写入 / first administrator's token written to: %s\n",
                options.token_file.c_str());
  }
  return 0;
}

}  // namespace silkledger::server
