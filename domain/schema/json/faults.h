// The words of what may be wrong with a value from outside, whichever encoding it came in.
//
// Pure. `pointer` is RFC 6901; docs/formats/json.md lists the codes.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "domain/schema/json/options.h"
#include "domain/schema/meta.h"

namespace silkledger::json {

enum class TextFormat { plain, partial_date, id };

inline constexpr std::size_t kTextBytesMax = 4096;  // of a Text without $maxBytes
inline constexpr std::size_t kDataBytesMax = 4096;  // of a Data without $maxBytes
inline constexpr std::size_t kListItemsMax = 256;   // of a List without $maxItems
inline constexpr std::size_t kIdBytesMax = 64;
inline constexpr std::size_t kSha256Bytes = 32;
inline constexpr int kNoOrdinal = -1;

bool is_id(std::string_view text);

JsonError bad_id(std::string pointer);
JsonError bad_partial_date(std::string pointer);
JsonError bad_date(std::string pointer);
JsonError bad_instant(std::string pointer);
JsonError nul_character(std::string pointer);
JsonError string_too_long(std::string pointer, std::size_t bytes_max);
JsonError too_many_items(std::string pointer, std::size_t items_max);
JsonError out_of_range(std::string pointer, const std::string& least, const std::string& most);
// `reserved` is an enumerant that means "absent" and so cannot be written.
JsonError bad_enum(std::string pointer, std::span<const schema::EnumerantMeta> names, int reserved);
JsonError sealing_unavailable(std::string pointer);

}  // namespace silkledger::json
