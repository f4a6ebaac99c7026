#include "server/core/live/live_codec.h"

#include <utility>

#include "domain/schema/json/json.h"
#include "domain/schema/protocol.binary.h"
#include "domain/schema/protocol.json.h"
#include "domain/schema/protocol.wire.h"

namespace silkledger::server {
namespace {

const json::EncodeOptions kPlain{};

// What is said besides: a body that is a finished JSON object.
template <class Begin>
WireFrames text_with_body(std::string_view type, const Begin& begin, const std::string& body) {
  std::string bytes;
  const auto start = begin_frame(bytes);
  json::Writer out(bytes, kPlain);
  out.begin_object();
  out.key("type");
  out.string(type);
  begin(out);
  bytes += ",\"body\":" + body + '}';
  end_frame(bytes, start, Opcode::text);
  return std::make_shared<const std::string>(std::move(bytes));
}

}  // namespace

ReadMessage read_binary_message(std::string_view bytes, json::Sealer* sealer,
                                const binary::MessageLimits& limits) {
  schema::LiveMessage message;
  auto wrong = binary::open_message(bytes, limits, [&](capnp::MessageReader& reader) {
    message = schema::read(reader.getRoot<wire::LiveMessage>());
  });
  if (wrong) return std::vector<json::JsonError>{std::move(*wrong)};
  std::vector<json::JsonError> faults;
  binary::Checker checker(sealer, faults);
  binary::check(checker, message);
  if (!faults.empty()) return faults;
  return message;
}

ReadMessage read_message(std::string_view bytes, Encoding encoding, json::Sealer* sealer) {
  if (encoding == Encoding::binary) return read_binary_message(bytes, sealer);
  return json::from_json<schema::LiveMessage>(bytes, {{}, sealer});
}

WireFrames render(const schema::LiveFrame& frame, Encoding encoding) {
  std::string bytes;
  const auto start = begin_frame(bytes);
  if (encoding == Encoding::json) {
    json::append_json(bytes, frame);
  } else {
    binary::append_message(bytes, [&](capnp::MessageBuilder& message) {
      schema::write(frame, message.initRoot<wire::LiveFrame>());
    });
  }
  end_frame(bytes, start, opcode_of(encoding));
  return std::make_shared<const std::string>(std::move(bytes));
}

WireFrames render_answer(const std::string& command_id, const Reply& reply, Encoding encoding) {
  if (encoding == Encoding::json) {
    return text_with_body(
        "answer",
        [&](json::Writer& out) {
          out.key("commandId");
          out.string(command_id);
          out.key("status");
          out.integer(reply.status);
        },
        body_of(reply));
  }
  schema::LiveAnswer answer;
  answer.command_id = command_id;
  answer.status = reply.status;
  if (const auto* receipt = std::get_if<schema::ReceiptBody>(&reply.value))
    answer.receipt = *receipt;
  if (const auto* problem = std::get_if<schema::ProblemBody>(&reply.value))
    answer.problem = *problem;
  return render(std::move(answer), encoding);
}

WireFrames render_problem(const std::string& topic, const Reply& reply, Encoding encoding) {
  schema::LiveProblem problem;
  problem.topic = topic;
  problem.status = reply.status;
  if (const auto* body = std::get_if<schema::ProblemBody>(&reply.value)) problem.body = *body;
  return render(std::move(problem), encoding);
}

WireFrames render_job(const std::string& job, const std::string& body, Encoding encoding) {
  if (encoding == Encoding::binary) return render(schema::LiveJob{job, body}, encoding);
  return text_with_body(
      "job",
      [&](json::Writer& out) {
        out.key("job");
        out.string(job);
      },
      body);
}

}  // namespace silkledger::server
