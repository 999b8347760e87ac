// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "base/result.h"
#include "handouts/handout_input.h"
#include "handouts/print/print_format.h"
#include "rest/message.h"

namespace facet::handouts {

/// How a handout is wanted. What is absent follows the patient.
struct HandoutWish {
  std::optional<std::string> language;  // BCP 47
  Track track = Track::relief;
  Paper paper = Paper::a4;
  std::optional<TextSize> text_size;
  Sides sides = Sides::two;
  bool booklet = false;
  std::string delivery = "print";           // or email
  std::optional<std::string> recipient_id;  // RelatedPerson
};

/// Reads names and values: language, track, paper, text-size, sides, booklet, and of what is given
/// to a patient also delivery and recipient; each at most once. Errors: invalid or unsupported,
/// with the name as the field.
enum class WishFor { patient, anybody };
base::Result<HandoutWish> read_wish(const rest::Pairs& pairs, WishFor whom);

/// Errors: invalid, a booklet in large print or for one side.
base::Result<PrintFormat> format_of(const HandoutWish& wish, bool reads_large_print);

const char* code_of(Track track);
const char* code_of(Paper paper);
const char* code_of(TextSize size);
const char* code_of(Sides sides);

}  // namespace facet::handouts
