// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>

namespace facet::handouts {

/// Cairo 1.16 keeps ten font faces open in a process. To open an eleventh it closes one, which
/// another thread may be reading. The words of our own texts need six (Noto Sans, Noto Sans Arabic
/// and NanumBarunGothic, regular and bold); letters beyond their scripts bring more. So sheets
/// print side by side until the first with such letters, and from then on one at a time.
class FontGate {
 public:
  /// Runs `print`, again from the start and alone if it met rare letters.
  template <class Print>
  static auto pass(const Print& print) {
    if (!closed()) {
      const Entry together(false);
      if (!closed()) try {
          return print();
        } catch (const RareLetters&) {
        }
    }
    close();
    const Entry alone(true);
    return print();
  }

  /// Before words are set: unwinds to `pass` if this thread prints beside others and the words have
  /// rare letters.
  static void admit(const std::string& words);

 private:
  struct RareLetters {};
  /// One thread's stay.
  class Entry {
   public:
    explicit Entry(bool alone);
    ~Entry();
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;

   private:
    bool alone_;
  };

  static bool closed();
  static void close();
};

}  // namespace facet::handouts
