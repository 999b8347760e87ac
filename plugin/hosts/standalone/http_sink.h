// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>

#include <atomic>
#include <ostream>
#include <string>

#include "hosts/common/door.h"

namespace facet::hosts {

/// Sends an answer as it is made. A short one is kept until its end and sent with its length; a
/// long or flushed one is sent in chunks. Once `stopping`, the reader counts as gone.
class HttpSink : public ResponseSink {
 public:
  HttpSink(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response,
           const std::atomic<bool>& stopping);

  void begin(int http_status) override;
  void header(const std::string& name, const std::string& value) override;
  bool write(std::string_view chunk) override;
  bool flush() override;
  /// Sends what is left.
  void finish();
  /// Ends the connection so that the reader sees a broken answer, not a short one.
  void break_off();
  bool begun() const { return begun_; }

 private:
  void start_streaming();
  bool send(std::string_view bytes);

  Poco::Net::HTTPServerRequest& request_;
  Poco::Net::HTTPServerResponse& response_;
  const std::atomic<bool>& stopping_;
  std::string waiting_;
  std::ostream* out_ = nullptr;
  bool begun_ = false;
};

}  // namespace facet::hosts
