// SPDX-License-Identifier: MPL-2.0
#include "bedlink/pairing.h"

#include <openssl/err.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <thread>

#include "base/uuid.h"
#include "bedlink/fields.h"
#include "bedlink/gateway.h"
#include "bedlink/jws.h"
#include "bedlink/openssl_ptr.h"
#include "bedlink/pairing_socket.h"
#include "bedlink/tls.h"

namespace facet::bedlink {
namespace {

using base::ErrorCode;
using base::Json;
using base::Result;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int allowed_failures = 5;
constexpr milliseconds one_try{5000};
constexpr std::string_view letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
constexpr std::uint64_t scrypt_n = 32768;

bool is_code(std::string_view code) {
  return code.size() == pairing_code_length && std::all_of(code.begin(), code.end(), [](char c) {
           return letters.find(c) != std::string_view::npos;
         });
}

std::string upper(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '-'; });
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

/// What only somebody who knows the code and sits at this very TLS connection can compute.
std::string proof(const std::string& code, const std::string& nonce, std::string_view role,
                  const std::string& binding, const std::string& message) {
  std::array<unsigned char, 32> key{};
  if (EVP_PBE_scrypt(code.data(), code.size(), reinterpret_cast<const unsigned char*>(nonce.data()),
                     nonce.size(), scrypt_n, 8, 1, 64 << 20, key.data(), key.size()) != 1)
    throw std::runtime_error("scrypt is not available");
  const std::string text = std::string(role) + binding + message;
  std::string mac(32, '\0');
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(),
           reinterpret_cast<unsigned char*>(mac.data()), &size) == nullptr)
    throw std::runtime_error("HMAC is not available");
  return base64url(mac);
}

bool same(const std::string& a, const std::string& b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

struct Request {
  std::string csr, nonce, mac;
};

std::optional<Request> parse_request(const std::string& line) {
  const auto json = base::parse_json(line, {8192, 2});
  if (!json) return {};
  Fields f(*json);
  Request r{f.text("csr", 1, 4096), f.text("nonce", 22, 86), f.text("mac", 43, 43)};
  f.require(f.text("pair", 1, 32) == protocol_name, LinkCode::unsupported_version, "pair");
  if (!f.finish()) return {};
  return r;
}

std::string answer_body(const BedIdentity& i) {
  Json json;
  json["bed_id"] = i.bed_id;
  json["clinic_id"] = i.clinic_id;
  json["certificate"] = i.certificate_pem;
  json["ca"] = i.ca_pem;
  json["order_key"] = i.order_key_pem;
  return json.dump();
}

Result<BedIdentity> parse_body(std::string_view text) {
  const auto json = base::parse_json(text, {32768, 2});
  if (!json) return base::invalid("", "The answer is malformed.");
  Fields f(*json);
  BedIdentity i;
  i.bed_id = f.id("bed_id");
  i.clinic_id = f.id("clinic_id");
  i.certificate_pem = f.text("certificate", 1, 8192);
  i.ca_pem = f.text("ca", 1, 8192);
  i.order_key_pem = f.text("order_key", 1, 2048);
  if (!f.finish()) return base::invalid("", "The answer is malformed.");
  return i;
}

/// One bed at the open window. Nothing: it proved nothing, and `failed` says whether it tried.
std::optional<PairedBed> serve_one(PairingSocket& peer, const ClinicKeys& keys,
                                   const std::string& bed_id, const std::string& code,
                                   std::int64_t now_ms, bool& failed) {
  const auto line = peer.read_line();
  const auto request = line ? parse_request(*line) : std::nullopt;
  if (!request) return {};
  const auto binding = peer.channel_binding();
  if (!same(request->mac, proof(code, request->nonce, "bed", binding, request->csr))) {
    failed = true;
    peer.write_line(R"({"status":"refused"})");
    return {};
  }
  const auto certificate = issue_bed(keys.ca, keys.ca_key, request->csr, bed_id, now_ms);
  if (!certificate) return {};
  const auto body = answer_body(
      {bed_id, keys.clinic_id, "", certificate->pem(), keys.ca.pem(), keys.order_key.public_pem()});
  Json answer;
  answer["status"] = "paired";
  answer["body"] = body;
  answer["mac"] = proof(code, request->nonce, "clinic", binding, body);
  if (!peer.write_line(answer.dump())) return {};
  // The bed says that it has the certificate safe; without it the window stays open.
  if (peer.read_line() != R"({"status":"stored"})") return {};
  return PairedBed{bed_id, certificate->spki(), certificate->pem()};
}

}  // namespace

std::string make_pairing_code() {
  std::string code;
  for (const char c : random_bytes(pairing_code_length))
    code += letters[static_cast<unsigned char>(c) % letters.size()];
  return code;
}

