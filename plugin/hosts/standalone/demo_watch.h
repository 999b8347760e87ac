// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hosts/standalone/demo_bed.h"
#include "hosts/standalone/fhir_client.h"

namespace facet::hosts::demo {

/// Follows a bed's live view through the door on a thread of its own, as the web page does.
class BedWatch {
 public:
  using OnEvent = std::function<void(const Json& event)>;  // on the watch's thread
  BedWatch(PluginInstance& plugin, Principal viewer, std::string device_id, OnEvent on_event = {});
  /// The plugin must have let go of requests (drain) or the live view must end by itself.
  ~BedWatch();
  BedWatch(const BedWatch&) = delete;
  BedWatch& operator=(const BedWatch&) = delete;

  /// Tells the live view that nobody reads any more.
  void stop() { stopping_ = true; }
  /// The first event, seen already or yet to come, that satisfies the question; null if none came
  /// in time.
  Json wait_for(std::chrono::milliseconds longest,
                const std::function<bool(const Json&)>& question);
  /// The states of one order in the order they were seen, each once in a row.
  std::vector<std::string> states_of(const std::string& appointment_id);

 private:
  class Sink;
  void run();
  void take(const Json& event);

  FhirClient client_;
  const std::string path_;
  const OnEvent on_event_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Json> seen_;
  std::string last_id_;  // the thread only
  std::thread thread_;
};

/// Holds the button until the bed starts: it waits for the clinic's lease first. Throws HostError
/// with what the bed said last.
void press_until_it_starts(DemoBed& bed);

/// Lies down on the bed, enters the code that the clinic's screen shows and holds the button.
void undergo_session(DemoBed& bed, const std::string& match_code);

}  // namespace facet::hosts::demo
