// SPDX-License-Identifier: MPL-2.0
#include "ua_check.h"

#include <algorithm>
#include <functional>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <regex>
#include <set>

#include "ua_content.h"

namespace facet::handouts::test {
namespace {

using Object = QPDFObjectHandle;
using Names = std::set<std::string>;

const Names inline_types{"Span",     "Link", "Quote",  "Note",   "Reference",
                         "BibEntry", "Code", "Figure", "Formula"};
const Names standard_types{
    "Document", "Part",      "Art",      "Sect", "Div",   "BlockQuote", "Caption", "P",    "H1",
    "H2",       "H3",        "H4",       "H5",   "H6",    "L",          "LI",      "Lbl",  "LBody",
    "Table",    "TR",        "TH",       "TD",   "THead", "TBody",      "TFoot",   "Span", "Quote",
    "Note",     "Reference", "BibEntry", "Code", "Link",  "Figure",     "Formula"};
const Names never_empty{"P",  "H1",  "H2",    "H3", "H4",    "H5", "H6",  "L",
                        "LI", "Lbl", "LBody", "TH", "Table", "TR", "Span"};

/// What may stand inside an element, and what it may stand in; no entry: anything.
const std::vector<std::pair<std::string, Names>> children_of{
    {"L", {"L", "LI", "Caption"}},
    {"LI", {"Lbl", "LBody"}},
    {"Table", {"TR", "THead", "TBody", "TFoot", "Caption"}},
    {"THead", {"TR"}},
    {"TBody", {"TR"}},
    {"TFoot", {"TR"}},
    {"TR", {"TH", "TD"}}};
const std::vector<std::pair<std::string, Names>> parents_of{
    {"LI", {"L"}},           {"LBody", {"LI"}},
    {"Lbl", {"LI", "Note"}}, {"TR", {"Table", "THead", "TBody", "TFoot"}},
    {"THead", {"Table"}},    {"TBody", {"Table"}},
    {"TFoot", {"Table"}},    {"TH", {"TR"}},
    {"TD", {"TR"}},          {"Document", {"StructTreeRoot"}}};

bool is_heading(const std::string& type) {
  return type.size() == 2 && type[0] == 'H' && type[1] >= '1' && type[1] <= '6';
}

bool blank(const std::string& text) {
  return text.find_first_not_of(" \n\t") == std::string::npos;
}

std::string stream_text(Object stream) {
  const auto data = stream.getStreamData(qpdf_dl_all);
  return {reinterpret_cast<const char*>(data->getBuffer()), data->getSize()};
}

std::vector<Object> items(Object object) {
  if (object.isNull()) return {};
  if (!object.isArray()) return {object};
  return object.getArrayAsVector();
}

/// A piece of content that the tree names.
struct Leaf {
  QPDFObjGen owner;
  int id;
  QPDFObjGen element;
};

class Check {
 public:
  Check(QPDF& pdf, bool booklet)
      : pdf_(pdf), root_(pdf.getRoot()), booklet_(booklet), content_(read_content(pdf)) {
    report_.violations = content_.violations;
  }

  UaReport run() {
    catalog();
    metadata();
    if (root_.getKey("/StructTreeRoot").isDictionary()) {
      structure();
      leaves_and_content();
      parent_tree();
      reading_order();
    }
    pages();
    for (const auto& stream : content_.streams) report_.artifacts.push_back(stream.artifact_text);
    if (pdf_.anyWarnings()) broken("7.1", "libqpdf warns of the file");
    std::sort(report_.violations.begin(), report_.violations.end());
    report_.violations.erase(std::unique(report_.violations.begin(), report_.violations.end()),
                             report_.violations.end());
    return std::move(report_);
  }

 private:
  void broken(const std::string& rule, const std::string& what) {
    report_.violations.push_back(rule + " " + what);
  }
  void must(bool held, const std::string& rule, const std::string& what) {
    if (!held) broken(rule, what);
  }

