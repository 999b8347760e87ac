// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>

#include "handouts/print/sheet.h"

namespace facet::handouts {

/// The text as it may stand in HTML and XML, between tags and in quotes.
std::string escaped(const std::string& text);

/// A drawing as SVG that can stand in a page of HTML beside others: `prefix` makes its ids its own.
/// `draw` is given a box from 0,0. Without an `alt` nobody reads it out.
/// Throws std::runtime_error when Cairo cannot draw it.
std::string inline_svg(const std::string& prefix, double width, double height,
                       const std::string& alt, const std::string& style_class, const Draw& draw);

}  // namespace facet::handouts
