// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

namespace facet::handouts::test {

/// Words that one structure element holds itself, in the order of the tree.
struct TaggedText {
  std::string type;  // "H1", "P", "Span"
  std::string path;  // "Document/L/LI/LBody/P"
  std::string language;
  std::string text;
};

struct UaReport {
  std::vector<std::string> violations;  // "7.3-1 a figure has no alternative text"
  std::vector<TaggedText> texts;
  std::vector<std::string> artifacts;  // a page's, each

  std::string told() const;
  /// What a screen reader says, one blank between elements.
  std::string spoken() const;
};

/// Checks a document against ISO 14289-1 (PDF/UA-1) by walking its content and its structure tree.
/// Rules are numbered by its clauses, in veraPDF's way. Left to people: whether texts and tags make
/// sense, and colours.
UaReport check_ua(const std::string& pdf, bool booklet = false);

}  // namespace facet::handouts::test
