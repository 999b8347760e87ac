// SPDX-License-Identifier: MPL-2.0
#include <catch2/catch.hpp>
#include <numbers>
#include <set>

#include "canvas.h"
#include "handouts/pictures/body_shapes.h"
#include "handouts/pictures/colors.h"
#include "handouts/pictures/pictures.h"
#include "knowledge/body_part.h"

using namespace facet::handouts;
using namespace facet::handouts::test;

namespace {

constexpr Box box{0, 0, 160, 206};  // one unit of the shapes a point

bool shaded(const Color& color) {
  return near(color, {0.95, 0.65, 0.45});
}
bool marked(const Color& color) {
  return near(color, colors::mark);
}

/// Shaded pixels left and right of the middle of each view, as the viewer sees them.
struct Halves {
  int front_left, front_right, back_left, back_right;
};

Halves shading(const BodyMark& mark) {
  Canvas canvas(160, 206);
  draw_body(canvas.cairo(), box, {mark});
  return {canvas.count(0, 0, 39.5, 206, shaded), canvas.count(40.5, 0, 80, 206, shaded),
          canvas.count(80, 0, 119.5, 206, shaded), canvas.count(120.5, 0, 160, 206, shaded)};
}

std::set<std::string_view> parts_seen(BodyView view) {
  std::set<std::string_view> parts;
  for (const auto& shape : body_shapes())
    if (shape.view == view) parts.insert(shape.part);
  return parts;
}

}  // namespace

TEST_CASE("The patient's left and right are right in both views", "[body]") {
  const auto right_elbow = shading({"elbow", "right", 1});
  CHECK(right_elbow.front_left > 100);  // who faces us has the right arm at our left
  CHECK(right_elbow.front_right == 0);
  CHECK(right_elbow.back_left == 0);
  CHECK(right_elbow.back_right > 100);
  const auto left_knee = shading({"knee", "left", 1});
  CHECK(left_knee.front_left == 0);
  CHECK(left_knee.front_right > 100);
  CHECK(left_knee.back_left > 100);
  CHECK(left_knee.back_right == 0);
}

TEST_CASE("The number stands on the side that hurts", "[body]") {
  for (const auto& part : facet::knowledge::body_parts()) {
    if (part.code == "tailbone" || part.code == "general") continue;
    CAPTURE(part.code);
    Canvas canvas(160, 206);
    draw_body(canvas.cairo(), box, {{std::string(part.code), "left", 1}});
    const int front = canvas.count(41, 0, 80, 206, marked);
    const int back = canvas.count(80, 0, 119, 206, marked);
    CHECK(front + back > 60);
    CHECK(canvas.count(0, 0, 39, 206, marked) == 0);
    CHECK(canvas.count(121, 0, 160, 206, marked) == 0);
  }
}

TEST_CASE("Every part of the body has a place, the whole body none", "[body]") {
  const auto front = parts_seen(BodyView::front);
  const auto back = parts_seen(BodyView::back);
  for (const auto& part : facet::knowledge::body_parts()) {
    CAPTURE(part.code);
    const bool somewhere = front.count(part.code) + back.count(part.code) > 0;
    CHECK(somewhere == (part.code != "general"));
  }
  for (const auto& shape : body_shapes()) {
    CAPTURE(shape.part);
    CHECK(facet::knowledge::find_body_part(shape.part) != nullptr);
  }
  for (const auto* part : {"upper_back", "low_back", "sacroiliac", "buttock", "tailbone"})
    CHECK((back.count(part) == 1 && front.count(part) == 0));
  for (const auto* part : {"chest", "groin", "jaw"})
    CHECK((front.count(part) == 1 && back.count(part) == 0));
}

TEST_CASE("All shapes of the body turn the same way, so that none cuts a hole in another",
          "[body]") {
  for (const auto& shape : body_shapes()) {
    CAPTURE(shape.part);
    std::vector<double> numbers;
    std::string digits;
    for (const char c : std::string(shape.path) + " ") {
      if (std::isdigit(static_cast<unsigned char>(c)) || c == '.' || c == '-') {
        digits += c;
      } else if (!digits.empty()) {
        numbers.push_back(std::stod(digits));
        digits.clear();
      }
    }
    double area = 0;
    for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) {
      const auto next = (i + 2) % numbers.size();
      area += numbers[i] * numbers[next + 1] - numbers[next] * numbers[i + 1];
    }
    CHECK(area > 0);
  }
}

TEST_CASE("Both sides, the middle, no side and the whole body", "[body]") {
  const auto both = shading({"low_back", "both", 1});
  CHECK(both.back_left > 500);
  CHECK(both.back_right > 500);
  CHECK(both.front_left + both.front_right == 0);
  const auto middle = shading({"low_back", "midline", 1});
  CHECK(middle.back_left > 100);
  CHECK(middle.back_left < both.back_left / 2);
  CHECK(middle.back_right > 100);
  const auto unsaid = shading({"knee", "", 1});
  CHECK(unsaid.front_left > 100);
  CHECK(unsaid.front_right > 100);
  const auto whole = shading({"general", "", 1});
  CHECK(whole.front_left + whole.front_right + whole.back_left + whole.back_right == 0);
}

TEST_CASE("Many marks at one place keep their shading, three numbers, and the box", "[body]") {
  std::vector<BodyMark> marks;
  for (int number = 1; number <= 45; ++number) marks.push_back({"knee", "right", number});
  Canvas canvas(200, 246);
  draw_body(canvas.cairo(), {20, 20, 160, 206}, marks);
  const double disc = std::numbers::pi * 5 * 5 * 4;  // in pixels, digits included
  const int painted = canvas.count(0, 0, 200, 246, marked);
  CHECK(painted > 3 * disc * 0.5);
  CHECK(painted < 3 * disc);
  CHECK(canvas.count(20, 20, 180, 226, shaded) > 100);

  for (const auto& part : facet::knowledge::body_parts())
    for (const auto* side : {"left", "right", "both", "midline", ""})
      marks.push_back({std::string(part.code), side, static_cast<int>(marks.size())});
  draw_body(canvas.cairo(), {20, 20, 160, 206}, marks);
  const auto any = [](const Color& color) { return !near(color, colors::white); };
  CHECK(canvas.count(0, 0, 200, 246, any) == canvas.count(20, 20, 180, 226, any));
}

TEST_CASE("The views keep their shape in any box", "[body]") {
  for (const auto& room : {Box{10, 20, 150, 200}, Box{0, 0, 600, 100}, Box{5, 5, 90, 400}}) {
    const auto [front, back] = body_boxes(room);
    for (const auto& view : {front, back}) {
      CHECK(view.width / view.height == Approx(80.0 / 206));
      CHECK(view.x >= room.x - 1e-9);
      CHECK(view.y >= room.y - 1e-9);
      CHECK(view.x + view.width <= room.x + room.width + 1e-9);
      CHECK(view.y + view.height <= room.y + room.height + 1e-9);
    }
    CHECK(front.x + front.width <= back.x + 1e-9);
  }
}
