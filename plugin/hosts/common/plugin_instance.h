// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "facet/facet.h"
#include "hosts/common/door.h"
#include "hosts/common/host_services.h"
#include "hosts/common/plugin_library.h"

namespace facet::hosts {

/// One instance of a plugin, kept in its order of life: created and initialised by the constructor,
/// then activate, handle (any threads), deactivate, and destroyed by the destructor.
/// Throws HostError with the plugin's own sentence when a step fails.
class PluginInstance {
 public:
  PluginInstance(const PluginLibrary& library, const HostServices& host);
  ~PluginInstance();
  PluginInstance(const PluginInstance&) = delete;
  PluginInstance& operator=(const PluginInstance&) = delete;

  void activate();
  /// Lets no new request in, waits for those that run, then deactivates. Nothing if not active.
  void deactivate();
  /// Lets no new request in and waits; false if some still run after `longest`.
  bool drain(std::chrono::milliseconds longest);

  /// The plugin's table of an optional capability, or nothing; and what its functions take.
  const void* extension(const char* id) const;
  const facet_plugin* table() const { return plugin_; }

  /// Any thread. FACET_BAD_STATE unless active.
  facet_status handle(const Request& request, ResponseSink& sink);
  /// The same with the whole answer in memory. Throws HostError if there is none.
  Response call(const Request& request);

 private:
  enum class Phase { inactive, active, draining };

  const PluginLibrary& library_;
  const facet_plugin* plugin_ = nullptr;
  std::mutex mutex_;
  std::condition_variable idle_;
  Phase phase_ = Phase::inactive;
  int running_requests_ = 0;
};

}  // namespace facet::hosts
