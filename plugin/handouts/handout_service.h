// SPDX-License-Identifier: MPL-2.0
#pragma once
#include "handouts/document.h"
#include "handouts/handout_gather.h"
#include "handouts/handout_wish.h"
#include "handouts/press.h"

namespace facet::handouts {

/// Makes handouts for patients and keeps what was given. Threads: safe.
class HandoutService {
 public:
  /// `folder` holds the clinic's own texts and look; it need not exist.
  HandoutService(storage::Acts& acts, std::string clinic_name,
                 const std::filesystem::path& folder, const RecordSources& sources);

  /// Prints the handout for one patient from the record as it stands, and keeps the bytes. Drawn
  /// between two transactions, so that nobody waits for a page to be laid out.
  /// Errors: denied; not_found, unknown patient; invalid, unknown language, no such recipient, a
  /// form that cannot be, or a text or look of the clinic's that is broken: nothing is recorded.
  base::Result<Document> give(const base::Principal& who, const std::string& patient_id,
                              const HandoutWish& wish) const;

  /// The same words for a screen; audited as read, not recorded as given. Errors: as give().
  base::Result<std::string> preview(const base::Principal& who, const std::string& patient_id,
                                    const HandoutWish& wish) const;

  /// The sheet for nobody in particular, for a screen or on paper. Errors: denied; invalid.
  base::Result<std::string> general_html(const base::Principal& who, const HandoutWish& wish) const;
  base::Result<std::string> general_pdf(const base::Principal& who, const HandoutWish& wish) const;

  /// The bytes of what was given. Errors: denied, not_found.
  base::Result<Content> content(storage::Act& act, const std::string& content_id) const;

  /// Says of a handout that it should not have been given, such as to the wrong person; the bytes are
  /// kept. Errors: denied; not_found; invalid, nobody said why; conflict, it was taken back before.
  base::Result<Document> take_back(storage::Act& act, const std::string& id) const;

  /// What handouts there are in which language. Errors: denied.
  base::Result<std::vector<TextLanguage>> languages(const base::Principal& who) const;

  clinic::RecordService<Document> documents;

 private:
  base::Result<Gathered> read(const base::Principal& who, const std::string& patient_id,
                              const HandoutWish& wish) const;
  base::Result<Texts> texts_for(const HandoutWish& wish,
                                const std::optional<SpokenLanguage>& preferred) const;
  base::Result<Proof> general(const base::Principal& who, const HandoutWish& wish) const;

  storage::Acts& acts_;
  const std::string clinic_name_;
  const Press press_;
  const RecordSources sources_;
};

}  // namespace facet::handouts
