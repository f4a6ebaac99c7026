@0xb51c0e8d7a6f3942;
# A script of commands with their moments: how synthetic data enters an empty ledger, through the same deciders
# as everything else (docs/formats/script.md). One JSON object a line.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
using Command = import "/domain/schema/command.capnp";
$Cxx.namespace("silkledger::wire");

struct ScriptLine {
  at @0 :Int64 $A.format("instant");
  # When the command is sent; never before the line above.
  principal @1 :Text $A.maxBytes(128);
  # A person id, or "system".
  commandId @2 :Text $A.maxBytes(128);
  request @3 :Command.CommandRequest;
  expectRefusal @4 :Text $A.optional $A.maxBytes(64);
  # The code of the rejection that this line must meet; without it a refusal ends the seeding.
}
