// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/loose_sheet.h"

#include "facet/handout.h"
#include "hosts/common/host_error.h"
#include "hosts/standalone/clinic.h"
#include "hosts/standalone/json.h"

namespace facet::hosts {
namespace {

facet_status keep(void* into, facet_bytes bytes) {
  static_cast<std::string*>(into)->assign(static_cast<const char*>(bytes.data), bytes.size);
  return FACET_OK;
}

/// Null if the plugin does not offer all of it.
const facet_plugin_handout* handouts_of(const PluginInstance& plugin) {
  const auto* table =
      static_cast<const facet_plugin_handout*>(plugin.extension(FACET_PLUGIN_HANDOUT));
  return FACET_HAS(facet_plugin_handout, table, check_folder) ? table : nullptr;
}

[[noreturn]] void refuse(const facet_error& error) {
  throw HostError(error.message[0] != '\0' ? error.message : "the plugin gave no reason");
}

}  // namespace

std::string print_loose(const std::filesystem::path& plugin, const LooseSheet& sheet) {
  const PluginLibrary library(plugin, Binding::as_called);
  const HostServices services("facet", FACET_VERSION, {{"facet.data", "."}},
                              log_to_stderr(FACET_LOG_WARNING));
  const PluginInstance instance(library, services);
  const auto* table = handouts_of(instance);
  if (table == nullptr) throw HostError(library.describe("prints no sheets without a clinic"));
  std::vector<facet_pair> wishes;
  for (const auto& [name, value] : sheet.wishes) wishes.push_back({name.c_str(), value.c_str()});
  const facet_sheet wanted{sizeof(facet_sheet), wishes.data(), wishes.size(), sheet.clinic.c_str(),
                           sheet.folder.empty() ? nullptr : sheet.folder.c_str()};
  std::string pdf;
  facet_error error{};
  const facet_status status =
      sheet.blank.empty()
          ? table->print_general(instance.table(), &wanted, keep, &pdf, &error)
          : table->print_blank(instance.table(), sheet.blank.c_str(), &wanted, keep, &pdf, &error);
  if (status != FACET_OK) refuse(error);
  return pdf;
}

std::vector<HandoutFinding> check_handouts(const PluginInstance& plugin,
                                           const std::filesystem::path& folder) {
  const auto* table = handouts_of(plugin);
  if (table == nullptr) return {};
  std::string report;
  facet_error error{};
  if (table->check_folder(plugin.table(), folder.c_str(), keep, &report, &error) != FACET_OK)
    refuse(error);
  std::vector<HandoutFinding> findings;
  for (const Json& one : Json::parse(report)) findings.push_back({one.at("what"), one.at("fault")});
  return findings;
}

}  // namespace facet::hosts
