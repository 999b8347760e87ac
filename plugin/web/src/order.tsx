// SPDX-License-Identifier: MPL-2.0
// What the physiotherapist orders: where, how strong, how fast, how long.
import { Choice } from "./choice";
import { coded, type Extension, new_id, type Reference, type ServiceRequest, to } from "./fhir";
import { zones } from "./words";

export interface Order {
  zones: string[];
  strength: number;
  speed: number;
  minutes: number;
}

export const first_order: Order = {
  zones: ["left_lower", "right_lower"],
  strength: 2,
  speed: 2,
  minutes: 20,
};

const URL = "urn:facet:";
const STEPS: [string, string][] = [1, 2, 3, 4, 5].map((n) => [String(n), String(n)]);
const MINUTES: [string, string][] = [20, 30, 40, 60].map((n) => [String(n), String(n)]);

export function to_request(
  order: Order,
  patient: string,
  requester: Reference | undefined,
  id = new_id(),
): ServiceRequest & { id: string } {
  return {
    resourceType: "ServiceRequest",
    id,
    status: "active",
    intent: "order",
    code: coded("urn:facet:act", "bed-session"),
    subject: to("Patient", patient),
    ...(requester === undefined ? {} : { requester: { reference: requester.reference } }),
    extension: [
      ...order.zones.map((zone): Extension => ({ url: `${URL}zone`, valueCode: zone })),
      { url: `${URL}strength`, valueInteger: order.strength },
      { url: `${URL}speed`, valueInteger: order.speed },
      { url: `${URL}minutes`, valueInteger: order.minutes },
    ],
  };
}

export function order_of(request: ServiceRequest): Order {
  const all = request.extension ?? [];
  const number = (name: "strength" | "speed" | "minutes"): number =>
    all.find((e) => e.url === URL + name)?.valueInteger ?? first_order[name];
  return {
    zones: all.filter((e) => e.url === `${URL}zone`).map((e) => e.valueCode ?? ""),
    strength: number("strength"),
    speed: number("speed"),
    minutes: number("minutes"),
  };
}

export function order_words(request: ServiceRequest): string {
  const order = order_of(request);
  const where = order.zones.map((zone) => (zones[zone] ?? zone).toLowerCase());
  return (
    `${where.join(", ")}; strength ${order.strength} of 5, speed ${order.speed} of 5, ` +
    `${order.minutes} minutes.`
  );
}

interface Props {
  order: Order;
  on_change: (order: Order) => void;
}

export function OrderForm({ order, on_change }: Props) {
  const toggle = (zone: string): void => {
    const without = order.zones.filter((z) => z !== zone);
    const next = without.length === order.zones.length ? [...without, zone] : without;
    on_change({ ...order, zones: next });
  };
  const pick =
    (field: "strength" | "speed" | "minutes") =>
    (value: string): void =>
      on_change({ ...order, [field]: Number(value) });

  return (
    <>
      <fieldset>
        <legend>Where on the back</legend>
        <div class="zones">
          {Object.entries(zones).map(([zone, label]) => (
            <label key={zone}>
              <input
                type="checkbox"
                checked={order.zones.includes(zone)}
                onChange={() => toggle(zone)}
              />
              <span>{label}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div class="trio">
        <Choice
          legend="Strength"
          name="strength"
          options={STEPS}
          value={String(order.strength)}
          on_pick={pick("strength")}
        />
        <Choice
          legend="Speed"
          name="speed"
          options={STEPS}
          value={String(order.speed)}
          on_pick={pick("speed")}
        />
        <Choice
          legend="Minutes"
          name="minutes"
          options={MINUTES}
          value={String(order.minutes)}
          on_pick={pick("minutes")}
        />
      </div>
    </>
  );
}