  // --- the document ---
  void catalog() {
    must(!pdf_.getTrailer().hasKey("/Encrypt"), "7.16-1", "the document is encrypted");
    auto mark = root_.getKey("/MarkInfo");
    must(mark.isDictionary() && mark.getKey("/Marked").isBool() &&
             mark.getKey("/Marked").getBoolValue(),
         "6.2-1", "MarkInfo does not say Marked true");
    must(!mark.isDictionary() || !mark.hasKey("/Suspects"), "7.1-4", "MarkInfo has suspects");
    must(root_.getKey("/StructTreeRoot").isDictionary(), "7.1-11", "no structure tree");
    language_ = language_of(root_);
    must(!language_.empty(), "7.2-34", "the document has no language");
    auto shown = root_.getKey("/ViewerPreferences");
    must(shown.isDictionary() && shown.getKey("/DisplayDocTitle").isBool() &&
             shown.getKey("/DisplayDocTitle").getBoolValue(),
         "7.1-10", "the window does not show the title");
    must(!root_.hasKey("/OCProperties"), "7.10-1", "optional content");
    must(!root_.hasKey("/AcroForm"), "7.15-1", "a form");
    must(!root_.hasKey("/OpenAction") && !root_.hasKey("/AA"), "7.19", "an action");
  }

  std::string language_of(Object object) {
    auto lang = object.getKey("/Lang");
    if (!lang.isString()) return "";
    const auto tag = lang.getUTF8Value();
    static const std::regex form("[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*");
    must(std::regex_match(tag, form), "7.2-29", "\"" + tag + "\" is no language");
    return tag;
  }

