// SPDX-License-Identifier: MPL-2.0
#include "handouts/pictures/svg_picture.h"

#include <cairo-svg.h>
#include <glib.h>

#include <cstdio>
#include <map>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "handouts/print/pdf_surface.h"

namespace facet::handouts {
namespace {

std::string svg_document(double width, double height, const Draw& draw) {
  std::string bytes;
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_svg_surface_create_for_stream(append_bytes, &bytes, width, height),
      &cairo_surface_destroy);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo(cairo_create(surface.get()),
                                                                 &cairo_destroy);
  draw(cairo.get());
  const auto drawn = cairo_status(cairo.get());
  cairo_surface_finish(surface.get());
  if (drawn != CAIRO_STATUS_SUCCESS || cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error("a picture could not be drawn");
  return bytes;
}

/// What stands between <svg ...> and </svg>.
std::string_view inside(std::string_view document) {
  const auto start = document.find("<svg");
  const auto from = start == document.npos ? start : document.find('>', start);
  const auto to = document.rfind("</svg>");
  if (from == document.npos || to == document.npos || to < from)
    throw std::runtime_error("a picture is no SVG");
  return document.substr(from + 1, to - from - 1);
}

/// Cairo names things in these three ways only. It counts surfaces over the whole life of a
/// process, so names are given anew: the same drawing is the same text.
std::string with_own_ids(std::string_view text, const std::string& prefix) {
  std::map<std::string_view, std::size_t> numbers;
  std::string out;
  out.reserve(text.size() * 9 / 8);
  for (std::size_t at = 0; at < text.size();) {
    const auto rest = text.substr(at);
    std::size_t before = 0;
    for (const std::string_view way : {" id=\"", "url(#", "href=\"#"})
      if (rest.starts_with(way)) before = way.size();
    if (before == 0) {
      out += text[at++];
      continue;
    }
    const auto name = rest.substr(before, rest.find_first_of("\")", before) - before);
    const auto number = numbers.emplace(name, numbers.size() + 1).first->second;
    out.append(rest.substr(0, before)).append(prefix).append(std::to_string(number));
    at += before + name.size();
  }
  return out;
}

}  // namespace

std::string escaped(const std::string& text) {
  const std::unique_ptr<char, decltype(&g_free)> safe(
      g_markup_escape_text(text.data(), static_cast<gssize>(text.size())), &g_free);
  return safe.get();
}

std::string inline_svg(const std::string& prefix, double width, double height,
                       const std::string& alt, const std::string& style_class, const Draw& draw) {
  char box[80];
  std::snprintf(box, sizeof box, "%g %g", width, height);
  const auto document = svg_document(width, height, draw);
  return "<svg class=\"" + style_class + "\" viewBox=\"0 0 " + box + "\"" +
         (alt.empty() ? " aria-hidden=\"true\""
                      : " role=\"img\" aria-label=\"" + escaped(alt) + '"') +
         " xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">" +
         with_own_ids(inside(document), prefix) + "</svg>\n";
}

}  // namespace facet::handouts
