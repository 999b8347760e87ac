// SPDX-License-Identifier: MPL-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "handouts/pictures/body_shapes.h"
#include "handouts/pictures/colors.h"
#include "handouts/pictures/pictures.h"
#include "handouts/pictures/stamp.h"

namespace facet::handouts {
namespace {

constexpr Color body_edge{0.36, 0.45, 0.49};
constexpr Color shade{0.95, 0.65, 0.45};
constexpr double disc_radius = 5;
constexpr std::size_t most_discs_a_spot = 3;
constexpr double middle_half_width = 5.5;

struct Step {
  char kind;
  std::array<BodySpot, 3> points;
};
using Path = std::vector<Step>;

Path read_path(std::string_view data) {
  Path path;
  const auto number = [&] {
    while (!data.empty() && data.front() == ' ') data.remove_prefix(1);
    double value = 0;
    const auto* end = std::from_chars(data.data(), data.data() + data.size(), value).ptr;
    data.remove_prefix(static_cast<std::size_t>(end - data.data()));
    return value;
  };
  while (!data.empty()) {
    const char kind = data.front();
    data.remove_prefix(1);
    if (kind == ' ') continue;
    Step step{kind, {}};
    const std::size_t count = kind == 'C' ? 3 : kind == 'Z' ? 0 : 1;
    for (std::size_t i = 0; i < count; ++i) {
      step.points[i].x = number();
      step.points[i].y = number();
    }
    path.push_back(step);
  }
  return path;
}

/// `side` 1: as it is written; -1: its mirror.
void trace(cairo_t* cairo, const Path& path, double side) {
  for (const auto& [kind, p] : path) {
    if (kind == 'M') cairo_move_to(cairo, side * p[0].x, p[0].y);
    if (kind == 'L') cairo_line_to(cairo, side * p[0].x, p[0].y);
    if (kind == 'C')
      cairo_curve_to(cairo, side * p[0].x, p[0].y, side * p[1].x, p[1].y, side * p[2].x, p[2].y);
    if (kind == 'Z') cairo_close_path(cairo);
  }
}

/// Down one half and up its mirror.
void trace_outline(cairo_t* cairo) {
  static const Path half = read_path(body_outline);
  trace(cairo, half, 1);
  for (std::size_t i = half.size() - 1; i > 0; --i) {
    const auto& p = half[i].points;
    const auto& to = half[i - 1].kind == 'M' ? half[i - 1].points[0] : half[i - 1].points[2];
    cairo_curve_to(cairo, -p[1].x, p[1].y, -p[0].x, p[0].y, -to.x, to.y);
  }
  cairo_close_path(cairo);
}

struct ReadShape {
  const BodyShape* shape;
  Path path;
};

const std::vector<ReadShape>& read_shapes() {
  static const std::vector<ReadShape> shapes = [] {
    std::vector<ReadShape> read;
    for (const auto& shape : body_shapes()) read.push_back({&shape, read_path(shape.path)});
    return read;
  }();
  return shapes;
}

const Path& lines_of(BodyView view) {
  static const Path front = read_path(body_lines(BodyView::front));
  static const Path back = read_path(body_lines(BodyView::back));
  return view == BodyView::front ? front : back;
}

class Figure {
 public:
  Figure(cairo_t* cairo, BodyView view, const Box& box) : cairo_(cairo), view_(view) {
    cairo_save(cairo);
    const double scale = box.height / (body_bottom - body_top);
    cairo_translate(cairo, box.x + box.width / 2, box.y - body_top * scale);
    cairo_scale(cairo, scale, scale);
    disc_radius_ = std::max(disc_radius, least_disc_radius / scale);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
  }
  ~Figure() { cairo_restore(cairo_); }
  Figure(const Figure&) = delete;
  Figure& operator=(const Figure&) = delete;

  void draw_bare() {
    trace_outline(cairo_);
    paint(cairo_, colors::white);
    draw_edges();
  }

