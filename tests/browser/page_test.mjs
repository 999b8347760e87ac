// SPDX-License-Identifier: MPL-2.0
// The page alone, against the stand-in: node --test page_test.mjs (FACET_WEB_DIST, FACET_SYMPTOMS).
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { accounts, CLEARED, ClinicDouble } from "./clinic_double.mjs";
import * as person from "./steps.mjs";

const { FACET_WEB_DIST, FACET_SYMPTOMS } = process.env;
const [physio, desk] = accounts;
const PHONE = { width: 390, height: 844 };
const tennis_elbow = { words: "tennis", display: "Tennis elbow", side: "Right", severity: 6 };

let browser, clinic, seen;
before(async () => (browser = await person.open_browser()));
after(() => browser.close());
beforeEach(async () => {
  clinic = new ClinicDouble(FACET_WEB_DIST, FACET_SYMPTOMS);
  await clinic.start();
});
afterEach(async () => {
  await seen?.context.close();
  await clinic.stop();
  assert.deepEqual(clinic.faults, []);
  assert.deepEqual(seen.complaints, []);
});

async function arrive(account, viewport) {
  seen = await person.visit(browser, clinic.url, viewport);
  await person.picture(seen.page, `login-${viewport?.width ?? 1280}`);
  await person.log_in(seen.page, account);
  return seen.page;
}

for (const viewport of [{ width: 1280, height: 800 }, PHONE]) {
  test(`a physiotherapist does the whole job at ${viewport.width} px`, async () => {
    const page = await arrive(physio, viewport);
    await person.patient_names(page);
    await person.picture(page, `patients-${viewport.width}`);
    await person.no_sideways_scrolling(page);
    await person.pick_patient(page, "Aisha Okafor");
    await person.picture(page, `patient-${viewport.width}`);

    const box = page.getByRole("combobox", { name: "What hurts" });
    await box.fill("elbow");
    await box.press("ArrowDown");
    await person.picture(page, `symptom-list-${viewport.width}`);
    await person.record_symptom(page, tennis_elbow);
    await person.record_symptom(page, { words: "low back p", display: "Low back pain", side: "Left", severity: 7 });
    const visits = [...clinic.record.values()].filter((r) => r.resourceType === "Encounter");
    assert.equal(visits.length, 1, "a second symptom joins the visit");

    await person.open_handout(page);
    assert.equal(await person.book(page), "");
    await page.getByText("Order sent").waitFor();
    await page.getByText("K7Q2").waitFor();
    await page.getByText("This patient's session").waitFor();
    clinic.tell({ state: "running", elapsed_s: 430, duration_s: 1200 });
    await page.getByText("7 of 20 minutes").waitFor();
    await person.picture(page, `running-${viewport.width}`);
    await person.no_sideways_scrolling(page);
    clinic.tell({ state: "completed", elapsed_s: 1200, duration_s: 1200 });
    await page.getByText("The whole session was given.").waitFor();
  });
}

test("a wrong password is said in words and the boxes stay", async () => {
  const page = await arrive({ user: "physio", password: "guess" });
  await page.getByText("The user name or the password is wrong.").waitFor();
  assert.equal(await page.getByLabel("User name").inputValue(), "physio");
});

test("an unfinished symptom says what is missing and sends nothing", async () => {
  const page = await arrive(physio);
  await person.pick_patient(page, "Aisha Okafor");
  await page.getByRole("button", { name: "Record symptom" }).click();
  await page.getByText("Choose a symptom from the list.").waitFor();
  assert.equal([...clinic.record.values()].some((r) => r.resourceType === "Observation"), false);
});

test("a booking without clearance shows every reason of the server", async () => {
  const page = await arrive(physio, PHONE);
  await person.pick_patient(page, "Tomasz Nowak");
  assert.equal(await person.book(page), "This patient may not use the bed at that time.");
  assert.deepEqual(await page.getByRole("alert").getByRole("listitem").allTextContents(), [
    "There is no current consent to the bed.",
    "There is no clearance that covers this order.",
  ]);
  await person.picture(page, "refused-390");
});

test("an order that the clearance does not cover can be changed", async () => {
  const page = await arrive(physio);
  await person.pick_patient(page, "Aisha Okafor");
  const strength = page.getByRole("group", { name: "Strength" });
  await strength.getByRole("radio", { name: "5" }).check();
  assert.match(await person.book(page), /may not use the bed/);
  await page.getByText(/strength 5 of 5/).waitFor();
  await page.getByRole("button", { name: "Change the order" }).click();
  assert(await strength.getByRole("radio", { name: "5" }).isChecked(), "the form starts from the order");
  await strength.getByRole("radio", { name: "2" }).check();
  assert.equal(await person.book(page), "");
  const orders = [...clinic.record.values()].filter((r) => r.resourceType === "ServiceRequest");
  assert.equal(orders.length, 1);
});

test("a session that has ended is shown to its own patient only", async () => {
  const page = await arrive(physio);
  await person.pick_patient(page, "Aisha Okafor");
  assert.equal(await person.book(page), "");
  await page.getByText("This patient's session").waitFor();
  clinic.tell({ state: "completed", elapsed_s: 1200, duration_s: 1200 });
  await page.getByText("The whole session was given.").waitFor();
  await page.getByRole("button", { name: "Change patient" }).click();
  await person.pick_patient(page, "Tomasz Nowak");
  await page.getByText("No session is waiting for this bed.").waitFor();
  clinic.tell({ state: "running", elapsed_s: 60, duration_s: 1200 });
  await page.getByText("Another patient's session").waitFor();
});

