// SPDX-License-Identifier: MPL-2.0
#include "bedlink/wire.h"

#include <Poco/Buffer.h>
#include <Poco/Exception.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "bedlink/messages.h"

namespace facet::bedlink {

using Poco::Net::WebSocket;
using std::chrono::milliseconds;

namespace {
constexpr milliseconds frame_deadline{5000};
constexpr int text_frame = WebSocket::FRAME_TEXT;
constexpr int ping_frame = int{WebSocket::FRAME_FLAG_FIN} | int{WebSocket::FRAME_OP_PING};
constexpr int pong_frame = int{WebSocket::FRAME_FLAG_FIN} | int{WebSocket::FRAME_OP_PONG};
}  // namespace

Wire::Wire(WebSocket socket, Watchdog& dog)
    : socket_(std::move(socket)),
      leash_(dog, socket_.impl()->sockfd()),
      wake_fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      last_received_(std::chrono::steady_clock::now()) {
  socket_.setMaxPayloadSize(max_frame_bytes);
  socket_.setReceiveTimeout(Poco::Timespan(30, 0));  // the leash is the deadline that counts
  socket_.setSendTimeout(Poco::Timespan(30, 0));
  if (wake_fd_ < 0) throw Poco::IOException("eventfd");
}

Wire::~Wire() {
  ::close(wake_fd_);
}

void Wire::wake() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto n = ::write(wake_fd_, &one, sizeof one);
}

void Wire::close() {
  open_ = false;
  leash_.cut();
  wake();
}

/// True if a frame has begun; false at the deadline or after wake().
bool Wire::ready(Moment until) {
  if (socket_.available() > 0) return true;  // already decrypted: poll() cannot see it
  const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
  const int wait_ms = static_cast<int>(std::clamp<milliseconds::rep>(left.count(), 0, 60000));
  std::array<pollfd, 2> fds{{{socket_.impl()->sockfd(), POLLIN, 0}, {wake_fd_, POLLIN, 0}}};
  if (::poll(fds.data(), fds.size(), wait_ms) <= 0) return false;
  if (fds[1].revents != 0) {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto n = ::read(wake_fd_, &count, sizeof count);
  }
  return fds[0].revents != 0;
}

Wire::Got Wire::receive(std::string& text, Moment until) {
  if (!open_) return Got::closed;
  if (!ready(until)) return open_ ? Got::nothing : Got::closed;
  Poco::Buffer<char> buffer(0);
  int flags = 0;
  leash_.arm(frame_deadline);
  try {
    const int size = socket_.receiveFrame(buffer, flags);
    leash_.disarm();
    if (size <= 0 && flags == 0) open_ = false;  // the peer has gone
  } catch (const std::exception&) {
    open_ = false;  // a frame half read cannot be resumed
  }
  if (!open_) return Got::closed;
  last_received_ = std::chrono::steady_clock::now();
  const std::string payload(buffer.begin(), buffer.size());
  switch (flags) {
    case text_frame:
      text = payload;
      return Got::text;
    case ping_frame:
      return send_frame(payload, pong_frame) ? Got::nothing : Got::closed;
    case pong_frame:
      return Got::nothing;
    default:  // close, fragment, binary
      close();
      return Got::closed;
  }
}

bool Wire::send_frame(const std::string& text, int flags) {
  if (!open_) return false;
  leash_.arm(frame_deadline);
  try {
    socket_.sendFrame(text.data(), static_cast<int>(text.size()), flags);
  } catch (const std::exception&) {
    open_ = false;
  }
  leash_.disarm();
  return open_;
}

bool Wire::send(const std::string& text) {
  return send_frame(text, text_frame);
}

bool Wire::ping() {
  return send_frame("", ping_frame);
}

}  // namespace facet::bedlink
