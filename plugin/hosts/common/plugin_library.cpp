// SPDX-License-Identifier: MPL-2.0
#include "hosts/common/plugin_library.h"

#include <dlfcn.h>

#include "hosts/common/host_error.h"

namespace facet::hosts {
namespace {

using EntryFunction = const facet_entry* (*)();

std::string last_dl_error() {
  const char* text = dlerror();
  return text ? text : "unknown reason";
}

}  // namespace

PluginLibrary::PluginLibrary(const std::filesystem::path& path, Binding binding) : path_(path) {
  if (!std::filesystem::exists(path)) {
    throw HostError("no plugin at " + path.string() + ": build it or name it with --plugin");
  }
  handle_ = dlopen(std::filesystem::absolute(path).c_str(),
                   (binding == Binding::all ? RTLD_NOW : RTLD_LAZY) | RTLD_LOCAL);
  if (!handle_) throw HostError("the plugin does not load: " + last_dl_error());
  try {
    const auto find_entry = reinterpret_cast<EntryFunction>(dlsym(handle_, "facet_entry_v1"));
    if (!find_entry) {
      throw HostError(describe("is no Facet plugin of major 1: it has no facet_entry_v1"));
    }
    entry_ = find_entry();
    check_entry();
  } catch (...) {
    dlclose(handle_);
    throw;
  }
}

PluginLibrary::~PluginLibrary() {
  dlclose(handle_);
}

std::string PluginLibrary::describe(const std::string& fault) const {
  return path_.filename().string() + " " + fault;
}

void PluginLibrary::check_entry() const {
  if (!entry_) throw HostError(describe("answered no entry table"));
  if (entry_->struct_size < sizeof(facet_entry)) {
    throw HostError(describe("has an entry table of " + std::to_string(entry_->struct_size) +
                             " bytes where " + std::to_string(sizeof(facet_entry)) +
                             " are needed: plugin and host were built from different headers"));
  }
  if (!entry_->id || !*entry_->id || !entry_->name || !entry_->version) {
    throw HostError(describe("does not say its id, name and version"));
  }
  if (!entry_->create) throw HostError(describe("offers no create function"));
}

}  // namespace facet::hosts
