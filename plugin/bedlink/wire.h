// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <Poco/Net/WebSocket.h>

#include <atomic>
#include <deque>
#include <mutex>
#include <string>

#include "bedlink/watchdog.h"

namespace facet::bedlink {

/// One WebSocket with TLS below. Only its own thread may call receive() and send(); every other
/// thread uses wake() and close().
class Wire {
 public:
  Wire(Poco::Net::WebSocket socket, Watchdog& dog);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  enum class Got { text, nothing, closed };
  /// Waits for a whole text frame, until `until`, or until wake(). Answers pings itself. Anything
  /// but one unfragmented text frame of at most 64 KiB within 5 s of its first byte closes the
  /// socket.
  Got receive(std::string& text, Moment until);
  bool send(const std::string& text);
  bool ping();

  void wake();
  void close();
  /// When the last frame of any kind came.
  Moment last_received() const { return last_received_.load(); }

 private:
  bool ready(Moment until);
  bool send_frame(const std::string& text, int flags);

  Poco::Net::WebSocket socket_;
  Watchdog::Leash leash_;
  int wake_fd_;
  std::atomic<bool> open_{true};
  std::atomic<Moment> last_received_;
};

}  // namespace facet::bedlink
