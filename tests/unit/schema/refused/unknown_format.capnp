@0xd7f0a2b4c6e82013;
# Must be refused: unknown format week.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Day { day @0 :Int32 $A.format("week"); }
