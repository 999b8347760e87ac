// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <unordered_map>

#include "handouts/texts/text_pack.h"

namespace facet::handouts {

struct Color {
  double red = 0, green = 0, blue = 0;
};

struct Style {
  double size = 12;     // points
  double leading = 15;  // from baseline to baseline
  bool bold = false;    // the weight of spans that are not strong
  Color color;
  bool centred = false;
};

template <class T>
struct Unref {
  void operator()(T* object) const { g_object_unref(object); }
};
template <class T>
using Shared = std::shared_ptr<T>;

/// Words set in lines of one width; drawn by Sheet.
struct TextBox {
  Shared<PangoLayout> layout;
  Style style;
  int lines = 0;
  double width = 0;
  double baseline = 0;  // of the first line, from the top of the box
  double height() const { return lines * style.leading; }
};

/// One thread's fonts and finished lines for one language. Words of the text pack are set once and
/// kept; words about a patient never are.
class Typesetter {
 public:
  /// While it lives, words about the patient are set once; then they are forgotten.
  class OneDocument {
   public:
    explicit OneDocument(Typesetter& type) : type_(type) { type_.keeps_own_ = true; }
    ~OneDocument() {
      type_.keeps_own_ = false;
      type_.own_.clear();
    }
    OneDocument(const OneDocument&) = delete;
    OneDocument& operator=(const OneDocument&) = delete;

   private:
    Typesetter& type_;
  };

  /// The language decides how lines break, which shapes letters take and which way they run.
  static Typesetter& of_this_thread(const std::string& language = "en-GB",
                                    bool right_to_left = false);
  Typesetter(PangoFontMap* fonts, const std::string& language, bool right_to_left);

  TextBox fixed(const Paragraph& words, const Style& style, double width);
  TextBox personal(const Paragraph& words, const Style& style, double width);
  TextBox fixed(const std::string& words, const Style& style, double width) {
    return fixed(Paragraph{{words, false}}, style, width);
  }
  TextBox personal(const std::string& words, const Style& style, double width) {
    return personal(Paragraph{{words, false}}, style, width);
  }

 private:
  TextBox set(const Paragraph& words, const Style& style, double width) const;

  bool right_to_left_;
  bool whole_words_;
  std::unique_ptr<PangoContext, Unref<PangoContext>> context_;
  std::unordered_map<std::string, TextBox> kept_;
  std::unordered_map<std::string, TextBox> own_;
  bool keeps_own_ = false;
};

}  // namespace facet::handouts
