// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/authenticator.h"

#include <Poco/Net/NameValueCollection.h>
#include <Poco/String.h>

#include <chrono>

namespace facet::hosts {
namespace {

constexpr char kBearer[] = "Bearer ";

int64_t now_s() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

std::string session_secret(const Poco::Net::HTTPServerRequest& request) {
  Poco::Net::NameValueCollection cookies;
  request.getCookies(cookies);
  return cookies.get(kSessionCookie, "");
}

Caller Authenticator::identify_program(const std::string& secret) {
  const std::optional<Token> token = accounts_.find_token(secret, now_s());
  if (!token) return {Caller::Kind::bad_token};
  return {Caller::Kind::program, Principal{"token:" + token->id, token->roles}};
}

Caller Authenticator::identify(const Poco::Net::HTTPServerRequest& request) {
  const std::string authorization = request.get("Authorization", "");
  if (!authorization.empty()) {
    constexpr size_t length = sizeof kBearer - 1;
    if (Poco::icompare(authorization.substr(0, length), kBearer) != 0) {
      return {Caller::Kind::bad_token};
    }
    return identify_program(authorization.substr(length));
  }
  const std::string secret = session_secret(request);
  if (secret.empty()) return {};
  const auto session = sessions_.use(secret);
  if (!session) return {};
  const std::optional<Account> account = accounts_.find(session->login);
  if (!account || account->password_hash != session->password_hash) {
    sessions_.end(secret);
    return {};
  }
  return {Caller::Kind::browser, Principal{account->user_id, account->roles}, account->login};
}

bool is_own_origin(const Poco::Net::HTTPServerRequest& request) {
  const std::string site = request.get("Sec-Fetch-Site", "");
  const std::string origin = request.get("Origin", "");
  if (!site.empty() && site != "same-origin") return false;
  const bool same = !origin.empty() && origin == "https://" + request.get("Host", "");
  if (!origin.empty() && !same) return false;
  return same || !site.empty() || request.get("X-Facet-Request", "") == "1";
}

}  // namespace facet::hosts
