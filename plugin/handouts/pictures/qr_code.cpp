// SPDX-License-Identifier: MPL-2.0
#include "handouts/pictures/qr_code.h"

#include <qrencode.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <vector>

namespace facet::handouts {
namespace {

constexpr int quiet = 4;  // modules on each side, as ISO 18004 asks

class Modules {
 public:
  explicit Modules(std::string_view text) {
    if (text.empty() || text.size() > 2331)  // bytes of the largest code at level M
      throw std::length_error("text of a QR code");
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(static_cast<int>(text.size()),
                          reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M),
        QRcode_free);
    if (!code) throw std::length_error("text of a QR code");
    size_ = code->width;
    dark_.reserve(static_cast<std::size_t>(size_ * size_));
    for (int i = 0; i < size_ * size_; ++i) dark_.push_back((code->data[i] & 1) != 0);
  }

  int size() const { return size_; }

  /// One line through each run of dark modules: half the numbers of rectangles.
  void trace(cairo_t* cairo) const {
    for (int y = 0; y < size_; ++y)
      for (int x = 0; x < size_; ++x) {
        if (!dark(x, y)) continue;
        cairo_move_to(cairo, x, y + 0.5);
        while (x < size_ && dark(x, y)) ++x;
        cairo_line_to(cairo, x, y + 0.5);
      }
  }

 private:
  bool dark(int x, int y) const { return dark_[static_cast<std::size_t>(y * size_ + x)]; }

  int size_ = 0;
  std::vector<bool> dark_;
};

}  // namespace

void draw_qr(cairo_t* cairo, const Box& box, std::string_view text) {
  const Modules modules(text);
  const double side = std::min(box.width, box.height);
  const double scale = side / (modules.size() + 2 * quiet);
  cairo_save(cairo);
  cairo_translate(cairo, box.x + (box.width - side) / 2, box.y + (box.height - side) / 2);
  cairo_rectangle(cairo, 0, 0, side, side);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_fill(cairo);
  cairo_scale(cairo, scale, scale);
  cairo_translate(cairo, quiet, quiet);
  modules.trace(cairo);
  cairo_set_source_rgb(cairo, 0, 0, 0);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width(cairo, 1);
  cairo_stroke(cairo);
  cairo_restore(cairo);
}

}  // namespace facet::handouts
