@0xd2a7b95e3c4f1b60;
# What a client sends over the WebSocket at /api/v1/live, as JSON text messages. The server's own frames are
# described in docs/API.md.

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Command = import "command.capnp";
$Cxx.namespace("silkledger::wire");

struct LiveMessage {
  union {
    command @0 :LiveCommand;
    subscribeEvents @1 :LiveSubscribeEvents;
    subscribeRows @2 :LiveSubscribeRows;
    subscribeJobs @3 :LiveSubscribeJobs;
    unsubscribe @4 :LiveUnsubscribe;
  }
}

struct LiveCommand $A.zh("发送命令") {
  # Answered by a frame of type "answer" with the same command id.
  commandId @0 :Text $A.maxBytes(128) $A.zh("命令编号");
  request @1 :Command.CommandRequest $A.zh("命令");
}

struct LiveSubscribeEvents $A.zh("订阅事件") {
  # Every event the person may see, from a position on, once and in order; one such subscription a connection,
  # its topic is "events". To resume, ask from the last position received plus one.
  from @0 :UInt64 $A.zh("起始位置");
  subjects @1 :List(Text) $A.optional $A.maxItems(64) $A.zh("项目或线索");
  # Only events of these, "project/P1" or "lead/L1".
  units @2 :List(Text) $A.optional $A.maxItems(64) $A.zh("单位");
  # Only events in which one of these units takes part.
  epoch @3 :UInt64 = 18446744073709551615 $A.optional $A.zh("纪元");
  # The epoch in which the client received what it has. When the log was restored since and does not hold all of
  # it any more, the subscription is refused and the answer says where the histories part.
}

struct LiveFilter { field @0 :Text $A.maxBytes(64); value @1 :Text $A.maxBytes(256); }

struct LiveSubscribeRows $A.zh("订阅看板") {
  # The rows of a view as they are, then every change of them. Changes coalesce: a client that reads slowly
  # gets the latest state, not every state.
  topic @0 :Text $A.format("id") $A.zh("主题");
  # Chosen by the client; named in the frames.
  view @1 :Text $A.maxBytes(64) $A.zh("视图");
  filters @2 :List(LiveFilter) $A.optional $A.maxItems(16) $A.zh("筛选");
}

struct LiveSubscribeJobs $A.zh("订阅任务") {
  # Progress of the server's jobs, for administrators. Its topic is "jobs".
}

struct LiveUnsubscribe $A.zh("退订") { topic @0 :Text $A.maxBytes(64) $A.zh("主题"); }
