#include "server/websocket/handshake.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>

#include "server/http/text.h"

namespace silkledger::server {

namespace {

constexpr std::string_view kGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // RFC 6455 section 1.3

// RFC 6455 asks for SHA-1 to show that the header was understood; nothing secret hangs on it.
std::string accept_key_for(const std::string& key) {
  const std::string text = key + std::string(kGuid);
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
  std::array<unsigned char, 4 * ((SHA_DIGEST_LENGTH + 2) / 3) + 1> encoded{};
  const int length = EVP_EncodeBlock(encoded.data(), digest.data(), SHA_DIGEST_LENGTH);
  return {encoded.begin(), encoded.begin() + length};
}

// 16 bytes in base64: 22 characters and two '='.
bool is_key(const std::string& key) {
  return key.size() == 24 && key.compare(22, 2, "==") == 0 &&
         std::all_of(key.begin(), key.begin() + 22, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '+' || c == '/';
         });
}

// A page of another site must not speak with our user's browser for them.
bool origin_is_allowed(const HttpRequest& request, const EdgeConfig& config) {
  const std::string* origin = request.header("origin");
  if (origin == nullptr) return true;  // not a browser
  const std::string* host = request.header("host");
  if (host != nullptr && (equal_ignoring_case(*origin, "http://" + *host) ||
                          equal_ignoring_case(*origin, "https://" + *host))) {
    return true;
  }
  return std::any_of(
      config.allowed_origins.begin(), config.allowed_origins.end(),
      [&](const std::string& allowed) { return equal_ignoring_case(allowed, *origin); });
}

Problem bad(const char* detail_en, const char* detail_zh) {
  return {EdgeProblem::bad_upgrade, detail_en, detail_zh};
}

// Takes the subprotocols apart. False: something other than ours is asked for.
bool read_subprotocols(const HttpRequest& request, LiveRequest& live) {
  bool asked = false;
  for (const auto& [name, value] : request.headers) {
    if (name != "sec-websocket-protocol") continue;
    asked = true;
    std::string_view list = value;
    while (!list.empty()) {
      const std::size_t comma = std::min(list.find(','), list.size());
      const std::string_view item = trim(list.substr(0, comma));
      list.remove_prefix(std::min(comma + 1, list.size()));
      const bool ours = item == kJsonSubprotocol || item == kBinarySubprotocol;
      if (ours && live.subprotocol.empty()) live.subprotocol = std::string(item);
      if (item.substr(0, kTokenSubprotocolPrefix.size()) != kTokenSubprotocolPrefix) continue;
      const std::string token(item.substr(kTokenSubprotocolPrefix.size()));
      if (live.token && *live.token != token) return false;
      live.token = token;
    }
  }
  return !asked || !live.subprotocol.empty();
}

}  // namespace

std::variant<Handshake, Problem> read_handshake(const HttpRequest& request,
                                                const EdgeConfig& config) {
  const std::string* version = request.header("sec-websocket-version");
  if (version == nullptr || *version != "13") {
    return Problem{EdgeProblem::upgrade_required, "WebSocket version 13 is required.",
                   "需要 WebSocket 第 13 版协议。"};
  }
  const std::string* key = request.header("sec-websocket-key");
  if (key == nullptr || !is_key(*key)) {
    return bad("Sec-WebSocket-Key must be 16 bytes in base64.",
               "Sec-WebSocket-Key 必须是 16 字节的 base64 编码。");
  }
  if (!origin_is_allowed(request, config)) {
    return Problem{EdgeProblem::origin_not_allowed,
                   "Pages of this origin may not connect; ask the administrator to allow it.",
                   "不允许该来源的网页连接，请联系管理员添加许可。"};
  }
  Handshake handshake;
  handshake.request.token = request.token;
  handshake.request.remote = request.remote;
  handshake.request.query = request.query;
  if (!read_subprotocols(request, handshake.request)) {
    return bad(
        "Ask for the subprotocol silkledger.v1 or silkledger.v1.capnp, and for one token only.",
        "请使用子协议 silkledger.v1 或 silkledger.v1.capnp，并且只携带一个令牌。");
  }
  handshake.accept_key = accept_key_for(*key);
  return handshake;
}

std::string handshake_answer(const Handshake& handshake) {
  std::string answer =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: " +
      handshake.accept_key + "\r\n";
  if (!handshake.request.subprotocol.empty()) {
    answer += "Sec-WebSocket-Protocol: " + handshake.request.subprotocol + "\r\n";
  }
  return answer + "\r\n";
}

}  // namespace silkledger::server
