// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <openssl/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace facet::bedlink {

/// A P-256 key, private or public only. Copies share the key. Threads: safe.
class Key {
 public:
  static base::Result<Key> generate();
  static base::Result<Key> from_private_pem(std::string_view pem);
  static base::Result<Key> from_public_pem(std::string_view pem);

  std::string private_pem() const;  // empty if only the public half is known
  std::string public_pem() const;
  EVP_PKEY* get() const { return key_.get(); }

  explicit Key(EVP_PKEY* owned);

 private:
  std::shared_ptr<EVP_PKEY> key_;
};

/// An X.509 certificate. Copies share it. Threads: safe.
class Certificate {
 public:
  static base::Result<Certificate> from_pem(std::string_view pem);

  std::string pem() const;
  Key public_key() const;
  /// SHA-256 of the SubjectPublicKeyInfo, lower-case hex: what the allow-list holds.
  std::string spki() const;
  std::int64_t not_before_ms() const;
  std::int64_t not_after_ms() const;
  X509* get() const { return certificate_.get(); }

  explicit Certificate(X509* owned);

 private:
  std::shared_ptr<X509> certificate_;
};

constexpr int leaf_days = 90;
constexpr int leaf_renew_days = 30;  // renewed when this much or less is left

base::Result<Certificate> make_ca(const Key& key, const std::string& name, std::int64_t now_ms);

/// What an issued certificate says.
struct Leaf {
  std::string common_name;
  std::string uri;                 // its one identity, e.g. "urn:facet:bed:<uuid>"
  std::vector<std::string> hosts;  // DNS names and IP addresses
  bool server = false;             // extended key usage serverAuth, else clientAuth
  std::int64_t not_before_ms = 0;
  std::int64_t not_after_ms = 0;
};
base::Result<Certificate> issue(const Certificate& ca, const Key& ca_key, const Key& subject,
                                const Leaf& leaf);

base::Result<Certificate> issue_gateway(const Certificate& ca, const Key& ca_key,
                                        const Key& subject, const std::string& clinic_id,
                                        const std::vector<std::string>& hosts, std::int64_t now_ms);
/// Checks the request's own signature and that its key is P-256; takes nothing else from it.
base::Result<Certificate> issue_bed(const Certificate& ca, const Key& ca_key,
                                    std::string_view csr_pem, const std::string& bed_id,
                                    std::int64_t now_ms);

/// The bed's side: a certificate request for its own key.
base::Result<std::string> make_csr(const Key& key);

/// The id in a certificate's only URI "urn:facet:<kind>:<id>", if its extended key usage is the one
/// of that kind ("bed": clientAuth only; "clinic": serverAuth only) and it is no CA.
std::optional<std::string> identity(const Certificate& certificate, std::string_view kind);

/// Everything a gateway needs, read from or made in a folder of mode-0600 files.
struct ClinicKeys {
  std::string clinic_id;
  Key ca_key;
  Certificate ca;
  Key gateway_key;
  Certificate gateway;
  Key order_key;  // signs orders; never used for TLS
};
/// Makes what is missing; issues a new gateway certificate when it nears its end or `hosts` differ.
base::Result<ClinicKeys> open_clinic_keys(const std::filesystem::path& folder,
                                          const std::string& clinic_id,
                                          const std::vector<std::string>& hosts,
                                          std::int64_t now_ms);

/// Replaces a file as a whole: mode 0600, fsynced, renamed into place.
base::Status write_private_file(const std::filesystem::path& path, std::string_view text);
/// Errors: not_found; too_large beyond 1 MiB.
base::Result<std::string> read_small_file(const std::filesystem::path& path);

}  // namespace facet::bedlink
