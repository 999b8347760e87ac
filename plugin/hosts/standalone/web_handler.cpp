// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/web_handler.h"

#include <Poco/Net/HTTPCookie.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/String.h>
#include <Poco/URI.h>

#include <algorithm>
#include <stdexcept>

#include "hosts/standalone/http_sink.h"
#include "hosts/standalone/json.h"
#include "hosts/standalone/outcome.h"

namespace facet::hosts {
namespace {

using Poco::Net::HTTPResponse;
using HttpRequest = Poco::Net::HTTPServerRequest;
using HttpResponse = Poco::Net::HTTPServerResponse;

constexpr char kMount[] = "/facet";
constexpr size_t kMaxBodyBytes = 1024 * 1024;
constexpr size_t kMaxLoginBytes = 4 * 1024;
constexpr size_t kMaxPasswordBytes = 1024;

// An answer of the host instead of the plugin's.
struct Refusal {
  HTTPResponse::HTTPStatus status;
  std::string code;
  std::string diagnostics;
};

void set_security_headers(HttpResponse& response) {
  response.set("Content-Security-Policy",
               "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
               "frame-ancestors 'none'");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("X-Frame-Options", "DENY");
  response.set("Referrer-Policy", "no-referrer");
  response.set("Cross-Origin-Opener-Policy", "same-origin");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
}

void forbid_storing(HttpResponse& response) {
  response.set("Cache-Control", "no-store");
}

void send_text(HttpResponse& response, const std::string& type, const std::string& body) {
  response.setContentType(type);
  response.sendBuffer(body.data(), body.size());
}

void send_json(HttpResponse& response, const Json& json) {
  forbid_storing(response);
  send_text(response, "application/json",
            json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

// The body of a refused request may be unread, so its connection ends.
void send_refusal(HttpResponse& response, const Refusal& refusal) {
  response.setKeepAlive(false);
  response.setStatusAndReason(refusal.status);
  forbid_storing(response);
  send_text(response, "application/fhir+json", make_outcome(refusal.code, refusal.diagnostics));
}

void redirect(HttpResponse& response, const std::string& to) {
  response.setStatusAndReason(HTTPResponse::HTTP_FOUND);
  response.set("Location", to);
  response.setContentLength(0);
  response.send();
}

// Reads on for a while, so that a client that sends before it listens still hears the refusal.
void drain(std::istream& in) {
  constexpr size_t kMostDrained = 8 * 1024 * 1024;
  char block[16 * 1024];
  size_t drained = 0;
  while (drained < kMostDrained && (in.read(block, sizeof block), in.gcount() > 0)) {
    drained += static_cast<size_t>(in.gcount());
  }
}

std::string read_body(HttpRequest& request, size_t limit) {
  const Refusal too_large{HTTPResponse::HTTP_REQUEST_ENTITY_TOO_LARGE, "too-long",
                          "the body is larger than " + std::to_string(limit) + " bytes"};
  const Poco::Int64 announced = request.getContentLength64();
  if (announced != Poco::Net::HTTPMessage::UNKNOWN_CONTENT_LENGTH &&
      static_cast<Poco::UInt64>(announced) > limit) {
    drain(request.stream());
    throw too_large;
  }
  if (!request.hasContentLength() && !request.getChunkedTransferEncoding()) return {};
  std::string body;
  char block[16 * 1024];
  std::istream& in = request.stream();
  while (in.read(block, sizeof block), in.gcount() > 0) {
    body.append(block, static_cast<size_t>(in.gcount()));
    if (body.size() > limit) {
      drain(in);
      throw too_large;
    }
  }
  if (request.hasContentLength() && body.size() != static_cast<size_t>(announced)) {
    throw Refusal{HTTPResponse::HTTP_BAD_REQUEST, "incomplete", "the body ended early"};
  }
  return body;
}

std::string decode(std::string text, bool plus_is_space) {
  const Refusal malformed{HTTPResponse::HTTP_BAD_REQUEST, "invalid",
                          "the address holds a malformed or forbidden character"};
  if (plus_is_space) std::replace(text.begin(), text.end(), '+', ' ');
  std::string decoded;
  try {
    Poco::URI::decode(text, decoded);
  } catch (const Poco::SyntaxException&) {
    throw malformed;
  }
  if (std::any_of(decoded.begin(), decoded.end(), [](unsigned char c) { return c < 0x20; })) {
    throw malformed;
  }
  return decoded;
}

Pairs decode_query(const std::string& query) {
  Pairs pairs;
  size_t start = 0;
  while (start < query.size()) {
    const size_t end = std::min(query.find('&', start), query.size());
    const std::string part = query.substr(start, end - start);
    const size_t equals = part.find('=');
    const std::string value = equals == std::string::npos ? "" : part.substr(equals + 1);
    if (!part.empty())
      pairs.emplace_back(decode(part.substr(0, equals), true), decode(value, true));
    start = end + 1;
  }
  return pairs;
}

// What the host used to authenticate stays with the host.
Pairs headers_for_plugin(const HttpRequest& request) {
  Pairs headers;
  for (const auto& [name, value] : request) {
    std::string lower = Poco::toLower(name);
    if (lower != "authorization" && lower != "cookie") headers.emplace_back(lower, value);
  }
  return headers;
}

bool is_reading(const std::string& method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

bool is_record_path(const std::string& path) {
  return path.starts_with("/fhir") || path.starts_with("/live") || path.starts_with("/admin");
}

Refusal refusal_of(facet_status status) {
  if (status == FACET_DENIED) {
    return {HTTPResponse::HTTP_FORBIDDEN, "forbidden", "the plugin refused the request"};
  }
  if (status == FACET_UNAVAILABLE || status == FACET_BAD_STATE) {
    return {HTTPResponse::HTTP_SERVICE_UNAVAILABLE, "transient", "Facet is not ready: try again"};
  }
  return {HTTPResponse::HTTP_INTERNAL_SERVER_ERROR, "exception", "Facet could not answer"};
}

Json describe_user(const std::string& login, const std::string& user_id,
                   const std::vector<std::string>& roles) {
  return {{"user", login}, {"user_id", user_id}, {"roles", roles}};
}

void set_cookie(HttpResponse& response, const std::string& secret) {
  Poco::Net::HTTPCookie cookie(kSessionCookie, secret);
  cookie.setPath("/");
  cookie.setSecure(true);
  cookie.setHttpOnly(true);
  cookie.setSameSite(Poco::Net::HTTPCookie::SAME_SITE_STRICT);
  if (secret.empty()) cookie.setMaxAge(0);
  response.addCookie(cookie);
}

struct Credentials {
  std::string user;
  std::string password;
};

Credentials read_credentials(const std::string& body) {
  const Json json = Json::parse(body, nullptr, false);
  const Refusal malformed{HTTPResponse::HTTP_BAD_REQUEST, "invalid",
                          "log in with {\"user\": ..., \"password\": ...}"};
  if (!json.is_object() || !json.contains("user") || !json.contains("password")) throw malformed;
  if (!json["user"].is_string() || !json["password"].is_string()) throw malformed;
  Credentials credentials{json["user"], json["password"]};
  if (credentials.user.size() > 64 || credentials.password.size() > kMaxPasswordBytes) {
    throw malformed;
  }
  return credentials;
}

void require_own_origin(const HttpRequest& request) {
  if (is_own_origin(request)) return;
  throw Refusal{HTTPResponse::HTTP_FORBIDDEN, "forbidden",
                "a change by browser must come from Facet's own page"};
}

void require_method(const HttpRequest& request, HttpResponse& response, const char* method) {
  if (request.getMethod() == method) return;
  response.set("Allow", method);
  throw Refusal{HTTPResponse::HTTP_METHOD_NOT_ALLOWED, "not-supported",
                std::string("use ") + method};
}

}  // namespace

void WebHandler::handleRequest(HttpRequest& request, HttpResponse& response) {
  set_security_headers(response);
  try {
    route(request, response);
  } catch (const Refusal& refusal) {
    if (!response.sent()) send_refusal(response, refusal);
  } catch (const std::exception&) {  // its text may hold what a caller sent
    if (!response.sent()) send_refusal(response, refusal_of(FACET_INTERNAL));
  }
}

void WebHandler::route(HttpRequest& request, HttpResponse& response) {
  const std::string& target = request.getURI();
  const std::string path = target.substr(0, target.find('?'));
  if (path == "/login") return log_in(request, response);
  if (path == "/logout") return log_out(request, response);
  if (path == "/session") return show_session(request, response);
  if (path == "/" || path == kMount) return redirect(response, std::string(kMount) + "/");
  if (path.starts_with(std::string(kMount) + "/")) {
    return ask_plugin(request, response, target.substr(sizeof kMount - 1));
  }
  throw Refusal{HTTPResponse::HTTP_NOT_FOUND, "not-found", "there is nothing at this address"};
}

void WebHandler::log_in(HttpRequest& request, HttpResponse& response) {
  require_method(request, response, "POST");
  if (request.has("Origin") || request.has("Sec-Fetch-Site")) require_own_origin(request);
  const auto [user, password] = read_credentials(read_body(request, kMaxLoginBytes));
  const std::string address = request.clientAddress().host().toString();
  const std::chrono::seconds wait = state_.throttle.attempt(user, address);
  if (wait.count() > 0) {
    response.set("Retry-After", std::to_string(wait.count()));
    throw Refusal{static_cast<HTTPResponse::HTTPStatus>(429), "throttled",
                  "too many wrong passwords: wait " + std::to_string(wait.count()) + " seconds"};
  }
  const std::optional<Account> account = state_.accounts.log_in(user, password);
  if (!account) {
    throw Refusal{HTTPResponse::HTTP_UNAUTHORIZED, "login", "the name or the password is wrong"};
  }
  state_.throttle.succeeded(user, address);
  const std::string old = session_secret(request);
  if (!old.empty()) state_.sessions.end(old);
  set_cookie(response, state_.sessions.start(account->login, account->password_hash));
  send_json(response, describe_user(account->login, account->user_id, account->roles));
}

void WebHandler::log_out(HttpRequest& request, HttpResponse& response) {
  require_method(request, response, "POST");
  require_own_origin(request);
  read_body(request, kMaxLoginBytes);
  state_.sessions.end(session_secret(request));
  set_cookie(response, "");
  send_json(response, Json::object());
}

void WebHandler::show_session(HttpRequest& request, HttpResponse& response) {
  require_method(request, response, "GET");
  const Caller caller = Authenticator(state_.accounts, state_.sessions).identify(request);
  if (!caller.principal) {
    throw Refusal{HTTPResponse::HTTP_UNAUTHORIZED, "login", "nobody is logged in"};
  }
  send_json(response,
            describe_user(caller.login, caller.principal->user_id, caller.principal->roles));
}

void WebHandler::ask_plugin(HttpRequest& request, HttpResponse& response,
                            const std::string& target) {
  const Caller caller = Authenticator(state_.accounts, state_.sessions).identify(request);
  if (caller.kind == Caller::Kind::bad_token) {
    response.set("WWW-Authenticate", "Bearer");
    throw Refusal{HTTPResponse::HTTP_UNAUTHORIZED, "login", "the token is unknown or has expired"};
  }
  if (caller.kind == Caller::Kind::browser && !is_reading(request.getMethod())) {
    require_own_origin(request);
  }
  const size_t mark = std::min(target.find('?'), target.size());
  Request asked;
  asked.method = request.getMethod();
  asked.path = decode(target.substr(0, mark), false);
  asked.query = decode_query(mark < target.size() ? target.substr(mark + 1) : "");
  asked.headers = headers_for_plugin(request);
  asked.body = read_body(request, kMaxBodyBytes);
  asked.principal = caller.principal;
  asked.remote = request.clientAddress().host().toString();
  asked.purpose = request.get("X-Purpose-Of-Use", "");
  if (is_record_path(asked.path)) forbid_storing(response);

  HttpSink sink(request, response, state_.stopping);
  const facet_status status = state_.plugin.handle(asked, sink);
  if (status != FACET_OK && !sink.begun()) throw refusal_of(status);
  if (status != FACET_OK) return sink.break_off();
  sink.finish();
}

}  // namespace facet::hosts
