// SPDX-License-Identifier: MPL-2.0
#include <Poco/Net/ServerSocket.h>
#include <unistd.h>

#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <optional>

#include "hosts/common/host_error.h"
#include "hosts/standalone/certificate.h"
#include "hosts/standalone/commands.h"
#include "hosts/standalone/demo_smoke.h"
#include "hosts/standalone/door_tasks.h"
#include "hosts/standalone/private_file.h"

namespace facet::hosts {
namespace {

using namespace demo;

constexpr char kClinicName[] = "Facet demonstration clinic";
constexpr int kWatchableScale = 30;  // a session of 20 minutes in 40 seconds
constexpr int kSmokeScale = 240;     // in 5 seconds
constexpr size_t kPreparedPatients = 4;

struct DemoOptions {
  bool smoke = false;
  std::filesystem::path data;
  std::filesystem::path out;
  std::filesystem::path credentials;
};

// A folder that is removed at the end of its life unless it is kept.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    char pattern[] = "/tmp/facet-demo-XXXXXX";
    if (!mkdtemp(pattern)) throw HostError("cannot make a folder in /tmp");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!kept_) std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  void keep() { kept_ = true; }

 private:
  std::filesystem::path path_;
  bool kept_ = false;
};

std::filesystem::path state_home() {
  const char* state = std::getenv("XDG_STATE_HOME");
  if (state && *state == '/') return state;
  const char* home = std::getenv("HOME");
  if (!home || *home != '/') throw HostError("name a data folder with --data: HOME is not set");
  return std::filesystem::path(home) / ".local" / "state";
}

// Prefers a port; takes a free one if it is taken.
uint16_t choose_port(uint16_t preferred) {
  try {
    Poco::Net::ServerSocket probe;
    probe.bind(Poco::Net::SocketAddress("127.0.0.1", preferred), true);
    return probe.address().port();
  } catch (const Poco::Exception&) {
    return choose_port(0);
  }
}

Settings demo_settings(bool smoke) {
  Settings settings;
  settings.clinic_name = kClinicName;
  settings.demonstration = true;
  settings.https_port = choose_port(smoke ? 0 : settings.https_port);
  settings.gateway_port = choose_port(smoke ? 0 : settings.gateway_port);
  settings.pairing_port = choose_port(smoke ? 0 : settings.pairing_port);
  return settings;
}

// Only a demonstration's own folder may be replaced, and not while it runs.
void clear_old_demonstration(const DataFolder& folder) {
  if (!std::filesystem::exists(folder.settings())) return;
  if (!read_settings(folder).demonstration) {
    throw HostError(folder.root.string() +
                    " holds a clinic that is no demonstration: name another folder");
  }
  const FileLock lock(folder.serve_lock(), FileLock::Mode::try_once);
  if (!lock.held()) {
    throw HostError("a demonstration is running on " + folder.root.string() + " already");
  }
  std::filesystem::remove_all(folder.root);
}

void print_title(const std::string& title) {
  std::cout << "\nFacet demonstration: " << title << "\n\n" << std::flush;
}

// Everything that both kinds of demonstration have: the clinic, its bed, and the pairing.
struct Stage {
  Stage(const std::filesystem::path& plugin, const DataFolder& folder, const Settings& chosen,
        int time_scale)
      : settings(chosen),
        admin_password(make_data_folder(plugin, folder, settings, log_to_stderr(FACET_LOG_ERROR))),
        lock(folder.serve_lock(), FileLock::Mode::try_once),
        clinic(plugin, folder, settings, {}, log_to_file(folder.log())),
        content(fill_clinic(clinic.plugin(), folder, settings.clinic_name, admin_password)),
        bed({default_bed_path(), folder.root / "demo-bed", folder.host() / "bed.log",
             settings.gateway_port, settings.pairing_port, time_scale}) {
    FhirClient client(clinic.plugin(), content.admin);
    pair_bed(client, content.places.bed, bed.pairing_code());
  }

  Settings settings;
  std::string admin_password;
  FileLock lock;
  Clinic clinic;
  DemoClinic content;
  DemoBed bed;
};

