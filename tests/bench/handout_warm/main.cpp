// SPDX-License-Identifier: MPL-2.0
// A process that stays and prints handouts when asked: one question a line on standard input, one
// number a line for an answer. packaging/bench_handout.py sets it beside other printers.
//   pdf LANGUAGE, large LANGUAGE    nanoseconds that one personal handout took, words and all
//   html LANGUAGE FILE, general LANGUAGE FILE    writes the page that others are to print
//   threads N    milliseconds for the same pile of mixed languages, shared by N warm threads
//   peak         kilobytes that this process has held at most
#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <latch>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "handouts/html/handout_html.h"
#include "unit/handouts/sample.h"

namespace {

using namespace facet::handouts;
using Clock = std::chrono::steady_clock;

template <class T>
T taken(facet::base::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

HandoutInput in(HandoutInput input, const std::string& language) {
  input.language = language;
  return input;
}

std::string pdf(const std::string& language, const PrintFormat& format = {}) {
  return taken(render_pdf(taken(build_handout(in(test::personal_sheet(), language))), format));
}

template <class Deed>
double nanoseconds(const Deed& deed) {
  const auto start = Clock::now();
  deed();
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

void write_page(const HandoutInput& input, const std::string& path) {
  std::ofstream(path) << taken(render_html(taken(build_handout(input)), Brand{}));
}

/// Not getrusage: that remembers the process which started this one.
double peak_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6));
  throw std::runtime_error("the kernel does not tell");
}

std::vector<std::string> languages() {
  std::vector<std::string> found;
  for (const auto* language : {"en-GB", "ar", "ko"})
    if (build_handout(in(test::personal_sheet(), language))) found.emplace_back(language);
  return found;
}

double shared_by(std::ptrdiff_t threads) {
  constexpr std::size_t documents = 48;
  const auto kinds = languages();
  std::vector<std::string> wanted;
  for (const auto& language : kinds) wanted.push_back(pdf(language));
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> same = true;
  std::latch warm(threads + 1);
  const auto work = [&] {
    for (const auto& language : kinds) pdf(language);
    warm.arrive_and_wait();
    for (std::size_t i; (i = next++) < documents;)
      if (pdf(kinds[i % kinds.size()]) != wanted[i % kinds.size()]) same = false;
  };
  std::vector<std::thread> crew;
  for (std::ptrdiff_t i = 0; i < threads; ++i) crew.emplace_back(work);
  warm.arrive_and_wait();
  const auto took = nanoseconds([&] {
    for (auto& thread : crew) thread.join();
  });
  if (!same) throw std::runtime_error("threads change the bytes");
  return took / 1e6;
}

double answer(const std::string& question) {
  std::istringstream words(question);
  std::string what, first, second;
  words >> what >> first >> second;
  if (what == "pdf") return nanoseconds([&] { pdf(first); });
  if (what == "large") return nanoseconds([&] { pdf(first, {Paper::a4, TextSize::large}); });
  if (what == "html") return write_page(in(test::personal_sheet(), first), second), 0;
  if (what == "general") return write_page(in(test::general_sheet(), first), second), 0;
  if (what == "threads") return shared_by(std::stoi(first));
  if (what == "peak") return peak_kilobytes();
  throw std::runtime_error("unknown question");
}

}  // namespace

int main() {
  for (std::string question; std::getline(std::cin, question);) {
    try {
      std::cout << std::fixed << answer(question) << std::endl;
    } catch (const std::exception& defect) {
      std::cout << "error: " << defect.what() << std::endl;
    }
  }
}
