// SPDX-License-Identifier: MPL-2.0
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <iomanip>
#include <iostream>

#include "hosts/standalone/accounts.h"
#include "hosts/standalone/commands.h"
#include "hosts/standalone/secrets.h"

namespace facet::hosts {
namespace {

constexpr int kDefaultTokenDays = 90;

Accounts open_accounts(const std::filesystem::path& data) {
  const DataFolder folder{data};
  read_settings(folder);
  return Accounts(folder.accounts());
}

std::string date_text(int64_t utc_s) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(utc_s), "%Y-%m-%d");
}

void print_password(const std::string& login, const std::string& password) {
  std::cout << "  log in as  " << login << '\n'
            << "  password   " << password << "   (shown only now)\n";
}

void add_user_add(CLI::App& user) {
  CLI::App* command = user.add_subcommand("add", "Make an account; prints its password once");
  const auto data = add_data_option(*command);
  const auto name = std::make_shared<std::string>();
  const auto roles = std::make_shared<std::vector<std::string>>();
  const auto practitioner = std::make_shared<std::string>();
  command->add_option("name", *name, "What the person types to log in")->required();
  command->add_option("--role", *roles, "physiotherapist, reception or admin; may be repeated")
      ->allow_extra_args(false);
  command->add_option("--practitioner", *practitioner,
                      "A clinician's Practitioner id, under which they sign");
  command->callback([data, name, roles, practitioner] {
    check_roles(*roles);
    const std::string password = make_password();
    open_accounts(*data).add(*name, practitioner->empty() ? make_uuid() : *practitioner, *roles,
                             password);
    print_password(*name, password);
  });
}

void add_user_list(CLI::App& user) {
  CLI::App* command = user.add_subcommand("list", "List the accounts");
  const auto data = add_data_option(*command);
  command->callback([data] {
    for (const Account& account : open_accounts(*data).book().accounts) {
      std::cout << std::left << std::setw(24) << account.login << std::setw(36)
                << join(account.roles, ", ") << account.user_id << '\n';
    }
  });
}

void add_user_remove(CLI::App& user) {
  CLI::App* command = user.add_subcommand("remove", "Remove an account and end its sessions");
  const auto data = add_data_option(*command);
  const auto name = std::make_shared<std::string>();
  command->add_option("name", *name, "The account")->required();
  command->callback([data, name] {
    open_accounts(*data).remove(*name);
    std::cout << "Removed the account " << *name << ".\n";
  });
}

void add_user_password(CLI::App& user) {
  CLI::App* command =
      user.add_subcommand("password", "Give an account a new password; prints it once");
  const auto data = add_data_option(*command);
  const auto name = std::make_shared<std::string>();
  command->add_option("name", *name, "The account")->required();
  command->callback([data, name] {
    const std::string password = make_password();
    open_accounts(*data).set_password(*name, password);
    print_password(*name, password);
  });
}

void add_token_add(CLI::App& token) {
  CLI::App* command = token.add_subcommand("add", "Make a bearer token; prints it once");
  const auto data = add_data_option(*command);
  const auto label = std::make_shared<std::string>();
  const auto roles = std::make_shared<std::vector<std::string>>();
  const auto days = std::make_shared<int>(kDefaultTokenDays);
  command->add_option("--label", *label, "What it is for")->required();
  command->add_option("--role", *roles, "physiotherapist, reception or admin; may be repeated")
      ->allow_extra_args(false);
  command->add_option("--days", *days, "Until it expires")
      ->capture_default_str()
      ->check(CLI::Range(1, 3650));
  command->callback([data, label, roles, days] {
    check_roles(*roles);
    const int64_t expires_s = Poco::Timestamp().epochTime() + int64_t{*days} * 24 * 3600;
    const std::string secret = open_accounts(*data).add_token(*label, *roles, expires_s);
    std::cout << "  token    " << secret << "   (shown only now)\n"
              << "  expires  " << date_text(expires_s) << '\n';
  });
}

void add_token_list(CLI::App& token) {
  CLI::App* command = token.add_subcommand("list", "List the tokens");
  const auto data = add_data_option(*command);
  command->callback([data] {
    for (const Token& entry : open_accounts(*data).book().tokens) {
      std::cout << entry.id << "  " << std::left << std::setw(36) << join(entry.roles, ", ")
                << "until " << date_text(entry.expires_s) << "  " << entry.label << '\n';
    }
  });
}

void add_token_remove(CLI::App& token) {
  CLI::App* command = token.add_subcommand("remove", "Remove a token");
  const auto data = add_data_option(*command);
  const auto id = std::make_shared<std::string>();
  command->add_option("id", *id, "As `token list` shows it")->required();
  command->callback([data, id] {
    open_accounts(*data).remove_token(*id);
    std::cout << "Removed the token " << *id << ".\n";
  });
}

}  // namespace

void add_user_commands(CommandLine& line) {
  CLI::App* user = line.app.add_subcommand("user", "People who may log in");
  user->require_subcommand(1);
  add_user_add(*user);
  add_user_list(*user);
  add_user_remove(*user);
  add_user_password(*user);
}

void add_token_commands(CommandLine& line) {
  CLI::App* token = line.app.add_subcommand("token", "Programs that may call");
  token->require_subcommand(1);
  add_token_add(*token);
  add_token_list(*token);
  add_token_remove(*token);
}

}  // namespace facet::hosts
