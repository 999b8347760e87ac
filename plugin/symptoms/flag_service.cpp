// SPDX-License-Identifier: MPL-2.0
#include "symptoms/flag_service.h"

#include "symptoms/flag_store.h"

namespace facet::symptoms {
namespace {

base::Status check(storage::Act& act, Flag& flag) {
  const auto before = flag_records()->current(act, flag.id);
  if (before && before->rule_id)
    return base::fail(base::ErrorCode::blocked, "Flag.code",
                      "This alert comes and goes with the answers to screening.");
  if (flag.end_ms && *flag.end_ms < flag.start_ms)
    return base::invalid("Flag.period", "This ends before it begins.");
  return {};
}

}  // namespace

FlagService::FlagService()
    : flags(flag_records(), {"Flag", clinic::Permission::read_clinical,
                             clinic::Permission::write_clinical, check}) {}

}  // namespace facet::symptoms
