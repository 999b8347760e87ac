// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace facet::hosts {

/// A person who may log in.
struct Account {
  std::string login;    // what the person types
  std::string user_id;  // what the plugin sees; a clinician's is the id of their Practitioner
  std::vector<std::string> roles;
  std::string password_hash;  // Argon2id
};

/// A program that may call with `Authorization: Bearer`.
struct Token {
  std::string id;
  std::string label;
  std::vector<std::string> roles;
  std::string secret_sha256;
  int64_t expires_s = 0;  // UTC
};

struct AccountBook {
  std::vector<Account> accounts;
  std::vector<Token> tokens;
};

/// The accounts file. Safe from any thread, and from several processes: a change is made under a
/// lock and replaces the file as a whole; a reader sees a change at its next question.
class Accounts {
 public:
  explicit Accounts(std::filesystem::path file);

  /// Always costs one password hash, so that time does not tell whether the account exists.
  std::optional<Account> log_in(const std::string& login, const std::string& password);
  std::optional<Account> find(const std::string& login);
  std::optional<Token> find_token(const std::string& secret, int64_t now_s);
  AccountBook book();

  /// Throws HostError for a name that is taken or not allowed.
  void add(const std::string& login, const std::string& user_id, std::vector<std::string> roles,
           const std::string& password);
  void remove(const std::string& login);
  void set_password(const std::string& login, const std::string& password);
  /// Answers the secret, which is not kept.
  std::string add_token(const std::string& label, std::vector<std::string> roles,
                        int64_t expires_s);
  void remove_token(const std::string& id);

 private:
  void refresh();
  void update(const std::function<void(AccountBook&)>& change);

  const std::filesystem::path file_;
  const std::string nobodys_hash_;
  std::mutex mutex_;
  AccountBook book_;
  struct stat seen_ {};
};

/// Throws HostError (exit code 2) that lists the known roles if one is not known or none is given.
void check_roles(const std::vector<std::string>& roles);
std::string join(const std::vector<std::string>& words, const std::string& between);

}  // namespace facet::hosts
