// SPDX-License-Identifier: MPL-2.0
#include "picture_reference.h"

#include <png.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <stdexcept>

namespace facet::handouts::test {
namespace {

constexpr int field = 6;        // pixels
constexpr double another = 24;  // of 255, in the mean of a field

double mean_of_field(const Greys& page, int left, int top) {
  const int right = std::min(left + field, page.width);
  const int bottom = std::min(top + field, page.height);
  long sum = 0;
  for (int y = top; y < bottom; ++y)
    for (int x = left; x < right; ++x) sum += page.at(x, y);
  return static_cast<double>(sum) / ((right - left) * (bottom - top));
}

}  // namespace

Greys read_greys(const std::string& path) {
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_image_surface_create_from_png(path.c_str()), &cairo_surface_destroy);
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error(path + " is no PNG");
  Greys page{cairo_image_surface_get_width(surface.get()),
             cairo_image_surface_get_height(surface.get()),
             {}};
  const auto* data = cairo_image_surface_get_data(surface.get());
  const auto stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < page.height; ++y)
    for (int x = 0; x < page.width; ++x) {
      std::uint32_t pixel = 0;
      std::memcpy(&pixel, data + static_cast<std::ptrdiff_t>(y) * stride + x * 4, 4);
      page.pixels.push_back(static_cast<int>(pixel & 255));
    }
  return page;
}

void write_greys(const Greys& page, const std::string& path) {
  std::array<std::uint8_t, 16 * 3> colors{};
  for (std::size_t i = 0; i < colors.size(); ++i) colors[i] = static_cast<std::uint8_t>(i / 3 * 17);
  std::vector<std::uint8_t> indices;
  for (const int grey : page.pixels) indices.push_back(static_cast<std::uint8_t>((grey + 8) / 17));
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(page.width);
  image.height = static_cast<png_uint_32>(page.height);
  image.format = PNG_FORMAT_RGB_COLORMAP;
  image.colormap_entries = 16;
  if (!png_image_write_to_file(&image, path.c_str(), 0, indices.data(), 0, colors.data()))
    throw std::runtime_error(path + " cannot be written");
}

Distance distance(const Greys& a, const Greys& b) {
  Distance found;
  found.same_size = a.width == b.width && a.height == b.height && !a.pixels.empty();
  if (!found.same_size) return found;
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) sum += std::abs(a.pixels[i] - b.pixels[i]);
  found.mean = sum / static_cast<double>(a.pixels.size());
  int fields = 0, changed = 0;
  for (int y = 0; y < a.height; y += field)
    for (int x = 0; x < a.width; x += field, ++fields)
      changed += std::abs(mean_of_field(a, x, y) - mean_of_field(b, x, y)) > another ? 1 : 0;
  found.changed_fields = static_cast<double>(changed) / fields;
  return found;
}

}  // namespace facet::handouts::test
