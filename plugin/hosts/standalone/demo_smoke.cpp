// SPDX-License-Identifier: MPL-2.0
#include "hosts/standalone/demo_smoke.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "hosts/standalone/door_tasks.h"
#include "hosts/standalone/private_file.h"
#include "hosts/standalone/secrets.h"

namespace facet::hosts::demo {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kOrderAccepted{30};
constexpr seconds kBedReacts{15};
constexpr seconds kSessionEnds{120};
constexpr seconds kProcedureRecorded{20};
constexpr int kTitleWidth = 22;
constexpr size_t kRemarkWidth = 80;

// What a step did: a line beside its title and time, and remarks below it.
struct Report {
  std::string what;
  std::vector<std::string> remarks;
};

std::string first_id(const Json& bundle) {
  const Json entries = bundle.value("entry", Json::array());
  return entries.empty() ? "" : entries[0].at("resource").value("id", "");
}

size_t entry_count(const Json& bundle) {
  return bundle.value("entry", Json::array()).size();
}

std::string clock_text(const std::string& instant) {
  return instant.size() >= 16 ? instant.substr(0, 10) + " " + instant.substr(11, 5) + " UTC"
                              : instant;
}

// Whole words; what does not fit hangs below, two in.
std::vector<std::string> wrap(const std::string& text) {
  std::vector<std::string> lines(1);
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    std::string& line = lines.back();
    if (!line.empty() && line.size() + 1 + word.size() > kRemarkWidth) {
      lines.push_back("  " + word);
    } else {
      line += (line.empty() ? "" : " ") + word;
    }
  }
  return lines;
}

[[noreturn]] void fail(const std::string& reason) {
  throw HostError(reason);
}

class MainJob {
 public:
  MainJob(PluginInstance& plugin, const DemoClinic& clinic, DemoBed& bed,
          const std::filesystem::path& out)
      : plugin_(plugin),
        clinic_(clinic),
        bed_(bed),
        out_(out),
        physio_(plugin, clinic.physio),
        reception_(plugin, clinic.reception),
        admin_(plugin, clinic.admin),
        patient_(clinic.patients.at(0)),
        watch_(plugin, clinic.physio, clinic.places.bed) {}

  void run() {
    step("visit recorded", [this] { return record_visit(); });
    step("clearance", [this] { return refuse_then_clear(); });
    step("handout", [this] { return print_handout(); });
    step("bed session booked", [this] { return book(); });
    step("bed session run", [this] { return run_session(); });
    step("exported, audited", [this] { return export_everything(); });
  }

 private:
  void step(const std::string& title, const std::function<Report()>& act);
  Report record_visit();
  Report refuse_then_clear();
  Report print_handout();
  Report book();
  Report run_session();
  Report export_everything();

  std::string order_session(const std::string& patient);
  Json first_free_slot();
  std::string refuse_to_move(const std::string& when);
  std::string bed_state() { return bed_.status().value("state", ""); }
  Json await_state(const std::vector<std::string>& states, milliseconds longest);
  Json await_procedures();

  PluginInstance& plugin_;
  const DemoClinic& clinic_;
  DemoBed& bed_;
  const std::filesystem::path out_;
  FhirClient physio_;
  FhirClient reception_;
  FhirClient admin_;
  const Person patient_;
  BedWatch watch_;
  int number_ = 0;
  std::string order_;
  std::string appointment_;
};

void MainJob::step(const std::string& title, const std::function<Report()>& act) {
  ++number_;
  const auto started = std::chrono::steady_clock::now();
  Report report;
  try {
    report = act();
  } catch (const std::exception& error) {
    fail("step " + std::to_string(number_) + " (" + title + ") failed: " + error.what());
  }
  const auto took =
      std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - started);
  std::cout << "  " << number_ << "  " << std::left << std::setw(kTitleWidth) << title << std::right
            << std::setw(6) << took.count() << " ms   " << report.what << '\n';
  for (const std::string& remark : report.remarks) {
    for (const std::string& line : wrap(remark)) {
      std::cout << std::string(5 + kTitleWidth + 12, ' ') << line << '\n';
    }
  }
  std::cout << std::flush;
}

Report MainJob::record_visit() {
  const std::string visit = make_uuid();
  const Json answers = screening(patient_.id, visit, physio_.get("/fhir/Questionnaire/screening"));
  physio_.post("/fhir",
               transaction({encounter(clinic_.places, patient_.id, visit),
                            symptom(patient_.id, visit, "tennis_elbow", "right", 6),
                            symptom(patient_.id, visit, "low_back_pain", "", 7),
                            stress(patient_.id, visit, 5),
                            stiffness(patient_.id, visit, "L4-L5", "left", 2, true),
                            stiffness(patient_.id, visit, "C5-C6", "right", 2, false), answers}));
  const Json found = physio_.get("/fhir/Observation?patient=" + patient_.id);
  if (entry_count(found) != 5)
    fail("5 observations were sent, the record holds " + std::to_string(entry_count(found)));
  return {"Encounter/" + visit,
          {patient_.name + ": tennis elbow right 6/10, low back pain 7/10, stress 5/10,",
           "stiff L4-L5 left and C5-C6 right, " + std::to_string(count_answers(answers)) +
               " screening answers"}};
}

std::string MainJob::order_session(const std::string& patient) {
  const Json order = bed_order(clinic_.places, patient, widest_order());
  physio_.put(order);
  return order.at("id");
}

