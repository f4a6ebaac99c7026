@0xd2a7b95e3c4f1b60;
# What a client and the server say to each other over the WebSocket at /api/v1/live, in one of two encodings:
#   silkledger.v1        text messages of JSON (docs/formats/json.md)
#   silkledger.v1.capnp  binary messages, one Cap'n Proto message each, root LiveMessage and LiveFrame
# Personal fields travel in clear or masked, as a Sealed of algorithm none.

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

struct LiveFrame {
  # What the server sends. In JSON the fields of the arm stand beside "type"; where JSON says more, the arm says what.
  union {
    answer @0 :LiveAnswer;
    problem @1 :LiveProblem;
    subscribed @2 :LiveSubscribed;
    unsubscribed @3 :LiveUnsubscribed;
    event @4 :LiveEvent;
    caughtUp @5 :LiveCaughtUp;
    rows @6 :LiveRows;
    job @7 :LiveJob;
  }
}

struct ReceiptBody $A.zh("回执") {
  # The command's events are stored, now or by an earlier sending of the same command.
  commandId @0 :Text;
  stream @1 :Text;
  # The command's own.
  version @2 :UInt64;
  # Of that stream after the command.
  epoch @3 :UInt64;
  position @4 :UInt64;
  # Of the first event.
  lastPosition @5 :UInt64;
  recordedAt @6 :Int64 $A.format("instant");
  repeated @7 :Bool;
}

struct FaultBody $A.zh("问题") {
  # One fault of a document.
  code @0 :Text;
  pointer @1 :Text;
  # RFC 6901.
  zh @2 :Text;
  en @3 :Text;
}

struct ProblemBody $A.zh("不予受理") {
  # RFC 9457 problem details, in both languages.
  type @0 :Text;
  title @1 :Text;
  titleZh @2 :Text;
  status @3 :Int32;
  # As an answer over HTTP would have it.
  detail @4 :Text;
  detailZh @5 :Text;
  parameter @6 :Text $A.optional;
  errors @7 :List(FaultBody) $A.optional;
  article @8 :Text $A.optional;
  ruleSet @9 :Text $A.optional;
  remedy @10 :Text $A.optional;
  remedyZh @11 :Text $A.optional;
  pointer @12 :Text $A.optional;
  epoch @13 :UInt64 = 18446744073709551615 $A.optional;
  # The present one, where the client's is no longer the log's.
  continuesFrom @14 :UInt64 = 18446744073709551615 $A.optional;
  # The first position that the client's epoch does not share.
}

struct LiveAnswer $A.zh("答复") {
  # To a command. One of the two; JSON has it as "body".
  commandId @0 :Text;
  status @1 :Int32;
  receipt @2 :ReceiptBody $A.optional;
  problem @3 :ProblemBody $A.optional;
}

struct LiveProblem $A.zh("拒绝") {
  # A message was not understood or not allowed.
  topic @0 :Text;
  status @1 :Int32;
  body @2 :ProblemBody;
}

struct LiveSubscribed $A.zh("已订阅") {
  topic @0 :Text;
  from @1 :UInt64 = 18446744073709551615 $A.optional;
  applied @2 :UInt64 = 18446744073709551615 $A.optional;
  head @3 :UInt64 = 18446744073709551615 $A.optional;
  epoch @4 :UInt64 = 18446744073709551615 $A.optional;
}

struct LiveUnsubscribed $A.zh("已退订") { topic @0 :Text; }

struct LiveEvent $A.zh("事件") {
  # One event of the log. JSON also has the sentences "zh" and "en".
  position @0 :UInt64;
  epoch @1 :UInt64;
  recordedAt @2 :Int64 $A.format("instant");
  stream @3 :Text;
  version @4 :UInt64;
  principal @5 :Text;
  commandId @6 :Text;
  commandIndex @7 :UInt32;
  subject @8 :Text $A.optional;
  # "project/P1" or "lead/L1".
  stored @9 :Data;
  # A StoredEvent: one segment without a segment table, as it is in the log unless it holds personal fields.
  # JSON: the object itself.
}

struct LiveCaughtUp $A.zh("已追平") {
  # Once: what follows is live.
  topic @0 :Text;
  applied @1 :UInt64;
  head @2 :UInt64;
  epoch @3 :UInt64;
}

struct LiveRows $A.zh("看板") {
  # Rows of a view: a page of the snapshot, or what changed since in its latest state.
  topic @0 :Text;
  view @1 :Text;
  snapshot @2 :Bool;
  applied @3 :UInt64;
  head @4 :UInt64;
  epoch @5 :UInt64;
  first @6 :Bool;
  # Of a snapshot: its first page. JSON leaves both out of changes.
  complete @7 :Bool;
  # Of a snapshot: its last page.
  rows @8 :List(Data);
  # Each a row of view.capnp, one segment without a segment table. JSON: the objects themselves.
  gone @9 :List(Text);
  # Keys that left the board. JSON leaves it out of a snapshot.
}

struct LiveJob $A.zh("任务") {
  # Progress of a job.
  job @0 :Text;
  body @1 :Text;
  # JSON (docs/API.md). JSON: the object itself.
}
