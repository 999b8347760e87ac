// SPDX-License-Identifier: MPL-2.0
#include "handouts/pictures/logo_svg.h"

#include <glib.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "handouts/pictures/logo_png.h"

namespace facet::handouts {
namespace {

constexpr std::size_t most_elements = 5000;
constexpr std::size_t most_work = 200'000;      // elements drawn when every reference is followed
constexpr std::size_t pixels_an_element = 100;  // that take as long as one
constexpr std::size_t most_pixels = 4'000'000;  // of all pictures in place
constexpr std::string_view svg_namespace = "http://www.w3.org/2000/svg";
constexpr std::string_view png_prefix = "data:image/png;base64,";

/// Only what draws and is done with the vectors themselves.
constexpr std::array<std::string_view, 24> allowed{"svg",
                                                   "g",
                                                   "defs",
                                                   "title",
                                                   "desc",
                                                   "metadata",
                                                   "style",
                                                   "path",
                                                   "rect",
                                                   "circle",
                                                   "ellipse",
                                                   "line",
                                                   "polyline",
                                                   "polygon",
                                                   "use",
                                                   "symbol",
                                                   "clipPath",
                                                   "mask",
                                                   "pattern",
                                                   "marker",
                                                   "linearGradient",
                                                   "radialGradient",
                                                   "stop",
                                                   "image"};

constexpr std::array<std::string_view, 14> active{
    "script", "handler", "listener",      "foreignobject",   "iframe",
    "object", "embed",   "audio",         "video",           "canvas",
    "set",    "animate", "animatemotion", "animatetransform"};

struct Refused {
  std::string why;
};

std::string_view view(const xmlChar* text) {
  return text ? reinterpret_cast<const char*>(text) : std::string_view();
}

std::string lower(std::string_view text) {
  std::string folded(text);
  for (auto& c : folded) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return folded;
}

/// What an SVG says may be long and is nobody's message.
std::string quoted(std::string_view text) {
  std::string shown;
  for (const char c : text.substr(0, 40)) shown += c >= ' ' && c <= '~' ? c : '?';
  return "\"" + shown + "\"";
}

std::string content(const xmlNode* node) {
  const std::unique_ptr<xmlChar, void (*)(void*)> text(xmlNodeGetContent(node),
                                                       [](void* p) { xmlFree(p); });
  return std::string(view(text.get()));
}

template <class Names>
bool holds(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
    text.remove_prefix(1);
  return text;
}

/// The ids that url() names in a style or a paint; anything else that it names is refused.
std::vector<std::string> paint_references(const std::string& value) {
  if (value.find('\\') != std::string::npos)
    throw Refused{"has a backslash in a style or an attribute"};
  std::vector<std::string> ids;
  const auto folded = lower(value);
  for (auto at = folded.find("url("); at != std::string::npos; at = folded.find("url(", at + 4)) {
    auto inside = trimmed(std::string_view(value).substr(at + 4));
    if (!inside.empty() && (inside.front() == '"' || inside.front() == '\''))
      inside.remove_prefix(1);
    if (inside.empty() || inside.front() != '#')
      throw Refused{"refers to something outside of itself, url(" +
                    quoted(inside.substr(0, inside.find(')'))) + ")"};
    inside.remove_prefix(1);
    ids.emplace_back(inside.substr(0, inside.find_first_of("\"') \t\r\n")));
  }
  return ids;
}

std::vector<std::string> sheet_references(const std::string& sheet) {
  if (sheet.find('@') != std::string::npos)
    throw Refused{"has an @ rule, such as @import or @font-face, in its style"};
  return paint_references(sheet);
}

/// Whole, so that no two readers of it can differ.
std::string decoded(std::string_view base64) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n";
  if (base64.find_first_not_of(letters) != std::string_view::npos)
    throw Refused{"holds a PNG picture that is not in base64"};
  gsize size = 0;
  const std::unique_ptr<guchar, void (*)(void*)> bytes(
      g_base64_decode(std::string(base64).c_str(), &size), g_free);
  return {reinterpret_cast<const char*>(bytes.get()), bytes ? size : 0};
}

class Check {
 public:
  void document(xmlDoc* doc) {
    if (doc->intSubset || doc->extSubset)
      throw Refused{"has a DOCTYPE: delete that line, and any ENTITY in it"};
    for (const auto* node = doc->children; node; node = node->next)
      if (node->type == XML_PI_NODE) throw Refused{"has a processing instruction <?...?>"};
    const auto* root = xmlDocGetRootElement(doc);
    if (!root || view(root->name) != "svg" || !root->ns || view(root->ns->href) != svg_namespace)
      throw Refused{"is no SVG: it must begin with <svg xmlns=\"http://www.w3.org/2000/svg\">"};
    for (const auto* attribute = root->properties; attribute; attribute = attribute->next)
      if (view(attribute->name) == "transform")
        throw Refused{"has a transform on its outermost element: put it on a <g> inside"};
    element(root);
    work(root);
  }

 private:
  /// The id that href names; nothing if it is a PNG picture in place.
  std::vector<std::string> link_references(const std::string& value, std::size_t& own_cost) {
    const auto target = trimmed(value);
    if (target.starts_with('#')) return {std::string(target.substr(1))};
    if (!target.starts_with(png_prefix))
      throw Refused{"refers to something outside of itself, " + quoted(target)};
    const auto png = decoded(target.substr(png_prefix.size()));
    const auto pixels = count_pixels(png);
    pixels_ += pixels ? *pixels : 0;
    if (pixels_ > most_pixels) throw Refused{"holds PNG pictures that are too large"};
    if (!pixels || !check_png(png))
      throw Refused{"holds a PNG picture that is broken or too large"};
    own_cost += *pixels / pixels_an_element;
    return {};
  }

