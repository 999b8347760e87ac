// SPDX-License-Identifier: MPL-2.0
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>

#include "handouts/texts/commonmark.h"
#include "knowledge/catalogue.h"
#include "texts.h"

using namespace facet::handouts;
using namespace facet::handouts::test;

namespace {

/// What the pack says when one of its files has this text.
std::string refusal(const std::string& name, const std::string& text,
                    const std::string& language = "en-GB") {
  auto sources = sources_of(language);
  text_of(sources, name) = text;
  const auto pack = TextPack::parse(language, sources);
  return pack ? "" : pack.error().message;
}

/// What the pack says when `from` is written `to` in one of its files.
std::string refusal(const std::string& name, const std::string& from, const std::string& to,
                    const std::string& language) {
  auto sources = sources_of(language);
  return refusal(name, with(text_of(sources, name), from, to), language);
}

std::string without(const std::string& name, const std::string& language = "en-GB") {
  auto sources = sources_of(language);
  std::erase_if(sources, [&](const auto& source) { return source.name == name; });
  const auto pack = TextPack::parse(language, sources);
  return pack ? "" : pack.error().message;
}

TextPack pack_of(const std::string& language) {
  auto pack = TextPack::parse(language, sources_of(language));
  INFO((pack ? "" : pack.error().message));
  REQUIRE(pack);
  return std::move(*pack);
}

/// The words, their gaps as {name}.
std::string text_of(const Template& words) {
  std::string text;
  for (const auto& run : words.runs)
    text += run.placeholder.empty() ? run.text : "{" + run.placeholder + "}";
  return text;
}

std::string all_of(const TextFile& file) {
  std::string text = text_of(file.heading);
  for (const auto& block : file.blocks) text += "\n" + text_of(block);
  return text;
}

std::multiset<std::string> gaps_of(const Template& words) {
  std::multiset<std::string> gaps;
  for (const auto& run : words.runs)
    if (!run.placeholder.empty()) gaps.insert(run.placeholder);
  return gaps;
}

std::vector<std::string> label_keys() {
  std::vector<std::string> keys;
  const auto file = read_commonmark("labels.md", read_text(HANDOUT_TEXTS "/en-GB/labels.md"));
  REQUIRE(file);
  for (const auto& block : file->blocks) keys.push_back(split_key(block)->first);
  return keys;
}

const std::vector<std::string> sections{"about.md", "bed.md",   "choices.md", "footer.md",
                                        "soon.md",  "today.md", "urgent.md"};
const std::vector<std::string> secret_keys{"author",     "research", "relief",
                                           "prevention", "source",   "grade"};

long characters(const std::string& text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; });
}

}  // namespace

TEST_CASE("Every language of the tree is a complete pack", "[texts]") {
  const auto language = GENERATE(from_range(all_languages));
  CAPTURE(language);
  const auto pack = pack_of(language);
  CHECK(pack.language() == language);
  CHECK(pack.version() == "0.2");
  CHECK_FALSE(pack.approval());
  CHECK(pack.right_to_left() == (language == "ar"));
  for (const auto& nerve : facet::knowledge::catalogue().nerves()) {
    INFO(nerve.id);
    CHECK(pack.nerve(nerve.id));
  }
  for (const auto& symptom : facet::knowledge::catalogue().symptoms()) {
    INFO(symptom.id);
    CHECK((pack.symptom(symptom.id) != nullptr) == (language != "en-GB"));
  }
}

TEST_CASE("A text has the gaps and a list the items that it has in English", "[texts]") {
  const auto language = GENERATE("ar", "ko", "pl");
  const auto english = pack_of("en-GB");
  const auto pack = pack_of(language);
  for (const auto& key : label_keys()) {
    CAPTURE(language, key);
    CHECK(gaps_of(pack.label(key)) == gaps_of(english.label(key)));
  }
  for (const auto& name : sections) {
    CAPTURE(language, name);
    std::multiset<std::string> gaps, english_gaps;
    for (const auto& block : pack.file(name).blocks) gaps.merge(gaps_of(block));
    for (const auto& block : english.file(name).blocks) english_gaps.merge(gaps_of(block));
    CHECK(gaps == english_gaps);
    CHECK(pack.file(name).blocks.size() == english.file(name).blocks.size());
  }
}