  void draw_edges() {
    source(cairo_, body_edge);
    trace_outline(cairo_);
    cairo_set_line_width(cairo_, 1);
    cairo_stroke(cairo_);
    trace(cairo_, lines_of(view_), 1);
    trace(cairo_, lines_of(view_), -1);
    cairo_set_line_width(cairo_, 0.6);
    cairo_stroke(cairo_);
  }

  void draw_numbers(const std::vector<BodyMark>& marks) {
    for (const auto& mark : marks) number(mark);
  }

  /// In as few paths as can be, since a PDF repeats the clip for each.
  void shade_parts(const std::vector<BodyMark>& marks) {
    cairo_save(cairo_);
    std::set<std::pair<std::string_view, std::string_view>> traced;
    for (const bool middle : {false, true}) {
      for (const auto& mark : marks)
        if (traced.emplace(mark.part, mark.side).second) trace_parts(mark, middle);
      traced.clear();
      if (!cairo_has_current_point(cairo_)) continue;
      fill_inside(middle ? middle_half_width : body_half_width);
    }
    cairo_restore(cairo_);
  }

 private:
  /// The patient faces us in the front view, so the left side is at our right.
  double side_of(std::string_view side) const {
    return (side == "left") == (view_ == BodyView::front) ? 1 : -1;
  }
  static bool one_sided(const BodyMark& mark) {
    return mark.side == "left" || mark.side == "right";
  }

  template <class Use>
  void each_shape(const BodyMark& mark, const Use& use) {
    for (const auto& read : read_shapes())
      if (read.shape->view == view_ && read.shape->part == mark.part) use(read);
  }

  void fill_inside(double half_width) {
    cairo_path_t* parts = cairo_copy_path(cairo_);
    cairo_new_path(cairo_);
    trace_outline(cairo_);
    cairo_clip(cairo_);
    cairo_rectangle(cairo_, -half_width, body_top, 2 * half_width, body_bottom - body_top);
    cairo_clip(cairo_);
    cairo_append_path(cairo_, parts);
    cairo_path_destroy(parts);
    paint(cairo_, shade);
  }

  /// Adds the shapes of a mark, if it is one for the middle strip or for whole halves.
  void trace_parts(const BodyMark& mark, bool middle) {
    each_shape(mark, [&](const ReadShape& read) {
      if (middle != (mark.side == "midline" && read.shape->central)) return;
      for (const double side : {1.0, -1.0})
        if (!one_sided(mark) || side == side_of(mark.side)) trace(cairo_, read.path, side);
    });
  }

  void number(const BodyMark& mark) {
    each_shape(mark, [&](const ReadShape& read) {
      const auto& shape = *read.shape;
      if (!shape.numbered) return;
      if (one_sided(mark)) {
        const double side = side_of(mark.side);
        place(mark, {side * shape.spot.x, shape.spot.y});
      } else if (shape.central) {
        place(mark, shape.middle);
      } else {
        place(mark, {shape.spot.x, shape.spot.y});
        place(mark, {-shape.spot.x, shape.spot.y});
      }
    });
  }

  /// At the spot or close to it; nowhere if it would lie on another or at a crowded spot.
  void place(const BodyMark& mark, const BodySpot& spot) {
    auto& here = at_spot_[{mark.part, std::pair{spot.x, spot.y}}];
    if (here.size() >= most_discs_a_spot || !here.insert(mark.number).second) return;
    const double step = 2 * disc_radius_ + 0.8;
    const double out = spot.x < 0 ? -step : step;
    for (const auto& [dx, dy] : std::array<std::pair<double, double>, 7>{
             {{0, 0}, {0, step}, {0, -step}, {out, 0}, {-out, 0}, {out, step}, {out, -step}}})
      if (put(mark.number, inside({spot.x + dx, spot.y + dy}))) return;
  }

  BodySpot inside(const BodySpot& at) const {
    const double aside = body_half_width - disc_radius_;
    return {std::clamp(at.x, -aside, aside),
            std::clamp(at.y, body_top + disc_radius_, body_bottom - disc_radius_)};
  }

  bool put(int number, const BodySpot& at) {
    for (const auto& other : placed_)
      if (std::hypot(other.x - at.x, other.y - at.y) < 1.98 * disc_radius_) return false;
    placed_.push_back(at);
    numbered_disc(cairo_, number, at.x, at.y, disc_radius_);
    return true;
  }

