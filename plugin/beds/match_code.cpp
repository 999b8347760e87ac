// SPDX-License-Identifier: MPL-2.0
#include "beds/match_code.h"

namespace facet::beds {
namespace {
constexpr const char* place = "bed_order.match_code_sealed";
}

std::string seal_match_code(storage::Act& act, const std::string& patient_id,
                            const std::string& code) {
  return act.cipher(patient_id).seal(code, place);
}

std::string open_match_code(storage::Act& act, const Session& session) {
  const auto& cipher = act.cipher(session.patient_id);
  return cipher.unseal(session.match_code_sealed, place).value_or("");
}

}  // namespace facet::beds
