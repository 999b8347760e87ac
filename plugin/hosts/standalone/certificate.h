// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>

namespace facet::hosts {

struct CertificatePem {
  std::string certificate;
  std::string private_key;
};

/// A self-signed P-256 certificate for HTTPS on this machine: localhost, the loopback addresses and
/// `host_name`. A clinic replaces it with its own.
CertificatePem make_self_signed(const std::string& host_name);

/// SHA-256 of the certificate as browsers show it, so that a person can compare.
std::string fingerprint(const std::string& certificate_pem);

}  // namespace facet::hosts
