// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "bedlink/certificates.h"

namespace facet::bedlink {

struct PairedBed;

constexpr std::size_t pairing_code_length = 10;
/// Ten letters and digits that are not easily confused: 50 bits.
std::string make_pairing_code();

/// The clinic's side: a TLS port that exists only while a window is open.
class PairingPort {
 public:
  /// Reserves a port (0: any) without listening on it.
  static base::Result<std::unique_ptr<PairingPort>> reserve(const std::string& address,
                                                            std::uint16_t port);
  ~PairingPort();
  std::uint16_t port() const { return port_; }
  /// As Gateway::pair.
  base::Result<PairedBed> open(const ClinicKeys& keys, const std::string& bed_id,
                               const std::string& code, std::chrono::milliseconds timeout,
                               const base::Clock& clock);
  /// Ends an open window soon; no other opens.
  void close() { closing_ = true; }

 private:
  PairingPort() = default;
  std::string address_;
  std::uint16_t port_ = 0;
  int reserved_ = -1;
  std::atomic<bool> busy_{false};
  std::atomic<bool> closing_{false};
};

/// What a bed owns after pairing. `text` and `parse` are for its own disk.
struct BedIdentity {
  std::string bed_id;
  std::string clinic_id;
  std::string key_pem;
  std::string certificate_pem;
  std::string ca_pem;
  std::string order_key_pem;  // public half
};
std::string identity_text(const BedIdentity& identity);
base::Result<BedIdentity> parse_identity(std::string_view text);

/// The bed's side: one try, at most `timeout` long. Errors: unavailable (no window is open); denied
/// (the clinic was given another code, or somebody stands between).
base::Result<BedIdentity> pair_with_clinic(const std::string& host, std::uint16_t port,
                                           const Key& key, const std::string& code,
                                           std::chrono::milliseconds timeout);

}  // namespace facet::bedlink