TEST_CASE("The author's sources are cited the same in every language", "[texts]") {
  const auto language = GENERATE("ar", "ko", "pl");
  const auto english = pack_of("en-GB");
  const auto pack = pack_of(language);
  for (int number = 1; number <= 4; ++number)
    CHECK(text_of(pack.secret(number, "source")) == text_of(english.secret(number, "source")));
  const std::vector<std::string> cited{"Kendall et al., Muscles", "Moore and Dalley",
                                       "\"Orcan\", Joints and ligaments", "Adstrum et al."};
  for (int number = 1; number <= 4; ++number)
    CHECK(text_of(english.secret(number, "source")).starts_with(cited[number - 1]));
}

TEST_CASE("Urgent help is as it is in the United Kingdom, in every language", "[texts]") {
  const auto language = GENERATE(from_range(all_languages));
  const auto pack = pack_of(language);
  CAPTURE(language);
  for (const auto* words : {"A&E", "999"})
    CHECK(all_of(pack.file("urgent.md")).find(words) != std::string::npos);
  for (const auto* words : {"GP", "111"})
    CHECK(all_of(pack.file("today.md")).find(words) != std::string::npos);
  CHECK(all_of(pack.file("choices.md")).find("Yellow Card") != std::string::npos);
  CHECK(all_of(pack.file("bed.md")).find("18") != std::string::npos);
}

TEST_CASE("English says what a handout must say", "[texts]") {
  const auto pack = pack_of("en-GB");
  const std::vector<std::array<std::string, 2>> must{
      {"about.md",
       "Chongsu Lee, physiotherapist and founder of BackHug, which makes a treatment bed"},
      {"about.md", "You pay {clinic} for bed sessions."},
      {"about.md", "Some experts do not agree"},
      {"footer.md", "for information only"},
      {"footer.md", "does not replace advice from your own doctor or physiotherapist"},
      {"bed.md", "You can stop at any time."},
      {"bed.md", "sore or marked"},
      {"bed.md", "Do not use the bed if you are pregnant, are under 18 or have a pacemaker."},
      {"bed.md", "not yet good proof"},
      {"choices.md", "exercise, advice, other care or no care"},
      {"choices.md", "Report harm to the MHRA Yellow Card"},
      {"choices.md", "how we use your data"}};
  for (const auto& [name, words] : must) {
    CAPTURE(name, words);
    CHECK(all_of(pack.file(name)).find(words) != std::string::npos);
  }
  const auto third = text_of(pack.secret(3, "author"));
  CHECK(third.find("Stress") == 0);
  CHECK(third.find("bike chain") != std::string::npos);
  for (const auto* symptom : {"headache", "shoulder pain", "tennis elbow", "golfer's elbow",
                              "tight hamstrings", "tight calf", "Achilles tendinitis"}) {
    CAPTURE(symptom);
    CHECK(text_of(pack.secret(4, "author")).find(symptom) != std::string::npos);
  }
}

TEST_CASE("No text promises what a handout must never promise", "[texts]") {
  for (const auto& source : sources_of("en-GB"))
    for (const auto* never : {"cure", "root cause", "works for", "%", "heals", "guarantee"}) {
      CAPTURE(source.name, never);
      CHECK(source.text.find(never) == std::string::npos);
    }
}

TEST_CASE("English leaves room for five pictures on two pages", "[texts]") {
  const auto pack = pack_of("en-GB");
  for (int number = 1; number <= 4; ++number) {
    CAPTURE(number);
    CHECK(characters(text_of(pack.secret(number, "author"))) <= (number == 4 ? 180 : 150));
    CHECK(characters(text_of(pack.secret(number, "research"))) <= (number == 4 ? 300 : 210));
    CHECK(characters(text_of(pack.secret(number, "relief"))) <= 110);
    CHECK(characters(text_of(pack.secret(number, "prevention"))) <= 110);
  }
  const std::map<std::string, long> most{{"bed.md", 480}, {"about.md", 260}, {"choices.md", 300}};
  for (const auto& [name, size] : most) {
    CAPTURE(name);
    CHECK(characters(text_of(pack.file(name).blocks.at(0))) <= size);
  }
}

TEST_CASE("English is at reading grade 6 or below on both tracks", "[texts]") {
  CHECK(std::system("python3 " READABILITY " --check " HANDOUT_TEXTS "/en-GB > /dev/null") == 0);
}

