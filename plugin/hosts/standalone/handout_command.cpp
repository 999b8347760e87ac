// SPDX-License-Identifier: MPL-2.0
#include <iostream>

#include "hosts/standalone/admin_session.h"
#include "hosts/standalone/commands.h"
#include "hosts/standalone/door_tasks.h"
#include "hosts/standalone/loose_sheet.h"
#include "hosts/standalone/private_file.h"

namespace facet::hosts {
namespace {

struct HandoutOptions {
  std::filesystem::path data, out;
  std::string patient, blank, language, track, paper, recipient, clinic;
  bool general = false, large = false, one_sided = false, booklet = false;
};

Wishes wishes_of(const HandoutOptions& options) {
  Wishes wishes;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) wishes.emplace_back(name, value);
  };
  add("language", options.language);
  add("track", options.track);
  add("paper", options.paper);
  add("text-size", options.large ? "large" : "");
  add("sides", options.one_sided ? "one" : "");
  add("booklet", options.booklet ? "true" : "");
  add("recipient", options.recipient.empty() ? "" : "RelatedPerson/" + options.recipient);
  return wishes;
}

void say_written(const HandoutOptions& options, const std::string& pdf, const std::string& more) {
  std::cout << options.out.string() << "  " << pdf.size() << " bytes" << more << '\n';
}

void print_for_patient(const CommandLine& line, const HandoutOptions& options) {
  AdminSession session(line.plugin, options.data, {"admin", "physiotherapist"});
  const Handout handout = make_handout(session.client(), options.patient, wishes_of(options));
  write_private_file(options.out, handout.pdf);
  say_written(options, handout.pdf, "  DocumentReference/" + handout.document_id);
}

std::string query_of(const Wishes& wishes) {
  std::string query;
  for (const auto& [name, value] : wishes) query += (query.empty() ? "?" : "&") + name + "=" + value;
  return query;
}

std::string general_sheet(const CommandLine& line, const HandoutOptions& options) {
  if (options.data.empty()) return print_loose(line.plugin, {wishes_of(options), options.clinic});
  AdminSession session(line.plugin, options.data);
  return session.client().get_bytes("/pages/handout.pdf" + query_of(wishes_of(options)));
}

std::string blank_form(const CommandLine& line, const HandoutOptions& options) {
  LooseSheet sheet{wishes_of(options), options.clinic};
  sheet.blank = options.blank;
  if (!options.data.empty()) {
    const DataFolder folder{options.data};
    if (sheet.clinic.empty()) sheet.clinic = read_settings(folder).clinic_name;
    sheet.folder = folder.root / "handouts";
  }
  return print_loose(line.plugin, sheet);
}

void print_handout(const CommandLine& line, const HandoutOptions& options) {
  const int kinds = !options.patient.empty() + options.general + !options.blank.empty();
  if (kinds != 1)
    throw HostError("name one of --patient ID, --general and --blank FORM");
  if (!options.patient.empty() && options.data.empty()) throw HostError("--patient needs --data");
  if (!options.patient.empty()) return print_for_patient(line, options);
  const std::string pdf = options.general ? general_sheet(line, options) : blank_form(line, options);
  if (!pdf.starts_with("%PDF-")) throw HostError("the plugin's sheet is not a PDF");
  write_private_file(options.out, pdf);
  say_written(options, pdf, "");
}

}  // namespace

void add_handout_command(CommandLine& line) {
  CLI::App* command =
      line.app.add_subcommand("handout", "Print a handout or a form to fill in by pen, as PDF");
  const auto options = std::make_shared<HandoutOptions>();
  command->add_option("--data", options->data, "The clinic's data folder");
  command->add_option("--patient", options->patient, "Whom it is for, by id; it is recorded as given");
  command->add_flag("--general", options->general, "For nobody in particular; needs no clinic");
  command->add_option("--blank", options->blank, "A form: body-chart or screening; needs no clinic")
      ->check(CLI::IsMember({"body-chart", "screening"}));
  command->add_option("--language", options->language, "Like ko; the patient's own if left out");
  command->add_option("--track", options->track, "relief or prevention")
      ->check(CLI::IsMember({"relief", "prevention"}));
  command->add_option("--paper", options->paper, "a4 or letter")
      ->check(CLI::IsMember({"a4", "letter"}));
  command->add_flag("--large", options->large, "In large print");
  command->add_flag("--one-sided", options->one_sided, "For printing on one side");
  command->add_flag("--booklet", options->booklet, "To be folded to half the paper");
  command->add_option("--recipient", options->recipient,
                      "The RelatedPerson who takes it for the patient, by id");
  command->add_option("--clinic-name", options->clinic, "As printed, without --data");
  command->add_option("--out", options->out, "The PDF file to write")->required();
  command->callback([&line, options] { print_handout(line, *options); });
}

}  // namespace facet::hosts
