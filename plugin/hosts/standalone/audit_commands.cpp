// SPDX-License-Identifier: MPL-2.0
#include <iostream>

#include "facet/audit.h"
#include "hosts/standalone/admin_session.h"
#include "hosts/standalone/commands.h"
#include "hosts/standalone/door_tasks.h"
#include "hosts/standalone/private_file.h"

namespace facet::hosts {
namespace {

using Path = std::filesystem::path;

void say_whole(int64_t events) {
  std::cout << "The audit trail is whole: " << events << " events.\n";
}

facet_status keep_report(void* into, facet_bytes json) {
  static_cast<std::string*>(into)->assign(static_cast<const char*>(json.data), json.size);
  return FACET_OK;
}

/// The plugin checks the files without being active: it opens no clinic, and nothing is changed.
Json verify_file(const Path& plugin, const Path& trail, const Path& key,
                 const std::vector<Path>& heads) {
  const PluginLibrary library(plugin);
  const HostServices services("facet", FACET_VERSION, {{"facet.data", trail.string()}},
                              log_to_stderr(FACET_LOG_WARNING));
  const PluginInstance instance(library, services);
  const auto* audit =
      static_cast<const facet_plugin_audit*>(instance.extension(FACET_PLUGIN_AUDIT));
  if (!FACET_HAS(facet_plugin_audit, audit, verify_trail))
    throw HostError(library.describe("checks no audit trail"));
  std::vector<const char*> files;
  for (const Path& file : heads) files.push_back(file.c_str());
  files.push_back(nullptr);
  std::string report;
  facet_error error{};
  if (audit->verify_trail(instance.table(), trail.c_str(), key.c_str(), files.data(), keep_report,
                          &report, &error) != FACET_OK)
    throw HostError(error.message);
  return Json::parse(report);
}

struct VerifyOptions {
  Path data, trail, key;
  std::vector<Path> heads;
};

void verify(const CommandLine& line, const VerifyOptions& options) {
  if (!options.trail.empty())
    return say_whole(
        events_of(verify_file(line.plugin, options.trail, options.key, options.heads)));
  std::string heads;
  for (const Path& file : options.heads) heads += read_file(file);
  AdminSession session(line.plugin, options.data);
  say_whole(verify_audit(session.client(), heads));
}

void add_verify_command(CommandLine& line, CLI::App& audit) {
  CLI::App* command = audit.add_subcommand("verify", "Check that nobody altered it");
  const auto options = std::make_shared<VerifyOptions>();
  auto* data = command->add_option("--data", options->data, "The clinic's data folder");
  auto* trail = command->add_option("--trail", options->trail, "An exported trail, instead");
  auto* key = command->add_option("--key", options->key, "The audit.key of that trail's clinic");
  command->add_option("--heads", options->heads, "Signed heads that were kept elsewhere");
  trail->needs(key)->excludes(data);
  key->needs(trail);
  command->callback([&line, options] {
    if (options->data.empty() && options->trail.empty())
      throw CLI::RequiredError("--data or --trail");
    verify(line, *options);
  });
}

void add_file_command(CommandLine& line, CLI::App& audit, const char* name, const char* purpose,
                      const char* address) {
  CLI::App* command = audit.add_subcommand(name, purpose);
  const auto data = add_data_option(*command);
  const auto out = std::make_shared<Path>();
  command->add_option("--out", *out, "The file to write")->required();
  command->callback([&line, data, out, address] {
    AdminSession session(line.plugin, *data);
    const ExportedFile file = export_one(session.client(), address, *out);
    std::cout << out->string() << "  " << file.lines << " lines  " << file.bytes << " bytes\n";
  });
}

}  // namespace

void add_audit_commands(CommandLine& line) {
  CLI::App* audit = line.app.add_subcommand("audit", "The record of who did what");
  audit->require_subcommand(1);
  add_verify_command(line, *audit);
  add_file_command(line, *audit, "export", "Write the whole trail, to be verified elsewhere",
                   "/admin/audit/trail");
  add_file_command(line, *audit, "heads", "Write the signed heads, for somebody outside to keep",
                   "/admin/audit/heads");
}

}  // namespace facet::hosts
