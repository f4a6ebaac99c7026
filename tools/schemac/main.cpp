// capnpc-silkledger: a Cap'n Proto compiler plug-in. Reads a CodeGeneratorRequest from standard
// input and writes C++ values, JSON codec, tables, samples and the OpenAPI document into the
// working directory.
#include <capnp/serialize.h>
#include <kj/exception.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tools/schemac/generators.h"
#include "tools/schemac/openapi.h"

namespace silkledger::schemac {
namespace {

bool write_file(const std::string& path, const std::string& text) {
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) std::fprintf(stderr, "capnpc-silkledger: cannot write %s\n", path.c_str());
  return static_cast<bool>(out);
}

bool has_commands(const Model& model) {
  for (const File& file : model.files) {
    for (const Record& record : file.records) {
      if (is_commands(record)) return true;
    }
  }
  return false;
}

bool generate(const Model& model) {
  bool ok = true;
  for (const File& file : model.files) {
    ok &= write_file(file.stem + ".values.h", values_header(model, file));
    ok &= write_file(file.stem + ".wire.h", wire_header(model, file));
    ok &= write_file(file.stem + ".values.cpp", values_source(model, file));
    ok &= write_file(file.stem + ".meta.h", meta_header(model, file));
    ok &= write_file(file.stem + ".meta.cpp", meta_source(model, file));
    ok &= write_file(file.stem + ".json.h", json_header(model, file));
    ok &= write_file(file.stem + ".json.cpp", json_source(model, file));
    ok &= write_file(file.stem + ".binary.h", binary_header(model, file));
    ok &= write_file(file.stem + ".binary.cpp", binary_source(model, file));
    ok &= write_file(file.stem + ".samples.h", samples_header(model, file));
    ok &= write_file(file.stem + ".samples.cpp", samples_source(model, file));
  }
  if (has_commands(model)) ok &= write_file("openapi.json", openapi(model, kOpenapiBase));
  return ok;
}

int run() {
  capnp::ReaderOptions options;
  options.traversalLimitInWords = UINT64_MAX;  // the request comes from the compiler beside us
  try {
    capnp::StreamFdMessageReader message(STDIN_FILENO, options);
    return generate(load(message.getRoot<capnp::schema::CodeGeneratorRequest>())) ? 0 : 1;
  } catch (const SchemaError& error) {
    std::fprintf(stderr, "capnpc-silkledger: %s\n", error.what());
  } catch (const kj::Exception& error) {
    std::fprintf(stderr, "capnpc-silkledger: bad request: %s\n", error.getDescription().cStr());
  }
  return 1;
}

}  // namespace
}  // namespace silkledger::schemac

int main() { return silkledger::schemac::run(); }
