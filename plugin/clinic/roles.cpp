// SPDX-License-Identifier: MPL-2.0
#include "clinic/roles.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace facet::clinic {
namespace {

struct Grant {
  std::string_view role;
  std::initializer_list<Permission> permissions;
};

using enum Permission;

/// The table of roles. Reception sees names and times, never clinical content; nor does it merge
/// records, which puts what one person told into another's file if it is wrong. `device` and `system`
/// are given by Facet itself to a bed's socket and to timers, never by a host.
const std::array<Grant, 5> grants{{
    {"physiotherapist",
     {read_clinic, read_identity, write_identity, merge_patients, read_clinical, write_clinical,
      give_clearance, order_bed, read_diary, book, watch_beds, pair_bed, print_handout}},
    {"reception", {read_clinic, read_identity, write_identity, read_diary, book, watch_beds}},
    {"admin",
     {read_clinic, manage_clinic, read_identity, write_identity, merge_patients, read_diary,
      watch_beds, pair_bed, export_records, read_audit, rotate_keys}},
    {"device", {record_session}},
    {"system", {record_session}},
}};

}  // namespace

bool may(const base::Principal& who, Permission permission) {
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
    return std::find(who.roles.begin(), who.roles.end(), grant.role) != who.roles.end() &&
           std::find(grant.permissions.begin(), grant.permissions.end(), permission) !=
               grant.permissions.end();
  });
}

bool is_role(const std::string& role) {
  return std::any_of(grants.begin(), grants.end(),
                     [&](const Grant& grant) { return grant.role == role; });
}

base::Status authorise(storage::Act& act, Permission permission, char action, std::string type,
                       std::string id, std::vector<std::string> patient_ids) {
  act.touch(action, type, std::move(id), std::move(patient_ids));
  if (may(act.who, permission)) return {};
  return base::fail(base::ErrorCode::denied, type, "Your role does not allow this.");
}

}  // namespace facet::clinic
