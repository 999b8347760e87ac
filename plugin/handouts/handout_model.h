// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "handouts/text_pack.h"

namespace facet::handouts {

/// What the caller knows about the patient and the visit, in the codes of the catalogue.
struct NerveInput {
  std::string id;    // "radial"
  std::string name;  // used as it is where the text pack does not know the id
};

struct SymptomInput {
  std::string plain_name;       // "Tennis elbow"
  std::string side;             // left, right, both, midline; empty if not asked
  std::optional<int> severity;  // now, 0 to 10
  std::vector<NerveInput> nerves;
  std::vector<std::string> segments;  // anatomical_segments: "C5-C6", "C6-C7"
  std::string bed_basis = "none";     // segmental, adjacent, none
  std::string bed_reach = "none";     // full, partial, none_direct, none
};

struct JointInput {
  std::string level;  // "L4-L5"
  std::string side;   // left, right, both, midline or empty
  int motion = 3;     // 0 does not move, 3 as usual, 6 very loose
  bool sore = false;  // pain on pressure
};

struct HandoutInput {
  std::string language = "en-GB";
  std::string clinic;
  std::string document_id;
  std::string given_by;
  std::chrono::year_month_day given_on;
  std::optional<std::string> patient;  // none: a general sheet
  std::vector<SymptomInput> symptoms;
  std::vector<JointInput> joints;
  std::optional<int> stress;  // 0 to 10
};

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
