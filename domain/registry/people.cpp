#include "domain/registry/people.h"

#include <algorithm>

#include "domain/checks.h"
#include "domain/registry/reference.h"

namespace silkledger::domain {
namespace {

constexpr std::string_view kArticle = "5";
constexpr std::size_t kSha256Bytes = 32;
const Text kPerson{"人员", "person"};
const Text kToken{"令牌", "token"};

bool overlap(const RoleHeld& held, const schema::RoleGranted& stated) {
  const bool held_ends_before = held.until && *held.until < stated.from;
  const bool stated_ends_before = stated.until && *stated.until < held.from;
  return !held_ends_before && !stated_ends_before;
}

// The role exists, and can be held in a unit of this kind.
Objection role_fits(const Checks& check, const schema::RoleGranted& stated) {
  const Context& context = check.context();
  const schema::Role* role = context.reference.role(context.rules, stated.role);
  if (auto no = check.exists(role != nullptr, {"角色", "role"}, stated.role, "/role")) return no;
  const std::string& kind = context.reference.unit(stated.unit_id)->kind;
  const std::vector<std::string>& kinds = role->unit_kinds;
  if (kinds.empty() || std::ranges::find(kinds, kind) != kinds.end()) return {};
  std::string allowed;
  for (const std::string& one : kinds) allowed += (allowed.empty() ? "" : ", ") + one;
  return check.reject(
      Rejection::Kind::invalid, "role-not-for-this-unit", "/role",
      {"角色“" + role->zh + "”不适用于类别为 " + kind + " 的单位。",
       "The role " + quoted_en(role->en) + " cannot be held in a unit of kind " + kind + "."},
      {"适用的单位类别：" + allowed + "。", "It can be held in: " + allowed + "."});
}

Objection role_is_free(const Checks& check, const schema::RoleGranted& stated) {
  for (const RoleHeld& held : check.context().reference.person(stated.person_id)->roles) {
    if (held.unit_id != stated.unit_id || held.role != stated.role || !overlap(held, stated))
      continue;
    const std::string from = to_string(held.from);
    const std::string until = held.until ? to_string(*held.until) : "";
    return check.reject(
        Rejection::Kind::already_exists, "role-overlaps", "/from",
        {"该人员已在该单位持有此角色：" + from + "起" + (until.empty() ? "" : "至" + until) + "。",
         "The person holds this role in this unit from " + from +
             (until.empty() ? " on." : " until " + until + ".")},
        {"请使期限不重叠，或先收回原角色。",
         "Let the periods not overlap, or revoke the old grant first."});
  }
  return {};
}

bool administers(const Context& context, std::string_view role_code) {
  const schema::Role* role = context.reference.role(context.rules, role_code);
  return role != nullptr && role->administers;
}

// Without anybody left to grant roles the ledger could never be administered again.
Objection somebody_remains(const Checks& check, const schema::RoleRevoked& stated) {
  const Context& context = check.context();
  if (!administers(context, stated.role)) return {};
  for (const auto& [person_id, person] : context.reference.persons()) {
    for (const RoleHeld& held : person.roles) {
      const bool taken_back = person_id == stated.person_id && held.unit_id == stated.unit_id &&
                              held.role == stated.role;
      if (!taken_back && held.held_on(context.today) && administers(context, held.role)) return {};
    }
  }
  return check.reject(Rejection::Kind::wrong_state, "last-administrator", "/personId",
                      {"这是最后一名系统管理员。", "This is the last administrator."},
                      {"请先授予另一人管理角色。", "Grant the role to somebody else first."});
}

Objection secret_is_new(const Checks& check, const std::string& secret_sha256) {
  if (secret_sha256.size() != kSha256Bytes) {
    return check.reject(Rejection::Kind::invalid, "token-digest-malformed", "/secretSha256",
                        {"令牌摘要须为 32 字节。", "The digest of a token has 32 bytes."},
                        {"请提交令牌的 SHA-256，不要提交令牌本身。",
                         "Send the SHA-256 of the token, never the token."});
  }
  if (check.context().reference.token_by_secret(secret_sha256) == nullptr) return {};
  return check.reject(Rejection::Kind::already_exists, "token-secret-used", "/secretSha256",
                      {"该令牌已签发过。", "This secret was issued before."},
                      {"请重新生成随机令牌。", "Make a new random secret."});
}

}  // namespace

Result<Decision> decide(const schema::PersonRegistered& stated, const Context& context) {
  const Checks check(context, kArticle);
  const bool taken =
      stated.person_id == kSystemActor || context.reference.person(stated.person_id) != nullptr;
  if (auto no = check.id_is_free(taken, kPerson, stated.person_id, "/personId")) return *no;
  if (stated.name.ciphertext.empty()) {
    return check.reject(Rejection::Kind::invalid, "text-empty", "/name",
                        {"姓名未填写。", "The name is empty."},
                        {"请填写姓名。", "State the name."});
  }
  if (auto no = check.words_if_stated(stated.title, "/title")) return *no;
  return Decision{{recorded(stated)}};
}

Result<Decision> decide(const schema::RoleGranted& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = check.person_known(stated.person_id, "/personId")) return *no;
  if (stated.until) {
    if (auto no = check.in_order(stated.from, {"起始日期", "the first day"}, *stated.until,
                                 {"截止日期", "the last day"}, "/until")) {
      return *no;
    }
  }
  if (auto no = refuse_unit(context, kArticle, stated.unit_id, stated.from, "/unitId")) return *no;
  if (auto no = role_fits(check, stated)) return *no;
  if (auto no = role_is_free(check, stated)) return *no;
  return Decision{{recorded(stated)}};
}

