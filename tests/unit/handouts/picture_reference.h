// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <cairo.h>

#include <memory>
#include <string>
#include <vector>

namespace facet::handouts::test {

/// A page as greys, 0 black to 255 white.
struct Greys {
  int width = 0, height = 0;
  std::vector<int> pixels;

  int at(int x, int y) const { return pixels[static_cast<std::size_t>(y * width + x)]; }
};

/// Throws std::runtime_error for what is no PNG.
Greys read_greys(const std::string& path);
/// A small PNG of 16 greys.
void write_greys(const Greys& page, const std::string& path);

/// How far two pages are from each other. Edges that are smoothed in another way change single
/// pixels; what is moved, lost or new changes whole fields of 6 by 6.
struct Distance {
  bool same_size = false;
  double mean = 255;          // of all pixels
  double changed_fields = 1;  // share of fields whose grey is another
  bool close() const { return same_size && mean < 7 && changed_fields < 0.003; }
};
Distance distance(const Greys& a, const Greys& b);

}  // namespace facet::handouts::test