TEST_CASE("English that is hard to read is named with its file and sentence", "[texts]") {
  const auto said = [](const std::string& name, const std::string& from, const std::string& to) {
    auto folder = (std::filesystem::temp_directory_path() / "facet-hard-XXXXXX").string();
    REQUIRE(::mkdtemp(folder.data()) != nullptr);
    auto sources = sources_of("en-GB");
    text_of(sources, name) = with(text_of(sources, name), from, to);
    for (const auto& source : sources)
      std::ofstream(std::filesystem::path(folder) / source.name) << source.text;
    FILE* out = popen(("python3 " READABILITY " --check " + folder).c_str(), "r");
    REQUIRE(out != nullptr);
    std::string text;
    for (int c = std::fgetc(out); c != EOF; c = std::fgetc(out)) text += static_cast<char>(c);
    CHECK(pclose(out) != 0);
    std::filesystem::remove_all(folder);
    return text;
  };
  const auto has = [](const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
  };
  const std::string hard = "Multidisciplinary rehabilitation facilitates considerable improvement.";
  const auto footer = said("footer.md", "Talk to them before you change treatment.", hard);
  CHECK(has(footer, "over: footer.md: grade "));
  CHECK(has(footer, "the hardest sentence is: " + hard));
  const auto secret = said("secret-3.md", "Make time for sleep, rest and gentle moving.",
                           hard + " " + hard + " " + hard);
  CHECK(has(secret, "over: secret-3.md (prevention): grade "));
  CHECK_FALSE(has(secret, "over: secret-3.md (relief)"));
  const std::string chest = "you have chest pain";
  std::string lengthy = chest;
  for (int i = 0; i < 17; ++i) lengthy += " or so";
  CHECK(has(said("urgent.md", chest, lengthy),
            "over: urgent.md: 38 words in one sentence: you have"));
  CHECK(has(said("labels.md", "The bed can press near these joints.",
                 "The bed can press near these joints" + lengthy.substr(chest.size()) + "."),
            "over: labels.md: 41 words in one sentence: The bed can press"));
}

TEST_CASE("Dates are in each language's own order and words", "[texts]") {
  const auto date = [](const std::string& language, const std::string& key) {
    const auto pack = pack_of(language);
    const auto word = [&](const std::string& name) { return text_of(pack.label(name)); };
    return plain(*fill(pack.label(key), {{"day", "22"},
                                         {"month", word("month_11")},
                                         {"year", "2026"},
                                         {"weekday", word("weekday_7")},
                                         {"time", "14:30"}}));
  };
  CHECK(date("en-GB", "date") == "22 November 2026");
  CHECK(date("pl", "date") == "22 listopada 2026");
  CHECK(date("ko", "date") == "2026년 11월 22일");
  CHECK(date("ar", "date") == "22 نوفمبر 2026");
  CHECK(date("en-GB", "date_time") == "Sunday 22 November, 14:30");
  CHECK(date("ko", "date_time") == "11월 22일 일요일 14:30");
}

