// SPDX-License-Identifier: MPL-2.0
#include <unistd.h>
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>

#include "canvas.h"
#include "handouts/pictures/qr_code.h"

using namespace facet::handouts;
using namespace facet::handouts::test;

namespace {

/// What a reader of QR codes makes of the picture.
std::string decode(Canvas& canvas) {
  const auto path =
      std::filesystem::temp_directory_path() / ("facet-qr-" + std::to_string(getpid()) + ".png");
  REQUIRE(cairo_surface_write_to_png(cairo_get_target(canvas.cairo()), path.c_str()) ==
          CAIRO_STATUS_SUCCESS);
  const auto command = "zbarimg --nodbus --quiet --raw --oneshot -Sdisable -Sqrcode.enable " +
                       path.string() + " 2>&1";
  FILE* out = popen(command.c_str(), "r");
  REQUIRE(out != nullptr);
  std::string text;
  for (int c; (c = std::fgetc(out)) != EOF;) text += static_cast<char>(c);
  pclose(out);
  std::filesystem::remove(path);
  if (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

const std::string document = "urn:uuid:019ab3f2-7c41-7d02-9a35-5be1c0a7f3d9";

}  // namespace

TEST_CASE("A QR code can be read, with its quiet zone inside its box", "[qr]") {
  Canvas canvas(64, 64, 4);
  cairo_set_source_rgb(canvas.cairo(), 0, 0, 0);
  cairo_paint(canvas.cairo());  // only the quiet zone parts the code from this
  draw_qr(canvas.cairo(), {2, 2, 60, 60}, document);
  CHECK(decode(canvas) == document);
}

TEST_CASE("A QR code is square in the middle of any box", "[qr]") {
  Canvas canvas(120, 70, 4);
  draw_qr(canvas.cairo(), {5, 5, 110, 60}, document);
  CHECK(decode(canvas) == document);
  const auto dark = [](const Color& color) { return color.red < 0.5; };
  CHECK(canvas.count(0, 0, 30, 70, dark) == 0);
  CHECK(canvas.count(90, 0, 120, 70, dark) == 0);
}

TEST_CASE("A text that fits no QR code is refused", "[qr]") {
  Canvas canvas(64, 64);
  CHECK_THROWS_AS(draw_qr(canvas.cairo(), {0, 0, 60, 60}, std::string(2332, 'a')),
                  std::length_error);
  CHECK_THROWS_AS(draw_qr(canvas.cairo(), {0, 0, 60, 60}, ""), std::length_error);
  CHECK_NOTHROW(draw_qr(canvas.cairo(), {0, 0, 60, 60}, std::string(2331, 'a')));
}

TEST_CASE("QR codes drawn by several threads at once are the same", "[qr]") {
  const auto dark = [](const Color& color) { return color.red < 0.5; };
  std::array<int, 4> counts{};
  std::vector<std::thread> threads;
  for (auto& count : counts)
    threads.emplace_back([&count, dark] {
      for (int i = 0; i < 20; ++i) {
        Canvas canvas(64, 64);
        draw_qr(canvas.cairo(), {2, 2, 60, 60}, document);
        const int now = canvas.count(0, 0, 64, 64, dark);
        count = i == 0 || now == count ? now : -1;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(counts[0] > 0);
  for (const int count : counts) CHECK(count == counts[0]);
}
