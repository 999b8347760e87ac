// SPDX-License-Identifier: MPL-2.0
#include "handouts/handout_service.h"

#include <set>

#include "base/uuid.h"
#include "base/zone.h"
#include "handouts/document_store.h"
#include "handouts/handout_pdf.h"
#include "knowledge/catalogue.h"
#include "knowledge/terms.h"
#include "storage/digest.h"

namespace facet::handouts {
namespace {

using base::Result;
using clinic::Permission;
using storage::Act;
using symptoms::Observation;

SymptomInput symptom_input(const knowledge::Symptom& symptom, const Observation& finding) {
  SymptomInput input;
  input.plain_name = symptom.plain_name;
  input.side = finding.side.value_or("");
  if (finding.value) input.severity = static_cast<int>(*finding.value);
  for (const auto& id : symptom.nerves)
    if (const auto* nerve = knowledge::catalogue().find_nerve(id))
      input.nerves.push_back({nerve->id, nerve->name});
  input.segments = symptom.anatomical_segments;
  input.bed_basis = knowledge::code_of(symptom.bed.basis);
  input.bed_reach = knowledge::code_of(symptom.bed.reach);
  return input;
}

/// Adds the newest finding of each symptom and joint by side, and the newest stress score. `findings`
/// are newest first.
void add_findings(HandoutInput& input, const std::vector<Observation>& findings) {
  std::set<std::string> seen;
  for (const auto& finding : findings) {
    const auto what =
        finding.code + "/" + finding.side.value_or("") + "/" + finding.site.value_or("");
    if (!seen.insert(what).second) continue;
    if (finding.code_system == symptoms::symptom_system) {
      if (const auto* symptom = knowledge::catalogue().find_symptom(finding.code))
        input.symptoms.push_back(symptom_input(*symptom, finding));
    } else if (finding.code == "segmental-motion") {
      input.joints.push_back({finding.site.value_or(""), finding.side.value_or(""),
                              static_cast<int>(finding.value.value_or(3)),
                              finding.pain_on_pressure.value_or(false)});
    } else if (finding.code == "stress" && finding.value) {
      input.stress = static_cast<int>(*finding.value);
    }
  }
}

/// The day at the clinic: of its first site, which is where a small clinic prints.
std::chrono::year_month_day local_day(Act& act) {
  const auto zone = act.tx.query_one<std::string>(
      "select time_zone from location where time_zone is not null order by id, version desc limit 1");
  const auto local = base::to_local(act.now_ms, zone ? std::get<0>(*zone) : "UTC");
  return {std::chrono::year(local->day.year), std::chrono::month(local->day.month),
          std::chrono::day(local->day.day)};
}

}  // namespace

HandoutService::HandoutService(storage::Acts& acts, std::string clinic_name,
                               const clinic::PatientService& patients,
                               const clinic::PractitionerService& practitioners,
                               const symptoms::ObservationService& observations)
    : documents(document_records(),
                {"DocumentReference", Permission::read_clinical, Permission::print_handout}),
      acts_(acts),
      clinic_name_(std::move(clinic_name)),
      patients_(patients),
      practitioners_(practitioners),
      observations_(observations) {}

Result<HandoutInput> HandoutService::gather(Act& act, const std::string& patient_id) const {
  if (auto ok = clinic::authorise(act, Permission::print_handout, 'R', "Patient", patient_id, {patient_id}); !ok)
    return base::pass(ok);
  const auto patient = patients_.patients.records().current(act, patient_id);
  if (!patient)
    return base::fail(base::ErrorCode::not_found, "Patient", "There is no Patient with this id.");
  HandoutInput input;
  input.clinic = clinic_name_;
  input.patient = clinic::display_name(*patient);
  input.given_on = local_day(act);
  const auto giver = practitioners_.practitioners.records().current(act, act.who.user_id);
  input.given_by = giver ? giver->name : act.who.user_id;
  add_findings(input, observations_.observations.records().where(
                          act, "patient_id = :patient and status <> 'entered-in-error'",
                          "order by effective_ms desc, id desc", patient_id));
  return input;
}

Result<Document> HandoutService::give(const base::Principal& who, const std::string& patient_id,
                                      const std::string& language) const {
  auto input = acts_.read(who, [&](Act& act) { return gather(act, patient_id); });
  if (!input) return base::pass(input);
  Document document;
  document.id = base::uuid_v7(acts_.clock().now_ms());
  document.content_id = base::uuid_v7(acts_.clock().now_ms());
  input->document_id = document.id;
  input->language = language;
  const auto model = build_handout(*input);
  if (!model) return tl::unexpected<base::Error>(model.error());
  const auto pdf = render_pdf(*model);
  if (!pdf) return tl::unexpected<base::Error>(pdf.error());
  document.patient_id = patient_id;
  document.language = model->language;
  document.text_version = model->text_version;
  document.content_type = "application/pdf";
  document.content_sha256 = storage::digest_hex(*pdf);
  document.content_bytes = static_cast<std::int64_t>(pdf->size());
  return acts_.write(who, [&](Act& act) -> Result<Document> {
    document.given_ms = act.now_ms;
    document.given_by = act.who.user_id;
    auto stored = documents.save(act, document);
    if (!stored) return base::pass(stored);
    write_content(act, stored->record, *pdf);
    return stored->record;
  });
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

}  // namespace facet::handouts
