@0xd7f0a2b4c6e82011;
# Must be refused: a Bool cannot be optional.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Flag { on @0 :Bool = true $A.optional; }
