// SPDX-License-Identifier: MPL-2.0
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { log_out, person_name, read, search, session, type Session, when_logged_out } from "./api";
import { BedPanel } from "./bed";
import { BookingPanel } from "./booking";
import type { Patient, Schedule } from "./fhir";
import { HandoutPanel } from "./handout";
import { Login } from "./login";
import { LoadFailure, useLoaded } from "./notice";
import { Patients } from "./patients";
import { SymptomPanel } from "./symptom";
import { birth_words } from "./words";

/** The address names the patient (#/patient/ID), so Back and Reload do what a person expects. */
function usePatientId(): [string, (id: string) => void] {
  const from_address = (): string =>
    /^#\/patient\/([A-Za-z0-9.-]+)$/.exec(window.location.hash)?.[1] ?? "";
  const [id, set_id] = useState(from_address);
  useEffect(() => {
    const follow = (): void => set_id(from_address());
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  const go = useCallback((next: string): void => {
    window.location.hash = next === "" ? "#/" : `#/patient/${next}`;
  }, []);
  return [id, go];
}

export function App() {
  const [who, set_who] = useState<Session | null>(null);
  const first = useLoaded(session, []);
  useEffect(() => when_logged_out(() => set_who(null)), []);
  useEffect(() => {
    if (first.value !== null) set_who(first.value);
  }, [first.value]);
  const leave = (): void => {
    void log_out().finally(() => {
      window.location.hash = "#/";
      set_who(null);
    });
  };

  if (who !== null) return <Desk who={who} on_leave={leave} />;
  return (
    <>
      <Header />
      {first.error === "" ? (
        <Login on_session={set_who} />
      ) : (
        <main class="narrow">
          <LoadFailure of={first} what="Facet" />
        </main>
      )}
    </>
  );
}

function Header(props: { who?: Session; on_leave?: () => void }) {
  return (
    <header>
      <div class="bar">
        <span class="brand">
          <img src="assets/icon.svg" alt="" width="28" height="28" />
          Facet
        </span>
        {props.who !== undefined && (
          <>
            <span class="who">{[props.who.user, ...props.who.roles].filter(Boolean).join(" · ")}</span>
            <button type="button" class="on-bar" onClick={props.on_leave}>
              Log out
            </button>
          </>
        )}
      </div>
    </header>
  );
}

function Desk({ who, on_leave }: { who: Session; on_leave: () => void }) {
  const [id, go] = usePatientId();
  const clinical = who.roles.includes("physiotherapist");
  const serves = clinical || who.roles.includes("reception");
  return (
    <>
      <Header who={who} on_leave={on_leave} />
      {!serves && (
        <main class="narrow">
          <h1>Welcome</h1>
          <p class="card">
            This account looks after the clinic's data. The screens here are for physiotherapists
            and reception.
          </p>
        </main>
      )}
      {serves && id === "" && <Patients on_pick={(patient) => go(patient.id ?? "")} />}
      {serves && id !== "" && (
        <PatientPage key={id} id={id} clinical={clinical} on_leave={() => go("")} />
      )}
    </>
  );
}

interface PageProps {
  id: string;
  clinical: boolean;
  on_leave: () => void;
}

function PatientPage({ id, clinical, on_leave }: PageProps) {
  const patient = useLoaded(() => read<Patient>(`Patient/${id}`), [id]);
  const schedules = useLoaded(() => search<Schedule>("Schedule"), []);
  const [appointments, set_appointments] = useState<string[]>([]);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (patient.value !== null) title.current?.focus();
  }, [patient.value]);
  const schedule = schedules.value?.find((s) => bed_of(s) !== undefined);
  const bed = schedule === undefined ? undefined : bed_of(schedule);

  return (
    <main>
      <div class="person">
        <div>
          <h1 ref={title} tabIndex={-1}>
            {patient.value === null ? "Patient" : person_name(patient.value.name)}
          </h1>
          {patient.value !== null && (
            <p class="quiet-text">
              {[birth_words(patient.value.birthDate), patient.value.gender ?? ""]
                .filter((words) => words !== "")
                .join(" · ")}
            </p>
          )}
        </div>
        <button type="button" class="quiet" onClick={on_leave}>
          Change patient
        </button>
      </div>
      <LoadFailure of={patient} what="The patient" />
      <LoadFailure of={schedules} what="The bed's schedule" />
      {patient.value !== null && (
        <div class={clinical ? "columns" : "columns single"}>
          {clinical && (
            <div class="column">
              <SymptomPanel patient={id} />
              <HandoutPanel patient={id} />
            </div>
          )}
          <div class="column">
            {bed !== undefined && <BedPanel bed={bed} appointments={appointments} />}
            {schedule?.id !== undefined && (
              <BookingPanel
                patient={id}
                schedule={{ ...schedule, id: schedule.id }}
                may_order={clinical}
                on_booked={set_appointments}
              />
            )}
            {schedules.value !== null && schedule === undefined && (
              <p class="card quiet-text">This clinic has no bed to book yet.</p>
            )}
          </div>
        </div>
      )}
    </main>
  );
}

const bed_of = (schedule: Schedule) =>
  schedule.actor.find((actor) => actor.reference.startsWith("Device/"));
