// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

#include "hosts/standalone/accounts.h"
#include "hosts/standalone/demo_records.h"
#include "hosts/standalone/fhir_client.h"
#include "hosts/standalone/settings.h"

namespace facet::hosts::demo {

struct LogIn {
  std::string account;
  std::string password;
  std::string role;
};

/// A clinic of clearly fictional people, made through the door.
struct DemoClinic {
  Places places;
  std::vector<Person> patients;
  Principal admin;
  Principal physio;
  Principal reception;
  std::vector<LogIn> log_ins;
};

/// What the demonstration's clinic may order at most.
BedOrder widest_order();

/// Fills a fresh data folder: resources as its admin, and the accounts `physio` and `reception`.
DemoClinic fill_clinic(PluginInstance& plugin, const DataFolder& folder,
                       const std::string& clinic_name, const std::string& admin_password);

/// Screens, asks for consent and clears a patient for the bed.
void prepare_for_bed(PluginInstance& plugin, const DemoClinic& clinic, const std::string& patient);

}  // namespace facet::hosts::demo
