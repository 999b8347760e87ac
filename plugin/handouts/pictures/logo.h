// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <memory>
#include <string_view>

#include "base/result.h"
#include "handouts/print/sheet.h"

namespace facet::handouts {

/// A clinic's logo, checked and fit to be drawn: an SVG stays vectors, a PNG is embedded once a
/// document. Threads: safe; each thread keeps its own reading of it.
class Logo {
 public:
  /// SVG or PNG, told by its content. Errors: too_large over 512 KB; invalid, with the reason, for
  /// what is broken, active, external, or has no sensible size.
  static base::Result<Logo> read(std::string_view bytes);

  /// Width by height.
  double aspect() const;

  /// As large as fits, in the middle of the box. Throws std::runtime_error when Cairo fails.
  void draw(cairo_t* cairo, const Box& box) const;

 private:
  struct Content;
  struct Reading;
  explicit Logo(std::shared_ptr<const Content> content) : content_(std::move(content)) {}
  const Reading& reading_of_this_thread() const;

  std::shared_ptr<const Content> content_;
};

}  // namespace facet::handouts
