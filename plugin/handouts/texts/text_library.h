// SPDX-License-Identifier: MPL-2.0
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handouts/texts/overlay_folder.h"
#include "handouts/texts/text_pack.h"

namespace facet::handouts {

/// The words for one reader.
struct Texts {
  std::shared_ptr<const TextPack> pack;
  /// Set when the words are English because there are none in the reader's language: what English
  /// calls that language, or its tag.
  std::optional<std::string> missing_language_name;
};

/// A language that handouts are there in.
struct TextLanguage {
  std::string code;
  std::string name;                  // what it calls itself; its code where the texts are broken
  std::optional<Approval> approval;  // none: a draft
  bool right_to_left = false;
  std::string problem;  // why it cannot be printed: empty, or file and line
};

/// The text packs: those built in, and a clinic's own folder laid over them, whose
/// <language>/<name>.md replaces one text or brings a language. Texts are read once, and again when
/// the folder changes; wrong ones are refused with file and line, never passed over.
/// Threads: any.
class TextLibrary {
 public:
  /// `overlay`: the folder with the clinic's <language>/*.md; it need not exist.
  explicit TextLibrary(std::optional<std::filesystem::path> overlay);

  /// By BCP 47 tag. A language without texts gets the English ones and says so; a tag that is no
  /// language's is refused.
  base::Result<Texts> find(std::string_view language) const;

  /// All that there is, by code; what is broken says why.
  std::vector<TextLanguage> languages() const;

 private:
  using Pack = std::shared_ptr<const TextPack>;
  struct Kept {
    std::vector<OverlayFile> files;
    base::Result<Pack> pack;
  };

  std::vector<std::string> codes() const;
  base::Result<Pack> pack(const std::string& code) const;
  base::Result<Pack> read_pack(const std::string& code,
                               const std::vector<OverlayFile>& files) const;

  std::optional<std::filesystem::path> overlay_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, Kept> kept_;
};

}  // namespace facet::handouts
