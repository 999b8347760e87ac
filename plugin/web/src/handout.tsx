// SPDX-License-Identifier: MPL-2.0
import { useEffect, useRef, useState } from "preact/hooks";
import { address_of, person_name, post, read_page, Refusal, search } from "./api";
import { Choice } from "./choice";
import type { DocumentReference, Practitioner, Resource } from "./fhir";
import { LoadFailure, Notice, useAct, useLoaded } from "./notice";
import { day_and_time } from "./words";

interface Language {
  code: string;
  name: string;
  status: "draft" | "approved" | "broken";
}

interface Wish {
  track: string;
  language: string; // empty: the patient's own
  form: string; // empty: as this patient reads
}

const TRACKS: [string, string][] = [
  ["relief", "Easing lasting pain"],
  ["prevention", "Keeping pain away"],
];

const FORMS: [string, string][] = [
  ["", "As this patient reads"],
  ["standard", "Standard print"],
  ["large", "Large print"],
  ["booklet", "Booklet to fold"],
];

/** Where its pages are; empty if that could not be read. */
const own_address = (document: DocumentReference): string => {
  const url = document.content[0]?.attachment.url ?? "";
  return /^Binary\/[A-Za-z0-9.-]+$/.test(url) ? address_of(`fhir/${url}`) : "";
};

function parameters_of({ track, language, form }: Wish): Resource {
  const parameter: object[] = [{ name: "track", valueCode: track }];
  if (language !== "") parameter.push({ name: "language", valueCode: language });
  if (form === "booklet") parameter.push({ name: "booklet", valueBoolean: true });
  if (form !== "")
    parameter.push({ name: "text-size", valueCode: form === "large" ? "large" : "standard" });
  return { resourceType: "Parameters", parameter } as Resource;
}

function preview_of(patient: string, { track, language }: Wish): string {
  const query = new URLSearchParams({ track, ...(language === "" ? {} : { language }) });
  return address_of(`pages/patient/${patient}/handout?${query.toString()}`);
}

export function HandoutPanel({ patient }: { patient: string }) {
  const [wish, set_wish] = useState<Wish>({ track: "relief", language: "", form: "" });
  const [address, set_address] = useState("");
  const languages = useLoaded(() => read_page<Language[]>("handout-languages"), []);
  const given = useLoaded(
    () => search<DocumentReference>("DocumentReference", { patient, status: "current", _count: "5" }),
    [patient],
  );
  const link = useRef<HTMLAnchorElement>(null);
  const { busy, said, run } = useAct();
  useEffect(() => {
    if (address !== "") link.current?.focus();
  }, [address]);

  const want = (part: Partial<Wish>): void => {
    set_wish({ ...wish, ...part });
    set_address("");
  };
  const start = (): void => {
    set_address("");
    void run(async () => {
      const made = await post<DocumentReference>(
        `Patient/${patient}/$handout`,
        parameters_of(wish),
      );
      const own = own_address(made);
      if (own === "")
        throw new Refusal(502, "The handout was made, but its address could not be read.");
      set_address(own);
      given.again();
      return "The handout is ready.";
    });
  };

  return (
    <section class="card" aria-labelledby="handout-title">
      <h2 id="handout-title">Handout</h2>
      <p class="quiet-text">
        What the pain may come from, in plain words, with this patient's own symptoms.
      </p>
      <Choice
        legend="What it is for"
        name="handout-track"
        options={TRACKS}
        value={wish.track}
        on_pick={(track) => want({ track })}
      />
      <div class="trio">
        <Pick
          id="handout-language"
          label="Language"
          options={[
            ["", "The patient's own"],
            ...(languages.value ?? [])
              .filter((one) => one.status !== "broken")
              .map((one): [string, string] => [
                one.code,
                one.status === "draft" ? `${one.name} (draft)` : one.name,
              ]),
          ]}
          value={wish.language}
          on_pick={(language) => want({ language })}
        />
        <Pick
          id="handout-form"
          label="Print"
          options={FORMS}
          value={wish.form}
          on_pick={(form) => want({ form })}
        />
      </div>
      <LoadFailure of={languages} what="The list of languages" />
      <Notice said={said} />
      <div class="acts">
        {address !== "" && (
          <a ref={link} class="button primary" href={address} target="_blank" rel="noopener">
            Open the handout (PDF, new tab)
          </a>
        )}
        <button
          type="button"
          class={address === "" ? "primary" : "quiet"}
          aria-disabled={busy}
          onClick={start}
        >
          {busy ? "Making it…" : address === "" ? "Make the handout" : "Make it again"}
        </button>
        <a
          class="button quiet"
          href={preview_of(patient, wish)}
          target="_blank"
          rel="noopener"
        >
          Preview (new tab)
        </a>
      </div>
      <h3>Given before</h3>
      <LoadFailure of={given} what="What was given before" />
      <Given documents={given.value} languages={languages.value ?? []} />
    </section>
  );
}

function Pick(props: {
  id: string;
  label: string;
  options: [value: string, label: string][];
  value: string;
  on_pick: (value: string) => void;
}) {
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      <select
        id={props.id}
        value={props.value}
        onChange={(event) => props.on_pick(event.currentTarget.value)}
      >
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

const track_words = (document: DocumentReference): string => {
  const code = document.extension?.find((one) => one.url === "urn:facet:track")?.valueCode;
  return TRACKS.find(([track]) => track === code)?.[1] ?? "Handout";
};

function Given(props: { documents: DocumentReference[] | null; languages: Language[] }) {
  const givers = [
    ...new Set((props.documents ?? []).map((one) => one.author?.[0]?.identifier?.value ?? "")),
  ].filter((id) => id !== "");
  const names = useLoaded(() => names_of(givers), [givers.join()]);
  if (props.documents === null) return null;
  if (props.documents.length === 0) return <p class="quiet-text">None yet.</p>;
  const language_of = (document: DocumentReference): string => {
    const code = document.content[0]?.attachment.language ?? "";
    return props.languages.find((one) => one.code === code)?.name ?? code;
  };
  return (
    <ul class="rows">
      {props.documents.map((one) => (
        <li key={one.id}>
          <span>
            <a href={own_address(one)} target="_blank" rel="noopener">
              {track_words(one)}
            </a>
            {`, ${language_of(one)}`}
          </span>
          <span class="quiet-text">
            {[
              one.date === undefined ? "" : day_and_time(one.date),
              names.value?.get(one.author?.[0]?.identifier?.value ?? "") ?? "",
            ]
              .filter((words) => words !== "")
              .join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Who is no member of staff here stays without a name. */
async function names_of(ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await search<Practitioner>("Practitioner", { _id: ids.join(",") });
  return new Map(found.map((one) => [one.id ?? "", person_name(one.name)]));
}
