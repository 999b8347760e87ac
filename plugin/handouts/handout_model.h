// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "handouts/handout_input.h"
#include "handouts/texts/text_pack.h"

namespace facet::handouts {

/// What one handout says, in the reader's words; the same for print and for screen.
struct HandoutSymptom {
  int number = 0;
  std::string title;       // "Tennis elbow, right: 6 out of 10"
  std::string nerve_path;  // "Nerve path: the radial nerve, from neck joints C5-C6 and C6-C7."
  std::string bed;         // what the bed can and cannot reach
  std::optional<int> severity;
  std::vector<int> levels;              // spinal_level.h, ascending
  std::vector<std::string> body_parts;  // knowledge::BodyPart codes
  std::string side;                     // left, right, both, midline or empty
};

struct HandoutJoint {
  int level = 0;
  std::string side;
  int motion = 3;
  bool sore = false;
};

struct Section {
  std::string heading;  // may be empty
  std::vector<Paragraph> paragraphs;
};

/// Sessions and visits to come, in order of time, under three column heads.
struct Plan {
  std::string heading;
  std::array<std::string, 3> columns;
  std::vector<std::array<std::string, 3>> rows;
  std::vector<Paragraph> notes;  // the rule of checking in
};

struct Secret {
  int number = 0;
  std::string heading;
  Paragraph author_says;
  Paragraph research_says;
  Paragraph for_you;
  std::string proof;  // how good it is, by our own reading
  std::string source_label;
  std::string source;  // as the author cites it, in English
};

struct Picture {
  std::string caption;
  std::string alt;
};

struct HandoutModel {
  std::string language;  // of the words, which may not be the one asked for
  bool right_to_left = false;
  std::string title;
  std::string subtitle;     // the track
  std::string clinic;       // empty on a sheet that names none
  std::string document_id;  // empty: not recorded
  std::string date_iso;
  Paragraph made_for;
  std::string draft_mark;  // empty: the words are approved
  std::string missing;     // says that the language asked for is not there; else empty
  Section about;
  std::string your_heading;
  std::vector<HandoutSymptom> symptoms;
  std::vector<HandoutJoint> joints;
  std::vector<Paragraph> findings;  // stiff joints and stress, in words
  Picture spine;
  Picture body;
  Plan plan;
  Section contact;
  Section urgent;
  Section today;
  Section soon;
  std::vector<Secret> secrets;
  Picture pinched;
  Picture free;
  Picture chain;
  Section bed;
  Section choices;
  Section closing;
  std::string code_alt;  // of the QR code that carries `document_id`
  std::string document_line;
  std::string text_version;
  std::string review;
  std::string turn_over;
  Template page_line;  // "Page {page} of {pages}": filled when the pages are known

  bool personal() const { return !symptoms.empty() || !findings.empty(); }
  bool has_spine() const;  // some joint is marked
  bool has_body() const;   // some part of the body is marked
};

/// Words in the language of `texts`. `missing_language` is the name of the language asked for,
/// where there are no texts in it. Refuses codes and values that the catalogue does not have,
/// naming the field.
base::Result<HandoutModel> build_handout(const HandoutInput& input, const TextPack& texts,
                                         const std::string& missing_language = "");

/// With the texts built into the library.
base::Result<HandoutModel> build_handout(const HandoutInput& input);

}  // namespace facet::handouts
