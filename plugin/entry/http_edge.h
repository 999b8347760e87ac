// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "facet/http.h"
#include "rest/message.h"

namespace facet::entry {

/// True if the host filled every field that this version reads.
bool is_whole(const facet_request* request);
bool is_whole(const facet_response* response);

/// Copies what must outlive the host's table; path, method and body stay the host's.
rest::Request read_request(const facet_request& request);

/// The host's writer as a rest::Response.
class EdgeResponse final : public rest::Response {
 public:
  explicit EdgeResponse(facet_response* response) : response_(response) {}

  void begin(int http_status) override;
  void header(std::string_view name, std::string_view value) override;
  bool write(std::string_view chunk) override;
  bool flush() override;

  bool begun() const { return begun_; }
  /// Answers 500 if nothing was begun yet.
  void fail();

 private:
  facet_response* response_;
  bool begun_ = false;
};

}  // namespace facet::entry
