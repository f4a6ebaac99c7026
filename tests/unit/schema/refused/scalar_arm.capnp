@0xd7f0a2b4c6e82007;
# Must be refused: arm number must be a struct.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Either { union { number @0 :Int32; words @1 :Words; } }
struct Words { text @0 :Text; }