  void metadata() {
    auto stream = root_.getKey("/Metadata");
    if (!stream.isStream()) return broken("7.1-8", "no metadata");
    const auto xmp = stream_text(stream);
    const auto has = [&](const std::string& form) {
      return std::regex_search(xmp, std::regex(form));
    };
    must(has("xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"") &&
             has("<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=\"1\""),
         "5-1", "the metadata does not say PDF/UA-1");
    must(has("<dc:title>\\s*<rdf:Alt>\\s*<rdf:li xml:lang=\"[^\"]+\">[^<]*[^<\\s]"), "7.1-9",
         "the metadata has no title");
    auto info = pdf_.getTrailer().getKey("/Info");
    must(info.isDictionary() && info.getKey("/Title").isString() &&
             !blank(info.getKey("/Title").getUTF8Value()),
         "7.1-9", "the information dictionary has no title");
  }

  // --- the tree ---
  void structure() {
    auto tree = root_.getKey("/StructTreeRoot");
    roles_ = tree.getKey("/RoleMap");
    const auto top = items(tree.getKey("/K"));
    must(top.size() == 1 && type_of(top[0]) == "Document", "7.1", "the tree is not one Document");
    for (auto element : top) walk(element, tree, "StructTreeRoot", "", language_);
    must(last_heading_ > 0, "7.4", "no heading");
  }

  std::string type_of(Object element) {
    if (!element.isDictionary() || !element.getKey("/S").isName()) return "";
    auto name = element.getKey("/S").getName();
    for (int i = 0; i < 8 && roles_.isDictionary() && roles_.hasKey(name) &&
                    !standard_types.count(name.substr(1));
         ++i)
      name = roles_.getKey(name).getName();
    return name.substr(1);
  }

  void walk(Object element, Object parent, const std::string& parent_type, const std::string& above,
            const std::string& inherited) {
    const auto type = type_of(element);
    const auto path = above.empty() ? type : above + "/" + type;
    if (!seen_.insert(element.getObjGen()).second)
      return broken("7.1", path + " is in the tree twice");
    must(standard_types.count(type) != 0, "7.1-5", path + " is no standard type");
    must(element.getKey("/P").getObjGen() == parent.getObjGen(), "7.1-12",
         path + " does not know its parent");
    nesting(type, parent_type, path);
    const auto own = language_of(element);
    const auto language = own.empty() ? inherited : own;
    if (is_heading(type)) heading(type[1] - '0');
    if (type == "Figure") figure(element, path);
    if (type == "TH") header_cell(element, path);
    if (type == "Table") table(element, path);
    const auto text = content(element, type, path, language);
    if (type == "L") list(element, path);
    if (never_empty.count(type)) must(!blank(text), "7.1", path + " is empty");
  }

  void nesting(const std::string& type, const std::string& parent, const std::string& path) {
    const auto rule = [](const auto& table, const std::string& name) {
      return std::find_if(table.begin(), table.end(),
                          [&](const auto& entry) { return entry.first == name; });
    };
    if (auto found = rule(children_of, parent); found != children_of.end())
      must(found->second.count(type) != 0, "7.2-19", path + " may not stand there");
    if (auto found = rule(parents_of, type); found != parents_of.end())
      must(found->second.count(parent) != 0, "7.2-17", path + " may not stand there");
    if (parent == "P" || parent == "Span" || parent == "Lbl" || is_heading(parent))
      must(inline_types.count(type) != 0, "7.1", path + " is a block inside words");
  }

  void heading(int level) {
    if (last_heading_ == 0)
      must(level == 1, "7.4.2-1", "the first heading is H" + std::to_string(level));
    else
      must(level <= last_heading_ + 1, "7.4.2-1",
           "H" + std::to_string(level) + " follows H" + std::to_string(last_heading_));
    last_heading_ = level;
  }

  /// Children and content in order; the words of both.
  std::string content(Object element, const std::string& type, const std::string& path,
                      const std::string& language) {
    std::string words;
    const auto kids = items(element.getKey("/K"));
    must(!kids.empty() || type == "TD", "7.1", path + " holds nothing");
    for (auto kid : kids) {
      if (kid.isInteger()) {
        words += leaf(element.getKey("/Pg"), kid.getIntValueAsInt(), element, type, path, language);
      } else if (kid.isDictionary() && kid.getKey("/Type").isNameAndEquals("/MCR")) {
        auto owner = kid.hasKey("/Stm")  ? kid.getKey("/Stm")
                     : kid.hasKey("/Pg") ? kid.getKey("/Pg")
                                         : element.getKey("/Pg");
        words += leaf(owner, kid.getKey("/MCID").getIntValueAsInt(), element, type, path, language);
      } else if (kid.isDictionary() && kid.getKey("/Type").isNameAndEquals("/OBJR")) {
        objects_.insert(kid.getKey("/Obj").getObjGen());
      } else if (kid.isDictionary()) {
        walk(kid, element, type, path, language);
        words += text_of_[kid.getObjGen()];
      } else {
        broken("7.1", path + " holds something unknown");
      }
    }
    if (type == "Figure") words = "figure";
    return text_of_[element.getObjGen()] = words;
  }

  std::string leaf(Object owner, int id, Object element, const std::string& type,
                   const std::string& path, const std::string& language) {
    leaves_.push_back({owner.getObjGen(), id, element.getObjGen()});
    const auto* mark = content_.find(owner.getObjGen(), id);
    if (!mark) {
      broken("7.1", path + " names content that is not drawn");
      return "";
    }
    if (type == "Figure") return "";
    must(mark->text.find("   ") == std::string::npos, "7.1", path + " is laid out with blanks");
    if (!report_.texts.empty() && last_element_ == element.getObjGen())
      report_.texts.back().text += mark->text;
    else
      report_.texts.push_back({type, path, language, mark->text});
    last_element_ = element.getObjGen();
    return mark->text;
  }

  Object attribute(Object element, const char* owner, const char* key) {
    for (auto attributes : items(element.getKey("/A")))
      if (attributes.isDictionary() && attributes.getKey("/O").isNameAndEquals(owner) &&
          attributes.hasKey(key))
        return attributes.getKey(key);
    return Object::newNull();
  }

  void figure(Object element, const std::string& path) {
    auto alt = element.getKey("/Alt");
    must(alt.isString() && !blank(alt.getUTF8Value()), "7.3-1", path + " has no alternative text");
    if (alt.isString()) report_.texts.push_back({"Figure", path, language_, alt.getUTF8Value()});
    last_element_ = {};
    auto box = attribute(element, "/Layout", "/BBox");
    if (!box.isRectangle()) return broken("7.3-2", path + " has no bounding box");
    const auto [left, bottom, right, top] = box.getArrayAsRectangle();
    must(left < right && bottom < top && left >= 0 && bottom >= 0, "7.3-2",
         path + " has a wrong bounding box");
    auto page = element.getKey("/Pg");
    if (!page.isDictionary()) return;
    const auto paper = page.getKey("/MediaBox").getArrayAsRectangle();
    must(right <= paper.urx + 0.01 && top <= paper.ury + 0.01, "7.3-2", path + " leaves its page");
  }

  void list(Object element, const std::string& path) {
    auto numbering = attribute(element, "/List", "/ListNumbering");
    std::string label;
    for (auto item : items(element.getKey("/K")))
      for (auto part : items(item.getKey("/K")))
        if (type_of(part) == "Lbl" && label.empty()) label = text_of_[part.getObjGen()];
    if (label.empty()) return;
    if (!numbering.isName()) return broken("7.6", path + " has labels and no ListNumbering");
    const bool digits = label.find_first_of("0123456789") != std::string::npos;
    must(numbering.isNameAndEquals(digits ? "/Decimal" : "/Disc"), "7.6",
         path + " says " + numbering.getName() + " of the label " + label);
  }

  void header_cell(Object element, const std::string& path) {
    auto scope = attribute(element, "/Table", "/Scope");
    must(scope.isName() && Names{"/Row", "/Column", "/Both"}.count(scope.getName()), "7.5-1",
         path + " has no Scope");
  }

  int span(Object cell, const char* key) {
    auto value = attribute(cell, "/Table", key);
    return value.isInteger() ? value.getIntValueAsInt() : 1;
  }

  void rows_of(Object element, std::vector<Object>& rows) {
    for (auto kid : items(element.getKey("/K"))) {
      const auto type = type_of(kid);
      if (type == "TR") rows.push_back(kid);
      if (type == "THead" || type == "TBody" || type == "TFoot") rows_of(kid, rows);
    }
  }

  void table(Object element, const std::string& path) {
    std::vector<Object> rows;
    rows_of(element, rows);
    std::vector<int> widths(rows.size(), 0);
    bool headed = false;
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (auto cell : items(rows[i].getKey("/K"))) {
        headed = headed || type_of(cell) == "TH";
        const auto below = std::min(rows.size(), i + span(cell, "/RowSpan"));
        for (std::size_t row = i; row < below; ++row) widths[row] += span(cell, "/ColSpan");
      }
    must(headed, "7.5-2", path + " has no header cell");
    must(!rows.empty() && std::set<int>(widths.begin(), widths.end()).size() == 1, "7.2-42",
         path + " has rows of different width");
  }

  // --- tree and content ---
  void leaves_and_content() {
    std::set<std::pair<QPDFObjGen, int>> named;
    for (const auto& leaf : leaves_)
      must(named.insert({leaf.owner, leaf.id}).second, "7.1", "content is in the tree twice");
    for (const auto& stream : content_.streams) {
      std::set<int> ids;
      for (const auto& mark : stream.marks) {
        const auto id = std::to_string(mark.id);
        must(ids.insert(mark.id).second, "7.1", "mark " + id + " is used twice on a page");
        must(named.count({stream.owner.getObjGen(), mark.id}) != 0, "7.1-3",
             "mark " + id + " is not in the tree: " + mark.text);
      }
    }
  }

  static Object dictionary(Object owner) { return owner.isStream() ? owner.getDict() : owner; }

  void read_numbers(Object node) {
    const auto numbers = items(node.getKey("/Nums"));
    for (std::size_t i = 0; i + 1 < numbers.size(); i += 2)
      parents_[Object(numbers[i]).getIntValueAsInt()] = numbers[i + 1];
    for (auto kid : items(node.getKey("/Kids"))) read_numbers(kid);
  }

  void parent_tree() {
    auto tree = root_.getKey("/StructTreeRoot").getKey("/ParentTree");
    if (!tree.isDictionary()) return broken("7.1-12", "no ParentTree");
    read_numbers(tree);
    std::set<std::pair<QPDFObjGen, int>> expected;
    for (auto& stream : content_.streams) {
      if (stream.marks.empty()) continue;
      auto key = dictionary(stream.owner).getKey("/StructParents");
      if (!key.isInteger()) {
        broken("7.1-12", "a page has no StructParents");
        continue;
      }
      const auto entry = parents_.find(key.getIntValueAsInt());
      if (entry == parents_.end() || !entry->second.isArray())
        broken("7.1-12", "a page is not in the ParentTree");
      else
        compare(stream.owner.getObjGen(), entry->second.getArrayAsVector());
    }
  }

  void compare(const QPDFObjGen& owner, const std::vector<Object>& entries) {
    std::map<int, QPDFObjGen> wanted;
    for (const auto& leaf : leaves_)
      if (leaf.owner == owner) wanted[leaf.id] = leaf.element;
    for (std::size_t id = 0; id < entries.size(); ++id) {
      const auto found = wanted.find(static_cast<int>(id));
      if (found == wanted.end())
        must(Object(entries[id]).isNull(), "7.1-12",
             "the ParentTree names mark " + std::to_string(id) + ", the tree does not");
      else
        must(entries[id].getObjGen() == found->second, "7.1-12",
             "the ParentTree names another element for mark " + std::to_string(id));
    }
    if (!wanted.empty())
      must(wanted.rbegin()->first < static_cast<int>(entries.size()), "7.1-12",
           "the ParentTree is too short");
  }

  /// The tree names what is drawn in the order of drawing, page after page. A sheet of a booklet
  /// shows two pages of the text that need not follow each other: two runs for each side of paper.
  void reading_order() {
    std::map<QPDFObjGen, std::size_t> page_of, runs;
    std::map<std::pair<QPDFObjGen, int>, std::size_t> place_of;
    for (std::size_t i = 0; i < content_.streams.size(); ++i) {
      const auto owner = Object(content_.streams[i].owner).getObjGen();
      page_of[owner] = i;
      const auto& marks = content_.streams[i].marks;
      for (std::size_t k = 0; k < marks.size(); ++k) place_of[{owner, marks[k].id}] = k;
    }
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
      const auto& leaf = leaves_[i];
      const auto* last = i > 0 ? &leaves_[i - 1] : nullptr;
      const bool follows = last && last->owner == leaf.owner &&
                           place_of[{leaf.owner, last->id}] < place_of[{leaf.owner, leaf.id}];
      if (!follows) ++runs[leaf.owner];
      if (!booklet_ && last)
        must(page_of[last->owner] <= page_of[leaf.owner], "7.1", "the tree turns pages back");
    }
    for (const auto& [owner, count] : runs)
      must(count <= (booklet_ ? 2U : 1U), "7.1", "the tree does not follow the order of drawing");
  }

