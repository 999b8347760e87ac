// SPDX-License-Identifier: MPL-2.0
#include "handouts/handout_wish.h"

#include <algorithm>

namespace facet::handouts {
namespace {

using base::invalid;
using base::Status;

struct Wanted {
  const char* name;
  bool of_patients;  // says to whom and how it is given
  Status (*read)(HandoutWish&, const std::string& value);
};

template <class T>
Status choose(const char* name, T& into, const std::string& value, std::initializer_list<T> choices) {
  std::string known;
  for (const T choice : choices) {
    if (value == code_of(choice)) {
      into = choice;
      return {};
    }
    known += (known.empty() ? "" : " or ") + std::string(code_of(choice));
  }
  return invalid(name, "This must be " + known + ".");
}

const Wanted all_wanted[] = {
    {"language", false,
     [](HandoutWish& wish, const std::string& value) -> Status {
       wish.language = value;
       return {};
     }},
    {"track", false,
     [](HandoutWish& wish, const std::string& value) {
       return choose("track", wish.track, value, {Track::relief, Track::prevention});
     }},
    {"paper", false,
     [](HandoutWish& wish, const std::string& value) {
       return choose("paper", wish.paper, value, {Paper::a4, Paper::letter});
     }},
    {"text-size", false,
     [](HandoutWish& wish, const std::string& value) {
       return choose("text-size", wish.text_size.emplace(), value,
                     {TextSize::standard, TextSize::large});
     }},
    {"sides", false,
     [](HandoutWish& wish, const std::string& value) {
       return choose("sides", wish.sides, value, {Sides::one, Sides::two});
     }},
    {"booklet", false,
     [](HandoutWish& wish, const std::string& value) -> Status {
       if (value != "true" && value != "false")
         return invalid("booklet", "This must be true or false.");
       wish.booklet = value == "true";
       return {};
     }},
    {"delivery", true,
     [](HandoutWish& wish, const std::string& value) -> Status {
       if (value != "print" && value != "email")
         return invalid("delivery", "This must be print or email.");
       wish.delivery = value;
       return {};
     }},
    {"recipient", true,
     [](HandoutWish& wish, const std::string& value) -> Status {
       const std::string type = "RelatedPerson/";
       if (!value.starts_with(type) || value.size() == type.size())
         return invalid("recipient", "This must be a reference like RelatedPerson/id.");
       wish.recipient_id = value.substr(type.size());
       return {};
     }},
};

std::string known_names(WishFor whom) {
  std::string names;
  for (const auto& one : all_wanted)
    if (whom == WishFor::patient || !one.of_patients)
      names += (names.empty() ? "" : ", ") + std::string(one.name);
  return names;
}

}  // namespace

base::Result<HandoutWish> read_wish(const rest::Pairs& pairs, WishFor whom) {
  HandoutWish wish;
  for (const auto& [name, value] : pairs) {
    const auto* one = std::find_if(std::begin(all_wanted), std::end(all_wanted),
                                   [&](const Wanted& wanted) { return name == wanted.name; });
    if (one == std::end(all_wanted) || (one->of_patients && whom == WishFor::anybody))
      return base::fail(base::ErrorCode::unsupported, name,
                        "A handout takes " + known_names(whom) + ", each once.");
    if (std::count_if(pairs.begin(), pairs.end(),
                      [&](const auto& other) { return other.first == name; }) > 1)
      return invalid(name, "This was given twice.");
    if (auto ok = one->read(wish, value); !ok) return base::pass(ok);
  }
  return wish;
}

base::Result<PrintFormat> format_of(const HandoutWish& wish, bool reads_large_print) {
  const auto size = wish.text_size.value_or(reads_large_print ? TextSize::large : TextSize::standard);
  if (wish.booklet && wish.text_size == TextSize::large)
    return invalid("booklet", "A booklet has no room for large print: choose one of them.");
  if (wish.booklet && size == TextSize::large)
    return invalid("booklet",
                   "This patient reads large print, which has no room in a booklet: leave the "
                   "booklet, or ask for text-size standard.");
  if (wish.booklet && wish.sides == Sides::one)
    return invalid("booklet", "A booklet is printed on two sides.");
  return PrintFormat{wish.paper, size, wish.sides, wish.booklet};
}

const char* code_of(Track track) {
  return track == Track::relief ? "relief" : "prevention";
}
const char* code_of(Paper paper) {
  return paper == Paper::a4 ? "a4" : "letter";
}
const char* code_of(TextSize size) {
  return size == TextSize::standard ? "standard" : "large";
}
const char* code_of(Sides sides) {
  return sides == Sides::one ? "one" : "two";
}

}  // namespace facet::handouts
