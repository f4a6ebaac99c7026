// Spelling: how names of the schema are written in C++, JSON, paths and comments.
//
// Values, pure, ASCII only.
#pragma once

#include <string>
#include <string_view>

namespace silkledger::schemac {

std::string snake(
    std::string_view camel);  // "leadId" -> "lead_id", "aes256GcmSiv1" -> "aes256_gcm_siv1"
std::string member(std::string_view camel);  // like snake, with an underscore behind C++ keywords
std::string kebab(std::string_view pascal);  // "ReportLead" -> "report-lead"
std::string title(std::string_view camel);   // "leadId" -> "LeadId"
std::string words(std::string_view camel);   // "leadId" -> "lead id"
std::string macro(std::string_view pascal);  // "ViewRow" -> "VIEW_ROW"
std::string literal(std::string_view text);  // a C++ string literal with quotes; UTF-8 is kept
// Replaces every "$0", "$1", … in the pattern by the argument of that number ("$$" is a dollar).
std::string fill(std::string_view pattern, std::initializer_list<std::string_view> arguments);

}  // namespace silkledger::schemac
