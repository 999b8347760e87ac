// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace facet::base {

/// Why something could not be done. Each maps to one HTTP status (rest/outcome.cpp) and one FHIR
/// issue type, so a caller can act on the code alone.
enum class ErrorCode {
  invalid,        // the input breaks a rule; `field` names where
  not_found,      // no such thing, or not for this principal to know of
  denied,         // the principal's roles do not allow it
  conflict,       // somebody else was there first: version, slot, identifier
  blocked,        // a clinical rule refuses; `reasons` say which
  too_large,      // beyond a stated bound
  unsupported,    // a parameter, element or method that Facet does not offer
  unavailable,    // transient: database or device not reachable, try again
  internal        // a defect or a broken installation
};

/// One refusal, fit to be shown to the person who asked: never holds secrets, and holds patient
/// data only where the caller sent it.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string field;    // FHIRPath, parameter or option at fault; empty if none
  std::string message;  // one sentence: what is wrong and what to do
  std::vector<std::string> reasons;  // for `blocked`: every rule that refused
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

/// `return fail(ErrorCode::invalid, "Observation.value", "Severity must be 0 to 10.");`
inline tl::unexpected<Error> fail(ErrorCode code, std::string field, std::string message,
                                  std::vector<std::string> reasons = {}) {
  return tl::unexpected<Error>(
      Error{code, std::move(field), std::move(message), std::move(reasons)});
}

inline tl::unexpected<Error> invalid(std::string field, std::string message) {
  return fail(ErrorCode::invalid, std::move(field), std::move(message));
}

/// Passes a failed result on: `if (!r) return pass(r);`
template <class T>
tl::unexpected<Error> pass(Result<T>& result) {
  return tl::unexpected<Error>(std::move(result.error()));
}
template <class T>
tl::unexpected<Error> pass(Result<T>&& result) {
  return tl::unexpected<Error>(std::move(result.error()));
}

}  // namespace facet::base
