// SPDX-License-Identifier: MPL-2.0
#include <iostream>

#include "hosts/common/host_error.h"
#include "hosts/standalone/commands.h"
#include "hosts/standalone/signals.h"

namespace facet::hosts {

std::shared_ptr<std::filesystem::path> add_data_option(CLI::App& command) {
  auto data = std::make_shared<std::filesystem::path>();
  command.add_option("--data", *data, "The clinic's data folder")->required();
  return data;
}

namespace {

// The command that was being given, as it was typed: "facet user add".
std::string path_of(const CLI::App& command) {
  const CLI::App* parent = command.get_parent();
  return (parent ? path_of(*parent) + " " : "") + command.get_name();
}

const CLI::App& innermost(const CLI::App& command) {
  const auto given = command.get_subcommands();
  return given.empty() ? command : innermost(*given.front());
}

std::string explain_usage(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& command = innermost(app);
  const std::string path = path_of(command);
  std::string fault = error.what();
  if (command.get_require_subcommand_min() > 0) {
    const auto unknown = app.remaining(true);
    fault = unknown.empty() ? "name a command."
                            : "there is no command \"" + path + " " + unknown.front() + "\".";
  } else {
    fault += '.';
  }
  return fault + " See `" + path + " --help`";
}

}  // namespace

int run_facet(int argc, const char* const* argv) {
  hold_stop_signals();
  CLI::App app("Facet: physiotherapy records, handouts and treatment beds", "facet");
  CommandLine line{app, default_plugin_path()};
  app.add_option("--plugin", line.plugin, "The plugin library (default: ../lib/libfacet.so)");
  app.set_version_flag("--version", FACET_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  add_init_command(line);
  add_serve_command(line);
  add_user_commands(line);
  add_token_commands(line);
  add_record_commands(line);
  add_demo_command(line);
  try {
    app.parse(argc, argv);
    return 0;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    std::cerr << "facet: " << explain_usage(app, error) << '\n';
    return 2;
  } catch (const HostError& error) {
    std::cerr << "facet: " << error.what() << '\n';
    return error.exit_code();
  } catch (const std::exception& error) {
    std::cerr << "facet: " << error.what() << '\n';
    return 1;
  }
}

}  // namespace facet::hosts
