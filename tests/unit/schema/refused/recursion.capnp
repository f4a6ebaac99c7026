@0xd7f0a2b4c6e82001;
# Must be refused: contains itself.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Tree { children @0 :List(Tree); }
