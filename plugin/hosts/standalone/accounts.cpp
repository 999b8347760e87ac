// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/accounts.h"

#include <algorithm>
#include <cctype>

#include "hosts/common/host_error.h"
#include "hosts/standalone/json.h"
#include "hosts/standalone/private_file.h"
#include "hosts/standalone/secrets.h"

namespace facet::hosts {
namespace {

const std::vector<std::string> kRoles = {"physiotherapist", "reception", "admin"};

Json to_json(const AccountBook& book) {
  Json accounts = Json::array();
  for (const Account& account : book.accounts) {
    accounts.push_back({{"login", account.login},
                        {"user_id", account.user_id},
                        {"roles", account.roles},
                        {"password_hash", account.password_hash}});
  }
  Json tokens = Json::array();
  for (const Token& token : book.tokens) {
    tokens.push_back({{"id", token.id},
                      {"label", token.label},
                      {"roles", token.roles},
                      {"secret_sha256", token.secret_sha256},
                      {"expires_s", token.expires_s}});
  }
  return {{"accounts", accounts}, {"tokens", tokens}};
}

AccountBook from_json(const Json& json) {
  AccountBook book;
  for (const Json& entry : json.at("accounts")) {
    book.accounts.push_back(
        {entry.at("login"), entry.at("user_id"), entry.at("roles"), entry.at("password_hash")});
  }
  for (const Json& entry : json.at("tokens")) {
    book.tokens.push_back({entry.at("id"), entry.at("label"), entry.at("roles"),
                           entry.at("secret_sha256"), entry.at("expires_s")});
  }
  return book;
}

AccountBook read_book(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return {};
  try {
    return from_json(Json::parse(read_file(file)));
  } catch (const Json::exception&) {
    throw HostError(file.string() + " is damaged: restore it from a backup");
  }
}

bool same_file(const struct stat& left, const struct stat& right) {
  return left.st_ino == right.st_ino && left.st_size == right.st_size &&
         left.st_mtim.tv_sec == right.st_mtim.tv_sec &&
         left.st_mtim.tv_nsec == right.st_mtim.tv_nsec;
}

auto by_login(const std::string& login) {
  return [login](const Account& account) { return account.login == login; };
}

Account& existing(AccountBook& book, const std::string& login) {
  const auto found = std::find_if(book.accounts.begin(), book.accounts.end(), by_login(login));
  if (found == book.accounts.end()) throw HostError("there is no account " + login);
  return *found;
}

void check_login(const std::string& login) {
  const bool good = !login.empty() && login.size() <= 64 &&
                    std::all_of(login.begin(), login.end(), [](unsigned char c) {
                      return std::islower(c) || std::isdigit(c) || c == '.' || c == '-' || c == '_';
                    });
  if (!good) {
    throw HostError("an account's name is 1 to 64 small letters, digits, dots, '-' or '_'", 2);
  }
}

}  // namespace

Accounts::Accounts(std::filesystem::path file)
    : file_(std::move(file)), nobodys_hash_(hash_password(make_password())) {
  refresh();
}

void Accounts::refresh() {
  struct stat now {};
  if (::stat(file_.c_str(), &now) == 0 && same_file(now, seen_)) return;
  book_ = read_book(file_);
  seen_ = now;
}

void Accounts::update(const std::function<void(AccountBook&)>& change) {
  std::filesystem::path lock_file = file_;
  lock_file += ".lock";
  const FileLock lock(lock_file);
  AccountBook book = read_book(file_);
  change(book);
  write_private_file(file_, to_json(book).dump(2) + "\n");
}

std::optional<Account> Accounts::find(const std::string& login) {
  std::lock_guard lock(mutex_);
  refresh();
  const auto found = std::find_if(book_.accounts.begin(), book_.accounts.end(), by_login(login));
  if (found == book_.accounts.end()) return std::nullopt;
  return *found;
}

std::optional<Account> Accounts::log_in(const std::string& login, const std::string& password) {
  const std::optional<Account> account = find(login);
  const bool right = password_matches(account ? account->password_hash : nobodys_hash_, password);
  return right ? account : std::nullopt;
}

std::optional<Token> Accounts::find_token(const std::string& secret, int64_t now_s) {
  const std::string digest = sha256_hex(secret);
  std::lock_guard lock(mutex_);
  refresh();
  std::optional<Token> found;
  for (const Token& token : book_.tokens) {
    if (equal_in_constant_time(token.secret_sha256, digest) && now_s < token.expires_s) {
      found = token;
    }
  }
  return found;
}

AccountBook Accounts::book() {
  std::lock_guard lock(mutex_);
  refresh();
  return book_;
}

void Accounts::add(const std::string& login, const std::string& user_id,
                   std::vector<std::string> roles, const std::string& password) {
  check_login(login);
  check_roles(roles);
  const Account fresh{login, user_id, std::move(roles), hash_password(password)};
  update([&](AccountBook& book) {
    if (std::any_of(book.accounts.begin(), book.accounts.end(), by_login(login))) {
      throw HostError("there is an account " + login + " already");
    }
    book.accounts.push_back(fresh);
  });
}

void Accounts::remove(const std::string& login) {
  update([&](AccountBook& book) {
    existing(book, login);
    std::erase_if(book.accounts, by_login(login));
  });
}

void Accounts::set_password(const std::string& login, const std::string& password) {
  const std::string hash = hash_password(password);
  update([&](AccountBook& book) { existing(book, login).password_hash = hash; });
}

std::string Accounts::add_token(const std::string& label, std::vector<std::string> roles,
                                int64_t expires_s) {
  check_roles(roles);
  const std::string secret = make_token();
  update([&](AccountBook& book) {
    book.tokens.push_back({make_uuid(), label, std::move(roles), sha256_hex(secret), expires_s});
  });
  return secret;
}

void Accounts::remove_token(const std::string& id) {
  update([&](AccountBook& book) {
    const auto removed =
        std::erase_if(book.tokens, [&](const Token& token) { return token.id == id; });
    if (!removed) throw HostError("there is no token " + id);
  });
}

void check_roles(const std::vector<std::string>& roles) {
  if (roles.empty()) throw HostError("name at least one role: " + join(kRoles, ", "), 2);
  for (const std::string& role : roles) {
    if (std::find(kRoles.begin(), kRoles.end(), role) == kRoles.end()) {
      throw HostError("unknown role \"" + role + "\": the roles are " + join(kRoles, ", "), 2);
    }
  }
}

std::string join(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

}  // namespace facet::hosts
