// SPDX-License-Identifier: MPL-2.0
#include "handouts/handout_check.h"

#include <glib.h>

#include <algorithm>

#include "handouts/spinal_level.h"
#include "knowledge/terms.h"

namespace facet::handouts {
namespace {

using base::invalid;
using base::Status;

constexpr long longest_name = 200;
constexpr std::size_t most_symptoms = 60;
constexpr std::size_t most_joints = 100;
constexpr std::size_t most_dates = 24;

/// Unicode's embeddings, overrides and isolates: in a name they could turn the words around it.
bool turns_text(gunichar c) {
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

Status check_text(const std::string& field, const std::string& text, bool needed) {
  if (!g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr))
    return invalid(field, "Text must be UTF-8.");
  if (g_utf8_strlen(text.data(), static_cast<gssize>(text.size())) > longest_name)
    return invalid(field, "Text must be at most 200 characters.");
  if (std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    return invalid(field, "Text must not hold control characters.");
  for (const char* at = text.data(); at < text.data() + text.size(); at = g_utf8_next_char(at))
    if (turns_text(g_utf8_get_char(at)))
      return invalid(field, "Text must not hold marks that turn its direction.");
  if (needed && std::all_of(text.begin(), text.end(), [](char c) { return c == ' '; }))
    return invalid(field, "Text must not be empty.");
  return {};
}

Status check_score(const std::string& field, const std::optional<int>& score) {
  if (score && (*score < 0 || *score > 10)) return invalid(field, "Must be 0 to 10.");
  return {};
}

Status check_side(const std::string& field, const std::string& side) {
  for (const auto* known : {"", "left", "right", "both", "midline"})
    if (side == known) return {};
  return invalid(field, "Side must be left, right, both or midline.");
}

Status check_time(const std::string& field, const LocalTime& time) {
  if (!time.day.ok()) return invalid(field, "No such date.");
  if (time.minute < 0 || time.minute >= 24 * 60) return invalid(field, "No such time.");
  return {};
}

Status check_symptom(const std::string& field, const SymptomInput& symptom) {
  if (auto ok = check_text(field + ".name", symptom.plain_name, true); !ok) return ok;
  if (auto ok = check_side(field + ".side", symptom.side); !ok) return ok;
  if (auto ok = check_score(field + ".severity", symptom.severity); !ok) return ok;
  if (symptom.earlier) {
    if (auto ok = check_score(field + ".earlier", symptom.earlier->score); !ok) return ok;
    if (!symptom.earlier->on.ok()) return invalid(field + ".earlier", "No such date.");
  }
  for (const auto& nerve : symptom.nerves)
    if (auto ok = check_text(field + ".nerve", nerve.name, false); !ok) return ok;
  for (const auto& segment : symptom.segments)
    if (!level_of(segment)) return invalid(field + ".segment", "No such spinal level.");
  for (const auto* known :
       {"segmental full", "segmental partial", "adjacent none_direct", "none none"})
    if (symptom.bed_basis + " " + symptom.bed_reach == known) return {};
  return invalid(field + ".bed", "No such basis and reach of the bed.");
}

Status check_joint(const std::string& field, const JointInput& joint) {
  if (!level_of(joint.level)) return invalid(field + ".level", "No such spinal level.");
  if (joint.motion < 0 || joint.motion > 6) return invalid(field + ".motion", "Must be 0 to 6.");
  return check_side(field + ".side", joint.side);
}

Status check_session(const std::string& field, const BedSessionInput& session) {
  if (auto ok = check_time(field + ".start", session.start); !ok) return ok;
  if (session.minutes < 1 || session.minutes > 240)
    return invalid(field + ".minutes", "Must be 1 to 240.");
  if (session.zones.empty()) return invalid(field + ".zone", "Needs a zone of the bed.");
  for (const auto& zone : session.zones)
    if (!knowledge::from_code<knowledge::BedZone>(zone))
      return invalid(field + ".zone", "No such zone of the bed.");
  return check_text(field + ".where", session.where, false);
}

Status check_visit(const std::string& field, const VisitInput& visit) {
  if (auto ok = check_time(field + ".start", visit.start); !ok) return ok;
  if (auto ok = check_text(field + ".with", visit.with, false); !ok) return ok;
  return check_text(field + ".where", visit.where, false);
}

/// Each entry of a list by its place: "symptom[2]".
template <class T>
Status check_each(const std::string& field, const std::vector<T>& list, std::size_t most,
                  Status (*check)(const std::string&, const T&)) {
  if (list.size() > most) return invalid(field, "At most " + std::to_string(most) + ".");
  for (std::size_t i = 0; i < list.size(); ++i)
    if (auto ok = check(field + "[" + std::to_string(i) + "]", list[i]); !ok) return ok;
  return {};
}

Status check_people(const HandoutInput& input) {
  if (auto ok = check_text("clinic", input.clinic, input.patient.has_value()); !ok) return ok;
  if (auto ok = check_text("contact.phone", input.contact.phone, false); !ok) return ok;
  if (auto ok = check_text("contact.email", input.contact.email, false); !ok) return ok;
  if (auto ok = check_text("document_id", input.document_id, false); !ok) return ok;
  if (auto ok = check_text("given_by", input.given_by, input.patient.has_value()); !ok) return ok;
  if (input.recipient)
    if (auto ok = check_text("recipient", *input.recipient, true); !ok) return ok;
  return input.patient ? check_text("patient", *input.patient, true) : Status{};
}

}  // namespace

Status check_input(const HandoutInput& input) {
  if (!input.given_on.ok()) return invalid("given_on", "No such date.");
  if (auto ok = check_people(input); !ok) return ok;
  if (auto ok = check_each("symptom", input.symptoms, most_symptoms, check_symptom); !ok) return ok;
  if (auto ok = check_each("joint", input.joints, most_joints, check_joint); !ok) return ok;
  if (auto ok = check_each("bed_session", input.bed_sessions, most_dates, check_session); !ok)
    return ok;
  if (auto ok = check_each("visit", input.visits, most_dates, check_visit); !ok) return ok;
  if (input.check_in_minutes && (*input.check_in_minutes < 0 || *input.check_in_minutes > 120))
    return invalid("check_in_minutes", "Must be 0 to 120.");
  return check_score("stress", input.stress);
}

}  // namespace facet::handouts
