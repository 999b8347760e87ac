// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <string>
#include <vector>

#include "handouts/print/look.h"
#include "handouts/print/paper_form.h"
#include "handouts/print/sheet.h"

namespace facet::handouts {

/// A line to write on, or what is known of it.
struct FormField {
  std::string label;
  std::string value;
  double share;  // of the row
};

/// The parts that paper forms are made of, from top to bottom.
struct FormPage {
  Sheet& sheet;
  const Look& look;

  double scaled(double points) const { return points * look.scale; }
  TextBox set(const std::string& words, const Style& style, double width) const;

  /// The clinic's name and logo, the form's title, and who it is about.
  void head(const FormInput& input, const Brand& brand, const std::string& title);
  void fields(const std::vector<FormField>& row);
  void heading(const std::string& words, double keep_with);
  void paragraph(const std::string& words);
  void tick_box(double x, double baseline_top, double leading);
  double box_side() const { return scaled(11); }
  void gap() { sheet.y += look.gap; }
};

void compose_body_chart(FormPage& page, const FormInput& input, const Brand& brand);

/// Errors: invalid, a symptom that is not in the catalogue.
base::Status compose_screening(FormPage& page, const FormInput& input, const Brand& brand);

}  // namespace facet::handouts
