// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/demo_clinic.h"

#include "hosts/standalone/secrets.h"

namespace facet::hosts::demo {
namespace {

Places make_places() {
  return {make_uuid(), make_uuid(), make_uuid(), make_uuid(), make_uuid(), make_uuid()};
}

std::vector<Person> make_patients() {
  return {{make_uuid(), "Demo Alder", "1971-04-12", "female"},
          {make_uuid(), "Demo Birch", "1984-09-30", "male"},
          {make_uuid(), "Demo Cedar", "1990-01-17", "female"},
          {make_uuid(), "Demo Elm", "1958-07-03", "male"},
          {make_uuid(), "Demo Hazel", "1999-11-25", "other"},
          {make_uuid(), "Demo Rowan", "1966-02-08", "female"}};
}

}  // namespace

BedOrder widest_order() {
  return {{"left_mid", "right_mid", "left_lower", "right_lower"}, 3, 3, 20};
}

DemoClinic fill_clinic(PluginInstance& plugin, const DataFolder& folder,
                       const std::string& clinic_name, const std::string& admin_password) {
  Accounts accounts(folder.accounts());
  DemoClinic clinic{make_places(), make_patients(), {}, {}, {}, {}};
  const std::string physio_password = make_password();
  const std::string reception_password = make_password();
  accounts.add("physio", clinic.places.physio, {"physiotherapist"}, physio_password);
  accounts.add("reception", make_uuid(), {"reception"}, reception_password);
  clinic.admin = {accounts.find("admin")->user_id, {"admin"}};
  clinic.physio = {clinic.places.physio, {"physiotherapist"}};
  clinic.reception = {accounts.find("reception")->user_id, {"reception"}};
  clinic.log_ins = {{"physio", physio_password, "physiotherapist"},
                    {"reception", reception_password, "reception"},
                    {"admin", admin_password, "admin"}};

  FhirClient client(plugin, clinic.admin);
  for (const Json& resource : clinic_resources(clinic.places, clinic_name)) client.put(resource);
  for (const Person& person : clinic.patients) client.put(patient(clinic.places, person));
  return clinic;
}

void prepare_for_bed(PluginInstance& plugin, const DemoClinic& clinic, const std::string& patient) {
  FhirClient client(plugin, clinic.physio);
  const Json questionnaire = client.get("/fhir/Questionnaire/screening");
  const std::string visit = make_uuid();
  client.post("/fhir", transaction({encounter(clinic.places, patient, visit),
                                    screening(patient, visit, questionnaire)}));
  client.put(bed_consent(patient));
  client.put(clearance(clinic.places, patient, widest_order()));
}

}  // namespace facet::hosts::demo
