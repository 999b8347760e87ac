#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Runs facet-bench and prints one table of ratios.

Benchmarks come in pairs, <topic>/facet and <topic>/bare, in one program and one run; their repetitions are
interleaved in random order and the medians compared. The bare one says with SetLabel what it is.
"""
import argparse
import json
import statistics
import subprocess
import sys
import tempfile


def measure(program, only, repetitions):
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        done = subprocess.run(
            [program, f"--benchmark_filter={only}", f"--benchmark_repetitions={repetitions}",
             "--benchmark_enable_random_interleaving=true", "--benchmark_min_time=0.1",
             f"--benchmark_out={out.name}", "--benchmark_out_format=json"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            sys.exit(f"{done.stderr}{program} ended with {done.returncode}")
        return json.load(open(out.name))["benchmarks"]


def pairs(runs):
    """{topic: {"facet": [ns...], "bare": [ns...], "label": str}}; arguments stay in the topic's name."""
    scale = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
    topics = {}
    for run in runs:
        if run.get("run_type") == "aggregate":
            continue
        topic, side, *rest = run["run_name"].split("/")
        if run.get("error_occurred"):
            sys.exit(f"{run['run_name']}: {run['error_message']}")
        if side not in ("facet", "bare"):
            sys.exit(f"{run['run_name']}: a benchmark is called <topic>/facet or <topic>/bare")
        options = [part for part in rest if part not in ("real_time", "manual_time", "process_time")
                   and not part.startswith(("iterations:", "repeats:", "min_time:"))]
        entry = topics.setdefault("/".join([topic, *options]), {"facet": [], "bare": [], "p99": {}, "label": ""})
        entry[side].append(run["real_time"] * scale[run["time_unit"]])
        if "p99_us" in run:  # over all repetitions up to that one: the last stands
            entry["p99"][side] = run["p99_us"] * 1e3
        if side == "bare":
            entry["label"] = run.get("label", "")
    return topics


def written(ns):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if ns >= size:
            return f"{ns / size:.2f} {unit}"
    return f"{ns:.1f} ns"


def table(topics):
    rows = [("topic", "facet", "baseline", "ratio", "what the baseline is")]
    for topic, entry in sorted(topics.items()):
        if not entry["facet"] or not entry["bare"]:
            sys.exit(f"{topic}: one half of the pair is missing")
        facet, bare = (statistics.median(entry[side]) for side in ("facet", "bare"))
        rows.append((topic, written(facet), written(bare), f"{facet / bare:.2f}", entry["label"]))
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    align = (str.ljust, str.rjust, str.rjust, str.rjust, str.ljust)
    lines = ["  ".join(a(c, w) for a, c, w in zip(align, row, widths)).rstrip() for row in rows]
    tails = [f"{topic}: p99 " + ", ".join(f"{side} {written(ns)}" for side, ns in entry["p99"].items())
             for topic, entry in sorted(topics.items()) if entry["p99"]]
    return "\n".join([lines[0], "  ".join("-" * w for w in widths), *lines[1:], *tails])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--only", default=".", metavar="REGEX", help="topics to run")
    parser.add_argument("--repetitions", type=int, default=11)
    args = parser.parse_args()
    topics = pairs(measure(args.program, args.only, args.repetitions))
    if not topics:
        sys.exit("no benchmark of that name")
    print(table(topics))
    print(f"Times are medians of {args.repetitions} interleaved repetitions; trust the ratios, not the times.")


if __name__ == "__main__":
    main()
