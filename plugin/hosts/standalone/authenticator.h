// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <Poco/Net/HTTPServerRequest.h>

#include <optional>
#include <string>

#include "hosts/common/door.h"
#include "hosts/standalone/accounts.h"
#include "hosts/standalone/sessions.h"

namespace facet::hosts {

/// The cookie of a browser session. The prefix makes browsers insist on Secure, no Domain, Path=/.
inline constexpr char kSessionCookie[] = "__Host-facet-session";

/// Who sent a request, and whether a browser may have been tricked into sending it.
struct Caller {
  enum class Kind { nobody, browser, program, bad_token };
  Kind kind = Kind::nobody;
  std::optional<Principal> principal{};
  std::string login{};
};

class Authenticator {
 public:
  Authenticator(Accounts& accounts, Sessions& sessions)
      : accounts_(accounts), sessions_(sessions) {}

  /// A bearer token wins over a cookie. A cookie that is over is nobody.
  Caller identify(const Poco::Net::HTTPServerRequest& request);

 private:
  Caller identify_program(const std::string& secret);

  Accounts& accounts_;
  Sessions& sessions_;
};

/// The secret in the session cookie, or empty.
std::string session_secret(const Poco::Net::HTTPServerRequest& request);

/// True if this request surely comes from a page of this server or from a program: it is of the
/// same origin by Sec-Fetch-Site or Origin, or carries `X-Facet-Request: 1`, which a foreign page
/// cannot add. Any sign of another origin refuses.
bool is_own_origin(const Poco::Net::HTTPServerRequest& request);

}  // namespace facet::hosts
