// SPDX-License-Identifier: MPL-2.0
#include "handouts/handout_service.h"

#include "base/uuid.h"
#include "handouts/document_store.h"
#include "storage/digest.h"

namespace facet::handouts {
namespace {

using base::Result;
using clinic::Permission;
using storage::Act;

constexpr const char* default_language = "en-GB";

Document describe(const HandoutWish& wish, const PrintFormat& format, const HandoutInput& input,
                  const HandoutModel& model) {
  Document document;
  document.id = input.document_id;
  document.language = model.language;
  document.language_asked = input.language;
  document.text_version = model.text_version;
  document.track = code_of(wish.track);
  document.paper = code_of(format.paper);
  document.text_size = code_of(format.text_size);
  document.sides = code_of(format.sides);
  document.booklet = format.booklet;
  document.recipient_id = wish.recipient_id;
  document.delivery = wish.delivery;
  return document;
}

void enclose(Document& document, const std::string& pdf) {
  document.content_type = "application/pdf";
  document.content_sha256 = storage::digest_hex(pdf);
  document.content_bytes = static_cast<std::int64_t>(pdf.size());
}

}  // namespace

HandoutService::HandoutService(storage::Acts& acts, std::string clinic_name,
                               const std::filesystem::path& folder, const RecordSources& sources)
    : documents(document_records(),
                {"DocumentReference", Permission::read_clinical, Permission::print_handout}),
      acts_(acts),
      clinic_name_(std::move(clinic_name)),
      press_(folder),
      sources_(sources) {}

Result<Gathered> HandoutService::read(const base::Principal& who, const std::string& patient_id,
                                      const HandoutWish& wish) const {
  auto found = acts_.read(who, [&](Act& act) {
    return gather(act, sources_, clinic_name_, patient_id, wish.recipient_id);
  });
  if (!found) return found;
  found->input.track = wish.track;
  found->input.language = wish.language         ? *wish.language
                          : found->preferred    ? found->preferred->code
                                                : default_language;
  return found;
}

Result<Texts> HandoutService::texts_for(const HandoutWish& wish,
                                        const std::optional<SpokenLanguage>& preferred) const {
  if (wish.language) return press_.texts().find(*wish.language);
  if (!preferred) return press_.texts().find(default_language);
  auto texts = press_.texts().find(preferred->code);
  if (texts || texts.error().field != "language") return texts;
  // A language of the record that is no written one, such as bfi, is no reason to print nothing.
  texts = press_.texts().find(default_language);
  if (texts) texts->missing_language_name = preferred->name;
  return texts;
}

Result<Document> HandoutService::give(const base::Principal& who, const std::string& patient_id,
                                      const HandoutWish& wish) const {
  auto found = read(who, patient_id, wish);
  if (!found) return base::pass(found);
  const auto format = format_of(wish, found->large_print);
  if (!format) return tl::unexpected<base::Error>(format.error());
  const auto texts = texts_for(wish, found->preferred);
  if (!texts) return tl::unexpected<base::Error>(texts.error());
  found->input.document_id = base::uuid_v7(acts_.clock().now_ms());
  const auto proof = press_.set(found->input, *texts);
  if (!proof) return tl::unexpected<base::Error>(proof.error());
  const auto pdf = press_.pdf(*proof, *format);
  if (!pdf) return tl::unexpected<base::Error>(pdf.error());
  auto document = describe(wish, *format, found->input, proof->model);
  document.patient_id = patient_id;
  document.content_id = base::uuid_v7(acts_.clock().now_ms());
  enclose(document, *pdf);
  return acts_.write(who, [&](Act& act) -> Result<Document> {
    document.given_ms = act.now_ms;
    document.given_by = act.who.user_id;
    auto stored = documents.save(act, document);
    if (!stored) return base::pass(stored);
    write_content(act, stored->record, *pdf);
    return stored->record;
  });
}

Result<std::string> HandoutService::preview(const base::Principal& who,
                                            const std::string& patient_id,
                                            const HandoutWish& wish) const {
  auto found = read(who, patient_id, wish);
  if (!found) return base::pass(found);
  const auto texts = texts_for(wish, found->preferred);
  if (!texts) return tl::unexpected<base::Error>(texts.error());
  const auto proof = press_.set(found->input, *texts);
  if (!proof) return tl::unexpected<base::Error>(proof.error());
  return press_.html(*proof);
}

Result<Proof> HandoutService::general(const base::Principal& who, const HandoutWish& wish) const {
  auto input =
      acts_.read(who, [&](Act& act) { return gather_general(act, sources_, clinic_name_); });
  if (!input) return base::pass(input);
  input->track = wish.track;
  input->language = wish.language.value_or(default_language);
  const auto texts = texts_for(wish, {});
  if (!texts) return tl::unexpected<base::Error>(texts.error());
  return press_.set(*input, *texts);
}

Result<std::string> HandoutService::general_html(const base::Principal& who,
                                                 const HandoutWish& wish) const {
  const auto proof = general(who, wish);
  if (!proof) return tl::unexpected<base::Error>(proof.error());
  return press_.html(*proof);
}

Result<std::string> HandoutService::general_pdf(const base::Principal& who,
                                                const HandoutWish& wish) const {
  const auto proof = general(who, wish);
  if (!proof) return tl::unexpected<base::Error>(proof.error());
  const auto format = format_of(wish, false);
  if (!format) return tl::unexpected<base::Error>(format.error());
  return press_.pdf(*proof, *format);
}

Result<Content> HandoutService::content(Act& act, const std::string& content_id) const {
  const auto patient = content_patient(act, content_id);
  if (auto ok = clinic::authorise(act, Permission::read_clinical, 'R', "Binary", content_id,
                                  patient ? std::vector<std::string>{*patient} : std::vector<std::string>{}); !ok)
    return base::pass(ok);
  auto found = read_content(act, content_id);
  if (!found)
    return base::fail(base::ErrorCode::not_found, "Binary", "There is no Binary with this id.");
  return std::move(*found);
}

Result<Document> HandoutService::take_back(Act& act, const std::string& id) const {
  auto document = documents.find(act, id);
  if (!document) return document;
  if (document->status != "current")
    return base::fail(base::ErrorCode::conflict, "DocumentReference.status",
                      "This handout was taken back before.");
  document->status = "entered-in-error";
  const auto version = document->version.number;
  auto stored = documents.save(act, std::move(*document), version);
  if (!stored) return base::pass(stored);
  const auto& now = stored->record;
  if (auto ok = clinic::leave_reason(act,
                                     {documents.type(), now.id, now.version.number, now.patient_id,
                                      clinic::Change::takes_back},
                                     "enter-in-error");
      !ok)
    return base::pass(ok);
  return now;
}

Result<std::vector<TextLanguage>> HandoutService::languages(const base::Principal& who) const {
  const auto allowed = acts_.read(who, [](Act& act) -> Result<bool> {
    if (auto ok = clinic::authorise(act, Permission::read_clinic, 'R', "Organization", "", {}); !ok)
      return base::pass(ok);
    return true;
  });
  if (!allowed) return tl::unexpected<base::Error>(allowed.error());
  return press_.texts().languages();
}

}  // namespace facet::handouts
