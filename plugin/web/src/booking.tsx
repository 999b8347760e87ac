// SPDX-License-Identifier: MPL-2.0
import { useState } from "preact/hooks";
import { name_of, put, search } from "./api";
import { code_in, new_id, to } from "./fhir";
import type { Appointment, Reference, Schedule, ServiceRequest, Slot } from "./fhir";
import { LoadFailure, Notice, useAct, useLoaded } from "./notice";
import { first_order, type Order, OrderForm, order_of, order_words, to_request } from "./order";
import { day_and_time } from "./words";

const SESSION = { system: "urn:facet:act", code: "bed-session" };

interface Desk {
  open_order: ServiceRequest | undefined;
  booked: Appointment[];
  all: string[];
}

/** What is ordered for the patient and not yet booked, and what is booked from now on. */
async function desk_of(patient: string): Promise<Desk> {
  const [orders, appointments] = await Promise.all([
    search<ServiceRequest>("ServiceRequest", { patient }),
    search<Appointment>("Appointment", { patient }),
  ]);
  const live = appointments.filter((a) => a.status !== "cancelled");
  const taken = new Set(live.flatMap((a) => a.basedOn ?? []).map((r) => r.reference));
  const open_order = orders.find(
    (o) =>
      o.status === "active" &&
      code_in(o.code, SESSION.system) === SESSION.code &&
      !taken.has(`ServiceRequest/${o.id}`),
  );
  const now = Date.now();
  const booked = live
    .filter((a) => new Date(a.end).getTime() > now)
    .sort((a, b) => a.start.localeCompare(b.start));
  return { open_order, booked, all: live.map((a) => a.id ?? "") };
}

async function first_free(schedule: string, minutes: number): Promise<Slot | null> {
  const slots = await search<Slot>("Slot", {
    schedule: `Schedule/${schedule}`,
    start: `ge${new Date().toISOString()}`,
    status: "free",
    minutes: String(minutes),
    _count: "1",
  });
  return slots[0] ?? null;
}

function appointment(patient: string, order: string, slot: Slot, actors: Reference[]) {
  return {
    resourceType: "Appointment" as const,
    id: new_id(),
    status: "booked",
    start: slot.start,
    end: slot.end,
    basedOn: [to("ServiceRequest", order)],
    participant: [to("Patient", patient), ...actors].map(({ reference }) => ({
      actor: { reference },
      status: "accepted",
    })),
  };
}

interface Props {
  patient: string;
  schedule: Schedule & { id: string };
  may_order: boolean;
  on_booked: (appointments: string[]) => void;
}

export function BookingPanel({ patient, schedule, may_order, on_booked }: Props) {
  const [order, set_order] = useState<Order>(first_order);
  const [another, set_another] = useState(false);
  const [changed, set_changed] = useState("");
  const { busy, said, run } = useAct();
  const desk = useLoaded(async () => {
    const read = await desk_of(patient);
    on_booked(read.all);
    return read;
  }, [patient]);
  const waiting = desk.value?.open_order;
  const open_order = changed === waiting?.id ? undefined : waiting;
  const minutes = open_order === undefined ? order.minutes : order_of(open_order).minutes;
  const slot = useLoaded(() => first_free(schedule.id, minutes), [schedule.id, minutes]);
  const actors = useLoaded(() => Promise.all(schedule.actor.map(name_of)), [schedule.id]);

  const place_order = async (): Promise<string> => {
    const id = waiting !== undefined && changed === waiting.id ? changed : undefined;
    const request = to_request(order, patient, requester(schedule), id);
    await put(request);
    set_changed("");
    return request.id;
  };
  const book = async (): Promise<string> => {
    try {
      const free = slot.value;
      if (free === null) return "";
      const id = open_order?.id ?? (await place_order());
      await put(appointment(patient, id, free, schedule.actor));
      set_another(false);
      return `Booked for ${day_and_time(free.start, free.end)}.`;
    } finally {
      desk.again();
      slot.again();
    }
  };
  const change = (request: ServiceRequest): void => {
    set_order(order_of(request));
    set_changed(request.id ?? "");
  };
  const orders_now = may_order && open_order === undefined;
  const enough =
    desk.value !== null && desk.value.booked.length > 0 && waiting === undefined && !another;
  const may_book = desk.value !== null && (open_order !== undefined || (orders_now && !enough));
  const submit = (event: Event): void => {
    event.preventDefault();
    void run(book);
  };

  return (
    <section class="card" aria-labelledby="booking-title">
      <h2 id="booking-title">Bed session</h2>
      <LoadFailure of={desk} what="What is ordered" />
      <Booked appointments={desk.value?.booked ?? []} />
      <form onSubmit={submit} noValidate>
        {open_order !== undefined && (
          <p>
            <span class="strong">Ordered, not yet booked:</span>{" "}
            {may_order ? order_words(open_order) : `a session of ${minutes} minutes.`}
          </p>
        )}
        {may_book && orders_now && <OrderForm order={order} on_change={set_order} />}
        {desk.value !== null && open_order === undefined && !may_order && (
          <p class="quiet-text">
            No session is waiting to be booked. A physiotherapist orders it first.
          </p>
        )}
        {may_book && <FirstFree slot={slot.value} names={actors.value ?? []} />}
        <LoadFailure of={slot} what="The free times" />
        <Notice said={said} />
        {orders_now && enough && (
          <button type="button" class="quiet" onClick={() => set_another(true)}>
            Order another session
          </button>
        )}
        {may_book && slot.value !== null && (
          <div class="acts">
            <button type="submit" class="primary" aria-disabled={busy}>
              {busy ? "Booking…" : open_order === undefined ? "Order and book" : "Book this time"}
            </button>
            {may_order && open_order !== undefined && (
              <button type="button" class="quiet" onClick={() => change(open_order)}>
                Change the order
              </button>
            )}
          </div>
        )}
      </form>
    </section>
  );
}

const requester = (schedule: Schedule): Reference | undefined =>
  schedule.actor.find((a) => a.reference.startsWith("Practitioner/"));

function FirstFree({ slot, names }: { slot: Slot | null; names: string[] }) {
  if (slot === null) return <p class="quiet-text">No free time was found.</p>;
  return (
    <p class="free">
      <span class="quiet-text">First free time</span>
      <span class="large">{day_and_time(slot.start, slot.end)}</span>
      <span class="quiet-text">{names.filter((n) => n !== "").join(" · ")}</span>
    </p>
  );
}

function Booked({ appointments }: { appointments: Appointment[] }) {
  if (appointments.length === 0) return null;
  return (
    <ul class="rows" aria-label="Booked sessions">
      {appointments.map((a) => (
        <li key={a.id}>
          <span class="strong">{day_and_time(a.start, a.end)}</span>
          <span class="quiet-text">booked</span>
        </li>
      ))}
    </ul>
  );
}