  cairo_t* cairo_;
  BodyView view_;
  double disc_radius_ = 0;
  std::map<std::pair<std::string_view, std::pair<double, double>>, std::set<int>> at_spot_;
  std::vector<BodySpot> placed_;
};

bool shown_in(BodyView view, const std::vector<BodyMark>& marks) {
  const auto& shapes = read_shapes();
  return std::any_of(shapes.begin(), shapes.end(), [&](const ReadShape& read) {
    return read.shape->view == view &&
           std::any_of(marks.begin(), marks.end(),
                       [&](const BodyMark& mark) { return mark.part == read.shape->part; });
  });
}

constexpr double stamp_height = 150, stamp_width = stamp_height * 80 / 206;

/// Lines reach beyond the box of what they go round.
Box with_edge(const Box& box) {
  const double edge = box.height / 100;
  return {box.x - edge, box.y - edge, box.width + 2 * edge, box.height + 2 * edge};
}

template <class Deed>
Stamp stamp_of(BodyView view, const Deed& deed) {
  const auto whole = with_edge({0, 0, stamp_width, stamp_height});
  return make_stamp(whole.width, whole.height, [&](cairo_t* cairo, const Box&) {
    Figure figure(cairo, view, {-whole.x, -whole.y, stamp_width, stamp_height});
    deed(figure);
  });
}

const Stamp& bare_stamp(BodyView view) {
  const auto deed = [](Figure& figure) { figure.draw_bare(); };
  static const Stamp front = stamp_of(BodyView::front, deed);
  static const Stamp back = stamp_of(BodyView::back, deed);
  return view == BodyView::front ? front : back;
}

const Stamp& edges_stamp(BodyView view) {
  const auto deed = [](Figure& figure) { figure.draw_edges(); };
  static const Stamp front = stamp_of(BodyView::front, deed);
  static const Stamp back = stamp_of(BodyView::back, deed);
  return view == BodyView::front ? front : back;
}

}  // namespace

BodyBoxes body_boxes(const Box& box) {
  const double ratio = 2 * body_half_width / (body_bottom - body_top);
  const double height = std::min(box.height, box.width / 2 / ratio);
  const double width = height * ratio;
  const double y = box.y + (box.height - height) / 2;
  const double quarter = box.width / 4;
  return {{box.x + quarter - width / 2, y, width, height},
          {box.x + 3 * quarter - width / 2, y, width, height}};
}

void draw_body(cairo_t* cairo, const Box& box, const std::vector<BodyMark>& marks) {
  const auto boxes = body_boxes(box);
  for (const auto view : {BodyView::front, BodyView::back}) {
    Figure figure(cairo, view, view == BodyView::front ? boxes.front : boxes.back);
    figure.draw_bare();
    if (shown_in(view, marks)) {
      figure.shade_parts(marks);
      figure.draw_edges();
    }
    figure.draw_numbers(marks);
  }
}

StampedPicture stamped_body(const Box& box, const std::vector<BodyMark>& marks) {
  const auto boxes = body_boxes({0, 0, box.width, box.height});
  StampedPicture picture;
  for (const auto view : {BodyView::front, BodyView::back}) {
    const auto place = with_edge(view == BodyView::front ? boxes.front : boxes.back);
    picture.stamps.push_back({&bare_stamp(view), place});
    if (shown_in(view, marks)) picture.stamps.push_back({&edges_stamp(view), place});
  }
  picture.draw = [marks](cairo_t* cairo, const Box& at) {
    const auto places = body_boxes(at);
    for (const auto view : {BodyView::front, BodyView::back}) {
      const auto place = view == BodyView::front ? places.front : places.back;
      hold_place(cairo, with_edge(place));
      if (shown_in(view, marks)) {
        Figure(cairo, view, place).shade_parts(marks);
        hold_place(cairo, with_edge(place));
      }
      Figure(cairo, view, place).draw_numbers(marks);
    }
  };
  return picture;
}

}  // namespace facet::handouts
