// What the plug-in writes. Each function returns the text of one output file.
#pragma once

#include <string>

#include "tools/schemac/model.h"

namespace silkledger::schemac {

std::string values_header(const Model& model, const File& file);   // <stem>.values.h: plain values
std::string wire_header(const Model& model, const File& file);     // <stem>.wire.h: read and write
std::string values_source(const Model& model, const File& file);   // <stem>.values.cpp

}  // namespace silkledger::schemac
