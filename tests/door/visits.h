// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "door/door.h"
#include "door/records.h"

/// Visits as they are signed, amended and taken back.
namespace facet::testing {

/// A problem: tennis elbow on the right, active.
Json condition(const std::string& id, const std::string& patient_id);
Json in_visit(Json record, const std::string& encounter_id);
Json finished(Json encounter);
Json reason_resource(const std::string& text);

/// An entry of a transaction.
Json put_entry(const Json& resource);
Json bundle_of(const Json& entries);

/// PUT with a reason in X-Provenance.
Answer send_because(Door& door, const Who& who, const Json& resource, const std::string& if_match,
                    const std::string& reason);

}  // namespace facet::testing
