// SPDX-License-Identifier: MPL-2.0
#include "handouts/pictures/body_shapes.h"

namespace facet::handouts {

const std::string_view body_outline =
    "M 0 6 C 8 6 11.2 11.5 10.8 19 C 10.6 24.5 8 29 5.6 31.3 C 5.3 33.5 5.3 35 5.6 36.8 C 6.4 40 "
    "10 41 14 42.3 C 21 44 24.8 46.5 25.8 53 C 26.8 60 27.3 67 28.3 74 C 29.6 82 31.6 91 32.4 99.5 "
    "C 33.4 103 35.6 106.5 35.4 112 C 35.2 117.5 33.6 121 31.6 120.8 C 29.6 120.6 29 115.5 28.8 "
    "111.4 C 28.2 113.2 26.4 112.6 26.2 110 C 26 106 27.4 101.5 26.6 96.5 C 25 89.5 23.4 83.5 22.2 "
    "77 C 21 70 20.6 64 19.8 57.5 C 20.3 66 18.4 74 17 81.5 C 16.4 88 18.4 94 19.4 101.5 C 20.4 "
    "112 19.4 124 17 138 C 16.4 141.5 16 144 16 147 C 16.8 155 16.4 163 13.8 174 C 12.8 178.5 12.6 "
    "180.5 12.8 183 C 13.8 187 17.4 190.5 17.4 193 C 17.4 195.8 9.4 196.2 7 194.8 C 5.6 193.2 6.8 "
    "188 6.8 183 C 6.6 176 4.6 166 4.9 156 C 5 152 5.2 149 5 146 C 4.8 139 2.6 124 0 109";

std::string_view body_lines(BodyView view) {
  constexpr std::string_view front =
      "M 2.8 17.6 C 3.4 18.5 5 18.5 5.6 17.6 M 0 25.6 C 0.8 25.6 1.6 25.5 2.2 25.3 M 0 21.8 C 0.5 "
      "21.8 0.9 21.6 1.2 21.2 "
      "M 2.4 44.8 C 6 43.8 10 44.2 14.5 45.6 M 3.5 66 C 8 67.4 12.6 66.8 15.6 64 "
      "M 0 88.2 C 0.7 88.2 0.9 89 0.7 90 M 3.4 104.8 C 7 102.6 10.6 99.4 13 96 "
      "M 7.8 150 C 9.4 151.4 11.8 151.4 13.2 150";
  constexpr std::string_view back =
      "M 0 47 C 0 62 0 80 0 98 M 5.4 52.6 C 6 58 7.4 62.6 10.4 66 C 13 64.6 14.6 60.6 15 56 "
      "M 0 103 C 0.2 108 1 112.6 2.2 115.4 C 7 118.2 12.4 117.8 16.4 114.4 "
      "M 7.4 147 C 9.2 148.2 11.8 148.2 13.6 147 M 8.2 188 C 9.2 189.4 10.8 189.4 11.8 188";
  return view == BodyView::front ? front : back;
}

const std::vector<BodyShape>& body_shapes() {
  constexpr auto front = BodyView::front;
  constexpr auto back = BodyView::back;
  constexpr std::string_view head = "M 0 0 L 14 0 L 14 27 L 6 33 L 0 33 Z";
  constexpr std::string_view arm =
      "M 17.2 40 L 30 42 L 40 98 L 40 126 L 26 126 L 25.6 96 L 20.9 76 L 19.6 56 Z";
  constexpr std::string_view shoulder =
      "M 15.4 38 L 30 38 L 30 61 L 20.2 62 L 19.8 58 C 18 53 16 48 15.4 38 Z";
  constexpr std::string_view elbow = "M 20.8 70 L 32 68.5 L 34 84.5 L 22.6 86.5 Z";
  constexpr std::string_view wrist = "M 25 96.5 L 36 95 L 38 105.5 L 27 107.5 Z";
  constexpr std::string_view hand = "M 27 104.5 L 40 102.5 L 40 126 L 26 126 Z";
  constexpr std::string_view pelvis = "M 0 95 L 23 92 L 23 112 L 1.6 114 L 0 112 Z";
  constexpr std::string_view hip =
      "M 12.4 96 L 24 94 L 24 116 L 13 114 C 10.6 108 10.6 102 12.4 96 Z";
  constexpr std::string_view thigh = "M 0 113 L 24 111 L 20 138.5 L 2 138.5 Z";
  constexpr std::string_view knee = "M 2 138.5 L 20 138.5 L 20 154 L 2 154 Z";
  constexpr std::string_view lower_leg = "M 2 154 L 20 154 L 16 178.5 L 4 178.5 Z";
  constexpr std::string_view ankle = "M 4 177.5 L 16 177.5 L 16 187.5 L 4 187.5 Z";
  constexpr std::string_view foot = "M 4 185.5 L 20 185.5 L 20 198 L 4 198 Z";
  constexpr std::string_view leg = "M 0 110.5 L 12 104 L 24 98 L 24 198 L 3 198 L 2 140 Z";
  static const std::vector<BodyShape> shapes{
      {"head", front, head, true, true, {15.8, 10}, {0, 0}},
      {"head", back, head, false, true, {}, {}},
      {"jaw", front, "M 5.4 20 L 14 17 L 14 31 L 4.6 34 L 3 29.5 Z", true, false, {16.4, 27}, {}},
      {"neck", front, "M 0 31.5 L 8 29 L 10 40 L 6 43.6 L 0 44.6 Z", false, true, {}, {}},
      {"neck", back, "M 0 28 L 9 28 L 14 41 L 8 45.6 L 0 46.6 Z", true, true, {15, 34.5}, {0, 37}},
      {"upper_limb", front, arm, true, false, {32.4, 66}, {}},
      {"upper_limb", back, arm, false, false, {}, {}},
      {"shoulder", front, shoulder, true, false, {30.6, 45}, {}},
      {"shoulder", back, shoulder, false, false, {}, {}},
      {"elbow", front, elbow, true, false, {34.6, 64}, {}},
      {"elbow", back, elbow, false, false, {}, {}},
      {"wrist", front, wrist, true, false, {35, 89}, {}},
      {"wrist", back, wrist, false, false, {}, {}},
      {"hand", front, hand, true, false, {32.4, 126.6}, {}},
      {"hand", back, hand, false, false, {}, {}},
      {"trunk", front, "M 0 44 L 15 42 L 19.8 57 L 21 62 L 16 104 L 0 113 Z", false, true, {}, {}},
      {"trunk",
       back,
       "M 0 44 L 15 42 L 19.8 57 L 21 62 L 23 102 L 0 106 Z",
       true,
       true,
       {10, 72},
       {0, 72}},
      {"upper_back",
       back,
       "M 0 46.6 L 15.4 43 L 19.8 57 L 21 62 L 20 73 L 0 75 Z",
       true,
       true,
       {10, 59},
       {0, 59}},
      {"chest",
       front,
       "M 0 46 L 15.4 44 L 19.8 57 L 21 62 L 20 76 C 12 80 5 76 0 73 Z",
       true,
       true,
       {9.6, 59},
       {0, 59}},
      {"low_back", back, "M 0 75 L 20 73 L 20 95 L 0 97.5 Z", true, true, {9, 85}, {0, 85}},
      {"pelvis", front, pelvis, false, true, {}, {}},
      {"pelvis", back, pelvis, true, true, {10, 103}, {0, 103}},
      {"sacroiliac",
       back,
       "M 1 91.5 L 11 92.5 C 11 98 8 103 4 105.5 L 1 105.5 Z",
       true,
       true,
       {6.6, 98},
       {0, 98}},
      {"buttock",
       back,
       "M 1 101 C 8 98 14 97 23 98 L 23 112 C 16 120 8 119.6 1.8 116 Z",
       true,
       false,
       {10.6, 109},
       {}},
      {"tailbone",
       back,
       "M 0 101.5 L 4.6 101.5 C 4.4 106 3 109.6 0 112.4 Z",
       true,
       true,
       {0, 122},
       {0, 122}},
      {"lower_limb", front, leg, true, false, {24.4, 132}, {}},
      {"lower_limb", back, leg, false, false, {}, {}},
      {"hip", front, hip, true, false, {17, 105}, {}},
      {"hip", back, hip, false, false, {}, {}},
      {"groin",
       front,
       "M 0 107 L 11.4 97.6 L 14 102 L 4.6 114 L 0 114 Z",
       true,
       false,
       {7.4, 105.6},
       {}},
      {"thigh", front, thigh, true, false, {10.4, 126}, {}},
      {"thigh", back, thigh, false, false, {}, {}},
      {"knee", front, knee, true, false, {22, 146}, {}},
      {"knee", back, knee, false, false, {}, {}},
      {"lower_leg", front, lower_leg, false, false, {}, {}},
      {"lower_leg", back, lower_leg, true, false, {22, 165}, {}},
      {"ankle", front, ankle, false, false, {}, {}},
      {"ankle", back, ankle, true, false, {19.6, 181}, {}},
      {"foot", front, foot, true, false, {23.4, 191}, {}},
      {"foot", back, foot, false, false, {}, {}}};
  return shapes;
}

}  // namespace facet::handouts