  // --- pages ---
  void pages() {
    for (auto& helper : QPDFPageDocumentHelper(pdf_).getAllPages()) {
      auto page = helper.getObjectHandle();
      must(page.getKey("/Tabs").isNameAndEquals("/S"), "7.18.3-1",
           "a page's tabs do not follow the structure");
      for (auto annotation : items(page.getKey("/Annots"))) annotated(annotation);
    }
  }

  void annotated(Object annotation) {
    const bool link = annotation.getKey("/Subtype").isNameAndEquals("/Link");
    must(link, "7.18.1-1", "an annotation that is no link");
    must(annotation.getKey("/Contents").isString() &&
             !blank(annotation.getKey("/Contents").getUTF8Value()),
         "7.18.5-2", "a link without Contents");
    must(annotation.getKey("/StructParent").isInteger(), "7.18.5-1", "a link outside the tree");
    must(objects_.count(annotation.getObjGen()) != 0, "7.18.5-1", "a link outside the tree");
  }

  QPDF& pdf_;
  Object root_;
  bool booklet_;
  DrawnContent content_;
  UaReport report_;
  std::string language_;
  Object roles_ = Object::newNull();
  int last_heading_ = 0;
  QPDFObjGen last_element_;
  std::set<QPDFObjGen> seen_;
  std::set<QPDFObjGen> objects_;
  std::map<QPDFObjGen, std::string> text_of_;
  std::vector<Leaf> leaves_;
  std::map<int, Object> parents_;
};

}  // namespace

std::string UaReport::told() const {
  std::string text;
  for (const auto& violation : violations) text += violation + '\n';
  return text;
}

std::string UaReport::spoken() const {
  std::string text;
  for (const auto& entry : texts) text += entry.text + ' ';
  return text;
}

UaReport check_ua(const std::string& bytes, bool booklet) try {
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  pdf.processMemoryFile("document", bytes.data(), bytes.size());
  return Check(pdf, booklet).run();
} catch (const std::exception& defect) {
  return {{std::string("6.1-1 the file cannot be read: ") + defect.what()}, {}, {}};
}

}  // namespace facet::handouts::test
