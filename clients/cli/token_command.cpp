// `token`: issues and revokes API tokens. The secret is made here and never sent.
#include <boost/json.hpp>

#include "clients/cli/chance.h"
#include "clients/cli/subcommands.h"

namespace silkledger::cli {

int run_token_issue(Api& api, const TokenOptions& options, const SendOptions& headers) {
  Terminal& terminal = api.terminal();
  const auto secret = new_token();
  if (!secret) {
    terminal.error(
        {"本机的随机数发生器不可用，未签发。", "No randomness to be had; nothing was issued."});
    return kRefused;
  }
  const std::string body =
      boost::json::serialize(boost::json::object{{"personId", options.person},
                                                 {"tokenId", options.token_id},
                                                 {"secretSha256", sha256_hex(*secret)},
                                                 {"expiresOn", options.expires}});
  const int code = send_one(api, "issue-token", body, headers);
  // With an unknown outcome the secret may be valid: without it, the token would be lost.
  if (code != kDone && code != kUnreachable) return code;
  if (terminal.json()) {
    terminal.out(boost::json::serialize(
        boost::json::object{{"tokenId", options.token_id}, {"secret", *secret}}));
    return code;
  }
  terminal.say({"令牌（只显示这一次，请妥善交给本人）：",
                "The token, shown this once; hand it over safely:"});
  terminal.out(*secret);
  return code;
}

int run_token_revoke(Api& api, const TokenOptions& options, const SendOptions& headers) {
  const std::string body = boost::json::serialize(boost::json::object{
      {"personId", options.person}, {"tokenId", options.token_id}, {"reason", options.reason}});
  return send_one(api, "revoke-token", body, headers);
}

}  // namespace silkledger::cli
