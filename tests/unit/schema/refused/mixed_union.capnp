@0xd7f0a2b4c6e82005;
# Must be refused: must hold nothing else.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Mixed { name @0 :Text; union { a @1 :A1; b @2 :B1; } }
struct A1 {}
struct B1 {}
