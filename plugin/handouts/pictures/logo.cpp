// SPDX-License-Identifier: MPL-2.0
#include "handouts/pictures/logo.h"

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "handouts/pictures/logo_png.h"
#include "handouts/pictures/logo_svg.h"

namespace facet::handouts {
namespace {

constexpr std::size_t most_bytes = 512 * 1024;
constexpr std::size_t most_printed_bytes = 1024 * 1024;
constexpr double longest_side = 20'000;  // pixels
constexpr double printed_side = 200;     // points, about as a handout shows it
constexpr double most_stretch = 20;
constexpr std::size_t most_kept = 2;

using Handle = std::shared_ptr<RsvgHandle>;
using Surface = std::shared_ptr<cairo_surface_t>;

struct Size {
  double width = 0, height = 0;
};

Handle parse_svg(const std::string& bytes) {
  GError* error = nullptr;
  Handle handle(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(bytes.data()),
                                          bytes.size(), &error),
                [](RsvgHandle* p) {
                  if (p) g_object_unref(p);
                });
  g_clear_error(&error);
  return handle;
}

/// In pixels if it says so, else the size of its view box.
Size svg_size(RsvgHandle* handle) {
  Size size;
  if (rsvg_handle_get_intrinsic_size_in_pixels(handle, &size.width, &size.height)) return size;
  gboolean has_width = 0;
  gboolean has_height = 0;
  gboolean has_view = 0;
  RsvgLength width;
  RsvgLength height;
  RsvgRectangle view{};
  rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &width, &has_height, &height, &has_view,
                                       &view);
  return has_view ? Size{view.width, view.height} : Size{};
}

bool sensible(const Size& size) {
  const auto side = [](double length) { return length > 0.01 && length <= longest_side; };
  return side(size.width) && side(size.height) && size.width <= most_stretch * size.height &&
         size.height <= most_stretch * size.width;
}

bool draw_svg(cairo_t* cairo, RsvgHandle* handle, const Size& size) {
  const RsvgRectangle viewport{0, 0, size.width, size.height};
  GError* error = nullptr;
  const bool drawn = rsvg_handle_render_document(handle, cairo, &viewport, &error) != 0;
  g_clear_error(&error);
  return drawn && cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
}

/// What reaches far beyond its page overflows Cairo at one size and not at another.
bool stays_near(RsvgHandle* handle, const Size& size) {
  const RsvgRectangle viewport{0, 0, size.width, size.height};
  RsvgRectangle ink{};
  GError* error = nullptr;
  const bool known =
      rsvg_handle_get_geometry_for_layer(handle, nullptr, &viewport, &ink, nullptr, &error) != 0;
  g_clear_error(&error);
  const double limit = 100 * std::max(size.width, size.height);
  return known && ink.x >= -limit && ink.y >= -limit && ink.x + ink.width <= limit &&
         ink.y + ink.height <= limit;
}

cairo_status_t count(void* closure, const unsigned char*, unsigned size) {
  auto& total = *static_cast<std::size_t*>(closure);
  total += size;
  return total > most_printed_bytes ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/// Prints it once, so that no handout is the first to find out.
bool prints(RsvgHandle* handle, const Size& size) {
  std::size_t total = 0;
  const double scale = printed_side / std::max(size.width, size.height);
  const Surface page(cairo_pdf_surface_create_for_stream(count, &total, printed_side, printed_side),
                     cairo_surface_destroy);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo(cairo_create(page.get()),
                                                                 cairo_destroy);
  cairo_scale(cairo.get(), scale, scale);
  const bool drawn = draw_svg(cairo.get(), handle, size);
  cairo_surface_finish(page.get());
  return drawn && cairo_surface_status(page.get()) == CAIRO_STATUS_SUCCESS;
}

bool is_svg(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const auto first = bytes.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && bytes[first] == '<';
}

}  // namespace

/// Read by every thread, written by none.
struct Logo::Content {
  std::string svg;  // empty: a PNG
  Surface png;
  Size size;
};

