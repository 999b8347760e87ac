// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/pdf_repair.h"

#include <glib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <stdexcept>

#include "handouts/pictures/stamp.h"
#include "handouts/print/booklet.h"

namespace facet::handouts {
namespace {

using Object = QPDFObjectHandle;

constexpr char reference_language[] = "en-GB";

std::string xml_text(const std::string& text) {
  const std::unique_ptr<char, decltype(&g_free)> escaped(
      g_markup_escape_text(text.data(), static_cast<gssize>(text.size())), &g_free);
  return escaped.get();
}

std::string xmp(const DocumentNotes& notes) {
  const auto title = xml_text(notes.title);
  const auto language = xml_text(notes.language);
  return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
         "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
         "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
         " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
         " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">"
         "<pdfuaid:part>1</pdfuaid:part><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
         title +
         "</rdf:li></rdf:Alt>"
         "</dc:title><dc:creator><rdf:Seq><rdf:li>" +
         xml_text(notes.author) + "</rdf:li></rdf:Seq></dc:creator><dc:language><rdf:Bag><rdf:li>" +
         language + "</rdf:li></rdf:Bag></dc:language><xmp:CreateDate>" + notes.created +
         "</xmp:CreateDate></rdf:Description></rdf:RDF></x:xmpmeta>\n"
         "<?xpacket end=\"w\"?>";
}

/// Sheet draws a page's ornament first, in one `Private` element, so its mark comes before any
/// word:
/// `/Private << /MCID 0 >> BDC`. An artifact has no properties.
std::string with_artifact(std::string content) {
  const auto start = content.find("/Private");
  const auto end = start == std::string::npos ? start : content.find("BDC", start);
  if (end == std::string::npos || end - start > 40)
    throw std::logic_error("a page without its ornament");
  return content.replace(start, end + 3 - start, "/Artifact BMC");
}

bool blank(char c) {
  return c == ' ' || c == '\n';
}

/// The last four numbers before `end`, and where they begin.
std::pair<std::size_t, std::array<double, 4>> numbers_before(const std::string& content,
                                                             std::size_t end) {
  std::array<double, 4> numbers{};
  auto start = end;
  for (std::size_t number = 4; number-- > 0;) {
    while (start > 0 && blank(content[start - 1])) --start;
    while (start > 0 && !blank(content[start - 1])) --start;
    numbers[number] = std::strtod(content.c_str() + start, nullptr);
  }
  return {start, numbers};
}

/// Puts `shown` in the place of the first rectangle of that size and place which is filled after a
/// mark: "1.5 2 3 4 re f", broken into lines anywhere. Cairo rounds to 1/256.
void replace_rectangle(std::string& content, const std::string& mark, const Box& box,
                       const std::string& shown) {
  constexpr double rounding = 0.02;
  const std::array<double, 4> wanted{box.x, box.y, box.width, box.height};
  constexpr std::string_view fill = "re f";
  auto at = content.find(mark);
  if (at != std::string::npos) at = content.find(fill, at);
  for (; at != std::string::npos; at = content.find(fill, at + 1)) {
    const auto [start, numbers] = numbers_before(content, at);
    if (!std::equal(numbers.begin(), numbers.end(), wanted.begin(),
                    [](double a, double b) { return std::abs(a - b) < rounding; }))
      continue;
    content.replace(start, at + fill.size() - start, shown);
    return;
  }
  throw std::logic_error("a page without its picture");
}

class Repair {
 public:
  Repair(QPDF& pdf, const DocumentNotes& notes) : pdf_(pdf), notes_(notes), root_(pdf.getRoot()) {}

  void run() {
    document_entries();
    auto tree = root_.getKey("/StructTreeRoot");
    read_parent_tree(tree);
    walk(tree);
    pages();
    fonts();
  }

