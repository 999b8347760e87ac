// SPDX-License-Identifier: MPL-2.0
#include "entry/clinic_app.h"

#include "beds/bed_service.h"
#include "clinic/audit_fhir.h"
#include "clinic/audited_response.h"
#include "clinic/consent_fhir.h"
#include "clinic/draft_fhir.h"
#include "clinic/key_routes.h"
#include "clinic/patient_fhir.h"
#include "clinic/places_fhir.h"
#include "clinic/practitioner_fhir.h"
#include "clinic/related_person_fhir.h"
#include "clinic/provenance_fhir.h"
#include "clinic/visit_fhir.h"
#include "entry/patient_page.h"
#include "entry/clinic_measures.h"
#include "entry/web_routes.h"
#include "exports/audit_routes.h"
#include "exports/exports.h"
#include "handouts/handout_fhir.h"
#include "handouts/handout_pages.h"
#include "orders/gate_fhir.h"
#include "orders/order_fhir.h"
#include "orders/record_gate.h"
#include "scheduling/appointment_fhir.h"
#include "scheduling/schedule_fhir.h"
#include "symptoms/catalogue_fhir.h"
#include "symptoms/condition_fhir.h"
#include "symptoms/detected_issue_fhir.h"
#include "symptoms/flag_fhir.h"
#include "symptoms/observation_fhir.h"
#include "symptoms/screening_fhir.h"

namespace facet::entry {
namespace {

beds::BedSettings bed_settings(const Settings& settings) {
  beds::BedSettings result;
  result.enabled = settings.gateway_enabled;
  result.address = settings.gateway_address;
  result.port = settings.gateway_port;
  result.pairing_port = settings.pairing_port;
  result.hosts = {"localhost", "127.0.0.1"};
  if (settings.gateway_address != "127.0.0.1" && settings.gateway_address != "0.0.0.0")
    result.hosts.push_back(settings.gateway_address);
  result.keys = settings.data / "keys";
  return result;
}

/// Members are made in this order, each from those above it, and taken down in the reverse.
class App final : public ClinicApp {
 public:
  App(const Settings& settings, std::unique_ptr<storage::Database> database,
      const storage::Keys& keys, knowledge::Measures measures)
      : measures_(std::move(measures)),
        database_(std::move(database)),
        acts_(*database_, keys, clock_),
        keeper_(*database_, acts_.audit(), keys, clock_, settings.data),
        drafts_(visits_.encounters),
        observations_(knowledge::catalogue()),
        conditions_(knowledge::catalogue()),
        issues_(knowledge::catalogue(), practitioners_),
        screening_({knowledge::catalogue(), measures_, patients_, practitioners_, observations_, flags_,
                    issues_}),
        orders_(practitioners_),
        gate_(patients_, practitioners_, consents_, screening_, orders_),
        schedules_(places_, practitioners_),
        bookings_(schedules_, patients_, orders_.requests.records(), gate_),
        beds_({acts_, gate_, orders_.requests.records(), bookings_, observations_, places_},
              bed_settings(settings)),
        patient_page_({acts_, patients_, visits_, observations_, screening_, flags_, orders_, gate_}),
        handouts_(acts_, settings.clinic_name, settings.data / "handouts",
                  {patients_, practitioners_, places_, visits_, related_persons_, observations_,
                   orders_, bookings_}),
        fhir_(acts_) {
    mount();
  }

  ~App() override { beds_.stop(); }

  base::Status start() {
    if (auto kept = keeper_.start(); !kept) return kept;
    return beds_.start();
  }

  void handle(const rest::Request& request, rest::Response& response) override {
    clinic::AuditedResponse audited(acts_, fhir_, request, response);
    router_.dispatch(request, audited);
  }

  std::vector<std::string> addresses() const override { return router_.addresses(); }

