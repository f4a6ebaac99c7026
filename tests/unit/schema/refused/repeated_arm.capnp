@0xd7f0a2b4c6e82009;
# Must be refused: repeats the struct of another arm.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Either { union { left @0 :Side; right @1 :Side; } }
struct Side {}