 private:
  void document_entries() {
    root_.replaceKey("/Lang", Object::newUnicodeString(notes_.language));
    auto wishes = Object::parse("<< /DisplayDocTitle true >>");
    wishes.replaceKey("/Duplex", Object::newName(notes_.booklet     ? "/DuplexFlipShortEdge"
                                                 : notes_.two_sided ? "/DuplexFlipLongEdge"
                                                                    : "/Simplex"));
    if (notes_.right_to_left) wishes.replaceKey("/Direction", Object::newName("/R2L"));
    root_.replaceKey("/ViewerPreferences", wishes);
    root_.replaceKey("/MarkInfo", Object::parse("<< /Marked true >>"));
    auto metadata = Object::newStream(&pdf_, xmp(notes_));
    metadata.getDict().replaceKey("/Type", Object::newName("/Metadata"));
    metadata.getDict().replaceKey("/Subtype", Object::newName("/XML"));
    root_.replaceKey("/Metadata", pdf_.makeIndirectObject(metadata));
  }

  void read_parent_tree(Object tree) {
    auto numbers = tree.getKey("/ParentTree").getKey("/Nums");
    for (int i = 0; i + 1 < numbers.getArrayNItems(); i += 2)
      parents_[numbers.getArrayItem(i).getIntValueAsInt()] = numbers.getArrayItem(i + 1);
  }

  void walk(Object element) {
    auto children = element.getKey("/K");
    if (children.isDictionary()) return visit(children);
    if (!children.isArray()) return;
    for (int i = 0; i < children.getArrayNItems();) {
      auto child = children.getArrayItem(i);
      if (is_private(child)) {
        forget(child);
        children.eraseItem(i);
        continue;
      }
      if (child.isDictionary()) visit(child);
      ++i;
    }
  }

  static bool is_private(Object element) {
    return element.isDictionary() && element.getKey("/S").isNameAndEquals("/Private");
  }

  void visit(Object element) {
    auto type = element.getKey("/S");
    if (type.isNameAndEquals("/Figure") && next_figure_ < notes_.figures.size()) {
      const auto& note = notes_.figures[next_figure_++];
      describe(element, note);
      if (!note.stamps.empty()) stamped_.push_back({element, &note});
    }
    if (type.isNameAndEquals("/L")) {
      const bool numbered = notes_.numbered_lists.at(next_list_++);
      element.replaceKey("/A", Object::parse(numbered ? "<< /O /List /ListNumbering /Decimal >>"
                                                      : "<< /O /List /ListNumbering /Disc >>"));
    }
    if (type.isNameAndEquals("/TH"))
      element.replaceKey("/A", Object::parse("<< /O /Table /Scope /Column >>"));
    if (type.isNameAndEquals("/BibEntry") && notes_.language != reference_language)
      element.replaceKey("/Lang", Object::newUnicodeString(reference_language));
    walk(element);
  }

  void describe(Object element, const FigureNote& note) const {
    element.replaceKey("/Alt", Object::newUnicodeString(note.alt));
    element.replaceKey("/T", Object::newUnicodeString(note.alt));
    auto layout = Object::parse("<< /O /Layout /Placement /Block >>");
    const auto& box = note.bounds;
    layout.replaceKey("/BBox", Object::newArray(Object::Rectangle(
                                   box.x, notes_.page_height - box.y - box.height,
                                   box.x + box.width, notes_.page_height - box.y)));
    element.replaceKey("/A", layout);
  }

  /// Takes an artifact's marked content out of the table that leads from page to structure.
  void forget(Object element) {
    auto page = element.getKey("/Pg");
    auto content = element.getKey("/K");
    if (content.isArray() && content.getArrayNItems() == 1) content = content.getArrayItem(0);
    if (!page.isDictionary() || !content.isInteger()) return;
    const auto found = parents_.find(page.getKey("/StructParents").getIntValueAsInt());
    const int id = content.getIntValueAsInt();
    if (found != parents_.end() && id < found->second.getArrayNItems())
      found->second.setArrayItem(id, Object::newNull());
  }