Json MainJob::first_free_slot() {
  const Json found = reception_.get("/fhir/Slot?schedule=Schedule/" + clinic_.places.schedule +
                                    "&start=ge" + instant() + "&status=free&minutes=20&_count=1");
  if (entry_count(found) == 0) fail("the schedule has no free slot");
  return found["entry"][0].at("resource");
}

Report MainJob::refuse_then_clear() {
  std::string reason;
  try {
    const std::string order = order_session(patient_.id);
    reception_.put(appointment(clinic_.places, patient_.id, order, first_free_slot()));
  } catch (const Refused& refused) {
    reason = refused.what();
  }
  if (reason.empty()) fail("a booking without a clearance was accepted");
  physio_.put(bed_consent(patient_.id));
  const Json cleared = clearance(clinic_.places, patient_.id, widest_order());
  physio_.put(cleared);
  return {"ClinicalImpression/" + cleared.at("id").get<std::string>(),
          {"without it the bed was refused: " + reason}};
}

Report MainJob::print_handout() {
  const Handout handout = make_handout(physio_, patient_.id);
  const std::filesystem::path file = out_ / "handout.pdf";
  write_private_file(file, handout.pdf);
  return {"DocumentReference/" + handout.document_id,
          {file.string() + ", " + std::to_string(handout.pdf.size()) + " bytes"}};
}

Report MainJob::book() {
  order_ = order_session(patient_.id);
  const Json slot = first_free_slot();
  const Json booked = appointment(clinic_.places, patient_.id, order_, slot);
  reception_.put(booked);
  appointment_ = booked.at("id");

  const Person& other = clinic_.patients.at(1);
  prepare_for_bed(plugin_, clinic_, other.id);
  const std::string other_order = order_session(other.id);
  try {
    reception_.put(appointment(clinic_.places, other.id, other_order, slot));
  } catch (const Refused& refused) {
    if (refused.status() != 409) throw;
    return {"Appointment/" + appointment_,
            {clock_text(slot.at("start")) + ", 20 minutes: bed, room, physiotherapist, patient",
             "the same time for " + other.name + " was refused: " + refused.what()}};
  }
  fail("a second, overlapping booking was accepted");
}

Json MainJob::await_state(const std::vector<std::string>& states, milliseconds longest) {
  const Json event = watch_.wait_for(longest, [&](const Json& seen) {
    return seen.value("appointment_id", Json()) == appointment_ &&
           std::find(states.begin(), states.end(), seen.value("state", "")) != states.end();
  });
  if (event.is_null()) {
    fail("the bed did not get to \"" + states.front() +
         "\"; seen: " + join(watch_.states_of(appointment_), ", "));
  }
  return event;
}

// Presses the button when the bed must not move, and answers what the bed said.
std::string MainJob::refuse_to_move(const std::string& when) {
  const std::string before = bed_state();
  const std::string said = bed_.command("press").value("text", "");
  const std::string after = bed_state();
  if (after != before || after == "running") {
    fail("the bed went from " + before + " to " + after + " " + when);
  }
  return "button pressed " + when + ": still \"" + after + "\"" +
         (said.empty() ? "" : " (" + said + ")");
}

Json MainJob::await_procedures() {
  const auto deadline = std::chrono::steady_clock::now() + kProcedureRecorded;
  Json found;
  do {
    found = physio_.get("/fhir/Procedure?based-on=ServiceRequest/" + order_);
    if (entry_count(found) > 0) return found;
    std::this_thread::sleep_for(milliseconds(50));
  } while (std::chrono::steady_clock::now() < deadline);
  fail("no Procedure was recorded");
}

Report MainJob::run_session() {
  Report report;
  const Json accepted = await_state({"accepted"}, kOrderAccepted);
  report.remarks.push_back(refuse_to_move("with nobody on the bed"));
  bed_.command("lie_down");
  bed_.command("code", accepted.at("match_code"));
  await_state({"ready"}, kBedReacts);
  if (bed_state() == "running") fail("the bed moved before its button was pressed");
  report.remarks.push_back("patient on the bed, code " + accepted.value("match_code", "") +
                           " entered: \"ready\", not moving until the button");
  press_until_it_starts(bed_);
  await_state({"running", "completed"}, kBedReacts);
  const Json ended = await_state({"completed", "stopped", "aborted"}, kSessionEnds);
  bed_.command("get_up");
  if (ended.value("state", "") != "completed") {
    fail("the session ended as " + ended.value("state", ""));
  }
  const Json procedures = await_procedures();
  if (entry_count(procedures) != 1) {
    fail(std::to_string(entry_count(procedures)) + " Procedures were recorded for one session");
  }
  report.what = "Procedure/" + first_id(procedures);
  report.remarks.push_back(join(watch_.states_of(appointment_), ", ") + "; recorded once");
  return report;
}

Report MainJob::export_everything() {
  const auto ndjson = export_all(admin_, "fhir", out_ / "fhir");
  const auto csv = export_all(admin_, "csv", out_ / "csv");
  if (ndjson.empty() || csv.empty()) fail("the export is empty");
  size_t resources = 0;
  for (const ExportedFile& file : ndjson) resources += file.lines;
  return {std::to_string(resources) + " resources in " + std::to_string(ndjson.size()) +
              " NDJSON and " + std::to_string(csv.size()) + " CSV files",
          {"audit trail whole, " + std::to_string(verify_audit(admin_)) + " events"}};
}

}  // namespace

void run_main_job(PluginInstance& plugin, const DemoClinic& clinic, DemoBed& bed,
                  const std::filesystem::path& out) {
  if (!std::filesystem::is_directory(out)) make_private_folder(out);
  MainJob(plugin, clinic, bed, out).run();
}

}  // namespace facet::hosts::demo
