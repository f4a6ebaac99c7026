@0xb2c4d8e07f915a33;
# Value types shared by events, commands and view rows.

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct Money $A.zh("金额") {
  # An amount in integer fen. A vague source keeps its qualifier; nothing is rounded or guessed.
  fen @0 :Int64 $A.range(least = 0, most = 9000000000000000) $A.zh("分");
  qualifier @1 :Qualifier $A.zh("口径");
}

enum Qualifier $A.zh("口径") {
  exact @0 $A.zh("准确");
  about @1 $A.zh("约");
  over @2 $A.zh("超过");
  atLeast @3 $A.zh("不少于");
}

struct Count $A.zh("数量") {
  # A number of jobs or pieces, with the qualifier of its source.
  number @0 :Int32 $A.range(least = 0, most = 100000000) $A.zh("数");
  qualifier @1 :Qualifier $A.zh("口径");
}

struct Sealed $A.zh("密封字段") {
  # A personal field. In JSON it is a plain string that the edge of the server seals and unseals; inside,
  # in the log and in views there is only ciphertext, so erasing a key erases the person.
  ciphertext @0 :Data $A.maxBytes(512);
  # AES-256-GCM: 12-byte synthetic nonce, ciphertext, 16-byte tag.
  keyId @1 :UInt32;
  algorithm @2 :SealAlgorithm;
  blindIndex @3 :Data $A.maxBytes(32);
  # Keyed hash of the normalised text: equal people can be found without opening anything.
}

enum SealAlgorithm { none @0; aes256GcmSiv1 @1; }
# aes256GcmSiv1: AES-256-GCM under a nonce derived by HMAC-SHA-256 from the text, so that sealing the same
# text twice gives the same bytes and a retried command keeps its fingerprint.

struct Source $A.zh("来源") {
  # Where a fact that began before the ledger was found.
  title @0 :Text $A.maxBytes(512) $A.zh("标题");
  url @1 :Text $A.optional $A.maxBytes(2048) $A.zh("网址");
  publishedOn @2 :Text $A.optional $A.format("partialDate") $A.zh("发布日期");
  kind @3 :Text $A.optional $A.maxBytes(64) $A.zh("来源类别");
}

struct EventRef $A.zh("事件引用") {
  # Names one event of the log. An event is also named by its command id and index; within one log the
  # position is dense and unique.
  position @0 :UInt64 $A.zh("位置");
}
