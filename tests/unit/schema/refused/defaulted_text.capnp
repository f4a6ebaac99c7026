@0xd7f0a2b4c6e82019;
# Must be refused: only a scalar or list that is not optional can be defaulted.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Greeting { words @0 :Text $A.defaulted; }
