// SPDX-License-Identifier: MPL-2.0
#include "ua_content.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <set>
#include <sstream>

namespace facet::handouts::test {
namespace {

using Object = QPDFObjectHandle;

const std::set<std::string> text_operators{"Tj", "TJ", "'", "\""};
const std::set<std::string> paint_operators{"f", "F", "f*", "B",  "B*", "b", "b*",
                                            "s", "S", "sh", "Tj", "TJ", "'", "\""};

std::string unicode_of_hex(const std::string& digits) {
  std::string bytes = "\xfe\xff";
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  return Object::newString(bytes).getUTF8Value();
}

/// "<0041>" of a CMap without its angles.
std::string hex(const std::string& word) {
  return word.size() > 2 && word.front() == '<' ? word.substr(1, word.size() - 2) : "";
}

/// One font as text is shown with it.
class Font {
 public:
  Font(Object font, std::vector<std::string>& violations) : violations_(violations) {
    name_ = font.getKey("/BaseFont").isName() ? font.getKey("/BaseFont").getName() : "a font";
    auto holder = font;
    composite_ = font.getKey("/Subtype").isNameAndEquals("/Type0");
    if (composite_) {
      holder = font.getKey("/DescendantFonts").getArrayItem(0);
      if (!font.getKey("/Encoding").isNameAndEquals("/Identity-H"))
        broken("7.21.3.3-1", "has an encoding that is not Identity-H");
      if (holder.getKey("/Subtype").isNameAndEquals("/CIDFontType2") &&
          !holder.hasKey("/CIDToGIDMap"))
        broken("7.21.3.2-1", "has no CIDToGIDMap");
    }
    auto descriptor = holder.getKey("/FontDescriptor");
    const auto embedded = [&](const char* key) {
      return descriptor.isDictionary() && descriptor.getKey(key).isStream();
    };
    if (!embedded("/FontFile") && !embedded("/FontFile2") && !embedded("/FontFile3"))
      broken("7.21.4.1-1", "is not embedded");
    if (font.getKey("/ToUnicode").isStream())
      read_map(font.getKey("/ToUnicode"));
    else
      broken("7.21.7-1", "has no ToUnicode");
  }

  /// `replaced`: an ActualText says what is meant.
  std::string read(const std::string& codes, bool replaced) {
    std::string text;
    const std::size_t step = composite_ ? 2 : 1;
    for (std::size_t i = 0; i + step <= codes.size(); i += step) {
      unsigned code = static_cast<unsigned char>(codes[i]);
      if (composite_) code = code << 8 | static_cast<unsigned char>(codes[i + 1]);
      if (composite_ && code == 0) broken("7.21.8-1", "shows .notdef");
      const auto found = map_.find(code);
      if (found != map_.end()) text += found->second;
      if (found == map_.end() && !replaced)
        broken("7.21.7-1", "shows code " + std::to_string(code) + ", which nothing can read");
    }
    return text;
  }

 private:
  void broken(const std::string& rule, const std::string& what) {
    violations_.push_back(rule + " " + name_ + " " + what);
  }

  void put(unsigned code, const std::string& text) {
    if (text.empty() || text == std::string(1, '\0') || text == "\uFEFF" || text == "\uFFFD")
      broken("7.21.7-2", "maps code " + std::to_string(code) + " to no character");
    map_[code] = text;
  }

  void read_map(Object stream) {
    const auto data = stream.getStreamData(qpdf_dl_all);
    std::istringstream words(
        std::string(reinterpret_cast<const char*>(data->getBuffer()), data->getSize()));
    std::string word, first, last, text;
    bool chars = false, ranges = false;
    while (words >> word) {
      if (word == "beginbfchar")
        chars = true;
      else if (word == "beginbfrange")
        ranges = true;
      else if (word == "endbfchar" || word == "endbfrange")
        chars = ranges = false;
      else if (chars && words >> text)
        put(code(word), unicode_of_hex(hex(text)));
      else if (ranges && words >> last >> text)
        range(code(word), code(last), hex(text));
    }
  }

  static unsigned code(const std::string& word) {
    return static_cast<unsigned>(std::stoul("0" + hex(word), nullptr, 16));
  }

