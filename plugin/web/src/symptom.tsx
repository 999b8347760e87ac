// SPDX-License-Identifier: MPL-2.0
import { useMemo, useState } from "preact/hooks";
import { read, Refusal, search, transact } from "./api";
import { Choice } from "./choice";
import { Combobox } from "./combobox";
import { code_in, coded, new_id, to } from "./fhir";
import type { CodeSystem, Encounter, Observation } from "./fhir";
import { LoadFailure, Notice, useAct, useLoaded } from "./notice";
import { day_and_time, sides } from "./words";

interface Symptom {
  code: string;
  display: string;
  sides: string[];
}

const SYMPTOM = "urn:facet:symptom";
const SIDE = "urn:facet:side";
const LEVELS = Array.from({ length: 11 }, (_, level) => level);

const missing = (reason: string): Refusal => new Refusal(0, reason);

async function catalogue(): Promise<Symptom[]> {
  const system = await read<CodeSystem>("CodeSystem/symptom");
  return (system.concept ?? []).map(({ code, display, property }) => ({
    code,
    display,
    sides: (property ?? [])
      .filter((p) => p.code === "laterality")
      .map((p) => p.valueCode ?? p.valueString ?? "")
      .filter((side) => side in sides),
  }));
}

async function recorded(patient: string): Promise<Observation[]> {
  const all = await search<Observation>("Observation", { patient });
  return all
    .filter((o) => code_in(o.code, SYMPTOM) !== "")
    .sort((a, b) => (b.effectiveDateTime ?? "").localeCompare(a.effectiveDateTime ?? ""));
}

/** Today's open visit, so that a second symptom joins the first. */
async function open_visit(patient: string): Promise<string | undefined> {
  const today = new Date().toDateString();
  const visits = await search<Encounter>("Encounter", { patient });
  return visits.find(
    (v) =>
      v.status === "in-progress" && new Date(v.period?.start ?? 0).toDateString() === today,
  )?.id;
}

function new_visit(patient: string, now: string): Encounter & { id: string } {
  return {
    resourceType: "Encounter",
    id: new_id(),
    status: "in-progress",
    class: { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "AMB" },
    subject: to("Patient", patient),
    period: { start: now },
  };
}

async function record(patient: string, symptom: string, side: string, severity: number) {
  const now = new Date().toISOString();
  const visit = await open_visit(patient);
  const opened = visit === undefined ? [new_visit(patient, now)] : [];
  const observation: Observation & { id: string } = {
    resourceType: "Observation",
    id: new_id(),
    status: "final",
    code: coded(SYMPTOM, symptom),
    subject: to("Patient", patient),
    encounter: to("Encounter", visit ?? opened[0]!.id),
    effectiveDateTime: now,
    valueInteger: severity,
    ...(side === "" ? {} : { bodySite: coded(SIDE, side) }),
  };
  await transact([...opened, observation]);
}

export function SymptomPanel({ patient }: { patient: string }) {
  const known = useLoaded(catalogue, []);
  const before = useLoaded(() => recorded(patient), [patient]);
  const [query, set_query] = useState("");
  const [symptom, set_symptom] = useState<Symptom | null>(null);
  const [side, set_side] = useState("");
  const [severity, set_severity] = useState<number | null>(null);
  const { busy, said, run } = useAct();

  const options = useMemo(() => {
    const words = query.toLowerCase().split(/\s+/);
    return (known.value ?? []).filter((s) =>
      words.every((word) => s.display.toLowerCase().includes(word)),
    );
  }, [known.value, query]);

  const choose = (chosen: Symptom | null): void => {
    set_symptom(chosen);
    set_side(chosen?.sides.length === 1 ? chosen.sides[0]! : "");
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void run(async () => {
      if (symptom === null) throw missing("Choose a symptom from the list.");
      if (symptom.sides.length > 0 && side === "") throw missing("Choose the side.");
      if (severity === null) throw missing("Choose how bad it is, from 0 to 10.");
      await record(patient, symptom.code, side, severity);
      before.again();
      choose(null);
      set_query("");
      set_severity(null);
      return `${symptom.display} is recorded.`;
    });
  };

  return (
    <section class="card" aria-labelledby="symptom-title">
      <h2 id="symptom-title">Symptom</h2>
      <LoadFailure of={known} what="The symptom catalogue" />
      <form onSubmit={submit} noValidate>
        <Combobox<Symptom>
          label="What hurts"
          query={query}
          options={options}
          key_of={(s) => s.code}
          row={(s) => <span>{s.display}</span>}
          none={known.value === null ? "Reading…" : "No symptom in the catalogue has these words."}
          on_query={(text) => {
            set_query(text);
            choose(null);
          }}
          on_pick={(s) => {
            set_query(s.display);
            choose(s);
          }}
        />
        {symptom !== null && symptom.sides.length > 0 && (
          <Choice
            legend="Side"
            name="side"
            options={symptom.sides.map((s) => [s, sides[s] ?? s])}
            value={side}
            on_pick={set_side}
          />
        )}
        <Choice
          legend="How bad is it now?"
          hint="0 is no pain, 10 is the worst imaginable."
          name="severity"
          scale
          options={LEVELS.map((level) => [String(level), String(level)])}
          value={severity === null ? "" : String(severity)}
          on_pick={(level) => set_severity(Number(level))}
        />
        <Notice said={said} />
        <button type="submit" class="primary" aria-disabled={busy}>
          {busy ? "Recording…" : "Record symptom"}
        </button>
      </form>
      <h3>Recorded</h3>
      <LoadFailure of={before} what="What was recorded before" />
      <Recorded observations={before.value} catalogue={known.value ?? []} />
    </section>
  );
}

function Recorded(props: { observations: Observation[] | null; catalogue: Symptom[] }) {
  if (props.observations === null) return null;
  if (props.observations.length === 0) return <p class="quiet-text">Nothing yet.</p>;
  const display = (o: Observation): string => {
    const code = code_in(o.code, SYMPTOM);
    return props.catalogue.find((s) => s.code === code)?.display ?? code;
  };
  return (
    <ul class="rows">
      {props.observations.map((o) => (
        <li key={o.id}>
          <span>
            <span class="strong">{display(o)}</span>
            {code_in(o.bodySite, SIDE) !== "" &&
              `, ${(sides[code_in(o.bodySite, SIDE)] ?? "").toLowerCase()}`}
          </span>
          <span class="figure">{o.valueInteger}/10</span>
          <span class="quiet-text">
            {o.effectiveDateTime === undefined ? "" : day_and_time(o.effectiveDateTime)}
          </span>
        </li>
      ))}
    </ul>
  );
}
