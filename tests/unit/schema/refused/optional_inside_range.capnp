@0xd7f0a2b4c6e8200f;
# Must be refused: must lie outside the range.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Age { years @0 :Int32 = 5 $A.optional $A.range(least = 0, most = 9); }