  void range(unsigned first, unsigned last, const std::string& start) {
    auto unit = static_cast<unsigned>(std::stoul("0" + start, nullptr, 16));
    for (; first <= last && first < 0x10000; ++first, ++unit) {
      char digits[16];
      std::snprintf(digits, sizeof digits, "%04x", unit);
      put(first, unicode_of_hex(digits));
    }
  }

  std::vector<std::string>& violations_;
  std::string name_;
  bool composite_ = false;
  std::map<unsigned, std::string> map_;
};

class Reader;

/// What stays the same over all content streams of a document.
struct Shared {
  DrawnContent found;
  std::map<QPDFObjGen, std::unique_ptr<Font>> fonts;
  std::set<QPDFObjGen> forms_with_structure;

  Font& font(Object object) {
    auto& kept = fonts[object.getObjGen()];
    if (!kept) kept = std::make_unique<Font>(object, found.violations);
    return *kept;
  }
};

void read_stream(Shared& shared, Object owner, Object resources, std::size_t stream, bool covered,
                 int depth);

class Reader : public Object::ParserCallbacks {
 public:
  Reader(Shared& shared, Object resources, std::size_t stream, bool covered, int depth)
      : shared_(shared),
        resources_(std::move(resources)),
        stream_(stream),
        covered_(covered),
        depth_(depth) {}

  void handleObject(Object object, std::size_t, std::size_t) override {
    if (object.isOperator()) {
      run(object.getOperatorValue());
      operands_.clear();
    } else if (object.isInlineImage()) {
      painted("an inline image");
    } else {
      operands_.push_back(object);
    }
  }

  void handleEOF() override {
    if (!marks_.empty()) broken("7.1", "a marked-content sequence is not closed");
  }

 private:
  enum class Kind { artifact, tagged, other };
  struct Mark {
    Kind kind;
    std::size_t index;                  // of a tagged one
    std::optional<std::string> actual;  // replaces what is shown inside
    bool in_text;
  };

  void broken(const std::string& rule, const std::string& what) {
    shared_.found.violations.push_back(rule + " " + what + " in content stream " +
                                       std::to_string(stream_ + 1));
  }

  bool inside(Kind kind) const {
    return std::any_of(marks_.begin(), marks_.end(),
                       [&](const Mark& mark) { return mark.kind == kind; });
  }

  void run(const std::string& name) {
    if (paint_operators.count(name)) painted(name);
    if (text_operators.count(name)) show();
    if (name == "BDC" || name == "BMC") open(name == "BDC");
    if (name == "EMC") close();
    if (name == "Do") draw_object();
    if (name == "Tf") font_ = font_named(operands_.at(0).getName());
    if (name == "q") saved_.push_back(font_);
    if (name == "Q" && !saved_.empty()) font_ = saved_.back(), saved_.pop_back();
    if (name == "BT") in_text_ = true;
    if (name == "ET") {
      in_text_ = false;
      if (!marks_.empty() && marks_.back().in_text)
        broken("7.1", "a marked-content sequence leaves its text object");
    }
  }

  void painted(const std::string& what) {
    if (!covered_ && !inside(Kind::artifact) && !inside(Kind::tagged))
      broken("7.1-3", what + " is neither tagged nor an artifact");
  }

  Object properties() {
    auto object = operands_.back();
    if (object.isName()) object = resources_.getKey("/Properties").getKey(object.getName());
    return object;
  }

  void open(bool with_properties) {
    Mark mark{Kind::other, 0, {}, in_text_};
    auto given = with_properties ? properties() : Object::newNull();
    if (given.isDictionary() && given.hasKey("/ActualText"))
      mark.actual = given.getKey("/ActualText").getUTF8Value();
    if (operands_.at(0).isNameAndEquals("/Artifact")) {
      mark.kind = Kind::artifact;
      if (inside(Kind::tagged)) broken("7.1-1", "an artifact inside tagged content");
    } else if (given.isDictionary() && given.hasKey("/MCID")) {
      mark.kind = Kind::tagged;
      if (inside(Kind::artifact)) broken("7.1-2", "tagged content inside an artifact");
      if (inside(Kind::tagged) || covered_) broken("7.1-2", "tagged content inside tagged content");
      auto& list = marks_of_stream();
      mark.index = list.size();
      list.push_back({given.getKey("/MCID").getIntValueAsInt(), ""});
    }
    if (mark.actual) say(*mark.actual);
    marks_.push_back(std::move(mark));
  }

