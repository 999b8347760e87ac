// SPDX-License-Identifier: MPL-2.0
#include <unistd.h>

// Renew the pictures, and look at them before they are kept:
//   FACET_RENEW_PICTURES=1 build/dev/bin/unit_handouts "[reference]"
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include "handouts/print/paper_form.h"
#include "picture_reference.h"
#include "sample.h"

using namespace facet::handouts;
using namespace facet::handouts::test;
namespace fs = std::filesystem;

namespace {

std::string handout(const std::string& language, const PrintFormat& format = {}) {
  auto input = personal_sheet();
  input.language = language;
  return render_pdf(build_handout(input).value(), format).value();
}

std::string form(PaperForm which) {
  FormInput input;
  input.clinic = "Riverside Physiotherapy";
  input.printed_on = day(2026, 11, 22);
  return render_paper_form(which, input, {}).value();
}

struct Sheet {
  const char* name;
  std::function<std::string()> print;
};

const std::vector<Sheet> sheets{
    {"en-a4", [] { return handout("en-GB"); }},
    {"en-letter", [] { return handout("en-GB", {Paper::letter}); }},
    {"en-large",
     [] {
       return handout("en-GB", {Paper::a4, TextSize::large});
     }},
    {"en-booklet",
     [] {
       return handout("en-GB", {Paper::a4, TextSize::standard, Sides::two, true});
     }},
    {"ko-a4", [] { return handout("ko"); }},
    {"pl-a4", [] { return handout("pl"); }},
    {"ar-a4", [] { return handout("ar"); }},
    {"body-chart", [] { return form(PaperForm::body_chart); }},
    {"screening", [] { return form(PaperForm::screening); }}};

class Folder {
 public:
  Folder()
      : path_(fs::temp_directory_path() / ("facet-pictures-" + std::to_string(::getpid()) + "-" +
                                           std::to_string(std::rand()))) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// The pages of a document as they look: NAME-1.png and so on.
std::vector<fs::path> pictures(const Sheet& sheet, const fs::path& folder) {
  const auto base = (folder / sheet.name).string();
  std::ofstream(base + ".pdf", std::ios::binary) << sheet.print();
  REQUIRE(std::system(("pdftoppm -r 50 -gray -png " + base + ".pdf " + base).c_str()) == 0);
  std::vector<fs::path> pages;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".png" &&
        entry.path().filename().string().starts_with(std::string(sheet.name) + "-"))
      pages.push_back(entry.path());
  std::sort(pages.begin(), pages.end());
  return pages;
}

/// Only the first two pages are kept.
bool kept(std::size_t page) {
  return page < 2;
}

Greys moved(const Greys& page, int left, int top, int size, int by) {
  Greys other = page;
  for (int y = top; y < top + size; ++y)
    for (int x = left; x < left + size; ++x)
      other.pixels[static_cast<std::size_t>((y + by) * page.width + x)] = page.at(x, y);
  return other;
}

/// As another program might smooth it.
Greys halved(const Greys& page, const Greys& wanted) {
  Greys half = wanted;
  for (int y = 0; y < std::min(wanted.height, page.height / 2); ++y)
    for (int x = 0; x < std::min(wanted.width, page.width / 2); ++x)
      half.pixels[static_cast<std::size_t>(y * wanted.width + x)] =
          (page.at(2 * x, 2 * y) + page.at(2 * x + 1, 2 * y) + page.at(2 * x, 2 * y + 1) +
           page.at(2 * x + 1, 2 * y + 1)) /
          4;
  return half;
}

}  // namespace

TEST_CASE("Each format and language looks like its reference picture", "[reference]") {
  const bool renew = std::getenv("FACET_RENEW_PICTURES") != nullptr;
  const fs::path references(REFERENCE_PICTURES);
  Folder folder;
  for (const auto& sheet : sheets) {
    const auto pages = pictures(sheet, folder.path());
    REQUIRE_FALSE(pages.empty());
    for (std::size_t i = 0; i < pages.size() && kept(i); ++i) {
      const auto reference = references / pages[i].filename();
      if (renew) write_greys(read_greys(pages[i]), reference);
      CAPTURE(reference.filename());
      REQUIRE(fs::exists(reference));
      CHECK(fs::file_size(reference) < 60 * 1024);
      const auto found = distance(read_greys(pages[i]), read_greys(reference));
      CAPTURE(found.mean, found.changed_fields);
      CHECK(found.close());
    }
  }
}

TEST_CASE("A moved block is another picture, smoother edges are not", "[reference]") {
  Folder folder;
  const auto& sheet = sheets.front();
  const auto page = read_greys(pictures(sheet, folder.path()).front());
  CHECK(distance(page, page).close());
  CHECK_FALSE(distance(page, moved(page, 60, 120, 120, 6)).close());
  CHECK_FALSE(
      distance(page, Greys{page.width, page.height, std::vector<int>(page.pixels.size(), 255)})
          .close());
  const auto base = (folder.path() / sheet.name).string();
  REQUIRE(std::system(
              ("pdftoppm -r 100 -l 1 -gray -png -singlefile " + base + ".pdf " + base + "-double")
                  .c_str()) == 0);
  const auto other = distance(page, halved(read_greys(base + "-double.png"), page));
  CAPTURE(other.mean, other.changed_fields);
  CHECK(other.close());
  Greys smoother = page;
  for (int y = 1; y + 1 < page.height; ++y)
    for (int x = 1; x + 1 < page.width; ++x)
      smoother.pixels[static_cast<std::size_t>(y * page.width + x)] =
          (6 * page.at(x, y) + page.at(x - 1, y) + page.at(x + 1, y)) / 8;
  CHECK(distance(page, smoother).close());
}
