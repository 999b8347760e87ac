// SPDX-License-Identifier: MPL-2.0
#include <iostream>

#include "hosts/common/host_error.h"
#include "hosts/standalone/commands.h"
#include "hosts/standalone/private_file.h"
#include "hosts/standalone/signals.h"
#include "hosts/standalone/web_server.h"

namespace facet::hosts {
namespace {

constexpr std::chrono::seconds kLongestDrain{4};

}  // namespace

void serve_until_stopped(Clinic& clinic, const DataFolder& folder, const Settings& settings,
                         const std::function<void(uint16_t port)>& started,
                         const std::function<void()>& stopping) {
  Accounts accounts(folder.accounts());
  WebServer server(
      clinic.plugin(), accounts,
      {settings.https_address, settings.https_port, folder.certificate(), folder.key()});
  started(server.port());
  wait_for_stop();
  stopping();
  server.stop();
  if (clinic.plugin().drain(kLongestDrain)) return;
  // A request that cannot be hurried: deactivating under it would break the contract, and the
  // database outlives an abrupt end.
  std::cerr << "facet: a request was still running; stopped without it\n";
  std::_Exit(1);
}

void add_serve_command(CommandLine& line) {
  CLI::App* command = line.app.add_subcommand("serve", "Serve a clinic over HTTPS");
  const auto data = add_data_option(*command);
  command->callback([&line, data] {
    const DataFolder folder{*data};
    const Settings settings = read_settings(folder);
    const FileLock lock(folder.serve_lock(), FileLock::Mode::try_once);
    if (!lock.held()) throw HostError("this clinic is being served already");
    Clinic clinic(line.plugin, folder, settings, {}, log_to_stderr(FACET_LOG_INFO));
    serve_until_stopped(clinic, folder, settings, [&](uint16_t port) {
      std::cout << "Facet serves " << settings.clinic_name << " at https://"
                << settings.https_address << ':' << port << "/facet/" << std::endl;
    });
    std::cout << "Facet has stopped." << std::endl;
  });
}

}  // namespace facet::hosts
