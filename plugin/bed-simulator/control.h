// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

#include "base/result.h"
#include "bed-simulator/bed.h"

namespace facet::bed_simulator {

/// What a person does at the bed: a UNIX socket with mode 0600, one command a line, one JSON object
/// a line back. Nothing of it can be reached through the link.
class ControlSocket {
 public:
  /// `service` is the service button: the bed wants to be paired (again).
  static base::Result<std::unique_ptr<ControlSocket>> listen(const std::filesystem::path& path,
                                                             Bed& bed,
                                                             std::function<void()> service);
  ~ControlSocket();

 private:
  ControlSocket(Bed& bed, std::function<void()> service)
      : bed_(bed), service_(std::move(service)) {}
  void run();
  void serve(int fd);
  std::string answer(const std::string& line);

  Bed& bed_;
  std::function<void()> service_;
  std::filesystem::path path_;
  int fd_ = -1;
  int stop_fd_ = -1;
  std::thread thread_;
};

/// The other end: sends one command, gives back the line. Errors: unavailable.
base::Result<std::string> control(const std::filesystem::path& path, const std::string& command);

}  // namespace facet::bed_simulator
