// SPDX-License-Identifier: MPL-2.0
#include "bedlink/raw_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace facet::test {

RawPeer::RawPeer(std::uint16_t port, const std::optional<Credentials>& credentials,
                 int highest_tls) {
  ::signal(SIGPIPE, SIG_IGN);
  context_ = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_max_proto_version(context_, highest_tls);
  if (credentials) {
    SSL_CTX_use_certificate(context_, credentials->certificate.get());
    SSL_CTX_use_PrivateKey(context_, credentials->key.get());
  }
  fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{10, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return;
  ssl_ = SSL_new(context_);
  SSL_set_fd(ssl_, fd_);
  connected_ = SSL_connect(ssl_) == 1;
}

RawPeer::~RawPeer() {
  SSL_free(ssl_);
  SSL_CTX_free(context_);
  ::close(fd_);
}

bool RawPeer::read() {
  std::array<char, 4096> part{};
  const int n = connected_ ? SSL_read(ssl_, part.data(), static_cast<int>(part.size())) : 0;
  if (n > 0) heard.append(part.data(), static_cast<std::size_t>(n));
  return n > 0;
}

std::string RawPeer::upgrade(const std::string& protocol) {
  send(
      "GET /bedlink HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      "Sec-WebSocket-Protocol: " +
      protocol + "\r\n\r\n");
  while (heard.find("\r\n\r\n") == std::string::npos && read()) {
  }
  return heard.substr(0, heard.find("\r\n"));
}

bool RawPeer::send(const std::string& bytes) {
  return connected_ && SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) > 0;
}

bool RawPeer::send_frame(const std::string& payload, unsigned char first,
                         std::optional<std::uint64_t> claimed) {
  const std::uint64_t size = claimed.value_or(payload.size());
  std::string frame(1, static_cast<char>(first));
  frame += static_cast<char>(0x80 | 127);
  for (int shift = 56; shift >= 0; shift -= 8) frame += static_cast<char>(size >> shift);
  frame += std::string(4, '\0');  // a mask that changes nothing
  return send(frame + payload);
}

bool RawPeer::closed() {
  while (read()) {
  }
  if (!connected_) return true;
  const int left = SSL_get_error(ssl_, 0);
  return left != SSL_ERROR_WANT_READ;
}

}  // namespace facet::test
