// SPDX-License-Identifier: MPL-2.0
#include "handouts/handout_pages.h"

#include "base/time_text.h"
#include "rest/outcome.h"

namespace facet::handouts {
namespace {

using base::Json;
using base::Result;

/// The page has no script and loads nothing.
constexpr const char* html_policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'";

void send_html(const Result<std::string>& html, rest::Response& response) {
  if (!html) return rest::send_error(response, html.error());
  response.begin(200);
  response.header("content-type", "text/html; charset=utf-8");
  response.header("content-security-policy", html_policy);
  response.header("cache-control", "no-store");
  response.write(*html);
}

void send_pdf(const Result<std::string>& pdf, rest::Response& response) {
  if (!pdf) return rest::send_error(response, pdf.error());
  response.begin(200);
  response.header("content-type", "application/pdf");
  response.header("content-disposition", "inline; filename=\"handout.pdf\"");
  response.write(*pdf);
}

std::string date_text(std::chrono::year_month_day date) {
  return base::date_text({static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                          static_cast<unsigned>(date.day())});
}

Json write_language(const TextLanguage& language) {
  Json json{{"code", language.code},
            {"name", language.name},
            {"status", language.problem.empty() ? language.approval ? "approved" : "draft" : "broken"},
            {"direction", language.right_to_left ? "rtl" : "ltr"}};
  if (language.approval)
    json["approved"] = {{"by", language.approval->name}, {"on", date_text(language.approval->on)}};
  if (!language.problem.empty()) json["problem"] = language.problem;
  return json;
}

void send_languages(const HandoutService& service, const rest::Request& request,
                    rest::Response& response) {
  const auto languages = service.languages(request.principal);
  if (!languages) return rest::send_error(response, languages.error());
  Json list = Json::array();
  for (const auto& language : *languages) list.push_back(write_language(language));
  rest::send_json(response, 200, list);
}

/// A handler that reads the wish from the query and answers with `make(request, values, wish)`.
template <class Make>
rest::Handler page(Make make) {
  return [make](const rest::Request& request, const rest::PathValues& values,
                rest::Response& response) {
    const auto wish = read_wish(request.query, WishFor::anybody);
    if (!wish) return rest::send_error(response, wish.error());
    make(request, values, *wish, response);
  };
}

}  // namespace

void mount_handout_pages(const HandoutService& service, rest::Router& router) {
  router.add("GET", "/pages/patient/{id}/handout",
             page([&service](const auto& request, const auto& values, const auto& wish,
                             auto& response) {
               send_html(service.preview(request.principal, values[0], wish), response);
             }));
  router.add("GET", "/pages/handout",
             page([&service](const auto& request, const auto&, const auto& wish, auto& response) {
               send_html(service.general_html(request.principal, wish), response);
             }));
  router.add("GET", "/pages/handout.pdf",
             page([&service](const auto& request, const auto&, const auto& wish, auto& response) {
               send_pdf(service.general_pdf(request.principal, wish), response);
             }));
  router.add("GET", "/pages/handout-languages",
             [&service](const auto& request, const auto&, auto& response) {
               send_languages(service, request, response);
             });
}

}  // namespace facet::handouts
