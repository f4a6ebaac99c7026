#include "eventstore/backup/backup_format.h"

#include <bit>
#include <charconv>

#include "eventstore/codec/little_endian.h"
#include "eventstore/codec/record_codec.h"
#include "eventstore/ledger/sha256.h"

namespace silkledger::eventstore {
namespace {

constexpr std::string_view kEnd = "end";

// Reads text of one fact a line, "name value", in a fixed order. After the first line that is not
// as expected everything reads as nothing.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  std::string_view value(std::string_view name) {
    const auto found = next_value(name);
    if (!found) failed_ = true;
    return found.value_or(std::string_view());
  }

  template <class Number>
  Number number(std::string_view name) {
    const std::string_view digits = value(name);
    Number number{};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size()) failed_ = true;
    return number;
  }

  Hash hash(std::string_view name) { return hash_from_hex(value(name)); }

  // As many lines of this name as follow.
  std::vector<Hash> hashes(std::string_view name) {
    std::vector<Hash> all;
    while (const auto hex = next_value(name)) all.push_back(hash_from_hex(*hex));
    return all;
  }

  // True when everything was as expected and nothing is left.
  bool ended() { return next_value(kEnd) == "" && text_.empty() && !failed_; }

 private:
  std::optional<std::string_view> next_value(std::string_view name) {
    const std::size_t end = text_.find('\n');
    if (failed_ || end == std::string_view::npos) return std::nullopt;
    std::string_view line = text_.substr(0, end);
    if (!line.starts_with(name)) return std::nullopt;
    line.remove_prefix(name.size());
    if (!line.empty()) {
      if (line.front() != ' ') return std::nullopt;
      line.remove_prefix(1);
    }
    text_.remove_prefix(end + 1);
    return line;
  }

  Hash hash_from_hex(std::string_view hex) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    Hash hash{};
    if (hex.size() != 2 * hash.size()) {
      failed_ = true;
      return hash;
    }
    for (std::size_t i = 0; i < hex.size(); ++i) {
      const std::size_t digit = kDigits.find(hex[i]);
      if (digit == std::string_view::npos) failed_ = true;
      hash[i / 2] = static_cast<std::uint8_t>((std::size_t{hash[i / 2]} << 4U) | (digit & 0x0FU));
    }
    return hash;
  }

  std::string_view text_;
  bool failed_ = false;
};

void put_line(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(" ").append(value).append("\n");
}

}  // namespace

std::string encode(const BackupHeader& header) {
  std::string text;
  put_line(text, "store", header.store_id);
  put_line(text, "epoch", std::to_string(header.epoch));
  put_line(text, "first", std::to_string(header.first));
  put_line(text, "last", std::to_string(header.last));
  put_line(text, "root", to_hex(header.root));
  for (const Hash& peak : header.edge) put_line(text, "edge", to_hex(peak));
  put_line(text, "taken-at", std::to_string(header.taken_at));
  put_line(text, "record-format", std::to_string(kRecordFormatVersion));
  put_line(text, "tree", kMerkleAlgorithm);
  put_line(text, "seal", kBackupSealAlgorithm);
  return text.append(kEnd).append("\n");
}

std::optional<BackupHeader> decode_backup_header(std::string_view text) {
  Lines lines(text);
  BackupHeader header;
  header.store_id = lines.value("store");
  header.epoch = lines.number<Epoch>("epoch");
  header.first = lines.number<Position>("first");
  header.last = lines.number<Position>("last");
  header.root = lines.hash("root");
  header.edge = lines.hashes("edge");
  header.taken_at = lines.number<Microseconds>("taken-at");
  const bool is_known = lines.value("record-format") == std::to_string(kRecordFormatVersion) &&
                        lines.value("tree") == kMerkleAlgorithm &&
                        lines.value("seal") == kBackupSealAlgorithm;
  const bool is_sound = header.epoch > 0 && header.first > 0 && header.first - 1 <= header.last;
  if (!lines.ended() || !is_known || !is_sound) return std::nullopt;
  // One text for one header: what decodes must be what would be written.
  if (encode(header) != text) return std::nullopt;
  return header;
}

std::string encode(const BackupFooter& footer) {
  std::string text;
  put_line(text, "records", std::to_string(footer.records));
  put_line(text, "commands", std::to_string(footer.commands));
  for (const Hash& peak : footer.edge) put_line(text, "edge", to_hex(peak));
  return text.append(kEnd).append("\n");
}

std::optional<BackupFooter> decode_backup_footer(std::string_view text) {
  Lines lines(text);
  BackupFooter footer;
  footer.records = lines.number<std::uint64_t>("records");
  footer.commands = lines.number<std::uint64_t>("commands");
  footer.edge = lines.hashes("edge");
  if (!lines.ended() || encode(footer) != text) return std::nullopt;
  return footer;
}

std::optional<Frontier> frontier_of(std::uint64_t size, const std::vector<Hash>& edge) {
  if (edge.size() != static_cast<std::size_t>(std::popcount(size))) return std::nullopt;
  Frontier frontier;
  auto peak = edge.begin();
  for (unsigned level = 64; level-- > 0;) {
    if ((size >> level & 1U) != 0) frontier.append_subtree(level, *peak++);
  }
  return frontier;
}

std::string encode(const SectionHead& head) {
  std::string bytes;
  put_le(bytes, static_cast<std::uint8_t>(head.kind));
  bytes.append(3, '\0');
  put_le(bytes, head.body_bytes);
  return bytes;
}

std::optional<SectionHead> decode_section_head(std::string_view bytes) {
  if (bytes.size() != kSectionHeadBytes) return std::nullopt;
  const auto kind = static_cast<SectionKind>(get_le<std::uint8_t>(bytes, 0));
  if (kind != SectionKind::header && kind != SectionKind::block && kind != SectionKind::footer) {
    return std::nullopt;
  }
  const SectionHead head{kind, get_le<std::uint32_t>(bytes, 4)};
  if (encode(head) != bytes || head.body_bytes > kBackupSectionBytesMax) return std::nullopt;
  return head;
}

SealChain::SealChain() : before_(sha256(kBackupMagic)) {}

Hash SealChain::seal(std::string_view head, std::string_view body) {
  return before_ = sha256(bytes_of(before_), head, body);
}

}  // namespace silkledger::eventstore
