// Requests that two readers could read differently: each is answered 4xx and disconnected, and the
// request that hides behind it never reaches the application.
#include <gtest/gtest.h>

#include <string>

#include "server/http/request_reader.h"
#include "tests/unit/server/net/edge_fixture.h"

namespace silkledger::testing {
namespace {

const std::string kHidden = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

struct Shape {
  const char* name;
  std::string bytes;
  int status = 400;
};

std::string with_fields(const std::string& fields, const std::string& body = {}) {
  return "POST /echo HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
}

const std::string kChunked = "Transfer-Encoding: chunked\r\n";

std::vector<Shape> shapes() {
  return {
      // Framing.
      {"ChunkedThenLength", with_fields(kChunked + "Content-Length: 5\r\n", "0\r\n\r\n")},
      {"LengthThenChunked", with_fields("Content-Length: 5\r\n" + kChunked, "0\r\n\r\n")},
      {"GzipThenLength", with_fields("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n", "hello")},
      {"GzipAlone", with_fields("Transfer-Encoding: gzip\r\n")},
      {"Identity", with_fields("Transfer-Encoding: identity\r\n")},
      {"ChunkedIdentity", with_fields("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n")},
      {"GzipChunked", with_fields("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")},
      {"Xchunked", with_fields("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")},
      {"ChunkedInCapitals", with_fields("Transfer-Encoding: CHUNKED\r\n", "0\r\n\r\n")},
      {"ChunkedWithParameter", with_fields("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n")},
      {"ChunkedTwice", with_fields(kChunked + kChunked, "0\r\n\r\n")},
      {"ChunkedQuoted", with_fields("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n")},
      {"EmptyTransferEncoding", with_fields("Transfer-Encoding:\r\n")},
      {"TransferEncodingInHttp10",
       "POST /echo HTTP/1.0\r\nHost: a\r\n" + kChunked + "\r\n0\r\n\r\n"},
      {"EqualLengthTwice", with_fields("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")},
      {"DifferentLengths", with_fields("Content-Length: 5\r\nContent-Length: 0\r\n", "hello")},
      {"LengthList", with_fields("Content-Length: 5, 5\r\n", "hello")},
      {"LengthWithPlus", with_fields("Content-Length: +5\r\n", "hello")},
      {"NegativeLength", with_fields("Content-Length: -5\r\n", "hello")},
      {"HexLength", with_fields("Content-Length: 0x5\r\n", "hello")},
      {"EmptyLength", with_fields("Content-Length:\r\n", "hello")},
      {"LengthWithTail", with_fields("Content-Length: 5 5\r\n", "hello")},
      // Chunks.
      {"ChunkExtension", with_fields(kChunked, "5;a=b\r\nhello\r\n0\r\n\r\n")},
      {"LastChunkExtension", with_fields(kChunked, "5\r\nhello\r\n0;x\r\n\r\n")},
      {"Trailer", with_fields(kChunked, "5\r\nhello\r\n0\r\nX-Late: 1\r\n\r\n")},
      {"AnnouncedTrailer", with_fields("Trailer: X-Late\r\n" + kChunked, "0\r\n\r\n")},
      {"ChunkSizeWithoutDigits", with_fields(kChunked, "\r\nhello\r\n0\r\n\r\n")},
      {"ChunkSizeWithPrefix", with_fields(kChunked, "0x5\r\nhello\r\n0\r\n\r\n")},
      {"NegativeChunkSize", with_fields(kChunked, "-5\r\nhello\r\n0\r\n\r\n")},
      {"ChunkLongerThanItSays", with_fields(kChunked, "4\r\nhello\r\n0\r\n\r\n")},
      {"ChunkSizeOverflow", with_fields(kChunked, "10000000000000005\r\nhello\r\n0\r\n\r\n")},
      {"ChunkSizeBareLineFeed", with_fields(kChunked, "5\nhello\r\n0\r\n\r\n")},
      {"ChunkSizeBareCarriageReturn", with_fields(kChunked, "5\rhello\r\n0\r\n\r\n")},
      {"ChunkSizeAfterBlank", with_fields(kChunked, " 5\r\nhello\r\n0\r\n\r\n")},
      {"ChunkSizeBeforeBlank", with_fields(kChunked, "5 \r\nhello\r\n0\r\n\r\n")},
      {"ChunkShorterThanItSays", with_fields(kChunked, "6\r\nhello\r\n0\r\n\r\n")},
      {"ChunkEndsInBareLineFeed", with_fields(kChunked, "5\r\nhello\n0\r\n\r\n")},
      {"LastChunkEndsInBareLineFeed", with_fields(kChunked, "0\r\n\n")},
      // Beast 1.81 dies of this one.
      {"TrailerWithBareCarriageReturn", with_fields(kChunked, "0\r\nX: /hea1.\r(\r\n\r\n")},
      {"TrailerThatIsARequest", with_fields(kChunked, "0\r\n" + kHidden)},
      // Host and fields.
      {"NoHost", "GET /echo HTTP/1.1\r\nAccept: */*\r\n\r\n"},
      {"TwoHosts", "GET /echo HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
      {"EqualHosts", "GET /echo HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n"},
      {"EmptyHost", "GET /echo HTTP/1.1\r\nHost:\r\n\r\n"},
      {"HostWithPath", "GET /echo HTTP/1.1\r\nHost: a/b\r\n\r\n"},
      {"HostWithUser", "GET /echo HTTP/1.1\r\nHost: me@a\r\n\r\n"},
      {"FoldedLine", with_fields("X-Folded: one\r\n two\r\n")},
      {"FoldedFirstLine", "GET /echo HTTP/1.1\r\n Host: a\r\n\r\n"},
      {"SpaceBeforeColon", with_fields("Content-Length : 5\r\n", "hello")},
      {"TabBeforeColon", with_fields("Transfer-Encoding\t: chunked\r\n", "0\r\n\r\n")},
      {"FieldWithoutColon", with_fields("Nonsense\r\n")},
      {"FieldWithoutName", with_fields(": value\r\n")},
      {"NameWithControlCharacter", with_fields("X-\x01: value\r\n")},
      {"ValueWithNul", with_fields(std::string("X-Nul: a\0b\r\n", 12))},
      {"BareLineFeeds", "GET /echo HTTP/1.1\nHost: a\n\n"},
      {"BareCarriageReturn", with_fields("X-Cr: a\rb\r\n")},
      {"TwoAuthorizations", with_fields("Authorization: Bearer a\r\nAuthorization: Bearer b\r\n")},
      {"TwoContentTypes", with_fields("Content-Type: a/b\r\nContent-Type: c/d\r\n")},
      // Request line.
      {"EmptyLineFirst", "\r\nGET /echo HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"TwoSpaces", "GET  /echo HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"TabsBetween", "GET\t/echo\tHTTP/1.1\r\nHost: a\r\n\r\n"},
      {"SpaceInTarget", "GET /echo me HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"NoVersion", "GET /echo\r\nHost: a\r\n\r\n"},
      {"LowerCaseVersion", "GET /echo http/1.1\r\nHost: a\r\n\r\n"},
      {"LongVersion", "GET /echo HTTP/1.10\r\nHost: a\r\n\r\n"},
      {"LowerCaseMethod", "get /echo HTTP/1.1\r\nHost: a\r\n\r\n", 405},
      {"MethodWithColon", "GE:T /echo HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"AbsoluteTarget", "GET http://a/echo HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"AsteriskTarget", "GET * HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"Fragment", "GET /echo#part HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"RawChinese", "GET /县 HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"TlsGreeting", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11)},
      // Paths.
      {"DotSegment", "GET /a/../echo HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"EscapedDotSegment", "GET /a/%2e%2e/echo HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"EscapedSlash", "GET /a%2Fecho HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"EscapedBackslash", "GET /a%5cecho HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"DoubleSlash", "GET //echo HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"BadEscape", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"EscapedNul", "GET /a%00 HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"EscapedLineFeed", "GET /a%0d%0aX: HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"OverlongUtf8", "GET /%c0%af HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"LoneSurrogate", "GET /echo?a=%ed%a0%80 HTTP/1.1\r\nHost: a\r\n\r\n"},
  };
}

class AmbiguousRequest : public EdgeTest, public ::testing::WithParamInterface<Shape> {};

TEST_P(AmbiguousRequest, IsRefusedAndNothingBehindItIsParsed) {
  start();
  RawPeer peer(port());
  peer.send(GetParam().bytes + kHidden);
  const auto answer = peer.read_to_end();
  ASSERT_TRUE(answer) << "the connection was not closed";
  EXPECT_EQ(status_of(*answer), GetParam().status) << *answer;
  EXPECT_EQ(answer->rfind("\r\n\r\n"), answer->find("\r\n\r\n")) << "two answers: " << *answer;
  EXPECT_TRUE(application_.noted.get().requests.empty());
}

// The verdict does not depend on how the bytes were cut into packets.
TEST_P(AmbiguousRequest, IsRefusedAlikeWhenItComesByteByByte) {
  const server::EdgeLimits limits;
  server::RequestReader reader(limits);
  std::string buffer;
  auto step = server::RequestReader::Step::need_header;
  for (const char byte : GetParam().bytes + kHidden) {
    buffer.push_back(byte);
    step = reader.advance(buffer);
    if (step != server::RequestReader::Step::need_header &&
        step != server::RequestReader::Step::need_body) {
      break;
    }
  }
  ASSERT_EQ(step, server::RequestReader::Step::refused);
  EXPECT_EQ(server::status_of(reader.problem().kind), GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(Table, AmbiguousRequest, ::testing::ValuesIn(shapes()),
                         [](const auto& test) { return test.param.name; });

TEST(RequestReader, WhatBelongsToTheNextRequestStaysInTheBuffer) {
  const server::EdgeLimits limits;
  std::string buffer = with_fields("Content-Length: 5\r\n", "hello") + kHidden;
  server::RequestReader reader(limits);
  ASSERT_EQ(reader.advance(buffer), server::RequestReader::Step::complete);
  EXPECT_EQ(buffer, kHidden);
  EXPECT_EQ(reader.take().body, "hello");
  EXPECT_TRUE(reader.keep_alive());
}

TEST(RequestReader, AChunkSizeThatNeverEndsIsRefused) {
  server::EdgeLimits limits;
  limits.header_bytes_max = 1024;
  server::RequestReader reader(limits);
  std::string buffer = with_fields(kChunked, std::string(2048, '0'));
  EXPECT_EQ(reader.advance(buffer), server::RequestReader::Step::refused);
}

}  // namespace
}  // namespace silkledger::testing
