// Fields of the schema: types, annotations and defaults, checked.
#pragma once

#include <capnp/schema.capnp.h>

#include <cstdint>
#include <string>

#include "tools/schemac/model.h"

namespace silkledger::schemac {

// Ids of domain/schema/annotations.capnp.
constexpr std::uint64_t kOptional = 0xc5d0a1b2e3f40101;
constexpr std::uint64_t kDefaulted = 0xc5d0a1b2e3f4010b;
constexpr std::uint64_t kFormat = 0xc5d0a1b2e3f40102;
constexpr std::uint64_t kMaxBytes = 0xc5d0a1b2e3f40103;
constexpr std::uint64_t kMaxItems = 0xc5d0a1b2e3f40104;
constexpr std::uint64_t kRange = 0xc5d0a1b2e3f40105;
constexpr std::uint64_t kZh = 0xc5d0a1b2e3f40106;
constexpr std::uint64_t kArticle = 0xc5d0a1b2e3f40107;
constexpr std::uint64_t kAggregate = 0xc5d0a1b2e3f40108;
constexpr std::uint64_t kRetired = 0xc5d0a1b2e3f40109;
constexpr std::uint64_t kSingleton = 0xc5d0a1b2e3f4010a;

using Annotations = capnp::List<capnp::schema::Annotation>::Reader;

std::string text_of(Annotations annotations, std::uint64_t id);  // empty if there is none

// All but the doc comment. Throws SchemaError, which names `where`.
Field load_field(capnp::schema::Field::Reader source, const std::string& where);

[[noreturn]] void fail(const std::string& where, const std::string& what);

}  // namespace silkledger::schemac
