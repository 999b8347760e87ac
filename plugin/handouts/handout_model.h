// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "handouts/handout_input.h"
#include "handouts/text_pack.h"

namespace facet::handouts {

/// What one handout says, in the reader's words; the same for print and for screen.
struct HandoutSymptom {
  int number = 0;
  std::string title;       // "Tennis elbow, right: 6 out of 10"
  std::string nerve_path;  // "Nerve path: the radial nerve, from neck joints C5-C6 and C6-C7."
  std::string bed;         // what the bed can and cannot reach
  std::optional<int> severity;
  std::vector<int> levels;  // spinal_level.h, ascending
};

struct HandoutJoint {
  int level = 0;
  std::string side;
  int motion = 3;
  bool sore = false;
};

struct Section {
  std::string heading;
  std::vector<Paragraph> paragraphs;
};

struct Secret {
  int number = 0;
  std::string heading;
  Paragraph author_says;
  Paragraph research_says;
  Paragraph for_you;
  std::string proof;   // how good it is, by our own reading
  std::string source;  // as the author cites it
};

struct Picture {
  std::string caption;
  std::string alt;
};

struct HandoutModel {
  std::string language;
  std::string title;
  std::string clinic;
  std::string document_id;
  std::string date_iso;
  Paragraph made_for;
  Section about;
  std::string your_heading;
  std::vector<HandoutSymptom> symptoms;
  std::vector<HandoutJoint> joints;
  std::vector<Paragraph> findings;  // stiff joints and stress, in words
  Picture spine;
  Section urgent;
  Section today;
  Section soon;
  std::vector<Secret> secrets;
  Picture pinched;
  Picture free;
  Section bed;
  Section choices;
  Section closing;
  std::string document_line;
  std::string text_version;
  Template page_line;  // "Page {page} of {pages}": filled when the pages are known

  bool personal() const { return !symptoms.empty() || !findings.empty(); }
};

/// Refuses codes and values that the catalogue does not have, naming the field.
base::Result<HandoutModel> build_handout(const HandoutInput& input, const TextPack& texts);

/// With the texts built into the library.
base::Result<HandoutModel> build_handout(const HandoutInput& input);

}  // namespace facet::handouts
