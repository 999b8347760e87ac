// SPDX-License-Identifier: MPL-2.0
#include "hosts/common/plugin_instance.h"

#include <cstring>

#include "hosts/common/host_error.h"

namespace facet::hosts {
namespace {

std::string sentence(const facet_error& error, facet_status status) {
  const std::string text(error.message, strnlen(error.message, sizeof error.message));
  return text.empty() ? "no reason given, status " + std::to_string(status) : text;
}

void require_services(const PluginLibrary& library, const HostServices& host) {
  const char* const* id = library.entry().required_services;
  for (; id && *id; ++id) {
    if (host.offers(*id)) continue;
    throw HostError(library.describe("needs the host service " + std::string(*id) +
                                     ", which this host does not offer"));
  }
}

bool is_whole(const facet_plugin* plugin) {
  return plugin && plugin->struct_size >= sizeof(facet_plugin) && plugin->init &&
         plugin->activate && plugin->handle_request && plugin->deactivate && plugin->destroy;
}

}  // namespace

PluginInstance::PluginInstance(const PluginLibrary& library, const HostServices& host)
    : library_(library) {
  require_services(library, host);
  facet_error error{};
  const facet_status created = library.entry().create(host.table(), &plugin_, &error);
  if (created != FACET_OK) {
    throw HostError(library.describe("could not be created: " + sentence(error, created)));
  }
  if (!is_whole(plugin_)) {
    throw HostError(library.describe("made an instance whose table is not whole"));
  }
  const facet_status initialised = plugin_->init(plugin_, &error);
  if (initialised != FACET_OK) {
    plugin_->destroy(plugin_);
    throw HostError(library.describe("could not start: " + sentence(error, initialised)));
  }
}

PluginInstance::~PluginInstance() {
  deactivate();
  plugin_->destroy(plugin_);
}

void PluginInstance::activate() {
  std::lock_guard lock(mutex_);
  if (phase_ != Phase::inactive) throw HostError(library_.describe("is active already"));
  facet_error error{};
  const facet_status status = plugin_->activate(plugin_, &error);
  if (status != FACET_OK) throw HostError(sentence(error, status));
  phase_ = Phase::active;
}

bool PluginInstance::drain(std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  if (phase_ == Phase::active) phase_ = Phase::draining;
  return idle_.wait_for(lock, longest, [this] { return running_requests_ == 0; });
}

void PluginInstance::deactivate() {
  std::unique_lock lock(mutex_);
  if (phase_ == Phase::inactive) return;
  phase_ = Phase::draining;
  idle_.wait(lock, [this] { return running_requests_ == 0; });
  plugin_->deactivate(plugin_);
  phase_ = Phase::inactive;
}

const void* PluginInstance::extension(const char* id) const {
  return FACET_HAS(facet_plugin, plugin_, get_extension) ? plugin_->get_extension(plugin_, id)
                                                         : nullptr;
}

facet_status PluginInstance::handle(const Request& request, ResponseSink& sink) {
  {
    std::lock_guard lock(mutex_);
    if (phase_ != Phase::active) return FACET_BAD_STATE;
    ++running_requests_;
  }
  const facet_status status = call_plugin(*plugin_, request, sink);
  std::lock_guard lock(mutex_);
  if (--running_requests_ == 0) idle_.notify_all();
  return status;
}

Response PluginInstance::call(const Request& request) {
  BufferedSink sink;
  const facet_status status = handle(request, sink);
  if (status != FACET_OK) {
    throw HostError(library_.describe("did not answer " + request.method + " " + request.path +
                                      " (status " + std::to_string(status) + ")"));
  }
  return std::move(sink.response);
}

}  // namespace facet::hosts
