// Result<T> is a value or the Rejection that stands in its place.
//
// std::expected is C++23; boost::system::result is header-only and says the same (docs/adr/0003).
#pragma once

#include <boost/system/result.hpp>

#include "domain/kernel/rejection.h"

namespace silkledger {

template <class T>
using Result = boost::system::result<T, Rejection>;

// Calling value() on a refusal is a bug in the caller: has_value() comes first.
[[noreturn]] void throw_exception_from_error(const Rejection& rejection,
                                             const boost::source_location&);

}  // namespace silkledger