 private:
  void mount() {
    clinic::mount_places(places_, fhir_);
    clinic::mount_practitioners(practitioners_, fhir_);
    clinic::mount_patients(patients_, acts_, fhir_, router_);
    clinic::mount_related_persons(related_persons_, fhir_);
    clinic::mount_consents(consents_, fhir_);
    visits_.holds(observations_.observations);
    visits_.holds(conditions_.conditions);
    visits_.holds(screening_.responses);
    visits_.holds(orders_.clearances);
    visits_.holds(orders_.requests);
    clinic::mount_visits(visits_, fhir_);
    clinic::mount_provenance(provenances_, fhir_, router_);
    clinic::mount_drafts(drafts_, acts_, fhir_, router_);
    symptoms::mount_observations(observations_, fhir_);
    symptoms::mount_conditions(conditions_, fhir_);
    symptoms::mount_screening(screening_, measures_, fhir_);
    symptoms::mount_flags(flags_, fhir_);
    symptoms::mount_detected_issues(issues_, fhir_);
    symptoms::mount_catalogue(knowledge::catalogue(), measures_, router_);
    orders::mount_orders(orders_, fhir_);
    orders::mount_gate(gate_, acts_, fhir_, router_);
    scheduling::mount_schedules(schedules_, fhir_);
    scheduling::mount_appointments(bookings_, fhir_);
    beds_.mount(fhir_, router_);
    handouts::mount_handouts(handouts_, acts_, fhir_, router_);
    handouts::mount_handout_pages(handouts_, router_);
    clinic::mount_audit(audit_, fhir_);
    clinic::mount_keys(acts_, router_);
    exports::mount_exports(acts_, fhir_, router_);
    exports::mount_audit_trail(acts_, keeper_, router_);
    patient_page_.mount(router_);
    mount_web(router_);
    fhir_.declare("CodeSystem", {"read"}, {"lookup"});
    fhir_.declare("ValueSet", {"read"}, {"expand"});
    fhir_.declare("Questionnaire", {"read", "search-type"});
    fhir_.declare("Binary", {"read"});
    fhir_.declare("Patient", {}, {"handout"});
    fhir_.declare("Device", {}, {"pair", "unpair"});
    fhir_.mount(router_);
  }

  base::SystemClock clock_;
  const knowledge::Measures measures_;
  std::unique_ptr<storage::Database> database_;
  storage::Acts acts_;
  storage::AuditKeeper keeper_;
  clinic::PlacesService places_;
  clinic::PractitionerService practitioners_;
  clinic::PatientService patients_;
  clinic::RelatedPersonService related_persons_;
  clinic::ConsentService consents_;
  clinic::VisitService visits_;
  clinic::ProvenanceService provenances_;
  clinic::DraftService drafts_;
  clinic::AuditService audit_;
  symptoms::ObservationService observations_;
  symptoms::ConditionService conditions_;
  symptoms::FlagService flags_;
  symptoms::DetectedIssueService issues_;
  symptoms::ScreeningService screening_;
  orders::OrderService orders_;
  orders::RecordGate gate_;
  scheduling::ScheduleService schedules_;
  scheduling::BookingService bookings_;
  beds::BedService beds_;
  PatientPage patient_page_;
  handouts::HandoutService handouts_;
  rest::FhirServer fhir_;
  rest::Router router_;
};

base::Result<storage::Keys> keys_of(const Settings& settings) {
  const auto folder = settings.data / "keys";
  // New keys cannot open a record that is there already.
  const bool has_record = settings.database.dialect == storage::Dialect::sqlite &&
                          std::filesystem::exists(settings.database.location);
  if (settings.create && !has_record && !std::filesystem::exists(folder / "clinic.key"))
    return storage::create_keys(folder);
  return storage::load_keys(folder);
}

}  // namespace

base::Result<std::unique_ptr<ClinicApp>> ClinicApp::open(const Settings& settings) {
  auto keys = keys_of(settings);
  if (!keys) return base::pass(keys);
  const bool sqlite = settings.database.dialect == storage::Dialect::sqlite;
  if (sqlite && !settings.create && !std::filesystem::exists(settings.database.location))
    return base::fail(base::ErrorCode::unavailable, "facet.data",
                      "There is no database in " + settings.data.string() +
                          "; restore a backup, or make a new clinic with `facet init`.");
  auto database = storage::Database::open(settings.database, base::SystemClock().now_ms());
  if (!database) return base::pass(database);
  auto measures = load_clinic_measures(settings.data / "measures");
  if (!measures) return base::pass(measures);
  auto app = std::make_unique<App>(settings, std::move(*database), *keys, std::move(*measures));
  if (auto started = app->start(); !started) return base::pass(started);
  return app;
}

}  // namespace facet::entry