  void pages() {
    for (auto& page : QPDFPageDocumentHelper(pdf_).getAllPages()) {
      page.getObjectHandle().replaceKey("/Tabs", Object::newName("/S"));
      auto content = page.getObjectHandle().getKey("/Contents");
      const auto data = content.getStreamData(qpdf_dl_generalized);
      auto text =
          with_artifact({reinterpret_cast<const char*>(data->getBuffer()), data->getSize()});
      for (auto& [figure, note] : stamped_)
        if (figure.getKey("/Pg").getObjGen() == page.getObjectHandle().getObjGen())
          stamp(page, text, figure, *note);
      content.replaceStreamData(text, Object::newNull(), Object::newNull());
    }
  }

  /// Cairo's pages have y from the top down, a stamp from its bottom up.
  void stamp(QPDFPageObjectHelper& page, std::string& content, Object figure,
             const FigureNote& note) {
    auto id = figure.getKey("/K");
    if (id.isArray()) id = id.getArrayItem(0);
    const auto mark = std::to_string(id.getIntValueAsInt());
    auto resources = page.getAttribute("/Resources", true);
    if (!resources.hasKey("/XObject")) resources.replaceKey("/XObject", Object::newDictionary());
    for (std::size_t i = 0; i < note.stamps.size(); ++i) {
      const auto& [stamp, box] = note.stamps[i];
      const auto name = "/Stamp" + mark + '.' + std::to_string(i + 1);
      char place[120];
      std::snprintf(place, sizeof place, "q %.4f 0 0 %.4f %.3f %.3f cm %s Do Q",
                    box.width / stamp->width, -box.height / stamp->height, box.x,
                    box.y + box.height, name.c_str());
      replace_rectangle(content, "/Figure << /MCID " + mark + " >>", box, place);
      resources.getKey("/XObject").replaceKey(name, form_of(*stamp));
    }
  }

  /// One object for each stamp, however often it is shown.
  Object form_of(const Stamp& stamp) {
    auto& kept = forms_[&stamp];
    if (kept.isInitialized()) return kept;
    auto form = Object::newStream(&pdf_);
    auto dictionary = form.getDict();
    dictionary.replaceKey("/Type", Object::newName("/XObject"));
    dictionary.replaceKey("/Subtype", Object::newName("/Form"));
    dictionary.replaceKey("/BBox",
                          Object::newArray(Object::Rectangle(0, 0, stamp.width, stamp.height)));
    dictionary.replaceKey("/Resources", Object::parse(stamp.resources));
    form.replaceStreamData(stamp.content, Object::newName("/FlateDecode"), Object::newNull());
    return kept = form;
  }

  void fonts() {
    for (auto& object : pdf_.getAllObjects())
      if (object.isDictionary() && object.getKey("/Subtype").isNameAndEquals("/CIDFontType2") &&
          !object.hasKey("/CIDToGIDMap"))
        object.replaceKey("/CIDToGIDMap", Object::newName("/Identity"));
  }

  QPDF& pdf_;
  const DocumentNotes& notes_;
  Object root_;
  std::map<int, Object> parents_;
  std::vector<std::pair<Object, const FigureNote*>> stamped_;
  std::map<const Stamp*, Object> forms_;
  std::size_t next_figure_ = 0;
  std::size_t next_list_ = 0;
};

}  // namespace

void deflate_fast() {
  static const bool once = (Pl_Flate::setCompressionLevel(1), true);
  static_cast<void>(once);
}

std::string repair_pdf(const std::string& bytes, const DocumentNotes& notes) {
  deflate_fast();
  QPDF pdf;
  pdf.processMemoryFile("handout", bytes.data(), bytes.size());
  Repair(pdf, notes).run();
  if (notes.booklet) impose_booklet(pdf, notes.right_to_left);
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace facet::handouts
