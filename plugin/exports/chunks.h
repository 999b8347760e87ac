// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "rest/message.h"

namespace facet::exports {

/// Gathers small pieces into chunks of about 64 KiB. False once the reader is gone.
class Chunks {
 public:
  explicit Chunks(rest::Response& response) : response_(response) {}

  bool add(std::string_view piece) {
    buffer_ += piece;
    return buffer_.size() < full || send();
  }
  bool send() {
    const bool there = response_.write(buffer_) && response_.flush();
    buffer_.clear();
    return there;
  }

 private:
  static constexpr std::size_t full = 64 * 1024;
  rest::Response& response_;
  std::string buffer_;
};

}  // namespace facet::exports
