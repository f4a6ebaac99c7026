@0xd7f0a2b4c6e8200d;
# Must be refused: needs an explicit default.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Age { years @0 :Int32 $A.optional; }
