// SPDX-License-Identifier: MPL-2.0
#include <Poco/Environment.h>

#include <iostream>

#include "hosts/common/host_error.h"
#include "hosts/standalone/accounts.h"
#include "hosts/standalone/certificate.h"
#include "hosts/standalone/commands.h"
#include "hosts/standalone/private_file.h"
#include "hosts/standalone/secrets.h"

namespace facet::hosts {
namespace {

void refuse_existing(const DataFolder& folder) {
  if (std::filesystem::exists(folder.settings())) {
    throw HostError("there is a clinic in " + folder.root.string() +
                    " already; nothing was changed. Start it with `facet serve`");
  }
  if (std::filesystem::exists(folder.root) &&
      (!std::filesystem::is_directory(folder.root) || !std::filesystem::is_empty(folder.root))) {
    throw HostError(folder.root.string() +
                    " exists and is not an empty folder; nothing was changed. Name a new one");
  }
}

void write_certificate(const DataFolder& folder) {
  const CertificatePem pem = make_self_signed(Poco::Environment::nodeName());
  write_private_file(folder.certificate(), pem.certificate);
  write_private_file(folder.key(), pem.private_key);
}

}  // namespace

std::string make_data_folder(const std::filesystem::path& plugin, const DataFolder& folder,
                             const Settings& settings, const LogSink& log) {
  refuse_existing(folder);
  try {
    make_private_folder(folder.root);
    make_private_folder(folder.host());
    write_settings(folder, settings);
    write_certificate(folder);
    {
      const Clinic made(plugin, folder, settings,
                        {{"facet.create", "1"}, {"facet.gateway.enabled", "0"}}, log);
    }
    const std::string password = make_password();
    Accounts(folder.accounts()).add("admin", make_uuid(), {"admin"}, password);
    return password;
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove_all(folder.root, ignored);
    throw;
  }
}

void add_init_command(CommandLine& line) {
  CLI::App* command = line.app.add_subcommand("init", "Make a new clinic's data folder");
  const auto data = add_data_option(*command);
  const auto settings = std::make_shared<Settings>();
  command->add_option("--clinic-name", settings->clinic_name, "As printed on handouts");
  command->add_option("--database", settings->database, "sqlite or postgresql")
      ->check(CLI::IsMember({"sqlite", "postgresql"}));
  command->add_option("--database-connection", settings->database_connection,
                      "How to reach PostgreSQL, as libpq takes it");
  command->callback([&line, data, settings] {
    const DataFolder folder{*data};
    const std::string password =
        make_data_folder(line.plugin, folder, *settings, log_to_stderr(FACET_LOG_WARNING));
    const std::string seal = fingerprint(read_file(folder.certificate()));
    std::cout << "Made the data folder of " << settings->clinic_name << "\n\n"
              << "  folder       " << folder.root.string() << '\n'
              << "  settings     " << folder.settings().string() << '\n'
              << "  certificate  SHA-256 " << seal.substr(0, 47) << '\n'
              << "                       " << seal.substr(48) << "\n\n"
              << "  log in as    admin\n"
              << "  password     " << password << "   (shown only now)\n\n"
              << "Start it with: facet serve --data " << folder.root.string() << '\n'
              << "Add people:    facet user add NAME --role ROLE --data " << folder.root.string()
              << '\n';
  });
}

}  // namespace facet::hosts