  void close() {
    if (marks_.empty()) return broken("7.1", "EMC without a begin");
    if (marks_.back().in_text != in_text_)
      broken("7.1", "a marked-content sequence crosses a text object");
    marks_.pop_back();
  }

  std::vector<MarkedContent>& marks_of_stream() { return shared_.found.streams[stream_].marks; }

  bool replaced() const {
    return std::any_of(marks_.begin(), marks_.end(),
                       [](const Mark& mark) { return mark.actual.has_value(); });
  }

  void say(const std::string& text) {
    if (replaced()) return;
    for (auto mark = marks_.rbegin(); mark != marks_.rend(); ++mark) {
      if (mark->kind == Kind::tagged) marks_of_stream()[mark->index].text += text;
      if (mark->kind == Kind::artifact) shared_.found.streams[stream_].artifact_text += text;
    }
  }

  void show() {
    if (!font_) return broken("7.21", "text without a font");
    auto shown = operands_.back();
    if (shown.isString()) return say(font_->read(shown.getStringValue(), replaced()));
    for (int i = 0; shown.isArray() && i < shown.getArrayNItems(); ++i)
      if (auto item = shown.getArrayItem(i); item.isString())
        say(font_->read(item.getStringValue(), replaced()));
  }

  Font* font_named(const std::string& name) {
    auto font = resources_.getKey("/Font").getKey(name);
    return font.isDictionary() ? &shared_.font(font) : nullptr;
  }

  void draw_object() {
    auto object = resources_.getKey("/XObject").getKey(operands_.at(0).getName());
    if (!object.isStream()) return broken("7.20", "an object that is not there");
    if (!object.getDict().getKey("/Subtype").isNameAndEquals("/Form")) return painted("an image");
    auto own = object.getDict().getKey("/Resources");
    const bool covered = covered_ || inside(Kind::artifact) || inside(Kind::tagged);
    auto stream = stream_;
    if (object.getDict().hasKey("/StructParents")) {
      if (!shared_.forms_with_structure.insert(object.getObjGen()).second)
        broken("7.20-2", "a form with structure is shown twice");
      stream = shared_.found.streams.size();
      shared_.found.streams.push_back({object, {}, ""});
    }
    read_stream(shared_, object, own.isDictionary() ? own : resources_, stream, covered,
                depth_ + 1);
  }

  Shared& shared_;
  Object resources_;
  std::size_t stream_;
  bool covered_;
  int depth_;
  std::vector<Object> operands_;
  std::vector<Mark> marks_;
  std::vector<Font*> saved_;
  Font* font_ = nullptr;
  bool in_text_ = false;
};

void read_stream(Shared& shared, Object owner, Object resources, std::size_t stream, bool covered,
                 int depth) {
  if (depth > 8) {
    shared.found.violations.push_back("7.20 forms inside forms without end");
    return;
  }
  Reader reader(shared, std::move(resources), stream, covered, depth);
  if (owner.isStream())
    owner.parseAsContents(&reader);
  else
    owner.parsePageContents(&reader);
}

}  // namespace

const MarkedContent* DrawnContent::find(const QPDFObjGen& owner, int id) const {
  for (const auto& stream : streams)
    if (stream.owner.getObjGen() == owner)
      for (const auto& mark : stream.marks)
        if (mark.id == id) return &mark;
  return nullptr;
}

DrawnContent read_content(QPDF& pdf) {
  Shared shared;
  for (auto& helper : QPDFPageDocumentHelper(pdf).getAllPages()) {
    auto page = helper.getObjectHandle();
    const auto stream = shared.found.streams.size();
    shared.found.streams.push_back({page, {}, ""});
    read_stream(shared, page, helper.getAttribute("/Resources", false), stream, false, 0);
  }
  return std::move(shared.found);
}

}  // namespace facet::handouts::test
