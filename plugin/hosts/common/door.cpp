// SPDX-License-Identifier: MPL-2.0
#include "hosts/common/door.h"

#include <algorithm>
#include <cctype>

namespace facet::hosts {
namespace {

enum class Phase { waiting, headers, body };

// The C table in front of a sink: checks the order of calls and lets no exception out.
struct Writer {
  facet_response table{};
  ResponseSink* sink = nullptr;
  Phase phase = Phase::waiting;
};

Writer& writer_of(facet_response* response) {
  return *static_cast<Writer*>(response->host_data);
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '-' || c == '_';
  });
}

bool is_header_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
}

facet_status begin(facet_response* response, uint16_t http_status) {
  Writer& writer = writer_of(response);
  if (writer.phase != Phase::waiting || http_status < 200 || http_status > 599)
    return FACET_INVALID;
  try {
    writer.sink->begin(http_status);
    writer.phase = Phase::headers;
    return FACET_OK;
  } catch (...) {
    return FACET_INTERNAL;
  }
}

facet_status header(facet_response* response, const char* name, const char* value) {
  Writer& writer = writer_of(response);
  if (writer.phase != Phase::headers || !name || !value) return FACET_INVALID;
  if (!is_token(name) || !is_header_value(value)) return FACET_INVALID;
  try {
    writer.sink->header(name, value);
    return FACET_OK;
  } catch (...) {
    return FACET_INTERNAL;
  }
}

facet_status write(facet_response* response, facet_bytes chunk) {
  Writer& writer = writer_of(response);
  if (writer.phase == Phase::waiting || (!chunk.data && chunk.size)) return FACET_INVALID;
  writer.phase = Phase::body;
  if (!chunk.size) return FACET_OK;
  try {
    const bool sent = writer.sink->write({static_cast<const char*>(chunk.data), chunk.size});
    return sent ? FACET_OK : FACET_UNAVAILABLE;
  } catch (...) {
    return FACET_UNAVAILABLE;
  }
}

facet_status flush(facet_response* response) {
  Writer& writer = writer_of(response);
  if (writer.phase == Phase::waiting) return FACET_INVALID;
  writer.phase = Phase::body;
  try {
    return writer.sink->flush() ? FACET_OK : FACET_UNAVAILABLE;
  } catch (...) {
    return FACET_UNAVAILABLE;
  }
}

bool has_nul(const std::string& text) {
  return text.find('\0') != std::string::npos;
}

bool has_nul(const Pairs& pairs) {
  return std::any_of(pairs.begin(), pairs.end(),
                     [](const auto& pair) { return has_nul(pair.first) || has_nul(pair.second); });
}

bool fits_contract(const Request& request) {
  return !has_nul(request.method) && !has_nul(request.path) && request.path.starts_with('/') &&
         !has_nul(request.query) && !has_nul(request.headers);
}

std::vector<facet_pair> borrow(const Pairs& pairs) {
  std::vector<facet_pair> borrowed;
  borrowed.reserve(pairs.size());
  for (const auto& [name, value] : pairs) borrowed.push_back({name.c_str(), value.c_str()});
  return borrowed;
}

const char* text_or_null(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}

}  // namespace

std::string Response::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return {};
}

void BufferedSink::header(const std::string& name, const std::string& value) {
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  response.headers.emplace_back(std::move(lower), value);
}

bool BufferedSink::write(std::string_view chunk) {
  response.body.append(chunk);
  return true;
}

facet_status call_plugin(const facet_plugin& plugin, const Request& request, ResponseSink& sink) {
  if (!fits_contract(request)) return FACET_INVALID;
  const std::vector<facet_pair> query = borrow(request.query);
  const std::vector<facet_pair> headers = borrow(request.headers);
  std::vector<const char*> roles;
  facet_principal principal{};
  if (request.principal) {
    for (const std::string& role : request.principal->roles) roles.push_back(role.c_str());
    roles.push_back(nullptr);
    principal = {sizeof principal, request.principal->user_id.c_str(), roles.data()};
  }
  facet_request table{};
  table.struct_size = sizeof table;
  table.method = request.method.c_str();
  table.path = request.path.c_str();
  table.query = query.data();
  table.headers = headers.data();
  table.query_count = query.size();
  table.header_count = headers.size();
  table.body = {request.body.data(), request.body.size()};
  table.principal = request.principal ? &principal : nullptr;
  table.remote = text_or_null(request.remote);
  table.purpose = text_or_null(request.purpose);

  Writer writer;
  writer.table = {sizeof writer.table, &writer, begin, header, write, flush};
  writer.sink = &sink;
  const facet_status status = plugin.handle_request(&plugin, &table, &writer.table);
  if (status == FACET_OK && writer.phase == Phase::waiting) return FACET_INVALID;
  return status;
}

}  // namespace facet::hosts
