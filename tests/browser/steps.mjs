// SPDX-License-Identifier: MPL-2.0
// What a person does on the page, found as assistive technology finds it: by role and by name.
import { chromium } from "playwright-core";
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";

const PATIENCE_MS = 20_000;
export const VIEWPORTS = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const pictures = process.env.FACET_PICTURES ?? "";

export async function open_browser() {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
}

/** A fresh visitor. `complaints` gathers what the page reported to its console, CSP breaches too. */
export async function visit(browser, url, viewport = VIEWPORTS.desk) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport, locale: "en-GB" });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    const expected = /Failed to load resource/.test(message.text());
    if (message.type() === "error" && !expected) complaints.push(message.text());
  });
  await page.goto(url);
  return { context, page, complaints };
}

export async function picture(page, name) {
  if (pictures === "") return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

/** The step at the width of a desk and of a phone; sideways scrolling at either is a fault. */
export async function both_widths(page, name) {
  const before = page.viewportSize();
  for (const [device, size] of Object.entries(VIEWPORTS)) {
    await page.setViewportSize(size);
    await no_sideways_scrolling(page);
    await picture(page, `${name}-${device}`);
  }
  await page.setViewportSize(before);
}

/** The whole log-in by keyboard: focus starts in the first box, Enter submits. */
export async function log_in(page, { user, password }) {
  await page.locator("input:focus").waitFor();
  await page.keyboard.type(user);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
}

export async function log_out(page) {
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("heading", { name: "Log in" }).waitFor();
}

export async function patient_names(page) {
  const rows = page.getByRole("option");
  await rows.first().waitFor();
  return rows.locator(".strong").allTextContents();
}

/** One row down, as far as the person sees it: a second key before that would skip a row. */
async function move_down(box) {
  const before = await box.getAttribute("aria-activedescendant");
  await box.press("ArrowDown");
  await box.page().waitForFunction(
    ([element, was]) => element.getAttribute("aria-activedescendant") !== was,
    [await box.elementHandle(), before],
  );
}

/** Types the start of a name, then chooses the first found with the arrow key and Enter. */
export async function pick_patient(page, name) {
  const box = page.getByRole("combobox", { name: "Find a patient" });
  const word = name.split(" ")[0];
  await box.fill(word);
  const row = page.getByRole("option").filter({ hasText: name });
  await row.waitFor();
  await page.getByRole("option").filter({ hasNotText: word }).first().waitFor({ state: "detached" });
  for (let tries = 0; (await row.getAttribute("aria-selected")) !== "true"; tries += 1) {
    assert(tries < 20, `the arrow keys do not reach ${name}`);
    await move_down(box);
  }
  await box.press("Enter");
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

export async function record_symptom(page, { words, display, side, severity }) {
  const panel = page.getByRole("region", { name: "Symptom" });
  const box = panel.getByRole("combobox", { name: "What hurts" });
  await box.fill(words);
  await panel.getByRole("option", { name: display, exact: true }).waitFor();
  await box.press("ArrowDown");
  await box.press("Enter");
  await panel.getByRole("radio", { name: side }).check();
  await panel.getByRole("radio", { name: String(severity), exact: true }).check();
  await panel.getByRole("button", { name: "Record symptom" }).click();
  await panel.getByText(`${display} is recorded.`).waitFor();
  await panel.getByRole("listitem").filter({ hasText: display }).first().waitFor();
}

/** Makes the handout and returns what the link opens. */
export async function open_handout(page) {
  const panel = page.getByRole("region", { name: "Handout" });
  await panel.getByRole("button", { name: "Make the handout" }).click();
  const link = panel.getByRole("link", { name: /Open the handout/ });
  await link.waitFor();
  assert.equal(await link.getAttribute("target"), "_blank");
  const answer = await page.context().request.get(await link.evaluate((a) => a.href));
  assert.equal(answer.status(), 200);
  assert.match(answer.headers()["content-type"], /^application\/pdf/);
  return answer.body();
}

/** Opens the preview of the handout in a tab of its own, and looks at it at both widths. */
export async function look_at_preview(page, complaints) {
  const link = page.getByRole("region", { name: "Handout" }).getByRole("link", { name: /Preview/ });
  assert.equal(await link.getAttribute("target"), "_blank");
  const tab = await page.context().newPage();
  tab.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await tab.goto(await link.evaluate((a) => a.href));
  await tab.getByRole("heading", { level: 1 }).waitFor();
  assert(await tab.getByRole("img").count() >= 3, "the preview has its pictures");
  assert.equal(await tab.locator("script").count(), 0);
  await both_widths(tab, "preview");
  await tab.close();
}

/** Books the first free time; returns "" or the main reason why it was refused. */
export async function book(page) {
  const panel = page.getByRole("region", { name: "Bed session" });
  await panel.getByRole("button", { name: /^(Order and book|Book this time)$/ }).click();
  const done = panel.getByText(/^Done\. Booked for/);
  const refused = panel.getByRole("alert").filter({ hasText: "Not done." });
  await done.or(refused).first().waitFor();
  if (await done.isVisible()) return "";
  return (await refused.locator("p").textContent()).replace("Not done.", "").trim();
}

/** The words for the bed's state, once the bed has told one. */
export async function bed_state(page) {
  await page.locator('.bed:not([data-state=""])').waitFor();
  return page.locator(".bed .state").textContent();
}

export async function no_sideways_scrolling(page) {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(over, 0, "the page scrolls sideways");
}
