@0xd7f0a2b4c6e8135b;
# An imported file: types cross files.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Deep $A.zh("深") {
  depth @0 :Int64 $A.range(least = 0, most = 9000000000000000);
  note @1 :Text $A.optional;
}
