// SPDX-License-Identifier: MPL-2.0
import { useEffect, useState } from "preact/hooks";
import { address_of, check_session, name_of } from "./api";
import type { Reference } from "./fhir";
import { useLoaded } from "./notice";

interface BedEvent {
  device_id: string;
  online: boolean;
  state: string;
  appointment_id?: string | null;
  match_code?: string | null;
  elapsed_s?: number | null;
  duration_s?: number | null;
}

const RETRY_MS = 5000;

const states: Record<string, [title: string, meaning: string]> = {
  idle: ["Free", "No session is waiting for this bed."],
  ordered: ["Order sent", "The bed has not answered yet."],
  accepted: ["Waiting for the patient", "The patient lies down and enters the code at the bed."],
  ready: ["Ready", "The code matched. The button on the bed starts the session."],
  running: ["Running", "The session is under way."],
  paused: ["Paused", "The bed is holding still. It goes on from the bed only."],
  completed: ["Finished", "The whole session was given."],
  stopped: ["Stopped", "Someone ended the session before its time."],
  aborted: ["Ended by the bed", "The bed ended the session by itself. See the patient."],
  missed: ["Missed", "The session did not start in time."],
  refused: ["Refused by the bed", "The bed did not take the order. Nothing was started."],
  cancelled: ["Cancelled", "The order was taken back. Nothing was started."],
};

/** The newest event of one bed. The server ends a stream within 25 s; the browser resumes it. */
function useBed(device: string): { event: BedEvent | null; broken: boolean } {
  const [event, set_event] = useState<BedEvent | null>(null);
  const [broken, set_broken] = useState(false);
  useEffect(() => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = (): void => {
      source = new EventSource(address_of(`live/beds/${device}`));
      source.addEventListener("bed", (message: MessageEvent<string>) => {
        set_event(JSON.parse(message.data) as BedEvent);
        set_broken(false);
      });
      source.onopen = () => set_broken(false);
      source.onerror = () => {
        if (source?.readyState !== EventSource.CLOSED) return;
        set_broken(true);
        void check_session();
        timer = setTimeout(open, RETRY_MS);
      };
    };
    open();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }, [device]);
  return { event, broken };
}

interface Props {
  bed: Reference;
  appointments: string[];
}

export function BedPanel({ bed, appointments }: Props) {
  const device = bed.reference.replace("Device/", "");
  const { event, broken } = useBed(device);
  const name = useLoaded(() => name_of(bed), [device]);
  const own = event !== null && appointments.includes(appointment_of(event));
  const over = event !== null && !own && OVER.includes(event.state);
  const [title, meaning] = over ? states["idle"]! : words_for(event);

  return (
    <section class="card bed" aria-labelledby="bed-title" data-state={event?.state ?? ""}>
      <h2 id="bed-title">
        {name.value === null || name.value === "" ? "The bed" : name.value}{" "}
        <span class="quiet-text">now</span>
      </h2>
      <div aria-live="polite" aria-atomic="true">
        <p class="state">{title}</p>
        <p>{meaning}</p>
        {event !== null && !event.online && (
          <p class="notice plain">The bed is not connected. This is the last that it told.</p>
        )}
        {broken && <p class="notice plain">The live view is interrupted. Trying again…</p>}
      </div>
      {event !== null && !over && <Whose event={event} own={own} />}
      {event !== null && <MatchCode event={event} />}
      {event !== null && !over && <Progress event={event} />}
    </section>
  );
}

function words_for(event: BedEvent | null): [string, string] {
  if (event === null) return ["Asking the bed…", ""];
  return states[event.state] ?? [event.state, "The bed told a state that this page does not know."];
}

const appointment_of = (event: BedEvent): string =>
  (event.appointment_id ?? "").replace("Appointment/", "");

/** Ended with nothing left to see to: on the page of anyone else the bed is free. */
const OVER = ["completed", "stopped", "missed", "cancelled"];

function Whose({ event, own }: { event: BedEvent; own: boolean }) {
  if (appointment_of(event) === "" || event.state === "idle") return null;
  return <p class="strong">{own ? "This patient's session" : "Another patient's session"}</p>;
}

const WITH_CODE = ["ordered", "accepted"];

function MatchCode({ event }: { event: BedEvent }) {
  const code = event.match_code ?? "";
  if (code === "" || !WITH_CODE.includes(event.state)) return null;
  return (
    <p class="match">
      <span class="quiet-text">Code for the bed</span>
      <span class="code">{code}</span>
    </p>
  );
}

const WITH_PROGRESS = ["running", "paused", "completed", "stopped", "aborted"];

function Progress({ event }: { event: BedEvent }) {
  const duration = event.duration_s ?? 0;
  if (duration <= 0 || !WITH_PROGRESS.includes(event.state)) return null;
  const elapsed = Math.min(event.elapsed_s ?? 0, duration);
  return (
    <div class="progress">
      <label for="bed-progress">
        {Math.floor(elapsed / 60)} of {Math.round(duration / 60)} minutes
      </label>
      <progress id="bed-progress" max={duration} value={elapsed} />
    </div>
  );
}
