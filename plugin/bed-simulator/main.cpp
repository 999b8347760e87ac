// SPDX-License-Identifier: MPL-2.0
#include <signal.h>
#include <time.h>

#include <CLI/CLI.hpp>
#include <ctime>
#include <iostream>

#include "base/clock.h"
#include "bed-simulator/bed.h"
#include "bed-simulator/control.h"
#include "bed-simulator/journal.h"
#include "bed-simulator/link.h"

namespace {

using namespace facet;
using namespace facet::bed_simulator;

struct MachineTime final : BedTime {
  std::int64_t utc_ms() const override { return base::SystemClock().now_ms(); }
  std::int64_t mono_ms() const override {
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1000000;
  }
};

struct Options {
  std::string state = "facet-bed-state";
  std::string control;
  std::string gateway = "127.0.0.1:8443";
  std::string pairing = "127.0.0.1:8444";
  BedOptions bed;
};

sigset_t end_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

int complain(const base::Error& error) {
  std::cerr << "facet-bed: " << error.message << "\n";
  return 1;
}

/// Ticks until somebody ends the program.
void live(Bed& bed) {
  const auto set = end_signals();
  const timespec tick{0, 20 * 1000 * 1000};
  while (sigtimedwait(&set, nullptr, &tick) < 0) bed.tick();
}

int run(const Options& options) {
  const auto gateway = parse_endpoint(options.gateway);
  const auto pairing = parse_endpoint(options.pairing);
  if (!gateway || !pairing) return complain({base::ErrorCode::invalid, "", "Give HOST:PORT.", {}});
  const auto set = end_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);  // inherited by every thread
  ::signal(SIGPIPE, SIG_IGN);
  const MachineTime time;
  const std::filesystem::path state = options.state;
  auto journal = Journal::open(state / "journal", time.utc_ms());
  if (!journal) return complain(journal.error());
  Bed bed(std::move(*journal), options.bed, time);
  Link link(bed, state, *gateway, *pairing);
  const auto path =
      options.control.empty() ? state / "control" : std::filesystem::path(options.control);
  const auto socket = ControlSocket::listen(path, bed, [&] { link.want_pairing(); });
  if (!socket) return complain(socket.error());
  std::cout << "facet-bed: controls at " << path.string() << std::endl;
  live(bed);
  bed.shut_down();
  return 0;
}

int send_control(const std::string& path, const std::vector<std::string>& words) {
  std::string command;
  for (const auto& word : words) command += (command.empty() ? "" : " ") + word;
  const auto line = control(path, command);
  if (!line) return complain(line.error());
  const auto json = base::parse_json(*line);
  if (!json) return complain(json.error());
  std::cout << json->dump(2) << "\n";
  return json->value("ok", false) ? 0 : 2;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"A treatment bed as a process of its own, for training, demonstration and tests."};
  Options options;
  app.add_option("--state", options.state, "Folder of the bed's keys and journal")
      ->capture_default_str();
  app.add_option("--control", options.control, "UNIX socket of the bed's own controls");
  app.add_option("--gateway", options.gateway, "HOST:PORT of the clinic's bed gateway")
      ->capture_default_str();
  app.add_option("--pairing", options.pairing, "HOST:PORT of the clinic's pairing port")
      ->capture_default_str();
  app.add_option("--time-scale", options.bed.time_scale,
                 "How much faster than real a session runs (leases stay real)")
      ->check(CLI::Range(0.1, 1000.0));
  app.add_option("--max-force", options.bed.limits.max_force_n, "The bed's own limit, newton")
      ->check(CLI::Range(1, 300));
  app.add_option("--max-ramp", options.bed.limits.max_ramp_n_s, "The bed's own limit, newton/s")
      ->check(CLI::Range(1, 200));
  app.add_option("--max-session", options.bed.limits.max_session_s, "The bed's own limit, seconds")
      ->check(CLI::Range(1, 7200));
  std::string control_path;
  std::vector<std::string> words;
  auto* control_command = app.add_subcommand("control", "Do something at a running bed");
  control_command->add_option("path", control_path, "Its control socket")->required();
  control_command
      ->add_option("command", words,
                   "status | lie_down | get_up | code K7Q2 | press [ms] | pause | stop | estop | "
                   "estop_release | service")
      ->required();
  CLI11_PARSE(app, argc, argv);
  try {
    return control_command->parsed() ? send_control(control_path, words) : run(options);
  } catch (const std::exception& e) {
    std::cerr << "facet-bed: " << e.what() << "\n";
    return 1;
  }
}
