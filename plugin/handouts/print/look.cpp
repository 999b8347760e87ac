// SPDX-License-Identifier: MPL-2.0
#include "handouts/print/look.h"

#include "handouts/pictures/colors.h"

namespace facet::handouts {

Look::Look(const PrintFormat& format, const Brand& own)
    : scale(format.text_size == TextSize::large ? 1.5 : 1),
      gap(8 * scale),
      brand(own.color.value_or(colors::brand)) {
  const auto style = [this](double size, double leading, bool bold, const Color& color,
                            bool centred = false) {
    return Style{size * scale, leading * scale, bold, color, centred};
  };
  body = style(12, 15, false, colors::ink);
  strong = style(12, 15, true, colors::ink);
  quiet = style(12, 15, false, colors::quiet);
  label = style(12, 15, true, brand);
  caption = style(12, 14, false, colors::quiet, true);
  clinic = style(13, 17, true, colors::quiet);
  heading = style(15, 19, true, brand);
  subtitle = style(13, 17, true, brand);
  idea_heading = style(13.5, 18, true, brand);
  number = style(12, 18, true, colors::white, true);
  title = style(26, 32, true, brand);
  // Large print has its title and the foot of its pages no larger than they need to be.
  if (format.text_size == TextSize::large) title.size = 32, title.leading = 40;
  furniture = Style{format.text_size == TextSize::large ? 14.0 : 10.0,
                    format.text_size == TextSize::large ? 17.0 : 12.0, false, colors::quiet, false};
}

}  // namespace facet::handouts
