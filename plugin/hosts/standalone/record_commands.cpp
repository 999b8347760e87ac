// SPDX-License-Identifier: MPL-2.0
#include <sys/stat.h>

#include <iomanip>
#include <iostream>

#include "hosts/standalone/admin_session.h"
#include "hosts/standalone/commands.h"
#include "hosts/standalone/door_tasks.h"
#include "hosts/standalone/loose_sheet.h"
#include "hosts/standalone/private_file.h"

namespace facet::hosts {
namespace {

void add_export_command(CommandLine& line) {
  CLI::App* command = line.app.add_subcommand("export", "Export everything");
  const auto data = add_data_option(*command);
  const auto format = std::make_shared<std::string>();
  const auto out = std::make_shared<std::filesystem::path>();
  command->add_option("--format", *format, "fhir (NDJSON) or csv")
      ->required()
      ->check(CLI::IsMember({"fhir", "csv"}));
  command->add_option("--out", *out, "The folder to write into")->required();
  command->callback([&line, data, format, out] {
    AdminSession session(line.plugin, *data);
    const auto files = export_all(session.client(), *format, *out);
    for (const ExportedFile& file : files) {
      std::cout << std::left << std::setw(32) << file.file.filename().string() << std::right
                << std::setw(8) << file.lines << (file.lines == 1 ? " line " : " lines")
                << std::setw(12) << file.bytes << " bytes\n";
    }
    std::cout << "Exported " << files.size() << " files to " << out->string() << '\n';
  });
}

void add_key_command(CommandLine& line) {
  CLI::App* key = line.app.add_subcommand("key", "The keys that seal the record");
  key->require_subcommand(1);
  CLI::App* command =
      key->add_subcommand("rotate", "Replace the clinic's key, while the clinic works");
  const auto data = add_data_option(*command);
  command->callback([&line, data] {
    AdminSession session(line.plugin, *data);
    const Json done = session.client().post("/admin/keys/rotate", nullptr);
    std::cout << "The clinic's key is now " << done.at("key").get<std::string>() << "; it wraps "
              << done.at("patients") << " patients' keys again. The old key is destroyed.\n"
              << "Back up DIR/keys and the database now: a backup from before this opens only with "
                 "the old key.\n";
  });
}

std::string display_name(const Json& device) {
  const Json names = device.value("deviceName", Json::array());
  return names.empty() ? "" : names[0].value("name", "");
}

void add_bed_commands(CommandLine& line) {
  CLI::App* bed = line.app.add_subcommand("bed", "Treatment beds");
  bed->require_subcommand(1);

  CLI::App* list = bed->add_subcommand("list", "List the beds");
  const auto list_data = add_data_option(*list);
  list->callback([&line, list_data] {
    AdminSession session(line.plugin, *list_data);
    const Json bundle = session.client().get("/fhir/Device");
    for (const Json& entry : bundle.value("entry", Json::array())) {
      const Json& device = entry.at("resource");
      std::cout << device.value("id", "") << "  " << std::left << std::setw(10)
                << device.value("status", "") << display_name(device) << '\n';
    }
  });

  CLI::App* pair = bed->add_subcommand("pair", "Pair a bed by the code on its display");
  const auto pair_data = add_data_option(*pair);
  const auto id = std::make_shared<std::string>();
  const auto code = std::make_shared<std::string>();
  pair->add_option("id", *id, "The bed's Device id")->required();
  pair->add_option("code", *code, "The ten characters on its display")->required();
  pair->callback([&line, pair_data, id, code] {
    AdminSession session(line.plugin, *pair_data, {"admin", "physiotherapist"},
                         {{"facet.gateway.enabled", "1"}});
    pair_bed(session.client(), *id, *code);
    std::cout << "Paired the bed " << *id << ".\n";
  });
}

struct Check {
  std::string what;
  bool good;
  std::string fault;
};

bool is_private(const std::filesystem::path& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && (info.st_mode & 077) == 0;
}

void require(const Check& check) {
  std::cout << (check.good ? "  good  " : "  BAD   ") << check.what << '\n';
  if (!check.good) throw HostError(check.fault);
}

void add_doctor_command(CommandLine& line) {
  CLI::App* command = line.app.add_subcommand("doctor", "Check a data folder and the plugin");
  const auto data = add_data_option(*command);
  command->callback([&line, data] {
    const DataFolder folder{*data};
    read_settings(folder);
    std::cout << "  good  settings\n";
    for (const auto& path : {folder.root, folder.host(), folder.accounts(), folder.key()}) {
      require({"only its owner may read " + path.string(), is_private(path),
               path.string() + " is missing or open to others: chmod go= it"});
    }
    AdminSession session(line.plugin, *data);
    std::cout << "  good  the plugin opens its database and keys\n";
    const Json metadata = session.client().get("/fhir/metadata");
    require({"the plugin answers", metadata.value("resourceType", "") == "CapabilityStatement",
             "the plugin does not describe itself"});
    for (const auto& [what, fault] : check_handouts(session.client().plugin(), folder.root / "handouts"))
      require({what, fault.empty(), fault});
    const int64_t events = verify_audit(session.client());
    std::cout << "  good  the audit trail is whole, " << events << " events\n";
  });
}

}  // namespace

void add_record_commands(CommandLine& line) {
  add_handout_command(line);
  add_export_command(line);
  add_audit_commands(line);
  add_key_command(line);
  add_bed_commands(line);
  add_doctor_command(line);
}

}  // namespace facet::hosts
