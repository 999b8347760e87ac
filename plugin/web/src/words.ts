// SPDX-License-Identifier: MPL-2.0
// Dates and small words as a person in the clinic says them.

const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const month = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric" });
const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

export function day_and_time(start: string, end?: string): string {
  const from = new Date(start);
  const today = from.toDateString() === new Date().toDateString();
  const until = end === undefined ? "" : `–${clock.format(new Date(end))}`;
  return `${today ? "today" : day.format(from)}, ${clock.format(from)}${until}`;
}

/** A birth date may be known to the year or the month only. */
export function birth_words(birth: string | undefined): string {
  if (birth === undefined) return "birth date not known";
  if (birth.length === 4) return `born ${birth}`;
  const known = birth.length === 7 ? month : date;
  return `born ${known.format(new Date(`${birth.padEnd(10, "-01")}T12:00:00`))}`;
}

export const sides: Record<string, string> = {
  left: "Left",
  right: "Right",
  both: "Both sides",
  midline: "Middle",
};

export const zones: Record<string, string> = {
  left_upper: "Left upper",
  right_upper: "Right upper",
  left_mid: "Left middle",
  right_mid: "Right middle",
  left_lower: "Left lower",
  right_lower: "Right lower",
};
