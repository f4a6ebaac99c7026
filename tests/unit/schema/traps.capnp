@0xd7f0a2b4c6e81359;
# A schema that holds every feature and every trap; nothing here is an event of the ledger.

using Cxx = import "/capnp/c++.capnp";
using A = import "/domain/schema/annotations.capnp";
using Common = import "/domain/schema/common.capnp";
using Inner = import "traps_inner.capnp";
$Cxx.namespace("silkledger::wire");

enum Colour $A.zh("颜色") {
  # Colours of a trap.
  red @0 $A.zh("红");
  deepBlue @1 $A.zh("深蓝");
  # Deeper than blue.
  default @2 $A.zh("默认");
}

struct Scalars $A.zh("标量") {
  # Every scalar, required.
  flag @0 :Bool;
  tiny @1 :Int8;
  small @2 :Int16;
  middle @3 :Int32 $A.range(least = -10, most = 10);
  big @4 :Int64;
  utiny @5 :UInt8;
  usmall @6 :UInt16;
  umiddle @7 :UInt32;
  ubig @8 :UInt64;
  colour @9 :Colour;
  class @10 :Int32 = 7;
  # A keyword of C++ and a declared default.
  raised @11 :Bool = true;
}

struct Settings {
  # What JSON may leave out.
  days @0 :Int32 = 3 $A.defaulted $A.range(least = 1, most = 9);
  on @1 :Bool = true $A.defaulted;
  names @2 :List(Text) $A.defaulted;
}

struct Maybes $A.zh("可缺") {
  # Every kind of optional field.
  text @0 :Text $A.optional;
  number @1 :Int32 = -2147483648 $A.optional;
  big @2 :Int64 = -9223372036854775808 $A.optional;
  day @3 :Int32 = -2147483648 $A.optional $A.format("date");
  moment @4 :Int64 = -9223372036854775808 $A.optional $A.format("instant");
  colour @5 :Colour = default $A.optional;
  data @6 :Data $A.optional;
  list @7 :List(Text) $A.optional;
  money @8 :Common.Money $A.optional;
  count @9 :UInt32 = 4294967295 $A.optional;
  shape @10 :Shape $A.optional;
}

struct Texts $A.zh("文本") {
  name @0 :Text $A.maxBytes(12) $A.zh("名称");
  day @1 :Int32 $A.format("date");
  moment @2 :Int64 $A.format("instant");
  partial @3 :Text $A.format("partialDate");
  id @4 :Text $A.format("id");
  digest @5 :Data $A.format("sha256");
  blob @6 :Data $A.maxBytes(8);
  person @7 :Common.Sealed;
  nickname @8 :Common.Sealed $A.optional;
}

struct Lists $A.zh("列表") {
  flags @0 :List(Bool);
  numbers @1 :List(Int32) $A.maxItems(4) $A.range(least = 0, most = 9);
  bigs @2 :List(UInt64);
  names @3 :List(Text) $A.maxBytes(6);
  days @4 :List(Int32) $A.format("date");
  colours @5 :List(Colour);
  records @6 :List(Common.Count);
  shapes @7 :List(Shape);
  grid @8 :List(List(Int32));
  people @9 :List(Common.Sealed);
}

struct Disc $A.zh("圆") $A.article("19") $A.aggregate("shape") $A.singleton("only") {
  # A circle.
  #
  # With a second paragraph.
  radius @0 :UInt32 $A.zh("半径");
}

struct Square $A.zh("方") $A.article("20") $A.aggregate("shape") $A.singleton("only") $A.retired("CircleV2") {
  side @0 :UInt32;
  corner @1 :Corner;

  struct Corner {
    x @0 :Int32;
    y @1 :Int32;
    rounding @2 :Rounding;
    enum Rounding { sharp @0; soft @1; }
  }
}

struct Nothing $A.zh("空") {}

struct Shape {
  # A struct that holds only one union; the source order differs from the ordinals on purpose.
  union {
    square @1 :Square;
    circle @0 :Disc;
    nothing @2 :Nothing;
    deep @3 :Inner.Deep;
  }
}

struct Everything $A.zh("一切") $A.article("1") $A.aggregate("trap") $A.singleton("only") {
  scalars @0 :Scalars;
  maybes @1 :Maybes;
  texts @2 :Texts;
  lists @3 :Lists;
  shape @4 :Shape;
  place :group {
    row @5 :UInt32;
    column @6 :UInt32;
  }
  choice :union {
    left @7 :Disc;
    right @8 :Square;
  }
}
