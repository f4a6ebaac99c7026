// Rows of views as JSON, by the name of the view.
//
// Pure. Errors: nothing for an unknown view or damaged bytes.
#pragma once

#include <string>
#include <string_view>

#include "domain/schema/json/options.h"

namespace silkledger::server {

bool append_row_json(std::string& out, std::string_view view, std::string_view bytes,
                     const json::EncodeOptions& options);
// The row for a binary frame: as it is stored, with personal fields opened or masked.
std::string shown_row(std::string_view view, std::string_view bytes, json::Unsealer* unsealer);

}  // namespace silkledger::server