std::string identity_text(const BedIdentity& i) {
  Json json = Json::parse(answer_body(i));
  json["key"] = i.key_pem;
  return json.dump(1);
}

Result<BedIdentity> parse_identity(std::string_view text) {
  auto identity = parse_body(text);
  if (!identity) return identity;
  const auto json = base::parse_json(text);
  Fields f(*json);
  identity->key_pem = f.text("key", 1, 4096);
  if (!f.finish()) return base::invalid("key", "The bed's identity is malformed.");
  return identity;
}

Result<std::unique_ptr<PairingPort>> PairingPort::reserve(const std::string& address,
                                                          std::uint16_t port) {
  std::unique_ptr<PairingPort> made(new PairingPort);
  made->address_ = address;
  made->port_ = port;
  made->reserved_ = bind_socket(address, made->port_);
  if (made->reserved_ < 0)
    return base::fail(ErrorCode::unavailable, "pairing_port", "The pairing port is in use.");
  return made;
}

PairingPort::~PairingPort() {
  closing_ = true;
  while (busy_) std::this_thread::sleep_for(milliseconds(10));
  if (reserved_ >= 0) close_socket(reserved_);
}

Result<PairedBed> PairingPort::open(const ClinicKeys& keys, const std::string& bed_id,
                                    const std::string& typed, milliseconds timeout,
                                    const base::Clock& clock) try {
  const auto code = upper(typed);
  if (!is_code(code))
    return base::invalid("code", "A pairing code has 10 letters and digits, as the bed shows it.");
  if (!base::is_fhir_id(bed_id)) return base::invalid("bed_id", "This is not an id.");
  if (closing_ || busy_.exchange(true))
    return base::fail(ErrorCode::conflict, "", "Another bed is being paired at the moment.");
  struct Done {
    std::atomic<bool>& flag;
    ~Done() { flag = false; }
  } const done{busy_};
  const NoSigpipe no_sigpipe;
  const auto until = steady_clock::now() + timeout;
  PairingListener listener(reserved_, address_, port_, keys);
  int failures = 0;
  while (!closing_ && steady_clock::now() < until) {
    auto peer = listener.accept(std::min(until, steady_clock::now() + milliseconds(200)), one_try);
    if (!peer) continue;
    bool failed = false;
    if (auto paired = serve_one(*peer, keys, bed_id, code, clock.now_ms(), failed)) return *paired;
    if (failed && ++failures >= allowed_failures)
      return base::fail(ErrorCode::denied, "code",
                        "The code does not match the one on the bed. Read it again, it changes.");
  }
  return base::fail(ErrorCode::unavailable, "",
                    "No bed with this code came in time. Is the bed on and waiting to be paired?");
} catch (const std::exception&) {
  return base::fail(ErrorCode::internal, "", "The pairing port failed.");
}

Result<BedIdentity> pair_with_clinic(const std::string& host, std::uint16_t port, const Key& key,
                                     const std::string& code, milliseconds timeout) try {
  const NoSigpipe no_sigpipe;
  auto csr = make_csr(key);
  if (!csr) return pass(csr);
  auto peer = PairingSocket::connect(host, port, timeout);
  if (!peer) return base::fail(ErrorCode::unavailable, "", "The clinic waits for no bed just now.");
  const auto nonce = base64url(random_bytes(32));
  const auto binding = peer->channel_binding();
  Json request;
  request["pair"] = protocol_name;
  request["csr"] = *csr;
  request["nonce"] = nonce;
  request["mac"] = proof(code, nonce, "bed", binding, *csr);
  peer->write_line(request.dump());
  const auto line = peer->read_line();
  const auto answer = line ? base::parse_json(*line, {65536, 2}) : Result<Json>(Json::object());
  const auto denied =
      base::fail(ErrorCode::denied, "code", "The clinic was given another code than this bed's.");
  if (!line) return base::fail(ErrorCode::unavailable, "", "The clinic did not answer.");
  if (!answer) return denied;
  Fields f(*answer);
  const bool paired = f.text("status", 1, 16) == "paired";
  const auto body = f.text("body", 1, 32768);
  const auto mac = f.text("mac", 43, 43);
  if (!paired || !f.finish() || !same(mac, proof(code, nonce, "clinic", binding, body)))
    return denied;
  auto made = parse_body(body);
  if (!made) return made;
  const auto certificate = Certificate::from_pem(made->certificate_pem);
  if (!certificate || identity(*certificate, "bed") != made->bed_id ||
      X509_check_private_key(certificate->get(), key.get()) != 1)
    return base::invalid("certificate", "The clinic's certificate is not for this bed's key.");
  made->key_pem = key.private_pem();
  peer->write_line(R"({"status":"stored"})");
  return made;
} catch (const std::exception&) {
  return base::fail(ErrorCode::internal, "", "Pairing failed.");
}

}  // namespace facet::bedlink
