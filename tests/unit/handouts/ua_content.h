// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <map>
#include <qpdf/QPDF.hh>
#include <string>
#include <vector>

namespace facet::handouts::test {

/// One marked-content sequence that the structure tree may name.
struct MarkedContent {
  int id = -1;
  std::string text;  // what a reader hears: through ToUnicode and ActualText
};

/// A page, or a form that has structure of its own, as it is drawn.
struct ContentStream {
  QPDFObjectHandle owner;
  std::vector<MarkedContent> marks;  // in the order of drawing
  std::string artifact_text;
};

/// Everything that is drawn: pages in order, with the forms that they show.
struct DrawnContent {
  std::vector<ContentStream> streams;
  std::vector<std::string> violations;

  const MarkedContent* find(const QPDFObjGen& owner, int id) const;
};

DrawnContent read_content(QPDF& pdf);

}  // namespace facet::handouts::test
