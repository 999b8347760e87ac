// SPDX-License-Identifier: MPL-2.0
#include "bedlink/certificates.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "base/interval.h"
#include "base/uuid.h"
#include "bedlink/openssl_ptr.h"

namespace facet::bedlink {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::int64_t skew_ms = 5 * base::minute_ms;
constexpr int ca_days = 3650;
constexpr int gateway_days = 397;

tl::unexpected<base::Error> broken(const char* what) {
  ERR_clear_error();
  return base::fail(ErrorCode::internal, "", std::string("OpenSSL could not ") + what + ".");
}

BioPtr reader(std::string_view text) {
  return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

template <class Write>
std::string pem_text(Write write) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  if (!bio || write(bio.get()) != 1) return {};
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

int no_password(char*, int, int, void*) {
  return 0;
}

bool is_p256(EVP_PKEY* key) {
  std::array<char, 64> group{};
  std::size_t length = 0;
  return EVP_PKEY_is_a(key, "EC") == 1 &&
         EVP_PKEY_get_group_name(key, group.data(), group.size(), &length) == 1 &&
         std::string_view(group.data(), length) == "prime256v1";
}

Result<Key> checked(EVP_PKEY* raw) {
  PkeyPtr key(raw);
  ERR_clear_error();
  if (!key || !is_p256(key.get())) return base::invalid("key", "This is not a P-256 key in PEM.");
  return Key(key.release());
}

std::int64_t time_ms(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return 0;
  return static_cast<std::int64_t>(timegm(&parts)) * 1000;
}

bool set_time(ASN1_TIME* field, std::int64_t ms) {
  return ASN1_TIME_set(field, static_cast<std::time_t>(ms / 1000)) != nullptr;
}

bool set_serial(X509* certificate) {
  std::array<unsigned char, 16> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return false;
  random[0] = static_cast<unsigned char>((random[0] & 0x7f) | 0x40);  // positive, full length
  Owned<BIGNUM, BN_free> number(BN_bin2bn(random.data(), static_cast<int>(random.size()), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_name(X509_NAME* name, const std::string& text) {
  return X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool is_host(const std::string& host) {
  return !host.empty() && host.size() <= 253 &&
         std::all_of(host.begin(), host.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':';
         });
}

bool is_ip(const std::string& host) {
  std::array<unsigned char, 16> bytes{};
  return inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

std::string alternative_names(const Leaf& leaf) {
  std::string names = "URI:" + leaf.uri;
  for (const auto& host : leaf.hosts) names += (is_ip(host) ? ",IP:" : ",DNS:") + host;
  return names;
}

/// A certificate with everything but extensions and signature.
X509Ptr draft(const Key& subject, const std::string& name, std::int64_t from_ms,
              std::int64_t to_ms) {
  X509Ptr made(X509_new());
  X509* c = made.get();
  if (c && X509_set_version(c, X509_VERSION_3) && set_serial(c) &&
      set_time(X509_getm_notBefore(c), from_ms) && set_time(X509_getm_notAfter(c), to_ms) &&
      X509_set_pubkey(c, subject.get()) && set_name(X509_get_subject_name(c), name))
    return made;
  return {};
}

}  // namespace

Key::Key(EVP_PKEY* owned) : key_(owned, EVP_PKEY_free) {}

Result<Key> Key::generate() {
  EVP_PKEY* made = EVP_EC_gen("P-256");
  if (made == nullptr) return broken("make a key");
  return Key(made);
}

Result<Key> Key::from_private_pem(std::string_view pem) {
  const auto bio = reader(pem);
  return checked(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
}

Result<Key> Key::from_public_pem(std::string_view pem) {
  const auto bio = reader(pem);
  return checked(PEM_read_bio_PUBKEY(bio.get(), nullptr, no_password, nullptr));
}

std::string Key::private_pem() const {
  return pem_text([&](BIO* bio) {
    return PEM_write_bio_PKCS8PrivateKey(bio, key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

std::string Key::public_pem() const {
  return pem_text([&](BIO* bio) { return PEM_write_bio_PUBKEY(bio, key_.get()); });
}

Certificate::Certificate(X509* owned) : certificate_(owned, X509_free) {}

Result<Certificate> Certificate::from_pem(std::string_view pem) {
  const auto bio = reader(pem);
  X509Ptr read(PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr));
  ERR_clear_error();
  if (!read || !is_p256(X509_get0_pubkey(read.get())))
    return base::invalid("certificate", "This is not a P-256 certificate in PEM.");
  return Certificate(read.release());
}

std::string Certificate::pem() const {
  return pem_text([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate_.get()); });
}

Key Certificate::public_key() const {
  return Key(X509_get_pubkey(certificate_.get()));
}

std::string Certificate::spki() const {
  unsigned char* der = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate_.get()), &der);
  std::array<unsigned char, 32> digest{};
  const bool done = size > 0 && EVP_Digest(der, static_cast<std::size_t>(size), digest.data(),
                                           nullptr, EVP_sha256(), nullptr) == 1;
  OPENSSL_free(der);
  std::string text;
  constexpr char digits[] = "0123456789abcdef";
  if (done)
    for (const auto byte : digest) text += {digits[byte >> 4], digits[byte & 15]};
  return text;
}

std::int64_t Certificate::not_before_ms() const {
  return time_ms(X509_get0_notBefore(certificate_.get()));
}
std::int64_t Certificate::not_after_ms() const {
  return time_ms(X509_get0_notAfter(certificate_.get()));
}

Result<Certificate> make_ca(const Key& key, const std::string& name, std::int64_t now_ms) {
  X509Ptr made = draft(key, name, now_ms - skew_ms, now_ms + ca_days * base::day_ms);
  X509* c = made.get();
  if (!c || !X509_set_issuer_name(c, X509_get_subject_name(c)) ||
      !add_extension(c, c, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
      !add_extension(c, c, NID_key_usage, "critical,keyCertSign,cRLSign") ||
      !add_extension(c, c, NID_subject_key_identifier, "hash") ||
      X509_sign(c, key.get(), EVP_sha256()) == 0)
    return broken("make the clinic's certificate authority");
  return Certificate(made.release());
}

Result<Certificate> issue(const Certificate& ca, const Key& ca_key, const Key& subject,
                          const Leaf& leaf) {
  for (const auto& host : leaf.hosts)
    if (!is_host(host)) return base::invalid("host", "This is not a host name or address.");
  X509Ptr made = draft(subject, leaf.common_name, leaf.not_before_ms, leaf.not_after_ms);
  X509* c = made.get();
  X509* issuer = ca.get();
  if (!c || !X509_set_issuer_name(c, X509_get_subject_name(issuer)) ||
      !add_extension(c, issuer, NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension(c, issuer, NID_key_usage, "critical,digitalSignature") ||
      !add_extension(c, issuer, NID_ext_key_usage, leaf.server ? "serverAuth" : "clientAuth") ||
      !add_extension(c, issuer, NID_subject_alt_name, alternative_names(leaf)) ||
      !add_extension(c, issuer, NID_subject_key_identifier, "hash") ||
      !add_extension(c, issuer, NID_authority_key_identifier, "keyid:always") ||
      X509_sign(c, ca_key.get(), EVP_sha256()) == 0)
    return broken("issue a certificate");
  return Certificate(made.release());
}

Result<Certificate> issue_gateway(const Certificate& ca, const Key& ca_key, const Key& subject,
                                  const std::string& clinic_id,
                                  const std::vector<std::string>& hosts, std::int64_t now_ms) {
  if (!base::is_fhir_id(clinic_id)) return base::invalid("clinic_id", "This is not an id.");
  return issue(ca, ca_key, subject,
               {"Facet gateway", "urn:facet:clinic:" + clinic_id, hosts, true, now_ms - skew_ms,
                now_ms + gateway_days * base::day_ms});
}

Result<Certificate> issue_bed(const Certificate& ca, const Key& ca_key, std::string_view csr_pem,
                              const std::string& bed_id, std::int64_t now_ms) {
  if (!base::is_fhir_id(bed_id)) return base::invalid("bed_id", "This is not an id.");
  const auto bio = reader(csr_pem);
  const X509ReqPtr request(PEM_read_bio_X509_REQ(bio.get(), nullptr, no_password, nullptr));
  EVP_PKEY* raw = request ? X509_REQ_get0_pubkey(request.get()) : nullptr;
  const bool good = raw != nullptr && is_p256(raw) && X509_REQ_verify(request.get(), raw) == 1;
  ERR_clear_error();
  if (!good) return base::invalid("csr", "This is not a signed request for a P-256 certificate.");
  EVP_PKEY_up_ref(raw);
  return issue(ca, ca_key, Key(raw),
               {"Facet bed",
                "urn:facet:bed:" + bed_id,
                {},
                false,
                now_ms - skew_ms,
                now_ms + leaf_days * base::day_ms});
}

Result<std::string> make_csr(const Key& key) {
  const X509ReqPtr request(X509_REQ_new());
  if (!request || !X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) ||
      !X509_REQ_set_pubkey(request.get(), key.get()) ||
      !set_name(X509_REQ_get_subject_name(request.get()), "Facet bed") ||
      X509_REQ_sign(request.get(), key.get(), EVP_sha256()) == 0)
    return broken("make a certificate request");
  return pem_text([&](BIO* bio) { return PEM_write_bio_X509_REQ(bio, request.get()); });
}

std::optional<std::string> identity(const Certificate& certificate, std::string_view kind) {
  X509* c = certificate.get();
  const std::uint32_t usage = kind == "bed" ? XKU_SSL_CLIENT : XKU_SSL_SERVER;
  if (X509_get_extended_key_usage(c) != usage || X509_check_ca(c) != 0) return {};
  const Owned<GENERAL_NAMES, GENERAL_NAMES_free> names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(c, NID_subject_alt_name, nullptr, nullptr)));
  std::optional<std::string> uri;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_URI) continue;
    if (uri) return {};
    const ASN1_STRING* text = name->d.uniformResourceIdentifier;
    uri.emplace(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                static_cast<std::size_t>(ASN1_STRING_length(text)));
  }
  const std::string prefix = "urn:facet:" + std::string(kind) + ":";
  if (!uri || !uri->starts_with(prefix)) return {};
  std::string id = uri->substr(prefix.size());
  if (!base::is_fhir_id(id)) return {};
  return id;
}

}  // namespace facet::bedlink