test("a time that was taken meanwhile is refused, and the order waits for the next one", async () => {
  const page = await arrive(physio);
  await person.pick_patient(page, "Aisha Okafor");
  clinic.refuse_next_booking = true;
  assert.match(await person.book(page), /already booked/);
  await page.getByText("Ordered, not yet booked:").waitFor();
  assert.equal(await person.book(page), "");
  const orders = [...clinic.record.values()].filter((r) => r.resourceType === "ServiceRequest");
  assert.equal(orders.length, 1);
});

test("reception sees no clinical part, and books what is ordered", async () => {
  const order = { resourceType: "ServiceRequest", id: "o1", status: "active", intent: "order" };
  order.code = { coding: [{ system: "urn:facet:act", code: "bed-session" }] };
  order.subject = { reference: `Patient/${CLEARED}` };
  order.extension = [{ url: "urn:facet:zone", valueCode: "left_lower" }, { url: "urn:facet:minutes", valueInteger: 20 }];
  clinic.record.set("ServiceRequest/o1", order);
  const page = await arrive(desk);
  await person.pick_patient(page, "Aisha Okafor");
  await page.getByText("Ordered, not yet booked:").waitFor();
  await person.picture(page, "reception-1280");
  assert.equal(await page.getByText("left lower").count(), 0, "where and how strong is clinical");
  assert.equal(await page.getByRole("region", { name: "Symptom" }).count(), 0);
  assert.equal(await page.getByRole("region", { name: "Handout" }).count(), 0);
  assert.equal(await person.book(page), "");
  await page.getByText(/A physiotherapist orders it first/).waitFor();
  assert.equal(await page.getByRole("group", { name: "Where on the back" }).count(), 0);
});

test("a handout is made as it is wanted, and what was given is there to be opened again", async () => {
  const page = await arrive(physio);
  await person.pick_patient(page, "Aisha Okafor");
  const panel = page.getByRole("region", { name: "Handout" });
  await panel.getByText("None yet.").waitFor();
  await panel.getByRole("radio", { name: "Keeping pain away" }).check();
  await panel.getByRole("option", { name: "한국어 (draft)" }).waitFor({ state: "attached" });
  assert.equal(await panel.getByRole("option", { name: "xx" }).count(), 0, "broken texts cannot be chosen");
  await panel.getByLabel("Language").selectOption("ko");
  await panel.getByLabel("Print").selectOption("booklet");
  const preview = await panel.getByRole("link", { name: /Preview/ }).evaluate((a) => a.href);
  assert.match(preview, /\/pages\/patient\/[^/]+\/handout\?track=prevention&language=ko$/);
  await person.open_handout(page);
  assert.deepEqual(clinic.asked_handouts, [
    [
      { name: "track", valueCode: "prevention" },
      { name: "language", valueCode: "ko" },
      { name: "booklet", valueBoolean: true },
      { name: "text-size", valueCode: "standard" },
    ],
  ]);
  const given = panel.getByRole("listitem").filter({ hasText: "한국어" });
  assert.match(await given.getByRole("link").evaluate((a) => a.href), /\/fhir\/Binary\/0190f000$/);
  await person.picture(page, "handout-given-1280");
});

test("a session that ended brings the log-in back", async () => {
  const page = await arrive(physio);
  await person.pick_patient(page, "Aisha Okafor");
  for (const read of [/Min-ji Park/, "Nothing yet.", "Order and book", "Bed 1 now"])
    await page.getByText(read).first().waitFor();
  clinic.end_sessions();
  await page.getByRole("button", { name: "Make the handout" }).click();
  await page.getByRole("heading", { name: "Log in" }).waitFor();
  await person.log_in(page, physio);
  await page.getByRole("heading", { level: 1, name: "Aisha Okafor" }).waitFor();
});

test("a lost network is said in words", async () => {
  const page = await arrive(physio);
  await person.pick_patient(page, "Aisha Okafor");
  await page.route("**/$handout", (route) => route.abort());
  await page.getByRole("button", { name: "Make the handout" }).click();
  await page.getByText("Facet cannot be reached.").waitFor();
});

test("a bed that is not connected says so beside its last state", async () => {
  const page = await arrive(physio);
  await person.pick_patient(page, "Aisha Okafor");
  clinic.tell({ online: false, state: "paused" });
  await page.getByText("The bed is not connected.").waitFor();
  await page.getByText("Paused", { exact: true }).waitFor();
});

test("Escape closes the catalogue, and the arrow keys wrap round", async () => {
  const page = await arrive(physio);
  await person.pick_patient(page, "Aisha Okafor");
  const box = page.getByRole("combobox", { name: "What hurts" });
  await box.fill("elbow");
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  await box.press("ArrowUp");
  await page.getByRole("option", { selected: true, name: "Golfer" }).waitFor();
  await box.press("Escape");
  assert.equal(await box.getAttribute("aria-expanded"), "false");
  assert.equal(await box.inputValue(), "elbow");
});
