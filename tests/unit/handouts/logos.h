// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cairo-pdf.h>

#include <memory>
#include <string>
#include <vector>

#include "handouts/pictures/logo.h"

/// Logos that are in order, for tests and fuzzing to start from.
namespace facet::handouts::test {

inline std::string svg(const std::string& inside,
                       const std::string& attributes = R"(viewBox="0 0 60 20")") {
  return R"(<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" )" +
         attributes + ">" + inside + "</svg>";
}

inline std::string png(int width, int height, bool opaque = false) {
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_image_surface_create(opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, width, height),
      cairo_surface_destroy);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo(cairo_create(surface.get()),
                                                                 cairo_destroy);
  cairo_set_source_rgb(cairo.get(), 0.1, 0.4, 0.5);
  cairo_arc(cairo.get(), width / 2.0, height / 2.0, height / 2.0, 0, 6.2832);
  cairo_fill(cairo.get());
  std::string bytes;
  cairo_surface_write_to_png_stream(
      surface.get(),
      [](void* to, const unsigned char* data, unsigned size) {
        static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
        return CAIRO_STATUS_SUCCESS;
      },
      &bytes);
  return bytes;
}

/// As drawing programs write them: gradients, styles, clips, symbols, a picture in place.
inline std::vector<std::string> good_logos() {
  return {
      svg(R"(<path d="M2 2 L58 2 L30 18 Z" fill="#0a4f5c"/><circle cx="30" cy="8" r="4"/>)"),
      svg(R"x(<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/>
<stop offset="1" stop-color="#088"/></linearGradient>
<linearGradient id="b" xlink:href="#a"/><clipPath id="c"><rect class="k" width="50" height="20"/>
</clipPath></defs><style>.k{fill:url(#b)} .m{clip-path:url(#c)}</style>
<g class="m"><rect width="60" height="20" style="fill:url('#b')"/></g>)x",
          R"(width="60mm" height="20mm" viewBox="0 0 60 20")"),
      svg(R"(<symbol id="s"><rect width="10" height="10"/></symbol><use href="#s"/>
<use xlink:href="#s" x="30"/><g opacity=".5" stroke="#088"><path d="M2 18h9" stroke-dasharray="2 1"/></g>)",
          R"(width="60" height="20")"),
      svg(R"(<image width="20" height="20" href="data:image/png;base64,)"
          "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5"
          R"(ErkJggg=="/>)"),
      png(60, 20),
      png(40, 30, true)};
}

/// The logo on two pages, as a document would have it; with a fixed date. Empty: it failed.
inline std::string printed(const Logo& logo) {
  std::string bytes;
  auto* surface = cairo_pdf_surface_create_for_stream(
      [](void* to, const unsigned char* data, unsigned size) {
        static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
        return CAIRO_STATUS_SUCCESS;
      },
      &bytes, 200, 100);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2026-11-22T00:00:00Z");
  auto* cairo = cairo_create(surface);
  for (int page = 0; page < 2; ++page) {
    logo.draw(cairo, {10, 10, 150, 48});
    cairo_show_page(cairo);
  }
  cairo_destroy(cairo);
  cairo_surface_finish(surface);
  if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) bytes.clear();
  cairo_surface_destroy(surface);
  return bytes;
}

}  // namespace facet::handouts::test
