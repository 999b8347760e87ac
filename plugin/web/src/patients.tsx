// SPDX-License-Identifier: MPL-2.0
import { useEffect, useState } from "preact/hooks";
import { person_name, search } from "./api";
import { Combobox } from "./combobox";
import type { Patient } from "./fhir";
import { LoadFailure, useLoaded } from "./notice";
import { birth_words } from "./words";

const PAUSE_MS = 150;
const SHOWN = "20";

/** The text, once the person has stopped typing for a moment. */
function useSettled(text: string): string {
  const [settled, set_settled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => set_settled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

export function Patients({ on_pick }: { on_pick: (patient: Patient) => void }) {
  const [query, set_query] = useState("");
  const name = useSettled(query.trim());
  const found = useLoaded(async () => {
    const asked = name === "" ? { _count: SHOWN } : { name, _count: SHOWN };
    const patients = await search<Patient>("Patient", asked);
    patients.sort((a, b) => person_name(a.name).localeCompare(person_name(b.name)));
    return { name, patients };
  }, [name]);

  return (
    <main class="narrow">
      <h1>Patients</h1>
      <div class="card">
        <Combobox<Patient>
          label="Find a patient"
          hint="Type the start of a name, then choose from the list."
          query={query}
          options={found.value?.patients ?? []}
          settled={found.value?.name === query.trim()}
          key_of={(patient) => patient.id ?? ""}
          row={(patient) => (
            <>
              <span class="strong">{person_name(patient.name)}</span>
              <span class="quiet-text">{birth_words(patient.birthDate)}</span>
            </>
          )}
          none={found.value === null ? "Reading…" : `No patient's name begins with “${found.value.name}”.`}
          on_query={set_query}
          on_pick={on_pick}
          always_open
          focus_first
        />
        <LoadFailure of={found} what="The patients" />
      </div>
    </main>
  );
}
