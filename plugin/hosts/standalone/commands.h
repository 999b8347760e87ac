// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "hosts/standalone/clinic.h"

namespace facet::hosts {

/// What every command shares. A command's options live as long as the parser.
struct CommandLine {
  CLI::App& app;
  std::filesystem::path plugin;
};

/// Gives a command its --data option and answers where the parser puts it.
std::shared_ptr<std::filesystem::path> add_data_option(CLI::App& command);

void add_init_command(CommandLine& line);
void add_serve_command(CommandLine& line);
void add_user_commands(CommandLine& line);
void add_token_commands(CommandLine& line);
void add_record_commands(CommandLine& line);
void add_audit_commands(CommandLine& line);
void add_handout_command(CommandLine& line);
void add_demo_command(CommandLine& line);

/// Makes a data folder with settings, certificate, keys and database; answers the password of its
/// account `admin`. On failure nothing is left.
std::string make_data_folder(const std::filesystem::path& plugin, const DataFolder& folder,
                             const Settings& settings, const LogSink& log);

/// Serves until SIGINT or SIGTERM, then stops within five seconds. `started` runs once the address
/// answers, with the port; `stopping` before the last requests are waited for.
void serve_until_stopped(
    Clinic& clinic, const DataFolder& folder, const Settings& settings,
    const std::function<void(uint16_t port)>& started,
    const std::function<void()>& stopping = [] {});

/// Runs the program; answers its exit code. Errors are one line on standard error.
int run_facet(int argc, const char* const* argv);

}  // namespace facet::hosts
