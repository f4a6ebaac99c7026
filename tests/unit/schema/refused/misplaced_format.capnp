@0xd7f0a2b4c6e82015;
# Must be refused: does not fit the type.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Day { day @0 :Text $A.format("date"); }
