@0xd7f0a2b4c6e8200b;
# Must be refused: has a field named type.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Either { union { left @0 :Left; right @1 :Right; } }
struct Left { type @0 :Text; }
struct Right {}
