// SPDX-License-Identifier: MPL-2.0
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "base/interval.h"
#include "bedlink/certificates.h"

namespace facet::bedlink {
namespace {

using base::ErrorCode;
using base::Result;

Result<Key> open_key(const std::filesystem::path& path) {
  if (auto text = read_small_file(path)) return Key::from_private_pem(*text);
  if (std::filesystem::exists(path))
    return base::fail(ErrorCode::internal, path.filename().string(), "The key cannot be read.");
  auto made = Key::generate();
  if (!made) return made;
  if (auto written = write_private_file(path, made->private_pem()); !written) return pass(written);
  return made;
}

bool names_host(const Certificate& certificate, const std::string& host) {
  return X509_check_host(certificate.get(), host.c_str(), host.size(), 0, nullptr) == 1 ||
         X509_check_ip_asc(certificate.get(), host.c_str(), 0) == 1;
}

bool still_good(const Certificate& gateway, const Certificate& ca, const Key& key,
                const std::string& clinic_id, const std::vector<std::string>& hosts,
                std::int64_t now_ms) {
  for (const auto& host : hosts)
    if (!names_host(gateway, host)) return false;
  return gateway.not_after_ms() - now_ms > leaf_renew_days * base::day_ms &&
         identity(gateway, "clinic") == clinic_id &&
         X509_check_private_key(gateway.get(), key.get()) == 1 &&
         X509_verify(gateway.get(), ca.public_key().get()) == 1;
}

}  // namespace

Result<ClinicKeys> open_clinic_keys(const std::filesystem::path& folder,
                                    const std::string& clinic_id,
                                    const std::vector<std::string>& hosts, std::int64_t now_ms) {
  std::error_code error;
  if (std::filesystem::create_directories(folder, error))
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  auto ca_key = open_key(folder / "ca.key.pem");
  if (!ca_key) return pass(ca_key);
  auto gateway_key = open_key(folder / "gateway.key.pem");
  if (!gateway_key) return pass(gateway_key);
  auto order_key = open_key(folder / "order.key.pem");
  if (!order_key) return pass(order_key);

  const auto ca_path = folder / "ca.pem";
  auto ca_text = read_small_file(ca_path);
  auto ca = ca_text ? Certificate::from_pem(*ca_text)
                    : make_ca(*ca_key, "Facet clinic " + clinic_id, now_ms);
  if (!ca) return pass(ca);
  if (X509_check_private_key(ca->get(), ca_key->get()) != 1)
    return base::fail(ErrorCode::internal, "ca.pem", "The certificate is not of ca.key.pem.");
  if (!ca_text)
    if (auto written = write_private_file(ca_path, ca->pem()); !written) return pass(written);

  const auto gateway_path = folder / "gateway.pem";
  auto gateway_text = read_small_file(gateway_path);
  auto gateway = gateway_text ? Certificate::from_pem(*gateway_text)
                              : Result<Certificate>(base::invalid("", ""));
  if (!gateway || !still_good(*gateway, *ca, *gateway_key, clinic_id, hosts, now_ms)) {
    gateway = issue_gateway(*ca, *ca_key, *gateway_key, clinic_id, hosts, now_ms);
    if (!gateway) return pass(gateway);
    if (auto written = write_private_file(gateway_path, gateway->pem()); !written)
      return pass(written);
  }
  return ClinicKeys{clinic_id, *ca_key, *ca, *gateway_key, *gateway, *order_key};
}

}  // namespace facet::bedlink
