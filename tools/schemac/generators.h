// What the plug-in writes. Each function returns the text of one output file.
#pragma once

#include <string>

#include "tools/schemac/model.h"

namespace silkledger::schemac {

std::string values_header(const Model& model, const File& file);  // <stem>.values.h: plain values
std::string wire_header(const Model& model, const File& file);    // <stem>.wire.h: read and write
std::string values_source(const Model& model, const File& file);  // <stem>.values.cpp
std::string meta_header(const Model& model, const File& file);  // <stem>.meta.h: names and articles
std::string meta_source(const Model& model, const File& file);  // <stem>.meta.cpp
std::string json_header(const Model& model, const File& file);  // <stem>.json.h: codec
std::string json_source(const Model& model, const File& file);  // <stem>.json.cpp
std::string binary_header(const Model& model, const File& file);  // <stem>.binary.h: outside limits
std::string binary_source(const Model& model, const File& file);  // <stem>.binary.cpp
std::string samples_header(const Model& model, const File& file);  // <stem>.samples.h: for tests
std::string samples_source(const Model& model, const File& file);  // <stem>.samples.cpp

std::string generated(const File& file);  // the first line of every output

}  // namespace silkledger::schemac
