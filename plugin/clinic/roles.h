// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "storage/act.h"

namespace facet::clinic {

/// What somebody may do. roles.cpp holds the one table of which role may do what.
enum class Permission {
  read_clinic,       // organisations, sites, rooms, staff, beds, schedules
  manage_clinic,     // change them
  read_identity,     // patients' names and contact
  write_identity,
  merge_patients,    // say that two records are one person's
  read_clinical,     // symptoms, screening, notes, clearance, orders, sessions
  write_clinical,
  give_clearance,
  order_bed,
  read_diary,        // appointments and free slots
  book,
  watch_beds,        // live state of a bed
  pair_bed,
  record_session,    // what a bed reports
  print_handout,
  export_records,
  read_audit,
  rotate_keys
};

bool may(const base::Principal& who, Permission permission);

/// True for a role that Facet knows.
bool is_role(const std::string& role);

/// Notes the access for the audit trail, and refuses it if no role of the principal allows it.
/// Errors: denied.
base::Status authorise(storage::Act& act, Permission permission, char action, std::string type,
                       std::string id, std::vector<std::string> patient_ids);

}  // namespace facet::clinic
