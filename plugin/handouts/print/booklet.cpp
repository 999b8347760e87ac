// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/booklet.h"

#include <map>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <vector>

namespace facet::handouts {
namespace {

using Object = QPDFObjectHandle;

/// Where a page has gone: drawn by a form, on a side of a sheet.
struct Place {
  Object side;
  Object form;
  double x = 0;
};

class Booklet {
 public:
  Booklet(QPDF& pdf, bool right_to_left)
      : pdf_(pdf),
        right_to_left_(right_to_left),
        pages_(QPDFPageDocumentHelper(pdf).getAllPages()) {
    const auto box = pages_.front().getMediaBox().getArrayAsRectangle();
    width_ = box.urx - box.llx;
    height_ = box.ury - box.lly;
  }

  void impose() {
    const auto count = (pages_.size() + 3) / 4 * 4;
    std::vector<Object> sides;
    for (std::size_t turn = 0; turn < count / 2; turn += 2) {
      sides.push_back(side(count - 1 - turn, turn));
      sides.push_back(side(turn + 1, count - 2 - turn));
    }
    QPDFPageDocumentHelper document(pdf_);
    for (auto& page : pages_) document.removePage(page);
    for (auto& made : sides) document.addPage(QPDFPageObjectHelper(made), false);
    move(pdf_.getRoot().getKey("/StructTreeRoot"), nullptr);
  }

 private:
  /// One side with two pages; a page after the last is blank.
  Object side(std::size_t left, std::size_t right) {
    if (right_to_left_) std::swap(left, right);
    auto page = pdf_.makeIndirectObject(Object::parse("<< /Type /Page /Tabs /S >>"));
    auto forms = Object::newDictionary();
    std::string content;
    for (const auto& [number, x] : {std::pair{left, 0.0}, std::pair{right, width_}}) {
      if (number >= pages_.size()) continue;
      const auto name = "/P" + std::to_string(number + 1);
      forms.replaceKey(name, form(number, page, x));
      content += "q 1 0 0 1 " + std::to_string(x) + " 0 cm " + name + " Do Q\n";
    }
    page.replaceKey("/MediaBox", Object::newArray(Object::Rectangle(0, 0, 2 * width_, height_)));
    page.replaceKey("/Contents", Object::newStream(&pdf_, content));
    auto resources = Object::newDictionary();
    resources.replaceKey("/XObject", forms);
    page.replaceKey("/Resources", resources);
    return page;
  }

  Object form(std::size_t number, const Object& side, double x) {
    auto page = pages_[number].getObjectHandle();
    auto form = pdf_.makeIndirectObject(pages_[number].getFormXObjectForPage());
    form.getDict().replaceKey("/StructParents", page.getKey("/StructParents"));
    places_[page.getObjGen()] = {side, form, x};
    return form;
  }

  const Place* place_of(Object element, const Place* inherited) const {
    const auto found = places_.find(element.getKey("/Pg").getObjGen());
    return found == places_.end() ? inherited : &found->second;
  }

  /// Leads an element, and all below it, to where its page is now.
  void move(Object element, const Place* inherited) {
    const auto* place = place_of(element, inherited);
    if (place && element.hasKey("/Pg")) element.replaceKey("/Pg", place->side);
    if (place) move_bounds(element, place->x);
    auto children = element.getKey("/K");
    if (!children.isArray()) {
      element.replaceKey("/K", moved(children, place));
      return;
    }
    for (int i = 0; i < children.getArrayNItems(); ++i)
      children.setArrayItem(i, moved(children.getArrayItem(i), place));
  }

  Object moved(Object child, const Place* place) {
    if (child.isInteger()) return content_of(place, child);
    if (child.isDictionary() && child.hasKey("/MCID"))
      return content_of(place_of(child, place), child.getKey("/MCID"));
    if (child.isDictionary()) move(child, place);
    return child;
  }

  static Object content_of(const Place* place, const Object& id) {
    auto reference = Object::parse("<< /Type /MCR >>");
    reference.replaceKey("/Pg", place->side);
    reference.replaceKey("/Stm", place->form);
    reference.replaceKey("/MCID", id);
    return reference;
  }

  static void move_bounds(Object element, double x) {
    auto attributes = element.getKey("/A");
    if (x == 0 || !attributes.isDictionary() || !attributes.hasKey("/BBox")) return;
    auto box = attributes.getKey("/BBox").getArrayAsRectangle();
    attributes.replaceKey(
        "/BBox", Object::newArray(Object::Rectangle(box.llx + x, box.lly, box.urx + x, box.ury)));
  }

  QPDF& pdf_;
  bool right_to_left_;
  std::vector<QPDFPageObjectHelper> pages_;
  double width_ = 0, height_ = 0;
  std::map<QPDFObjGen, Place> places_;
};

}  // namespace

void impose_booklet(QPDF& pdf, bool right_to_left) {
  Booklet(pdf, right_to_left).impose();
}

}  // namespace facet::handouts