void run_smoke(const std::filesystem::path& plugin, const DemoOptions& options) {
  std::optional<TemporaryFolder> temporary;
  if (options.data.empty() || options.out.empty()) temporary.emplace();
  const DataFolder folder{options.data.empty() ? temporary->path() / "data" : options.data};
  const std::filesystem::path out = options.out.empty() ? temporary->path() / "files" : options.out;
  clear_old_demonstration(folder);
  print_title("the main job");
  try {
    Stage stage(plugin, folder, demo_settings(true), kSmokeScale);
    std::cout << "  clinic  " << stage.settings.clinic_name << ", " << stage.content.patients.size()
              << " sample patients\n"
              << "  bed     Device/" << stage.content.places.bed << ", paired, process "
              << stage.bed.process() << "\n\n";
    run_main_job(stage.clinic.plugin(), stage.content, stage.bed, out);
  } catch (...) {
    if (temporary) temporary->keep();
    if (std::filesystem::exists(folder.log())) {
      std::cout << "\n  logs    " << folder.host().string() << '\n' << std::flush;
    }
    throw;
  }
  if (temporary) temporary->keep();
  if (options.data.empty()) std::filesystem::remove_all(folder.root);
  std::cout << "\n  files   " << out.string() << "\n\nThe main job works.\n";
}

void print_invitation(const Stage& stage, const DataFolder& folder, uint16_t port) {
  std::cout << "  open      https://localhost:" << port << "/facet/\n"
            << "            The certificate is this machine's own; its SHA-256 fingerprint is\n"
            << "            " << fingerprint(read_file(folder.certificate())).substr(0, 47) << "\n"
            << "            " << fingerprint(read_file(folder.certificate())).substr(48) << "\n\n";
  for (const LogIn& log_in : stage.content.log_ins) {
    std::cout << "  log in    " << std::left << std::setw(12) << log_in.account << std::setw(26)
              << log_in.password << log_in.role << '\n';
  }
  std::cout << "\n  patients  ";
  for (const Person& person : stage.content.patients) {
    std::cout << (&person == &stage.content.patients.front() ? "" : ", ") << person.name;
  }
  std::cout << "\n            The first " << kPreparedPatients
            << " are screened and cleared for the bed.\n"
            << "  bed       Bed 1, simulated, " << kWatchableScale
            << " times as fast. When a session's time has come, a simulated\n"
            << "            patient lies down, enters the code and presses the button.\n"
            << "  folder    " << folder.root.string() << "\n\n"
            << "Press Ctrl+C to stop." << std::endl;
}

// For a test that logs in as a person would.
void write_credentials(const Stage& stage, uint16_t port, const std::filesystem::path& file) {
  Json accounts = Json::array();
  for (const LogIn& log_in : stage.content.log_ins) {
    accounts.push_back({{"user", log_in.account},
                        {"password", log_in.password},
                        {"roles", Json::array({log_in.role})}});
  }
  const std::string url = "https://localhost:" + std::to_string(port) + "/facet/";
  write_private_file(file, Json{{"url", url}, {"accounts", accounts}}.dump(2) + "\n");
}

void run_interactive(const std::filesystem::path& plugin, const DemoOptions& options) {
  const DataFolder folder{options.data.empty() ? state_home() / "facet" / "demo" : options.data};
  clear_old_demonstration(folder);
  print_title("making the clinic ...");
  Stage stage(plugin, folder, demo_settings(false), kWatchableScale);
  PluginInstance& door = stage.clinic.plugin();
  for (size_t i = 0; i < kPreparedPatients; ++i) {
    prepare_for_bed(door, stage.content, stage.content.patients[i].id);
  }
  std::string last_order;
  BedWatch patient(door, stage.content.physio, stage.content.places.bed, [&](const Json& event) {
    const std::string state = event.value("state", "");
    if (state == "accepted" && event.value("order_id", "") != last_order) {
      last_order = event.value("order_id", "");
      undergo_session(stage.bed, event.value("match_code", ""));
    } else if (state == "completed" || state == "stopped" || state == "aborted") {
      stage.bed.command("get_up");
    }
  });
  serve_until_stopped(
      stage.clinic, folder, stage.settings,
      [&](uint16_t port) {
        print_invitation(stage, folder, port);
        if (!options.credentials.empty()) write_credentials(stage, port, options.credentials);
      },
      [&] { patient.stop(); });
  std::cout << "\nThe demonstration has stopped." << std::endl;
}

}  // namespace

void add_demo_command(CommandLine& line) {
  CLI::App* command =
      line.app.add_subcommand("demo", "A demonstration clinic with a simulated bed");
  const auto options = std::make_shared<DemoOptions>();
  command->add_flag("--smoke", options->smoke, "Do the main job without a person, then end");
  command->add_option("--data", options->data,
                      "The data folder (default: ~/.local/state/facet/demo)");
  command->add_option("--out", options->out, "With --smoke: the folder for the files it makes");
  command->add_option("--credentials", options->credentials,
                      "Also write the address and the log-ins to this file (JSON, mode 0600)");
  command->callback([&line, options] {
    if (options->smoke) {
      run_smoke(line.plugin, *options);
    } else {
      run_interactive(line.plugin, *options);
    }
  });
}

}  // namespace facet::hosts
