// SPDX-License-Identifier: MPL-2.0
#include "handouts/pictures/pictures.h"

#include <catch2/catch.hpp>

#include "canvas.h"
#include "handouts/pictures/colors.h"

using namespace facet::handouts;
using namespace facet::handouts::test;

TEST_CASE("The chain's rusted part stays apart from its clean part in grey print", "[pictures]") {
  Canvas canvas(104, 80);
  draw_chain(canvas.cairo(), {0, 0, 104, 80});
  const auto darkness = [&](double left, double right) {
    double sum = 0;
    int pixels = 0;
    for (double y = 4; y < 76; y += 0.5)
      for (double x = left; x < right; x += 0.5)
        if (!near(canvas.at(x, y), colors::mist)) sum += 1 - canvas.lightness(x, y), ++pixels;
    REQUIRE(pixels > 1000);
    return sum / pixels;
  };
  CHECK(darkness(4, 48) < 0.35);
  CHECK(darkness(64, 100) > 0.5);
}

TEST_CASE("A picture stays inside its box", "[pictures]") {
  Canvas canvas(140, 120);
  const Box box{18, 20, 104, 80};
  SECTION("pinched nerve") {
    draw_pinched_nerve(canvas.cairo(), box);
  }
  SECTION("free nerve") {
    draw_free_nerve(canvas.cairo(), box);
  }
  SECTION("chain") {
    draw_chain(canvas.cairo(), box);
  }
  const auto painted = [](const Color& color) { return !near(color, colors::white); };
  const int inside = canvas.count(18, 20, 122, 100, painted);
  CHECK(inside > 104 * 80 * 3);
  CHECK(canvas.count(0, 0, 140, 120, painted) == inside);
}
