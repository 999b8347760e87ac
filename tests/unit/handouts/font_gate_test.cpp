// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/font_gate.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "sample.h"

using namespace facet::handouts;
using namespace facet::handouts::test;

namespace {

std::string printed(const std::string& language, const std::string& patient) {
  auto input = personal_sheet();
  input.language = language;
  input.patient = patient;
  return render_pdf(build_handout(input).value()).value();
}

}  // namespace

// Each name brings a font of its own; cold threads open and close fonts beside each other.
TEST_CASE("Names in rare scripts print from many threads, the same each time", "[parallel]") {
  const std::vector<std::pair<std::string, std::string>> sheets{{"en-GB", "Ann Example"},
                                                                {"ar", "آن"},
                                                                {"ko", "안나"},
                                                                {"en-GB", "अन्ना"},
                                                                {"en-GB", "আনা"},
                                                                {"en-GB", "แอน"},
                                                                {"pl", "אן"},
                                                                {"en-GB", "અન્ના"},
                                                                {"ko", "ਅੰਨਾ"},
                                                                {"en-GB", "அன்னா"},
                                                                {"ar", "Ανώ"},
                                                                {"en-GB", "አን"}};
  std::vector<std::string> first;
  std::thread([&] {
    for (const auto& [language, name] : sheets) first.push_back(printed(language, name));
  }).join();
  std::atomic<std::size_t> same = 0;
  for (int round = 0; round < 2; ++round) {
    std::vector<std::thread> cold;
    for (std::size_t start = 0; start < 4; ++start)
      cold.emplace_back([&, start] {
        for (std::size_t i = 0; i < sheets.size(); ++i) {
          const auto at = (i + 3 * start) % sheets.size();
          if (printed(sheets[at].first, sheets[at].second) == first[at]) ++same;
        }
      });
    for (auto& thread : cold) thread.join();
  }
  CHECK(same == 2 * 4 * sheets.size());
}

TEST_CASE("What meets rare letters begins anew, alone", "[parallel]") {
  int begun = 0;
  const auto print = [&] {
    ++begun;
    FontGate::admit("สวัสดี");
    return begun;
  };
  const int first = FontGate::pass(print);
  CHECK(first <= 2);  // one, if another test has met rare letters before
  CHECK(FontGate::pass(print) == first + 1);
}
