// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cairo.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>

#include "handouts/print/typesetter.h"

namespace facet::handouts::test {

/// White paper with `scale` pixels a point, to look at what was drawn.
class Canvas {
 public:
  Canvas(int width, int height, double scale = 2)
      : scale_(scale),
        surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width * scale),
                                            static_cast<int>(height * scale)),
                 cairo_surface_destroy),
        cairo_(cairo_create(surface_.get()), cairo_destroy) {
    cairo_set_source_rgb(cairo(), 1, 1, 1);
    cairo_paint(cairo());
    cairo_scale(cairo(), scale, scale);
  }

  cairo_t* cairo() { return cairo_.get(); }

  Color at(double x, double y) {
    const std::uint32_t pixel = raw(static_cast<int>(x * scale_), static_cast<int>(y * scale_));
    return {(pixel >> 16 & 255) / 255.0, (pixel >> 8 & 255) / 255.0, (pixel & 255) / 255.0};
  }

  /// How grey print shows it: 0 black, 1 white.
  double lightness(double x, double y) {
    const auto [red, green, blue] = at(x, y);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  template <class Wanted>
  int count(double left, double top, double right, double bottom, const Wanted& wanted) {
    int found = 0;
    for (double y = top; y < bottom; y += 1 / scale_)
      for (double x = left; x < right; x += 1 / scale_) found += wanted(at(x, y)) ? 1 : 0;
    return found;
  }

 private:
  std::uint32_t raw(int x, int y) {
    cairo_surface_flush(surface_.get());
    const auto* row =
        cairo_image_surface_get_data(surface_.get()) +
        static_cast<std::ptrdiff_t>(y) * cairo_image_surface_get_stride(surface_.get());
    std::uint32_t pixel = 0;
    std::memcpy(&pixel, row + static_cast<std::ptrdiff_t>(x) * 4, 4);
    return pixel & 0xffffff;
  }

  double scale_;
  std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface_;
  std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo_;
};

inline bool near(const Color& a, const Color& b) {
  const auto close = [](double x, double y) { return x - y < 0.02 && y - x < 0.02; };
  return close(a.red, b.red) && close(a.green, b.green) && close(a.blue, b.blue);
}

}  // namespace facet::handouts::test
