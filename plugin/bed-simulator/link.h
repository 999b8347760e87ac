// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "bed-simulator/bed.h"

namespace facet::bed_simulator {

struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
};
/// "host:port" or "[v6]:port".
std::optional<Endpoint> parse_endpoint(const std::string& text);

/// Keeps the bed connected: pairs it first, reconnects with full jitter after that. A new identity
/// is kept only once the gateway accepted it, within 60 s; else the old one stays.
class Link {
 public:
  Link(Bed& bed, std::filesystem::path state, Endpoint gateway, Endpoint pairing);
  ~Link();
  /// The service button: pair, or pair again. Any thread.
  void want_pairing();

 private:
  void run();
  void pair();
  void commit_or_roll_back(const bedlink::BedIdentity& fresh);
  bool serve(const bedlink::BedIdentity& identity, std::function<void()> accepted = {});
  void show_new_code();
  bool pause_ms(std::int64_t ms);
  std::filesystem::path file(const char* name) const { return state_ / name; }

  Bed& bed_;
  const std::filesystem::path state_;
  const Endpoint gateway_;
  const Endpoint pairing_;

  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  bool want_pairing_ = false;
  bedlink::BedClient* client_ = nullptr;

  // run()'s thread only:
  std::optional<bedlink::BedIdentity> identity_;
  std::string code_;
  std::chrono::steady_clock::time_point code_since_{};
  int denials_ = 0;
  std::thread thread_;
};

}  // namespace facet::bed_simulator