Result<Decision> decide(const schema::RoleRevoked& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = check.person_known(stated.person_id, "/personId")) return *no;
  const std::vector<RoleHeld>& roles = context.reference.person(stated.person_id)->roles;
  const bool held = std::ranges::any_of(roles, [&](const RoleHeld& one) {
    return one.unit_id == stated.unit_id && one.role == stated.role &&
           (!one.until || *one.until >= context.occurred_on);
  });
  if (!held) {
    return check.reject(Rejection::Kind::wrong_state, "role-not-held", "/role",
                        {"该人员在该单位没有此角色，或已到期。",
                         "The person does not hold this role in this unit, or no longer."},
                        {"请核对人员、单位和角色。", "Check person, unit and role."});
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  if (auto no = somebody_remains(check, stated)) return *no;
  return Decision{{recorded(stated)}};
}

Result<Decision> decide(const schema::TokenIssued& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = check.person_known(stated.person_id, "/personId")) return *no;
  const bool taken = context.reference.token(stated.token_id) != nullptr;
  if (auto no = check.id_is_free(taken, kToken, stated.token_id, "/tokenId")) return *no;
  if (auto no = secret_is_new(check, stated.secret_sha256)) return *no;
  if (stated.expires_on <= context.today) {
    return check.reject(Rejection::Kind::invalid, "token-expired-at-issue", "/expiresOn",
                        {"失效日期须晚于今天（" + to_string(context.today) + "）。",
                         "The last day has to lie after today (" + to_string(context.today) + ")."},
                        {"请填写以后的日期。", "State a later day."});
  }
  return Decision{{recorded(stated)}};
}

Result<Decision> decide(const schema::TokenRevoked& stated, const Context& context) {
  const Checks check(context, kArticle);
  const Token* token = context.reference.token(stated.token_id);
  const bool theirs = token != nullptr && token->person_id == stated.person_id;
  if (auto no = check.exists(theirs, kToken, stated.token_id, "/tokenId")) return *no;
  if (token->revoked) {
    return check.reject(Rejection::Kind::wrong_state, "token-already-revoked", "/tokenId",
                        {"该令牌已吊销。", "The token was revoked already."},
                        {"无需再次吊销。", "There is nothing left to do."});
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return Decision{{recorded(stated)}};
}

}  // namespace silkledger::domain
