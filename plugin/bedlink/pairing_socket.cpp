// SPDX-License-Identifier: MPL-2.0
#include "bedlink/pairing_socket.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace facet::bedlink {
namespace {

constexpr std::size_t max_line = 65536;

struct Addresses {
  addrinfo* first = nullptr;
  Addresses(const std::string& host, std::uint16_t port, int flags) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &first) != 0)
      first = nullptr;
  }
  ~Addresses() {
    if (first) ::freeaddrinfo(first);
  }
  Addresses(const Addresses&) = delete;
  Addresses& operator=(const Addresses&) = delete;
};

int wait_ms(Moment deadline) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60000));
}

bool poll_for(int fd, short events, Moment deadline) {
  pollfd waiting{fd, events, 0};
  return ::poll(&waiting, 1, wait_ms(deadline)) > 0;
}

int open_socket(int family) {
  return ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

SslCtxPtr tls13(const SSL_METHOD* method) {
  SslCtxPtr context(SSL_CTX_new(method));
  if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION) != 1)
    throw std::runtime_error("TLS 1.3 is not available");
  SSL_CTX_set_num_tickets(context.get(), 0);
  return context;
}

}  // namespace

int bind_socket(const std::string& address, std::uint16_t& port) {
  const Addresses found(address, port, AI_PASSIVE | AI_NUMERICHOST);
  if (!found.first) return -1;
  const int fd = open_socket(found.first->ai_family);
  const int on = 1;
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  if (fd < 0 || ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
      ::bind(fd, found.first->ai_addr, found.first->ai_addrlen) != 0 ||
      ::getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size) != 0) {
    close_socket(fd);
    return -1;
  }
  port = ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(bound).sin6_port
                                           : reinterpret_cast<sockaddr_in&>(bound).sin_port);
  return fd;
}

void close_socket(int fd) {
  if (fd >= 0) ::close(fd);
}

std::unique_ptr<PairingSocket> PairingSocket::connect(const std::string& host, std::uint16_t port,
                                                      std::chrono::milliseconds timeout) {
  const Moment deadline = std::chrono::steady_clock::now() + timeout;
  const Addresses found(host, port, 0);
  for (const addrinfo* at = found.first; at != nullptr; at = at->ai_next) {
    const int fd = open_socket(at->ai_family);
    if (fd < 0) continue;
    std::unique_ptr<PairingSocket> made(new PairingSocket(fd, deadline));
    int error = 0;
    socklen_t size = sizeof error;
    if (::connect(fd, at->ai_addr, at->ai_addrlen) != 0 &&
        (errno != EINPROGRESS || !poll_for(fd, POLLOUT, deadline) ||
         ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0))
      continue;
    const auto context = tls13(TLS_client_method());
    if (made->handshake(context.get(), false)) return made;
  }
  return {};
}

PairingSocket::~PairingSocket() {
  if (ssl_) SSL_shutdown(ssl_.get());
  ssl_.reset();
  ERR_clear_error();
  close_socket(fd_);
}

/// After an SSL call that did not succeed: true if it may be tried again.
bool PairingSocket::wait(int result) {
  const int reason = SSL_get_error(ssl_.get(), result);
  ERR_clear_error();
  if (std::chrono::steady_clock::now() >= deadline_) return false;
  if (reason == SSL_ERROR_WANT_READ) return poll_for(fd_, POLLIN, deadline_);
  if (reason == SSL_ERROR_WANT_WRITE) return poll_for(fd_, POLLOUT, deadline_);
  return false;
}

bool PairingSocket::handshake(SSL_CTX* context, bool server) {
  ssl_.reset(SSL_new(context));
  if (!ssl_ || SSL_set_fd(ssl_.get(), fd_) != 1) return false;
  for (;;) {
    const int n = server ? SSL_accept(ssl_.get()) : SSL_connect(ssl_.get());
    if (n == 1) return true;
    if (!wait(n)) return false;
  }
}

std::optional<std::string> PairingSocket::read_line() {
  for (;;) {
    if (const auto end = buffer_.find('\n'); end != std::string::npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    if (buffer_.size() > max_line) return {};
    std::array<char, 4096> part{};
    const int n = SSL_read(ssl_.get(), part.data(), static_cast<int>(part.size()));
    if (n > 0)
      buffer_.append(part.data(), static_cast<std::size_t>(n));
    else if (!wait(n))
      return {};
  }
}

bool PairingSocket::write_line(const std::string& text) {
  const std::string line = text + "\n";
  for (;;) {
    const int n = SSL_write(ssl_.get(), line.data(), static_cast<int>(line.size()));
    if (n > 0) return true;
    if (!wait(n)) return false;
  }
}

std::string PairingSocket::channel_binding() const {
  constexpr std::string_view label = "EXPORTER-Channel-Binding";
  std::string binding(32, '\0');
  if (SSL_export_keying_material(ssl_.get(), reinterpret_cast<unsigned char*>(binding.data()),
                                 binding.size(), label.data(), label.size(), nullptr, 0, 1) != 1)
    throw std::runtime_error("no TLS exporter");
  return binding;
}

PairingListener::PairingListener(int& reserved_fd, const std::string& address, std::uint16_t& port,
                                 const ClinicKeys& keys)
    : fd_(reserved_fd), address_(address), port_(port), context_(tls13(TLS_server_method())) {
  if (SSL_CTX_use_certificate(context_.get(), keys.gateway.get()) != 1 ||
      SSL_CTX_use_PrivateKey(context_.get(), keys.gateway_key.get()) != 1 || ::listen(fd_, 8) != 0)
    throw std::runtime_error("the pairing port cannot listen");
}

PairingListener::~PairingListener() {
  close_socket(fd_);
  fd_ = bind_socket(address_, port_);
}

std::unique_ptr<PairingSocket> PairingListener::accept(Moment until,
                                                       std::chrono::milliseconds one_try) {
  if (!poll_for(fd_, POLLIN, until)) return {};
  const int fd = ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0) return {};
  std::unique_ptr<PairingSocket> made(
      new PairingSocket(fd, std::chrono::steady_clock::now() + one_try));
  if (!made->handshake(context_.get(), true)) return {};
  return made;
}

}  // namespace facet::bedlink
