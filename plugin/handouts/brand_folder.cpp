// SPDX-License-Identifier: MPL-2.0
#include "handouts/brand_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>

#include "base/json.h"
#include "handouts/pictures/colors.h"
#include "handouts/pictures/logo.h"

namespace facet::handouts {
namespace {

using base::Result;

enum Place { svg, png, style };
constexpr std::array<const char*, 3> names{"logo.svg", "logo.png", "style.json"};
constexpr std::array<std::size_t, 3> longest{512 * 1024, 512 * 1024, 4096};
constexpr double least_contrast = 4.5;

tl::unexpected<base::Error> refuse(Place place, const std::string& why) {
  const auto file = "handouts/" + std::string(names[place]);
  return base::invalid(file, file + ": " + why);
}

Result<std::string> read_whole(const std::filesystem::path& folder, Place place) {
  // O_NONBLOCK: a pipe put there would wait for its writer.
  const int fd =
      ::open((folder / names[place]).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0) return refuse(place, errno == ELOOP ? "is not a regular file." : "cannot be read.");
  struct stat status {};
  std::string bytes(longest[place] + 1, '\0');
  std::size_t size = 0;
  const bool regular = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
  bool failed = !regular;
  while (!failed && size < bytes.size()) {
    const auto got = ::read(fd, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    failed = got < 0;
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
  }
  ::close(fd);
  if (!regular) return refuse(place, "is not a regular file.");
  if (failed) return refuse(place, "cannot be read.");
  if (size > longest[place])
    return refuse(place, "is longer than " + std::to_string(longest[place]) + " bytes.");
  bytes.resize(size);
  return bytes;
}

Result<std::shared_ptr<const Logo>> read_logo(const std::filesystem::path& folder, Place place) {
  const auto bytes = read_whole(folder, place);
  if (!bytes) return tl::unexpected<base::Error>(bytes.error());
  auto logo = Logo::read(*bytes);
  if (!logo) return refuse(place, logo.error().message);
  return std::make_shared<const Logo>(std::move(*logo));
}

int hexadecimal(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<Color> color_of(const std::string& text) {
  if (text.size() != 7 || text[0] != '#') return {};
  std::array<double, 3> parts{};
  for (std::size_t i = 0; i < 3; ++i) {
    const int high = hexadecimal(text[1 + 2 * i]), low = hexadecimal(text[2 + 2 * i]);
    if (high < 0 || low < 0) return {};
    parts[i] = (high * 16 + low) / 255.0;
  }
  return Color{parts[0], parts[1], parts[2]};
}

/// Cut, so that what is too little never reads as enough.
std::string one_decimal(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", std::floor(number * 10) / 10);
  return text;
}

Result<std::optional<Color>> read_color(const std::filesystem::path& folder) {
  const auto bytes = read_whole(folder, style);
  if (!bytes) return tl::unexpected<base::Error>(bytes.error());
  const auto json = base::parse_json(*bytes);
  if (!json) return refuse(style, json.error().message);
  if (!json->is_object() || json->size() > 1 || (json->size() == 1 && !json->contains("color")))
    return refuse(style, "This takes one thing, like {\"color\": \"#0a4f5c\"}.");
  if (json->empty()) return std::optional<Color>{};
  const auto& value = (*json)["color"];
  const auto color = value.is_string() ? color_of(value.get<std::string>()) : std::nullopt;
  if (!color) return refuse(style, "\"color\" must be like \"#0a4f5c\".");
  const double worst = std::min(contrast(*color, colors::white), contrast(*color, colors::mist));
  if (worst < least_contrast)
    return refuse(style, "The color " + value.get<std::string>() +
                             " is too pale to read: its contrast is " + one_decimal(worst) +
                             ":1, and 4.5:1 is needed. Take a darker one.");
  return color;
}

/// Of one sRGB channel.
double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const Color& color) {
  return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

std::int64_t nanoseconds(const timespec& time) {
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

double contrast(const Color& a, const Color& b) {
  const double first = luminance(a), second = luminance(b);
  return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

BrandFolder::BrandFolder(std::optional<std::filesystem::path> folder)
    : folder_(std::move(folder)), kept_(std::make_shared<const Brand>()) {}

BrandFolder::Stamps BrandFolder::stamps() const {
  Stamps now;
  if (!folder_) return now;
  for (std::size_t i = 0; i < now.size(); ++i) {
    struct stat status {};
    if (::lstat((*folder_ / names[i]).c_str(), &status) == 0)
      now[i] = {status.st_ino, status.st_size, nanoseconds(status.st_mtim),
                nanoseconds(status.st_ctim)};
  }
  return now;
}

Result<std::shared_ptr<const Brand>> BrandFolder::load(const Stamps& now) const {
  const auto there = [&](Place place) { return now[place] != Stamp{}; };
  Brand brand;
  if (there(svg) && there(png))
    return refuse(png, "There is a logo.svg as well: keep one of them.");
  for (const auto place : {svg, png}) {
    if (!there(place)) continue;
    auto logo = read_logo(*folder_, place);
    if (!logo) return base::pass(logo);
    brand.logo = std::move(*logo);
  }
  if (there(style)) {
    auto color = read_color(*folder_);
    if (!color) return base::pass(color);
    brand.color = *color;
  }
  return std::make_shared<const Brand>(std::move(brand));
}

Result<std::shared_ptr<const Brand>> BrandFolder::read() const {
  const auto now = stamps();
  const std::lock_guard lock(mutex_);
  if (kept_stamps_ != now) {
    kept_ = load(now);
    kept_stamps_ = now;
  }
  return kept_;
}

}  // namespace facet::handouts
