// SPDX-License-Identifier: MPL-2.0
// The walk on the real product: FACET_URL, FACET_USER, FACET_PASSWORD (a physiotherapist), and
// FACET_DESK_USER, FACET_DESK_PASSWORD (reception) when there is one. Exits 0 or says what failed.
import assert from "node:assert/strict";
import * as person from "./steps.mjs";

// A sample session runs 40 seconds; before it the patient lies down and the button is pressed.
const COMPLETED_MS = 75_000;
const RUN_THROUGH = ["ordered", "accepted", "ready", "running", "completed"];

function wanted(name) {
  const value = process.env[name];
  assert(value, `${name} is not set`);
  return value;
}

const told = (line) => console.log(`walk: ${line}`);

async function change_patient(page, name) {
  await page.getByRole("button", { name: "Change patient" }).click();
  await person.pick_patient(page, name);
}

/** The page keeps every state that it shows, so that none is missed between two looks. */
async function note_bed_states(page) {
  await page.locator('.bed:not([data-state=""])').waitFor();
  await page.evaluate(() => {
    const bed = document.querySelector(".bed");
    window.bed_states = [];
    new MutationObserver(() => window.bed_states.push(bed.dataset.state)).observe(bed, {
      attributeFilter: ["data-state"],
    });
  });
}

const shows = (page, state) =>
  page.waitForFunction((wanted) => window.bed_states.includes(wanted), state, { timeout: COMPLETED_MS });

/** Books until the gate lets someone through; a refusal must give its reasons. */
async function book_someone(page, names) {
  for (const name of names) {
    await change_patient(page, name);
    await note_bed_states(page);
    const reason = await person.book(page);
    if (reason === "") return name;
    const why = await page.getByRole("alert").getByRole("listitem").allTextContents();
    assert(why.length > 0, `${name} was refused without a reason: "${reason}"`);
    told(`${name} not booked: ${reason} ${why.join(" ")}`);
    await person.both_widths(page, "refused");
  }
  return assert.fail("no sample patient could be booked");
}

/** Without a reload: the code, the start by the patient, the running session, its end. */
async function watch_the_session(page) {
  await page.getByText("This patient's session").waitFor();
  await shows(page, "running");
  await page.getByText(/^[1-9]\d* of 20 minutes$/).waitFor();
  await person.both_widths(page, "running");
  await shows(page, "completed");
  await page.getByText("The whole session was given.").waitFor();
  await page.getByText("20 of 20 minutes").waitFor();
  await person.both_widths(page, "completed");
  const states = await page.evaluate(() => window.bed_states);
  const order = states.map((state) => RUN_THROUGH.indexOf(state));
  assert(
    order.every((at, i) => at >= 0 && (i === 0 || at > order[i - 1])),
    `the bed went through ${states}`,
  );
  told(`the bed went through ${states.join(", ")}`);
}

async function physiotherapist(browser, url) {
  const { context, page, complaints } = await person.visit(browser, url);
  await page.getByLabel("User name").waitFor();
  await person.both_widths(page, "login");
  await person.log_in(page, { user: wanted("FACET_USER"), password: wanted("FACET_PASSWORD") });
  const names = await person.patient_names(page);
  told(`${names.length} patients`);
  await person.both_widths(page, "patients");
  await person.pick_patient(page, names[0]);
  const elbow = { words: "tennis", display: "Tennis elbow", side: "Right", severity: 6 };
  await person.record_symptom(page, elbow);
  told("symptom recorded");
  await person.both_widths(page, "symptom");
  const pdf = await person.open_handout(page);
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  told(`handout of ${pdf.length} bytes`);
  await person.both_widths(page, "handout");
  await person.look_at_preview(page, complaints);
  // The last of the sample patients are not cleared: so a refusal is walked through as well.
  const name = await book_someone(page, [names.at(-1), ...names]);
  told(`booked for ${name}`);
  await person.both_widths(page, "booked");
  await watch_the_session(page);
  await person.log_out(page);
  await context.close();
  assert.deepEqual(complaints, [], "the page complained to its console");
  return name;
}

async function reception(browser, url, name) {
  const user = process.env.FACET_DESK_USER;
  if (!user) return;
  const { context, page, complaints } = await person.visit(browser, url);
  await person.log_in(page, { user, password: wanted("FACET_DESK_PASSWORD") });
  await person.pick_patient(page, name);
  const panel = page.getByRole("region", { name: "Bed session" });
  await panel.getByRole("listitem").filter({ hasText: "booked" }).waitFor();
  await page.locator('.bed[data-state="completed"]').waitFor();
  assert.equal(await page.getByRole("region", { name: "Symptom" }).count(), 0);
  assert.equal(await page.getByRole("alert").filter({ hasText: "could not be read" }).count(), 0);
  await person.both_widths(page, "reception");
  await context.close();
  assert.deepEqual(complaints, [], "the page complained to its console");
  told("reception sees no clinical part");
}

const browser = await person.open_browser();
try {
  const url = wanted("FACET_URL");
  const name = await physiotherapist(browser, url);
  await reception(browser, url, name);
} catch (error) {
  for (const page of browser.contexts().flatMap((context) => context.pages()))
    told(`the page shows:\n${await page.locator("main").innerText()}`);
  throw error;
} finally {
  await browser.close();
}
