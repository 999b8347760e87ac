// SPDX-License-Identifier: MPL-2.0
#include "entry/http_edge.h"

#include <cstddef>

#include "facet/types.h"
#include "rest/outcome.h"

namespace facet::entry {

bool is_whole(const facet_request* request) {
  return request != nullptr && request->struct_size >= sizeof(facet_request) &&
         request->method != nullptr && request->path != nullptr && request->path[0] == '/' &&
         (request->query_count == 0 || request->query != nullptr) &&
         (request->header_count == 0 || request->headers != nullptr) &&
         (request->body.size == 0 || request->body.data != nullptr);
}

bool is_whole(const facet_response* response) {
  return response != nullptr && response->struct_size >= offsetof(facet_response, flush) &&
         response->begin != nullptr && response->header != nullptr && response->write != nullptr;
}

rest::Request read_request(const facet_request& request) {
  rest::Request result;
  result.method = request.method;
  result.path = request.path;
  for (std::size_t i = 0; i < request.query_count; ++i)
    result.query.emplace_back(request.query[i].name, request.query[i].value);
  for (std::size_t i = 0; i < request.header_count; ++i)
    result.headers.emplace_back(request.headers[i].name, request.headers[i].value);
  result.body = {static_cast<const char*>(request.body.data), request.body.size};
  if (request.remote != nullptr) result.principal.remote = request.remote;
  if (request.purpose != nullptr) result.principal.purpose = request.purpose;
  const auto* principal = request.principal;
  if (principal == nullptr || principal->user_id == nullptr || principal->user_id[0] == '\0')
    return result;
  result.authenticated = true;
  result.principal.user_id = principal->user_id;
  for (const char* const* role = principal->roles; role != nullptr && *role != nullptr; ++role)
    // Facet gives these two to its own sockets and timers; no host may.
    if (std::string_view(*role) != "device" && std::string_view(*role) != "system")
      result.principal.roles.emplace_back(*role);
  return result;
}

void EdgeResponse::begin(int http_status) {
  if (begun_) return;
  begun_ = true;
  response_->begin(response_, static_cast<std::uint16_t>(http_status));
}

void EdgeResponse::header(std::string_view name, std::string_view value) {
  response_->header(response_, std::string(name).c_str(), std::string(value).c_str());
}

bool EdgeResponse::write(std::string_view chunk) {
  return response_->write(response_, {chunk.data(), chunk.size()}) == FACET_OK;
}

bool EdgeResponse::flush() {
  if (!FACET_HAS(facet_response, response_, flush)) return true;
  return response_->flush(response_) == FACET_OK;
}

void EdgeResponse::fail() {
  if (begun_) return;
  rest::send_error(*this, {base::ErrorCode::internal, "", "", {}});
}

}  // namespace facet::entry