/// What a thread makes of it, since neither librsvg nor Cairo shares theirs.
struct Logo::Reading {
  std::shared_ptr<const Content> content;
  Handle handle;
  Surface picture;
};

base::Result<Logo> Logo::read(std::string_view bytes) {
  if (bytes.size() > most_bytes)
    return base::fail(base::ErrorCode::too_large, "logo", "The logo is larger than 512 KB.");
  auto content = std::make_shared<Content>();
  if (!is_svg(bytes)) {
    if (!bytes.starts_with("\x89PNG")) return base::invalid("logo", "The logo is no SVG or PNG.");
    auto png = decode_png(bytes);
    if (!png) return base::pass(png);
    content->png = std::move(*png);
    content->size = {static_cast<double>(cairo_image_surface_get_width(content->png.get())),
                     static_cast<double>(cairo_image_surface_get_height(content->png.get()))};
  } else {
    if (auto fit = check_svg(bytes); !fit) return base::pass(fit);
    content->svg = std::string(bytes);
    const auto handle = parse_svg(content->svg);
    if (!handle) return base::invalid("logo", "The SVG logo cannot be read as a drawing.");
    content->size = svg_size(handle.get());
    if (sensible(content->size) && !stays_near(handle.get(), content->size))
      return base::invalid("logo", "The SVG logo draws far beyond its own page.");
    if (sensible(content->size) && !prints(handle.get(), content->size))
      return base::invalid("logo", "The SVG logo cannot be drawn, or is too much to print.");
  }
  if (!sensible(content->size))
    return base::invalid("logo",
                         "The logo needs a width and a height, or a viewBox, with neither side "
                         "more than 20 times the other.");
  return Logo(std::move(content));
}

double Logo::aspect() const {
  return content_->size.width / content_->size.height;
}

const Logo::Reading& Logo::reading_of_this_thread() const {
  thread_local std::vector<Reading> kept;
  for (const auto& reading : kept)
    if (reading.content == content_) return reading;
  Reading reading{content_, {}, {}};
  if (!content_->svg.empty()) {
    reading.handle = parse_svg(content_->svg);
  } else {
    auto* shared = content_->png.get();
    reading.picture =
        Surface(cairo_image_surface_create_for_data(
                    cairo_image_surface_get_data(shared), cairo_image_surface_get_format(shared),
                    cairo_image_surface_get_width(shared), cairo_image_surface_get_height(shared),
                    cairo_image_surface_get_stride(shared)),
                cairo_surface_destroy);
    // A document holds on to the picture until it is finished, and so to its pixels.
    static const cairo_user_data_key_t pixels{};
    auto holder = std::make_unique<std::shared_ptr<const Content>>(content_);
    if (cairo_surface_set_user_data(reading.picture.get(), &pixels, holder.get(), [](void* p) {
          delete static_cast<std::shared_ptr<const Content>*>(p);
        }) == CAIRO_STATUS_SUCCESS)
      holder.release();
  }
  if (kept.size() >= most_kept) kept.erase(kept.begin());
  return kept.emplace_back(std::move(reading));
}

void Logo::draw(cairo_t* cairo, const Box& box) const {
  const auto& reading = reading_of_this_thread();
  const auto& size = content_->size;
  const double scale = std::min(box.width / size.width, box.height / size.height);
  cairo_save(cairo);
  cairo_translate(cairo, box.x + (box.width - size.width * scale) / 2,
                  box.y + (box.height - size.height * scale) / 2);
  cairo_scale(cairo, scale, scale);
  bool drawn = true;
  if (reading.handle) {
    drawn = draw_svg(cairo, reading.handle.get(), size);
  } else {
    cairo_set_source_surface(cairo, reading.picture.get(), 0, 0);
    cairo_paint(cairo);
    drawn = cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
  }
  cairo_restore(cairo);
  if (!drawn) throw std::runtime_error("the logo could not be drawn");
}

}  // namespace facet::handouts
