// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace facet::handouts {

/// Words of one weight.
struct Span {
  std::string text;
  bool strong = false;
  bool operator==(const Span&) const = default;
};
using Paragraph = std::vector<Span>;

/// Words with gaps: a run is either text or the name of a placeholder.
struct TemplateRun {
  std::string text;
  std::string placeholder;
  bool strong = false;
  int line = 0;
};

struct Template {
  std::string file;
  std::vector<TemplateRun> runs;
};

/// One text file: an optional heading, then paragraphs or list items.
struct TextFile {
  std::string name;
  Template heading;
  std::vector<Template> blocks;
};

struct TextSource {
  std::string name;  // "about.md"
  std::string text;  // CommonMark: headings, paragraphs, flat lists, strong
};

using Values = std::map<std::string, std::string, std::less<>>;

/// The clinician who signed a pack off.
struct Approval {
  std::string name;
  std::chrono::year_month_day on;
  bool operator==(const Approval&) const = default;
};

/// All the words of a handout in one language. A pack is complete and correct, or it is refused:
/// an unknown placeholder, a missing text or mark-up that print cannot show names file and line.
class TextPack {
 public:
  static base::Result<TextPack> parse(std::string language, const std::vector<TextSource>& sources);

  const std::string& language() const { return language_; }
  /// What the language calls itself.
  const std::string& name() const { return name_; }
  const std::string& version() const { return version_; }
  std::chrono::year_month_day dated() const { return dated_; }
  /// Two years after it was written.
  std::chrono::year_month_day review_by() const;
  /// None: a draft.
  const std::optional<Approval>& approval() const { return approval_; }
  bool right_to_left() const { return right_to_left_; }

  const TextFile& file(std::string_view name) const;
  const Template& label(std::string_view key) const;
  /// Number 1 to 4.
  const Template& secret_heading(int number) const;
  /// Keys: author, research, relief, prevention, source, grade.
  const Template& secret(int number, std::string_view key) const;
  /// A nerve's plain name, or null for an id that the catalogue does not know.
  const Template* nerve(std::string_view id) const;
  /// A symptom's plain name, or null: for an id that the catalogue does not know, and in English,
  /// where the catalogue has the name.
  const Template* symptom(std::string_view id) const;

 private:
  using Keyed = std::map<std::string, Template, std::less<>>;
  struct Secret {
    Template heading;
    Keyed words;
  };

  base::Status read_about_pack(const Keyed& entries);
  base::Status read_names(const TextFile* nerves, const TextFile* symptoms);

  std::string language_;
  std::string name_;
  std::string version_;
  std::chrono::year_month_day dated_;
  std::optional<Approval> approval_;
  bool right_to_left_ = false;
  std::map<std::string, TextFile, std::less<>> files_;
  std::array<Secret, 4> secrets_;
  Keyed labels_;
  Keyed nerves_;
  Keyed symptoms_;
};

/// The pack built into the library that a reader of the language reads (text_library.h);
/// ErrorCode::unsupported where there is none.
base::Result<const TextPack*> built_in_texts(std::string_view language);

/// Fills every gap. A placeholder without a value is refused with its file and line.
base::Result<Paragraph> fill(const Template& words, const Values& values);

/// The words without their weights.
std::string plain(const Paragraph& paragraph);

}  // namespace facet::handouts
