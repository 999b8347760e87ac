// SPDX-License-Identifier: MPL-2.0
#include <atomic>
#include <catch2/catch.hpp>
#include <map>
#include <thread>

#include "handouts/html/handout_html.h"
#include "sample.h"

using namespace facet::handouts;
using namespace facet::handouts::test;

namespace {

struct Work {
  HandoutModel model;
  PrintFormat format;
  std::string pdf, html;
};

Work work(const std::string& language, HandoutInput input, const PrintFormat& format) {
  input.language = language;
  Work work{build_handout(input).value(), format, "", ""};
  work.pdf = render_pdf(work.model, format).value();
  work.html = render_html(work.model, Brand{}).value();
  return work;
}

bool done_again(const Work& work) {
  const auto pdf = render_pdf(work.model, work.format);
  const auto html = render_html(work.model, Brand{});
  return pdf && html && *pdf == work.pdf && *html == work.html;
}

}  // namespace

TEST_CASE("Threads that mix languages and formats make the bytes of one at a time", "[parallel]") {
  std::vector<Work> pile;
  for (const auto* language : {"en-GB", "ar", "ko", "pl"}) {
    pile.push_back(work(language, personal_sheet(), {}));
    pile.push_back(work(language, general_sheet(), {Paper::letter, TextSize::large}));
  }
  pile.push_back(
      work("en-GB", personal_sheet(), {Paper::a4, TextSize::standard, Sides::two, true}));
  std::atomic<std::size_t> next = 0;
  std::atomic<int> same = 0;
  const std::size_t rounds = 4;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (std::size_t at; (at = next++) < rounds * pile.size();)
        same += done_again(pile[at % pile.size()]) ? 1 : 0;
    });
  for (auto& thread : threads) thread.join();
  CHECK(same == static_cast<int>(rounds * pile.size()));
}
