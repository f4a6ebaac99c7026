@0xe6a1f3c20b7d4a91;
# How a schema file says what Cap'n Proto alone cannot: presence, formats, limits, names for people,
# and the article of the regulation behind a type. The compiler plug-in (tools/schemac) reads these.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("silkledger::wire");

annotation optional @0xc5d0a1b2e3f40101 (field) :Void;
# The field may be missing. A pointer field is absent when null. A scalar field is absent when it holds
# its declared default, which must therefore lie outside the field's valid range (by convention the
# minimum of the type: -2147483648, -9223372036854775808); zero and missing stay distinct.
# Every field without this annotation or `defaulted` is required: JSON without it is refused.

annotation defaulted @0xc5d0a1b2e3f4010b (field) :Void;
# JSON may leave the field out: it then holds its declared default, a list nothing. For settings that came
# later than the documents in which people keep them. Scalars and lists only, and never with `optional`.

annotation format @0xc5d0a1b2e3f40102 (field) :Text;
# What the bits mean. "date": Int32, days since 1970-01-01, JSON "YYYY-MM-DD", C++ CivilDate.
# "instant": Int64, microseconds UTC, JSON RFC 3339 with six digits and Z, C++ Instant.
# "partialDate": Text "YYYY", "YYYY-MM" or "YYYY-MM-DD", checked; C++ std::string.
# "id": Text, 1..64 of [A-Za-z0-9._-], checked; C++ std::string.
# "sha256": Data of 32 bytes, JSON hex; C++ std::string of bytes.

annotation maxBytes @0xc5d0a1b2e3f40103 (field) :UInt32;
# Longest accepted UTF-8 length of a Text, or size of a Data. Default for Text: 4096.

annotation maxItems @0xc5d0a1b2e3f40104 (field) :UInt32;
# Longest accepted list. Default: 256.

annotation range @0xc5d0a1b2e3f40105 (field) :Range;
struct Range { least @0 :Int64; most @1 :Int64; }
# Accepted values of an integer, both ends included.

annotation zh @0xc5d0a1b2e3f40106 (struct, field, enum, enumerant, group, union) :Text;
# The Chinese name shown to people. The English name is the identifier split into words.

annotation article @0xc5d0a1b2e3f40107 (struct) :Text;
# The article of the regulation that asks for this command or records this event, for instance "19".

annotation aggregate @0xc5d0a1b2e3f40108 (struct) :Text;
# On a command or event: the aggregate, and so the stream prefix, it belongs to ("lead" -> "lead/<id>").

annotation singleton @0xc5d0a1b2e3f4010a (struct) :Text;
# On a command or event beside `aggregate`: there is one stream of that aggregate, of this id. Without it the
# struct's first field names the stream: "lead" with leadId "L7" -> "lead/L7".

annotation retired @0xc5d0a1b2e3f40109 (struct) :Text;
# An event version that is still read but no longer written; the text names its successor.
