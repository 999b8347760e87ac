// SPDX-License-Identifier: MPL-2.0
#include "entry/web_routes.h"

#include "rest/outcome.h"
#include "web_files.h"

namespace facet::entry {
namespace {

std::string_view content_type(std::string_view name) {
  if (name.ends_with(".html")) return "text/html; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

void send_file(const std::string& name, rest::Response& response) {
  const auto text = base::embedded(web::files, name);
  if (!text)
    return rest::send_error(
        response, {base::ErrorCode::not_found, "", "There is nothing at this address.", {}});
  response.begin(200);
  response.header("content-type", content_type(name));
  response.header("cache-control", "no-cache");
  response.write(*text);
}

}  // namespace

void mount_web(rest::Router& router) {
  router.add("GET", "/",
             [](const auto&, const auto&, auto& response) { send_file("index.html", response); },
             true);
  router.add("GET", "/assets/{name}",
             [](const auto&, const auto& values, auto& response) {
               send_file("assets/" + values[0], response);
             },
             true);
}

}  // namespace facet::entry
