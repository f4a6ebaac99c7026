@0xd7f0a2b4c6e82017;
# Must be refused: only scalars may have a default.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Greeting { text @0 :Text = "hello"; }