TEST_CASE("A broken text is refused with file and line", "[texts]") {
  CHECK(refusal("about.md", "# About\n\nWe are\nhere at {clinc}.") ==
        "about.md:4: unknown placeholder {clinc}.");
  CHECK(refusal("about.md", "# About\n\nOpen { brace.") ==
        "about.md:3: a brace that is not part of a {placeholder}.");
  CHECK(refusal("about.md", "# About\n\nShut } brace.") ==
        "about.md:3: a brace that is not part of a {placeholder}.");
  CHECK(refusal("about.md", "# About\n\nEmpty {} gap.") ==
        "about.md:3: a brace that is not part of a {placeholder}.");
  CHECK(refusal("about.md", "# About\n\nSee [us](http://x).") ==
        "about.md:3: print cannot show a link.");
  CHECK(refusal("about.md", "# About\n\n![us](x.png)") == "about.md:3: print cannot show a image.");
  CHECK(refusal("about.md", "# About\n\nSo *very* good.") ==
        "about.md:3: print cannot show a emph.");
  CHECK(refusal("about.md", "# About\n\nTo **{clinic}**and on.") ==
        "about.md:3: a * or ` that marks nothing; bold needs blanks around it.");
  CHECK(refusal("about.md", "# About\n\n> Said.") ==
        "about.md:3: print cannot show a block_quote.");
  CHECK(refusal("about.md", "# About\n\n    code\n") ==
        "about.md:3: print cannot show a code_block.");
  CHECK(refusal("about.md", "# About\n\n---\n") ==
        "about.md:3: print cannot show a thematic_break.");
  CHECK(refusal("about.md", "# About\n\nText.\n\n<b>x</b>\n") ==
        "about.md:5: print cannot show a html_inline.");
  CHECK(refusal("about.md", "# About\n\n<script>x</script>\n") ==
        "about.md:3: print cannot show a html_block.");
  CHECK(refusal("about.md", "Text without heading.") == "about.md:1: needs a heading.");
  CHECK(refusal("about.md", "") == "about.md:1: needs a heading.");
  CHECK(refusal("about.md", "# About\n") == "about.md:1: has 0 paragraphs or items; needs 1 to 4.");
  CHECK(refusal("about.md", "# About\n\nText.\n\n## More\n") ==
        "about.md:5: only one heading, at the top, with one #.");
  CHECK(refusal("footer.md", "# Foot\n\nText.\n") == "footer.md:1: must not have a heading.");
  CHECK(refusal("urgent.md", "# Go\n\n- one\n\n  two\n") ==
        "urgent.md:3: a list item must be one paragraph.");
  CHECK(refusal("bed.md", "# Bed\n\nBad \xff byte\n") == "bed.md:3: is not plain UTF-8 text.");
  CHECK(refusal("bed.md", std::string("# Bed\n\nA\0b\n", 11)) ==
        "bed.md:3: is not plain UTF-8 text.");
  CHECK(refusal("bed.md", "# Bed\r\n\r\nWindows\r\n") == "bed.md:1: is not plain UTF-8 text.");
  CHECK(refusal("bed.md", "# Bed\n\n" + std::string(64 * 1024, 'a')) == "bed.md:1: is over 64 KB.");
}

TEST_CASE("A keyed list has every key once, and no other", "[texts]") {
  CHECK(refusal("labels.md", "- `title`: Pain\n- title: Pain\n") ==
        "labels.md:2: must read `key`: words.");
  CHECK(refusal("labels.md", "- `title`: Pain\n- `two`:\n") ==
        "labels.md:2: must read `key`: words.");
  CHECK(refusal("labels.md", "`title`: Four", "`titel`: Four", "en-GB") ==
        "labels.md:1: `titel` is not known here.");
  CHECK(refusal("labels.md", "- `title`: Four ideas about pain\n", "", "en-GB") ==
        "labels.md:1: `title` is missing.");
  CHECK(refusal("labels.md", "# Labels\n\n- `title`: Pain\n") ==
        "labels.md:1: must not have a heading.");
  CHECK(refusal("nerves.md", "- `radial`: a\n- `radial`: b\n") ==
        "nerves.md:2: `radial` is there twice.");
  CHECK(refusal("secret-2.md", "# Idea\n\n- `author`: One.\n- `extra`: Two.\n") ==
        "secret-2.md:4: `extra` is not known here.");
  CHECK(refusal("secret-2.md", "# Idea\n\n- `author`: One.\n") ==
        "secret-2.md:1: `research` is missing.");
  CHECK(refusal("secret-2.md", "# The spine, where", "The spine, where", "en-GB") ==
        "secret-2.md:1: needs a heading.");
  CHECK(refusal("secret-2.md", "# The", "# {clinic}: the", "en-GB") ==
        "secret-2.md:1: unknown placeholder {clinic}.");
}

TEST_CASE("A label has the gaps that it needs, and no other", "[texts]") {
  CHECK(refusal("labels.md", "`page`: Page {page} of {pages}", "`page`: Page {page}", "en-GB")
            .ends_with(": {pages} is missing."));
  CHECK(refusal("labels.md", "`title`: Four", "`title`: {name}, four", "en-GB") ==
        "labels.md:1: unknown placeholder {name}.");
  CHECK(refusal("labels.md", ", from {given_by}, {date}", ", {date}", "en-GB").empty());
  CHECK(refusal("labels.md", "For **{patient}**", "For you", "en-GB")
            .ends_with(": {patient} is missing."));
}

