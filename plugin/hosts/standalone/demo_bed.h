// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>

#include "hosts/standalone/json.h"

namespace facet::hosts::demo {

/// `facet-bed` as a child process, and a hand on its sensors, keys and display through its control
/// socket. It ends with this object, and with this program however that ends. Any thread.
class DemoBed {
 public:
  struct Options {
    std::filesystem::path program;
    std::filesystem::path state;  // the bed's own folder
    std::filesystem::path log;
    uint16_t gateway_port;
    uint16_t pairing_port;
    int time_scale;  // the bed's seconds in one of ours
  };
  /// Returns when the bed answers. Throws HostError.
  explicit DemoBed(const Options& options);
  ~DemoBed();
  DemoBed(const DemoBed&) = delete;
  DemoBed& operator=(const DemoBed&) = delete;

  /// Sends one command and answers the bed's reply.
  Json command(const std::string& name, const std::string& argument = {});
  Json status() { return command("status"); }
  /// The ten characters on its display. Throws HostError if none appear in time.
  std::string pairing_code();
  pid_t process() const { return process_; }

 private:
  void start(const Options& options);
  void wait_until_it_answers();
  void stop();
  bool has_ended();

  std::filesystem::path folder_;  // of the control socket: paths of sockets must be short
  pid_t process_ = -1;
};

/// The bed's program beside this one.
std::filesystem::path default_bed_path();

}  // namespace facet::hosts::demo
