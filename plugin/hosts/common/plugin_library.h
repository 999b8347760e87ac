// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <filesystem>
#include <string>

#include "facet/facet.h"

namespace facet::hosts {

/// When a library's calls into others are bound. `all` finds at once what is missing; `as_called`
/// is for a short command, which calls little and ends.
enum class Binding { all, as_called };

/// A loaded plugin library whose entry table was checked. Unloaded at the end of its life, so it
/// must outlive every instance made from it. Throws HostError.
class PluginLibrary {
 public:
  explicit PluginLibrary(const std::filesystem::path& path, Binding binding = Binding::all);
  ~PluginLibrary();
  PluginLibrary(const PluginLibrary&) = delete;
  PluginLibrary& operator=(const PluginLibrary&) = delete;

  const facet_entry& entry() const { return *entry_; }
  /// File name and what is wrong, as one sentence.
  std::string describe(const std::string& fault) const;

 private:
  void check_entry() const;

  std::filesystem::path path_;
  void* handle_ = nullptr;
  const facet_entry* entry_ = nullptr;
};

}  // namespace facet::hosts
