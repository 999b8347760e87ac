// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <openssl/ssl.h>

#include <optional>
#include <string>

#include "bedlink/certificates.h"

namespace facet::test {

/// A TLS client written on OpenSSL alone, which may do everything wrong.
class RawPeer {
 public:
  struct Credentials {
    bedlink::Certificate certificate;
    bedlink::Key key;
  };
  RawPeer(std::uint16_t port, const std::optional<Credentials>& credentials,
          int highest_tls = TLS1_3_VERSION);
  ~RawPeer();
  RawPeer(const RawPeer&) = delete;
  RawPeer& operator=(const RawPeer&) = delete;

  /// The first line of the answer to a WebSocket upgrade; empty if TLS or the gateway refuses.
  std::string upgrade(const std::string& protocol = "bedlink.v1");
  bool send(const std::string& bytes);
  /// A masked frame; `first` is FIN and opcode, `claimed` a length that may be a lie.
  bool send_frame(const std::string& payload, unsigned char first = 0x81,
                  std::optional<std::uint64_t> claimed = {});
  /// True once the gateway has closed; false if it has not within 10 s.
  bool closed();
  std::string heard;  // everything read so far

 private:
  bool read();
  SSL_CTX* context_ = nullptr;
  SSL* ssl_ = nullptr;
  int fd_ = -1;
  bool connected_ = false;
};

}  // namespace facet::test
