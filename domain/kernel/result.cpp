#include "domain/kernel/result.h"

#include <cstdio>
#include <cstdlib>

namespace silkledger {

// Somebody took the value of a refusal: no answer that could follow would be true.
void throw_exception_from_error(const Rejection& rejection, const boost::source_location& where) {
  std::fprintf(stderr, "%s:%lu: the value of a refused command was taken: %s: %s\n",
               where.file_name(), static_cast<unsigned long>(where.line()), rejection.code.c_str(),
               rejection.message.en.c_str());
  std::abort();
}

}  // namespace silkledger
