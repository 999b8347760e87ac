// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/font_gate.h"

#include <glib.h>

#include <atomic>
#include <shared_mutex>

namespace facet::handouts {
namespace {

std::atomic<bool> one_at_a_time = false;
std::shared_mutex gate;
thread_local bool beside_others = false;

/// Of a script that our fonts have. Signs of no script are theirs up to the general
/// punctuation.
bool common_letter(gunichar c) {
  switch (g_unichar_get_script(c)) {
    case G_UNICODE_SCRIPT_COMMON:
    case G_UNICODE_SCRIPT_INHERITED:
      return c < 0x2100;
    case G_UNICODE_SCRIPT_LATIN:
    case G_UNICODE_SCRIPT_GREEK:
    case G_UNICODE_SCRIPT_CYRILLIC:
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HANGUL:
      return true;
    default:
      return false;
  }
}

}  // namespace

FontGate::Entry::Entry(bool alone) : alone_(alone) {
  alone_ ? gate.lock() : gate.lock_shared();
  beside_others = !alone_;
}

FontGate::Entry::~Entry() {
  beside_others = false;
  alone_ ? gate.unlock() : gate.unlock_shared();
}

bool FontGate::closed() {
  return one_at_a_time.load();
}

void FontGate::close() {
  one_at_a_time.store(true);
}

void FontGate::admit(const std::string& words) {
  if (!beside_others) return;
  const char* const end = words.data() + words.size();
  for (const char* at = words.data(); at < end; at = g_utf8_next_char(at))
    if (!common_letter(g_utf8_get_char(at))) throw RareLetters{};
}

}  // namespace facet::handouts
