#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Prints one table: Facet's handout beside the same page printed by a warm Chromium and a warm WeasyPrint.

All are asked in turn, in random order, in one run, three times in a row to be warm again, and medians of the third
compared. Every number has its goal. What is not installed is named and left out.
"""
import argparse
import base64
import json
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

GOALS = {"pdf en-GB": 12.0, "pdf ko": 35.0}
TIMES_PRINT, TIMES_PROCESS, TIMES_THREADS = 10, 15, 1.6  # as fast as the other
NAMES = {"pdf en-GB": "personal, two pages, warm", "pdf ko": "the same in Korean", "pdf ar": "the same in Arabic",
         "large en-GB": "the same in large print", "chromium": "the same page, in warm chromium: printing",
         "chromium, loading too": "the same page, in warm chromium: loading and printing",
         "weasyprint": "the same page, in warm weasyprint"}
PEERS = {"chromium": "warm chromium, printing a page it has laid out",
         "chromium, loading too": "warm chromium, with a new page each time", "weasyprint": "warm weasyprint"}
MEGABYTES = {"en-GB": 40, "ar": 40, "ko": 110}


class Warm:
    """Facet's library in a process that stays: handout-warm, one question and one answer a line."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, question):
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        if not answer or answer.startswith("error"):
            raise RuntimeError(f"{question}: {answer or 'no answer'}")
        return float(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Chromium:
    """A page in a headless Chromium, spoken to over its DevTools pipe: JSON, each message ended by a zero byte."""

    def __init__(self, folder):
        self.read_end, write = os.pipe()
        read, self.write_end = os.pipe()
        command = [shutil.which("chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
                   f"--user-data-dir={folder}"]
        self.process = subprocess.Popen(
            ["sh", "-c", f'exec "$@" 3<&{read} 4>&{write} {read}<&- {write}>&-', "sh", *command],
            pass_fds=(read, write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(read)
        os.close(write)
        self.buffer, self.number, self.session = b"", 0, None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")

    def message(self):
        while b"\0" not in self.buffer:
            more = os.read(self.read_end, 1 << 20)
            if not more:
                raise RuntimeError("Chromium has ended")
            self.buffer += more
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **parameters):
        self.number += 1
        call = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            call["sessionId"] = self.session
        os.write(self.write_end, json.dumps(call).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def load(self, page):
        self.call("Page.navigate", url=page.as_uri())
        while self.message().get("method") != "Page.loadEventFired":
            pass

    def print(self):
        answer = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(answer["data"])

    def close(self):
        os.close(self.write_end)
        self.process.wait()
        os.close(self.read_end)


def timed(deed):
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1e3


def interleaved(deeds, rounds, times_each=1):
    """{name: [ms...]} of deeds that tell their own time; of `times_each` in a row the last counts."""
    times = {name: [] for name in deeds}
    for number in range(rounds + 1):
        for name in random.sample(list(deeds), len(deeds)):
            for _ in range(times_each):
                took = deeds[name]()
            if number:  # the first round only warms up
                times[name].append(took)
    return times


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def warm_deeds(bin_folder, folder, missing, closing):
    warm = Warm(bin_folder / "handout-warm")
    closing.append(warm.close)
    deeds = {}
    for question in ("pdf en-GB", "pdf ko", "pdf ar", "large en-GB"):
        try:
            warm.ask(question)
        except RuntimeError as reason:
            missing.append(str(reason))
            continue
        deeds[question] = lambda question=question: warm.ask(question) / 1e6
    page = folder / "personal.html"
    warm.ask(f"html en-GB {page}")
    if shutil.which("chromium"):
        browser = Chromium(folder / "profile")
        closing.append(browser.close)
        browser.load(page)
        (folder / "chromium.pdf").write_bytes(browser.print())
        deeds["chromium"] = lambda: timed(browser.print)
        deeds["chromium, loading too"] = lambda: timed(lambda: (browser.load(page), browser.print()))
    else:
        missing.append("chromium is not installed: not compared")
    try:
        import weasyprint
        text = page.read_text()
        deeds["weasyprint"] = lambda: timed(lambda: weasyprint.HTML(string=text).write_pdf())
    except ImportError:
        missing.append("weasyprint is not installed: not compared")
    return deeds


def process_deeds(bin_folder, folder, missing):
    facet = [bin_folder / "facet", "handout", "--general", "--out", folder / "general.pdf"]
    if subprocess.run(facet, capture_output=True).returncode != 0 or not shutil.which("chromium"):
        missing.append("facet handout --general beside chromium --print-to-pdf: one of them does not run")
        return {}
    warm = Warm(bin_folder / "handout-warm")
    page = folder / "general.html"
    warm.ask(f"general en-GB {page}")
    warm.close()
    chromium = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                f"--user-data-dir={folder / 'cold'}", f"--print-to-pdf={folder / 'cold.pdf'}", page.as_uri()]

    def run(command):
        return lambda: timed(lambda: subprocess.run(command, check=True, capture_output=True))
    return {"process facet": run(facet), "process chromium": run(chromium)}


def peak_megabytes(bin_folder, language):
    """The most memory that a process holds which prints 20 handouts."""
    warm = Warm(bin_folder / "handout-warm")
    for _ in range(20):
        warm.ask(f"pdf {language}")
    peak = warm.ask("peak") / 1024
    warm.close()
    return peak


def threads_ratio(bin_folder, rounds):
    warm = Warm(bin_folder / "handout-warm")
    times = interleaved({"one": lambda: warm.ask("threads 1"), "two": lambda: warm.ask("threads 2")}, rounds)
    warm.close()
    return statistics.median(one / two for one, two in zip(times["one"], times["two"]))


class Table:
    def __init__(self):
        self.rows = [("handout", "measured", "goal", "")]

    def add(self, what, measured, unit, goal, at_most):
        row = [what, f"{measured:.2f} {unit}", "", ""]
        if goal is not None:
            row[2] = f"{'<=' if at_most else '>='} {goal:g} {unit}"
            row[3] = "" if (measured <= goal if at_most else measured >= goal) else "MISSED"
        self.rows.append(row)

    def text(self):
        widths = [max(len(row[i]) for row in self.rows) for i in range(4)]
        align = (str.ljust, str.rjust, str.rjust, str.ljust)
        lines = ["  ".join(a(c, w) for a, c, w in zip(align, row, widths)).rstrip() for row in self.rows]
        return "\n".join([lines[0], "  ".join("-" * w for w in widths), *lines[1:]])


def measure(bin_folder, folder, rounds, table, missing):
    closing = []
    try:
        deeds = warm_deeds(bin_folder, folder, missing, closing)
        times = {name: statistics.median(ms) for name, ms in interleaved(deeds, rounds, 3).items()}
    finally:
        for close in closing:
            close()
    for name, ms in times.items():
        table.add(NAMES[name], ms, "ms", GOALS.get(name), True)
    for peer, what in PEERS.items():
        if peer in times:
            table.add(f"faster than {what}", times[peer] / times["pdf en-GB"], "x", TIMES_PRINT, False)
    whole = interleaved(process_deeds(bin_folder, folder, missing), max(5, rounds // 3))
    whole = {name: statistics.median(ms) for name, ms in whole.items()}
    for name, ms in whole.items():
        table.add(f"general sheet, whole {name}", ms, "ms", None, True)
    if whole:
        table.add("faster than a whole chromium", whole["process chromium"] / whole["process facet"], "x",
                  TIMES_PROCESS, False)
    for language, goal in MEGABYTES.items():
        if f"pdf {language}" in times:
            table.add(f"peak memory, {language}", peak_megabytes(bin_folder, language), "MB", goal, True)
    table.add("two threads against one", threads_ratio(bin_folder, rounds), "x", TIMES_THREADS, False)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bin", type=pathlib.Path, help="folder of facet and handout-warm")
    parser.add_argument("--only", default=".", metavar="REGEX")
    parser.add_argument("--repetitions", type=int, default=21)
    args = parser.parse_args()
    if not re.search(args.only, "handout"):
        return
    table, missing = Table(), []
    with tempfile.TemporaryDirectory(prefix="facet-bench-", ignore_cleanup_errors=True) as folder:
        measure(args.bin, pathlib.Path(folder), args.repetitions, table, missing)
    print(table.text())
    for line in missing:
        print(f"Missing: {line}")


if __name__ == "__main__":
    sys.exit(main())
