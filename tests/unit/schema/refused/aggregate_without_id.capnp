@0xd7f0a2b4c6e82018;
# Must be refused: nothing says which stream this belongs to.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Greeted $A.aggregate("guest") { name @0 :Text; }