TEST_CASE("What a pack says about itself is checked", "[texts]") {
  const auto with_status = [](const std::string& status) {
    auto sources = sources_of("en-GB");
    auto& text = text_of(sources, "pack.md");
    text = with(text, "draft", status);
    return TextPack::parse("en-GB", sources);
  };
  const auto approved = with_status("approved by Ann Smith on call on 2026-11-23");
  REQUIRE(approved);
  CHECK(approved->approval() == Approval{"Ann Smith on call", std::chrono::year{2026} / 11 / 23});
  for (const auto* status :
       {"approved", "Draft", "approved by Ann Smith", "approved by  on 2026-11-23",
        "approved by Ann Smith on 2026-02-30", "approved by Ann Smith on 23 November"}) {
    CAPTURE(status);
    const auto pack = with_status(status);
    REQUIRE_FALSE(pack);
    CHECK(pack.error().message == "pack.md:4: must be draft, or approved by NAME on YYYY-MM-DD.");
  }
  CHECK(refusal("pack.md", "2026-11-22", "2026-11-31", "en-GB") ==
        "pack.md:3: needs a date such as 2026-11-22.");
  CHECK(refusal("pack.md", "2026-11-22", "22.11.2026", "en-GB") ==
        "pack.md:3: needs a date such as 2026-11-22.");
  CHECK(refusal("pack.md", "ltr", "left", "en-GB") == "pack.md:5: must be ltr or rtl.");
  CHECK(refusal("pack.md", "ltr", "{date}", "en-GB") == "pack.md:5: unknown placeholder {date}.");
}

TEST_CASE("A pack is to be reviewed two years after its date", "[texts]") {
  auto sources = sources_of("en-GB");
  CHECK(TextPack::parse("en-GB", sources)->review_by() == std::chrono::year{2028} / 11 / 22);
  text_of(sources, "pack.md") = with(text_of(sources, "pack.md"), "2026-11-22", "2028-02-29");
  CHECK(TextPack::parse("en-GB", sources)->review_by() == std::chrono::year{2030} / 2 / 28);
}

TEST_CASE("A missing or unknown text is refused by name", "[texts]") {
  for (const auto& source : sources_of("pl")) {
    CAPTURE(source.name);
    CHECK(without(source.name, "pl") == source.name + ":1: is missing.");
  }
  CHECK(without("symptoms.md", "ko") == "symptoms.md:1: is missing.");
  auto sources = sources_of("en-GB");
  sources.push_back({"abuot.md", "# About\n\nText.\n"});
  CHECK(TextPack::parse("en-GB", sources).error().message ==
        "abuot.md:1: is not a text of a handout.");
  sources.back() = sources.front();
  CHECK(TextPack::parse("en-GB", sources).error().message == "about.md:1: is there twice.");
}

TEST_CASE("A language never lacks a name of the catalogue", "[texts]") {
  CHECK(refusal("nerves.md", "- `ulnar`: nerw łokciowy\n", "", "pl") ==
        "nerves.md:1: `ulnar` is missing.");
  CHECK(refusal("symptoms.md", "- `headache`: Ból głowy\n", "", "pl") ==
        "symptoms.md:1: `headache` is missing.");
  CHECK(refusal("symptoms.md", "`headache`", "`hedache`", "pl") ==
        "symptoms.md:1: `hedache` is not in the catalogue.");
  CHECK(refusal("nerves.md", "nerw łokciowy", "nerw {name}", "pl") ==
        "nerves.md:19: unknown placeholder {name}.");
}

TEST_CASE("English may name single symptoms in the clinic's own words", "[texts]") {
  auto sources = sources_of("en-GB");
  sources.push_back({"symptoms.md", "- `low_back_pain`: Sore low back\n"});
  const auto pack = TextPack::parse("en-GB", sources);
  REQUIRE(pack);
  CHECK(text_of(*pack->symptom("low_back_pain")) == "Sore low back");
  CHECK_FALSE(pack->symptom("headache"));
}

TEST_CASE("A placeholder without a value is refused with file and line", "[texts]") {
  const Template words{"about.md", {{"Hello ", "", false, 7}, {"", "clinic", false, 8}}};
  const auto filled = fill(words, {});
  REQUIRE_FALSE(filled);
  CHECK(filled.error().message == "about.md:8: placeholder {clinic} has no value.");
  CHECK(plain(*fill(words, {{"clinic", "us"}})) == "Hello us");
}

TEST_CASE("Bold words stay bold in languages without blanks around them", "[texts]") {
  const auto pack = pack_of("ko");
  const auto words =
      fill(pack.label("made_for"), {{"patient", "김영희"}, {"given_by", "박"}, {"date", "오늘"}});
  REQUIRE(words);
  CHECK(words->at(0) == Span{"김영희", true});
}
