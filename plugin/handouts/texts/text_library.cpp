// SPDX-License-Identifier: MPL-2.0
#include "handouts/texts/text_library.h"

#include <algorithm>
#include <set>
#include <utility>

#include "handout_texts_files.h"
#include "handouts/texts/language_tag.h"

namespace facet::handouts {
namespace {

constexpr const char* english = "en-GB";

std::set<std::string> built_in_codes() {
  std::set<std::string> codes;
  for (const auto& file : handout_texts::files) {
    const std::string_view name = file.name;
    codes.emplace(name.substr(0, name.find('/')));
  }
  return codes;
}

std::vector<TextSource> built_in_sources(const std::string& code) {
  std::vector<TextSource> sources;
  const auto folder = code + "/";
  for (const auto& file : handout_texts::files) {
    const std::string_view name = file.name;
    if (name.starts_with(folder))
      sources.push_back({std::string(name.substr(folder.size())), std::string(file.text())});
  }
  return sources;
}

std::string listing(const std::vector<std::string>& codes) {
  std::string text;
  for (const auto& code : codes) text += (text.empty() ? "" : ", ") + code;
  return text;
}

/// Says whose file it is that is wrong: "about.md:3" of Polish is "pl/about.md:3".
base::Error in_folder(const std::string& code, base::Error error) {
  error.field = code + "/" + error.field;
  error.message = code + "/" + error.message;
  return error;
}

TextLanguage broken(std::string code, std::string problem) {
  TextLanguage language;
  language.name = code;
  language.code = std::move(code);
  language.problem = std::move(problem);
  return language;
}

}  // namespace

TextLibrary::TextLibrary(std::optional<std::filesystem::path> overlay)
    : overlay_(std::move(overlay)) {}

std::vector<std::string> TextLibrary::codes() const {
  auto codes = built_in_codes();
  if (overlay_)
    for (auto& folder : overlay_folders(*overlay_))
      if (canonical_tag(folder) == folder) codes.insert(std::move(folder));
  return {codes.begin(), codes.end()};
}

base::Result<TextLibrary::Pack> TextLibrary::read_pack(
    const std::string& code, const std::vector<OverlayFile>& files) const {
  auto sources = built_in_sources(code);
  if (!files.empty()) {
    auto own = read_overlay(*overlay_, code, files);
    if (!own) return tl::unexpected<base::Error>(in_folder(code, std::move(own.error())));
    for (auto& source : *own) {
      std::erase_if(sources, [&](const TextSource& other) { return other.name == source.name; });
      sources.push_back(std::move(source));
    }
  }
  auto pack = TextPack::parse(code, sources);
  if (!pack) return tl::unexpected<base::Error>(in_folder(code, std::move(pack.error())));
  return std::make_shared<const TextPack>(std::move(*pack));
}

base::Result<TextLibrary::Pack> TextLibrary::pack(const std::string& code) const {
  std::vector<OverlayFile> files;
  if (overlay_) {
    auto own = overlay_files(*overlay_, code);
    if (!own) return base::pass(own);
    files = std::move(*own);
  }
  {
    const std::lock_guard lock(mutex_);
    const auto kept = kept_.find(code);
    if (kept != kept_.end() && kept->second.files == files) return kept->second.pack;
  }
  auto pack = read_pack(code, files);
  const std::lock_guard lock(mutex_);
  kept_.insert_or_assign(code, Kept{std::move(files), pack});
  return pack;
}

base::Result<Texts> TextLibrary::find(std::string_view language) const {
  const auto all = codes();
  const auto tag = canonical_tag(language);
  if (!tag)
    return base::invalid(
        "language",
        "A language is a tag such as pl or en-GB. Handouts are there in " + listing(all) + ".");
  Texts texts{};
  auto code = best_match(*tag, all);
  if (!code && !is_language(*tag))
    return base::fail(
        base::ErrorCode::unsupported, "language",
        "There is no language " + *tag + ". Handouts are there in " + listing(all) + ".");
  if (!code) {
    texts.missing_language_name = english_name(*tag);
    code = english;
  }
  auto found = pack(*code);
  if (!found) return base::pass(found);
  texts.pack = std::move(*found);
  return texts;
}

std::vector<TextLanguage> TextLibrary::languages() const {
  std::vector<TextLanguage> languages;
  for (const auto& code : codes()) {
    const auto found = pack(code);
    if (found)
      languages.push_back(
          {code, (*found)->name(), (*found)->approval(), (*found)->right_to_left(), ""});
    else
      languages.push_back(broken(code, found.error().message));
  }
  if (overlay_)
    for (const auto& folder : overlay_folders(*overlay_))
      if (canonical_tag(folder) != folder)
        languages.push_back(broken(
            folder, "handouts/" + folder + " is not named by a language tag such as pl or en-GB."));
  return languages;
}

base::Result<const TextPack*> built_in_texts(std::string_view language) {
  static const TextLibrary library(std::nullopt);
  auto texts = library.find(language);
  if (!texts) return base::pass(texts);
  if (texts->missing_language_name)
    return base::fail(base::ErrorCode::unsupported, "language",
                      "There are no handouts in " + *texts->missing_language_name + ".");
  return texts->pack.get();  // without an overlay the library keeps it
}

}  // namespace facet::handouts
