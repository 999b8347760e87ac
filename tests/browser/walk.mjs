// SPDX-License-Identifier: MPL-2.0
// The walk on the real product: FACET_URL, FACET_USER, FACET_PASSWORD (a physiotherapist), and
// FACET_DESK_USER, FACET_DESK_PASSWORD (reception) when there is one. Exits 0 or says what failed.
import assert from "node:assert/strict";
import * as person from "./steps.mjs";

const LIVE_MS = 90_000;
const VIEWPORTS = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

function wanted(name) {
  const value = process.env[name];
  assert(value, `${name} is not set`);
  return value;
}

const told = (line) => console.log(`walk: ${line}`);

/** Books for the first sample patient whom the gate lets through; a refusal must give its reason. */
async function book_someone(page, names) {
  for (const name of names) {
    await person.pick_patient(page, name);
    const bed_before = await person.bed_state(page);
    const reason = await person.book(page);
    if (reason === "") return { name, bed_before };
    assert(reason.length > 10, `a refusal without a reason: "${reason}"`);
    told(`not booked, as it should be said: ${reason}`);
    await person.picture(page, "walk-refused");
    await page.getByRole("button", { name: "Change patient" }).click();
  }
  return assert.fail("no sample patient could be booked");
}

async function physiotherapist(browser, url) {
  const { context, page, complaints } = await person.visit(browser, url, VIEWPORTS.wide);
  await person.log_in(page, { user: wanted("FACET_USER"), password: wanted("FACET_PASSWORD") });
  const names = await person.patient_names(page);
  told(`${names.length} patients`);
  await person.pick_patient(page, names[0]);
  const elbow = { words: "tennis", display: "Tennis elbow", side: "Right", severity: 6 };
  await person.record_symptom(page, elbow);
  told("symptom recorded");
  const pdf = await person.open_handout(page);
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  told(`handout of ${pdf.length} bytes`);
  await page.getByRole("button", { name: "Change patient" }).click();
  const { name, bed_before } = await book_someone(page, names);
  told(`booked for ${name}`);
  await watch_the_bed(page, bed_before);
  await page.setViewportSize(VIEWPORTS.phone);
  await person.no_sideways_scrolling(page);
  await person.picture(page, "walk-phone");
  await person.log_out(page);
  await context.close();
  assert.deepEqual(complaints, [], "the page complained to its console");
}

/** After the booking the state on the screen becomes another one, without a reload. */
async function watch_the_bed(page, before) {
  await page.waitForFunction(
    (was) => document.querySelector(".bed .state")?.textContent !== was,
    before,
    { timeout: LIVE_MS },
  );
  told(`the bed went from "${before}" to "${await person.bed_state(page)}"`);
  await person.picture(page, "walk-bed");
}

async function reception(browser, url) {
  const user = process.env.FACET_DESK_USER;
  if (!user) return;
  const { context, page, complaints } = await person.visit(browser, url, VIEWPORTS.wide);
  await person.log_in(page, { user, password: wanted("FACET_DESK_PASSWORD") });
  const [name] = await person.patient_names(page);
  await person.pick_patient(page, name);
  await page.getByRole("region", { name: "Bed session" }).waitFor();
  assert.equal(await page.getByRole("region", { name: "Symptom" }).count(), 0);
  assert.equal(await page.getByRole("alert").filter({ hasText: "could not be read" }).count(), 0);
  await person.picture(page, "walk-reception");
  await context.close();
  assert.deepEqual(complaints, [], "the page complained to its console");
  told("reception sees no clinical part");
}

const browser = await person.open_browser();
try {
  const url = wanted("FACET_URL");
  await physiotherapist(browser, url);
  await reception(browser, url);
} finally {
  await browser.close();
}