  struct Element {
    std::vector<std::string> references;
    std::size_t own_cost = 1;
    std::size_t cost = 0;  // 0: not counted yet
    bool counting = false;
  };

  void element(const xmlNode* node) {
    if (elements_.size() >= most_elements)
      throw Refused{"has more than " + std::to_string(most_elements) + " elements"};
    const auto name = view(node->name);
    const bool ours = node->ns && view(node->ns->href) == svg_namespace;
    const auto folded = lower(name);
    if (holds(active, folded) || folded.starts_with("animate"))
      throw Refused{"has a <" + std::string(name) + ">: a logo may only draw"};
    if (ours && name == "text")
      throw Refused{
          "has text, which looks different where its font is missing: turn it into paths"};
    if (ours && !holds(allowed, name))
      throw Refused{"has an element " + quoted(name) + ", which a logo may not have"};
    auto& known = elements_[node];
    for (const auto* attribute = node->properties; attribute; attribute = attribute->next)
      read_attribute(node, attribute, known);
    if (ours && name == "style")
      for (const auto& id : sheet_references(content(node))) sheet_.insert(id);
    for (const auto* child = node->children; child; child = child->next) {
      if (child->type == XML_ELEMENT_NODE) element(child);
      if (child->type == XML_PI_NODE) throw Refused{"has a processing instruction <?...?>"};
      if (child->type == XML_ENTITY_REF_NODE) throw Refused{"has an entity"};
    }
  }

  void read_attribute(const xmlNode* node, const xmlAttr* attribute, Element& known) {
    const auto name = lower(view(attribute->name));
    const auto value = content(reinterpret_cast<const xmlNode*>(attribute));
    if (name.starts_with("on"))
      throw Refused{"has an event handler, " + quoted(name) + ": a logo may only draw"};
    if (name == "base") throw Refused{"has an xml:base"};
    const auto add = [&](std::vector<std::string> ids) {
      for (auto& id : ids) known.references.push_back(std::move(id));
    };
    if (name == "href" || name == "src")
      add(link_references(value, known.own_cost));
    else if (!attribute->ns)
      add(name == "style" ? sheet_references(value) : paint_references(value));
    if (name == "id") ids_.emplace(value, node);
  }

  /// References make few elements draw many: they are counted as often as they are drawn.
  void work(const xmlNode* root) {
    std::size_t total = cost(root);
    for (const auto& id : sheet_) {
      const auto [first, last] = ids_.equal_range(id);
      for (auto at = first; at != last; ++at) {
        const auto name = view(at->second->name);
        if (name == "linearGradient" || name == "radialGradient") continue;
        if (name != "clipPath")
          throw Refused{"names " + quoted(id) +
                        " in its style: only gradients and clip paths "
                        "may be named there"};
        // Whatever the style's rules match, a path clips no more often than this.
        total = std::min(total, most_work + 1) * (1 + cost(at->second));
      }
    }
    if (total > most_work) throw Refused{"repeats its parts too often"};
  }

  std::size_t cost(const xmlNode* node) {
    auto& known = elements_.at(node);
    if (known.cost) return known.cost;
    if (known.counting) throw Refused{"has a reference that leads back to itself"};
    known.counting = true;
    std::size_t sum = known.own_cost;
    for (const auto* child = node->children; child; child = child->next)
      if (child->type == XML_ELEMENT_NODE) add_cost(sum, child);
    for (const auto& id : known.references) {
      const auto [first, last] = ids_.equal_range(id);
      for (auto at = first; at != last; ++at) add_cost(sum, at->second);
    }
    known.counting = false;
    return known.cost = sum;
  }

  void add_cost(std::size_t& sum, const xmlNode* node) {
    sum += cost(node);
    if (sum > most_work) throw Refused{"repeats its parts too often"};
  }

  std::map<const xmlNode*, Element> elements_;
  std::multimap<std::string, const xmlNode*> ids_;
  std::set<std::string> sheet_;
  std::size_t pixels_ = 0;
};

/// Both readers of it must take it for the same characters.
void check_encoding(std::string_view bytes) {
  const auto declaration = lower(bytes.substr(0, bytes.find("?>")));
  const bool other = declaration.starts_with("<?xml") &&
                     declaration.find("encoding") != std::string::npos &&
                     declaration.find("\"utf-8\"") == std::string::npos &&
                     declaration.find("'utf-8'") == std::string::npos;
  if (other || !g_utf8_validate(bytes.data(), static_cast<gssize>(bytes.size()), nullptr))
    throw Refused{"is not in UTF-8"};
}

using Document = std::unique_ptr<xmlDoc, void (*)(xmlDoc*)>;

Document parse(std::string_view bytes) {
  static const bool started = (xmlInitParser(), true);
  (void)started;
  const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxt*)> context(xmlNewParserCtxt(),
                                                                         xmlFreeParserCtxt);
  if (!context) throw std::bad_alloc();
  return {xmlCtxtReadMemory(context.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr,
                            "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
          xmlFreeDoc};
}

}  // namespace

base::Status check_svg(std::string_view bytes) try {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  check_encoding(bytes);
  const auto document = parse(bytes);
  if (!document) throw Refused{"is not well-formed XML"};
  Check().document(document.get());
  return {};
} catch (const Refused& refused) {
  return base::invalid("logo", "The SVG logo " + refused.why + ".");
}

}  // namespace facet::handouts
