// SPDX-License-Identifier: MPL-2.0
#include "handouts/pictures/logo_png.h"

#include <png.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace facet::handouts {
namespace {

constexpr std::uint32_t most_pixels = 4000;
constexpr int enough_pixels = 640;  // 270 a inch at the size of a logo

using Surface = std::shared_ptr<cairo_surface_t>;

tl::unexpected<base::Error> refuse(const std::string& why) {
  return base::invalid("logo", "The PNG logo " + why + ".");
}

Surface owned(cairo_surface_t* surface) {
  return {surface, cairo_surface_destroy};
}

base::Result<std::size_t> read_header(std::string_view bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  const bool read = png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) != 0;
  const auto width = image.width;
  const auto height = image.height;
  png_image_free(&image);
  if (!read) return refuse("is broken, or no PNG");
  if (width > most_pixels || height > most_pixels)
    return refuse("has more than " + std::to_string(most_pixels) + " pixels a side");
  return static_cast<std::size_t>(width) * height;
}

cairo_status_t take(void* closure, unsigned char* to, unsigned size) {
  auto& left = *static_cast<std::string_view*>(closure);
  if (left.size() < size) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(to, left.data(), size);
  left.remove_prefix(size);
  return CAIRO_STATUS_SUCCESS;
}

base::Result<Surface> decode_whole(std::string_view bytes) {
  if (auto fit = read_header(bytes); !fit) return base::pass(fit);
  auto left = bytes;
  auto surface = owned(cairo_image_surface_create_from_png_stream(take, &left));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
    return refuse("is broken or cut off");
  return surface;
}

Surface shrunk(const Surface& from, double scale) {
  const auto pixels = [&](int size) { return std::max(1, static_cast<int>(size * scale + 0.5)); };
  const int width = pixels(cairo_image_surface_get_width(from.get()));
  const int height = pixels(cairo_image_surface_get_height(from.get()));
  auto surface =
      owned(cairo_image_surface_create(cairo_image_surface_get_format(from.get()), width, height));
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo(cairo_create(surface.get()),
                                                                 cairo_destroy);
  cairo_scale(cairo.get(), scale, scale);
  cairo_set_source_surface(cairo.get(), from.get(), 0, 0);
  cairo_pattern_set_extend(cairo_get_source(cairo.get()), CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter(cairo_get_source(cairo.get()), CAIRO_FILTER_BEST);
  cairo_set_operator(cairo.get(), CAIRO_OPERATOR_SOURCE);
  cairo_paint(cairo.get());
  return surface;
}

}  // namespace

base::Status check_png(std::string_view bytes) {
  auto surface = decode_whole(bytes);
  if (!surface) return base::pass(surface);
  return {};
}

base::Result<std::size_t> count_pixels(std::string_view bytes) {
  return read_header(bytes);
}

base::Result<Surface> decode_png(std::string_view bytes) {
  auto surface = decode_whole(bytes);
  if (!surface) return surface;
  const int longest = std::max(cairo_image_surface_get_width(surface->get()),
                               cairo_image_surface_get_height(surface->get()));
  if (longest > enough_pixels)
    surface = shrunk(*surface, static_cast<double>(enough_pixels) / longest);
  cairo_surface_flush(surface->get());
  if (cairo_surface_status(surface->get()) != CAIRO_STATUS_SUCCESS)
    return refuse("could not be drawn");
  return surface;
}

}  // namespace facet::handouts
