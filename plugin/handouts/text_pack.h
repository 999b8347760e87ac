// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <map>
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

/// All the words of a handout in one language. A pack is complete and correct, or it is refused:
/// an unknown placeholder, a missing text or mark-up that print cannot show names file and line.
class TextPack {
 public:
  static base::Result<TextPack> parse(std::string language, const std::vector<TextSource>& sources);

  const std::string& language() const { return language_; }
  const TextFile& file(std::string_view name) const;
  const Template& label(std::string_view key) const;
  /// A nerve's plain name, or null for an id that the pack does not know.
  const Template* nerve(std::string_view id) const;

 private:
  std::string language_;
  std::map<std::string, TextFile, std::less<>> files_;
  std::map<std::string, Template, std::less<>> labels_;
  std::map<std::string, Template, std::less<>> nerves_;
};

/// The pack built into the library for a language; ErrorCode::unsupported where there is none.
base::Result<const TextPack*> built_in_texts(std::string_view language);

/// Fills every gap. A placeholder without a value is refused with its file and line.
base::Result<Paragraph> fill(const Template& words, const Values& values);

/// The words without their weights.
std::string plain(const Paragraph& paragraph);

}  // namespace facet::handouts
