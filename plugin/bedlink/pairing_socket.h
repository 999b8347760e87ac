// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "bedlink/certificates.h"
#include "bedlink/openssl_ptr.h"
#include "bedlink/watchdog.h"

namespace facet::bedlink {

/// One TLS 1.3 connection that carries a few lines, all within an absolute deadline. Nobody is
/// authenticated by certificate here: the pairing code does that. Throws only std::bad_alloc.
class PairingSocket {
 public:
  static std::unique_ptr<PairingSocket> connect(const std::string& host, std::uint16_t port,
                                                std::chrono::milliseconds timeout);
  ~PairingSocket();

  /// At most 64 KiB, without its newline.
  std::optional<std::string> read_line();
  bool write_line(const std::string& text);
  /// RFC 9266 tls-exporter: 32 bytes known to the two ends of this connection only.
  std::string channel_binding() const;

 private:
  friend class PairingListener;
  PairingSocket(int fd, Moment deadline) : fd_(fd), deadline_(deadline) {}
  bool handshake(SSL_CTX* context, bool server);
  bool wait(int result);

  int fd_;
  Moment deadline_;
  SslPtr ssl_;
  std::string buffer_;
};

/// Listens on a port that bind_socket reserved, while alive; afterwards the port is reserved again.
class PairingListener {
 public:
  PairingListener(int& reserved_fd, const std::string& address, std::uint16_t& port,
                  const ClinicKeys& keys);
  ~PairingListener();
  std::unique_ptr<PairingSocket> accept(Moment until, std::chrono::milliseconds one_try);

 private:
  int& fd_;
  const std::string& address_;
  std::uint16_t& port_;
  SslCtxPtr context_;
};

/// A TCP socket bound to address and port (0: any, replaced by the one given); -1 if that fails.
int bind_socket(const std::string& address, std::uint16_t& port);
void close_socket(int fd);

}  // namespace facet::bedlink
