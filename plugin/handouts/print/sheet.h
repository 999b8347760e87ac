// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "handouts/print/typesetter.h"

namespace facet::handouts {

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};

struct Stamp;

struct StampAt {
  const Stamp* stamp = nullptr;  // outlives the sheet
  Box box;
};

/// What Cairo cannot write about a picture; matched by order in the structure tree.
struct FigureNote {
  std::string alt;
  Box bounds;                   // from the top left corner of its page, like
  std::vector<StampAt> stamps;  // these, which stand where Cairo fills their boxes
};

using Draw = std::function<void(cairo_t*)>;
using DrawIn = std::function<void(cairo_t*, const Box&)>;

/// A picture with parts that are the same on every sheet, each in a box from the corner of the
/// picture's. `draw` fills those boxes, in the same order.
struct StampedPicture {
  std::vector<StampAt> stamps;
  DrawIn draw;
};

/// In points. A mirrored page is composed like any other, from left to right, and turned as it is
/// placed: for languages that are read from right to left.
struct PageShape {
  double width = 595.276;  // A4
  double height = 841.89;
  double margin = 42.52;  // 15 mm
  bool mirrored = false;
};

/// Pages being filled from top to bottom. What is placed is kept in a list and drawn at the end,
/// so that a tag opens only on the page of its first words, ornament comes first in one artifact a
/// page, and "page x of y" knows y.
class Sheet {
 public:
  explicit Sheet(const PageShape& shape);

  const PageShape& shape() const { return shape_; }
  double left() const { return shape_.margin; }
  double width() const { return shape_.width - 2 * shape_.margin; }
  double right() const { return shape_.width - shape_.margin; }
  double top() const { return shape_.margin; }
  double bottom() const { return shape_.height - shape_.margin; }

  double y;
  double room() const { return bottom() - y; }
  int page() const { return static_cast<int>(pages_.size()); }
  void turn();               // to a new page
  void keep(double height);  // turns unless so much room is left or a whole page would not do

  void begin(const char* tag);
  void begin_list(bool numbered);
  void end();
  /// Words in one tag, at a place of the current page.
  void text(const char* tag, const TextBox& words, double x, double top);
  /// Words in one tag at the current height; breaks over pages when it must, never leaving one
  /// line.
  void flow(const char* tag, const TextBox& words, double x);
  void ornament(Draw draw);  // below the words; read by nobody; turned on a mirrored page
  /// A picture in a box; only its place is turned on a mirrored page, left and right in it stay.
  void figure(const std::string& alt, const Box& box, DrawIn draw);
  void figure(const std::string& alt, const Box& box, StampedPicture picture);

  /// `furniture` draws head and foot of a page (1...), as an artifact.
  void draw(cairo_t* cairo, cairo_surface_t* surface,
            const std::function<void(cairo_t*, int page, int pages)>& furniture) const;
  const std::vector<FigureNote>& figures() const { return figures_; }
  const std::vector<bool>& numbered_lists() const { return numbered_lists_; }

 private:
  struct Page {
    std::vector<Draw> ornaments;
    std::vector<Draw> content;
  };
  struct OpenTag {
    const char* name;
    bool written;
  };
  void place(Draw draw);
  void lines(const TextBox& words, double x, double top, int from, int to);
  double turned(double x, double box_width) const {
    return shape_.mirrored ? shape_.width - x - box_width : x;
  }

  PageShape shape_;
  std::vector<Page> pages_;
  std::vector<OpenTag> open_;
  std::vector<FigureNote> figures_;
  std::vector<bool> numbered_lists_;
};

}  // namespace facet::handouts
