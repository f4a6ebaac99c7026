@0xd7f0a2b4c6e82003;
# Must be refused: floating point.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Price { yuan @0 :Float64; }
