// SPDX-License-Identifier: MPL-2.0
#include "knowledge/object_reader.h"
#include "knowledge/reading.h"

namespace facet::knowledge {
namespace {

BodySite read_body_site(ObjectReader& o) {
  return {.id = o.text("id"),
          .text = o.text("text"),
          .status = o.term<CodeStatus>("status"),
          .sources = o.sources("source")};
}

Icd10 read_icd10(ObjectReader& o) {
  return {.code = o.text("code"),
          .alternatives = o.texts("alternatives"),
          .note = o.text("note"),
          .status = o.term<CodeStatus>("status"),
          .sources = o.sources("source")};
}

Snomed read_snomed(ObjectReader& o) {
  return {.id = o.text("id"),
          .fsn = o.text("fsn"),
          .note = o.text("note"),
          .status = o.term<CodeStatus>("status"),
          .sources = o.sources("source")};
}

SeverityScale read_severity(ObjectReader& o) {
  o.expect("type", "integer");
  return {.system = o.text("system"),
          .code = o.text("code"),
          .name = o.text("name"),
          .min = o.whole("min"),
          .max = o.whole("max"),
          .status = o.term<CodeStatus>("status")};
}

BedRange read_bed(ObjectReader& o) {
  return {.basis = o.term<BedBasis>("basis"),
          .segments = o.texts("segments"),
          .zones = o.terms<SpinalZone>("zones"),
          .reach = o.term<BedReach>("reach"),
          .reason = o.text("reason")};
}

Symptom read_symptom(ObjectReader& o) {
  return {.id = o.text("id"),
          .plain_name = o.text("plain_name"),
          .clinical_name = o.text("clinical_name"),
          .region = o.term<Region>("region"),
          .laterality = o.terms<Laterality>("laterality"),
          .body_site = o.object("body_site", read_body_site),
          .icd10 = o.object("icd10_who", read_icd10),
          .snomed = o.object("snomed", read_snomed),
          .severity = o.object("severity", read_severity),
          .nerves = o.texts("nerves"),
          .roots = o.texts("roots"),
          .anatomical_segments = o.texts("anatomical_segments"),
          .bed = o.object("bed", read_bed),
          .secrets = o.wholes("secrets"),
          .named_by_author = o.truth("named_by_author"),
          .named_in = o.wholes("named_in"),
          .claim_status = o.term<ClaimStatus>("claim_status"),
          .ask_red_flags = o.texts("ask_red_flags"),
          .evidence_note = o.text("evidence_note")};
}

Nerve read_nerve(ObjectReader& o) {
  return {.id = o.text("id"),
          .name = o.text("name"),
          .kind = o.term<NerveKind>("kind"),
          .region = o.term<NerveRegion>("region"),
          .roots = o.texts("roots"),
          .named_by_author = o.truth("named_by_author"),
          .named_in = o.wholes("named_in"),
          .sources = o.sources("source")};
}

SpinalLevel read_level(ObjectReader& o) {
  return {.id = o.text("id"),
          .order = o.whole("order"),
          .exiting_roots = o.texts("exiting_roots"),
          .traversing_roots = o.texts("traversing_roots"),
          .bed_reach_default = o.truth("bed_reach_default"),
          .zone = o.term<SpinalZone>("zone"),
          .upper_vertebra_sct = o.text("upper_vertebra_sct"),
          .lower_vertebra_sct = o.text("lower_vertebra_sct"),
          .disc_sct = o.text("disc_sct")};
}

Secret read_secret(ObjectReader& o) {
  return {.id = o.whole("id"),
          .idea = o.text("idea"),
          .cited_by_author = o.text("cited_by_author"),
          .cite_note = o.text("cite_note")};
}

DeviceReach read_reach(ObjectReader& o) {
  return {.top = o.text("top"), .bottom = o.text("bottom"), .note = o.text("note")};
}

LateralityCode read_laterality_code(ObjectReader& o) {
  return {.id = o.term<Laterality>("id"),
          .sct = o.text("sct"),
          .status = o.term<CodeStatus>("status"),
          .sources = o.sources("source")};
}

CodeLicences read_licences(ObjectReader& o) {
  return {.snomed = o.text("snomed"), .icd10 = o.text("icd10"), .loinc = o.text("loinc")};
}

bool expect_enumerations(ObjectReader& o) {
  o.expect_codes<Region>("region");
  o.expect_codes<Laterality>("laterality");
  o.expect_codes<NerveRegion>("nerve_region");
  o.expect_codes<NerveKind>("nerve_kind");
  o.expect_list("root", root_codes.data(), root_codes.size());
  o.expect_codes<SpinalZone>("zone");
  o.expect_codes<BedBasis>("bed_basis");
  o.expect_codes<BedReach>("bed_reach");
  o.expect_codes<ClaimStatus>("claim_status");
  o.expect_codes<CodeStatus>("code_status");
  return true;
}

SymptomsAbout read_about(ObjectReader& o) {
  o.object("enumerations", expect_enumerations);
  return {.title = o.text("title"),
          .version = o.text("version"),
          .status = o.text("status"),
          .language = o.text("language"),
          .author_of_ideas = o.text("author_of_ideas"),
          .code_status = o.meanings<CodeStatus>("code_status_values"),
          .bed_basis = o.meanings<BedBasis>("bed_basis_values"),
          .bed_reach = o.meanings<BedReach>("bed_reach_values"),
          .zone_note = o.text("zone_note"),
          .claim_status = o.meanings<ClaimStatus>("claim_status_values"),
          .rules = o.texts("rules"),
          .secrets_note = o.text("secrets_note"),
          .licences = o.object("licences", read_licences),
          .laterality_codes = o.objects("laterality_codes", read_laterality_code),
          .icd_site_note = o.text("icd_site_note")};
}

SymptomsData read_file(ObjectReader& o) {
  return {.about = o.object("meta", read_about),
          .secrets = o.objects("secrets", read_secret),
          .device_reach_default = o.object("device_reach_default", read_reach),
          .spinal_levels = o.objects("spinal_levels", read_level),
          .nerves = o.objects("nerves", read_nerve),
          .symptoms = o.objects("symptoms", read_symptom)};
}

}  // namespace

SymptomsData read_symptoms(const base::Json& document, Findings& findings) {
  return ObjectReader::document(document, "symptoms.json", findings, read_file);
}

}  // namespace facet::knowledge
