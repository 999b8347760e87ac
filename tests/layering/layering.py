#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Fails on an include that goes up the table of the design, and on a few rules of the same kind.

layering.py ROOT prints one line per fault (file:line: reason) and ends with 1 if there is any.
"""
import os
import re
import sys
from pathlib import Path

# The table, from the top: a folder may include those before it.
ORDER = ["base", "storage", "knowledge", "rest", "clinic", "symptoms", "orders", "scheduling", "bedlink", "beds",
         "handouts", "exports", "entry", "web"]
MAY_INCLUDE = {folder: set(ORDER[:place]) | {folder, "facet"} for place, folder in enumerate(ORDER)}
# The simulator links bedlink, and is to carry no part of the clinic.
MAY_INCLUDE["bedlink"] = {"base", "bedlink"}
MAY_INCLUDE["bed-simulator"] = {"base", "bedlink", "bed-simulator"}
# A host is a stranger: it sees the contract, and what hosts share.
MAY_INCLUDE["hosts/common"] = {"facet", "hosts/common"}
MAY_INCLUDE["hosts/standalone"] = {"facet", "hosts/common", "hosts/standalone"}
MAY_INCLUDE["hosts/orthanc"] = {"facet", "hosts/common", "hosts/orthanc"}

# A library that belongs to one folder.
OWNED_LIBRARIES = [(re.compile(pattern), owner) for pattern, owner in (
    (r"soci", "storage"), (r"cairo", "handouts"), (r"pango", "handouts"), (r"librsvg/", "handouts"),
    (r"qpdf/", "handouts"), (r"cmark", "handouts"))]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')
CODE = {".h", ".hpp", ".c", ".cpp"}
SOURCES = CODE | {".cmake", ".css", ".html", ".js", ".mjs", ".py", ".sh", ".sql", ".ts", ".tsx"}
SKIPPED = {"node_modules", "__pycache__"}


def files_below(folder):
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        yield from (Path(path, name) for name in sorted(names))


def room_of(parts):
    """The folder of the table that a path below plugin/ (or an include) belongs to, or None."""
    if parts[0] == "hosts" and len(parts) > 2:
        return "/".join(parts[:2])
    return parts[0] if len(parts) > 1 else None


def include_fault(room, quote, target, here):
    for pattern, owner in OWNED_LIBRARIES:
        if pattern.match(target) and room != owner and not Path(here, target).exists():
            return f"only {owner}/ uses <{target}>"
    if ".." in Path(target).parts:
        return f'"{target}" hides its folder: write "folder/file.h"'
    wanted = room_of(Path(target).parts)
    if wanted not in MAY_INCLUDE and wanted != "facet":
        return None  # a library, or a file of the same folder
    if wanted not in MAY_INCLUDE[room]:
        return f'{room}/ may not include "{target}"'
    return None


def include_faults(plugin):
    for file in files_below(plugin):
        room = room_of(file.relative_to(plugin).parts)
        if file.suffix not in CODE:
            continue
        if room not in MAY_INCLUDE:
            yield f"{file}: lies in no folder of the table"
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            fault = match and include_fault(room, match[1], match[2], file.parent)
            if fault:
                yield f"{file}:{number}: {fault}"


def licence_faults(root):
    for folder in ("include", "plugin", "schema", "tests", "packaging", ".ci"):
        for file in files_below(root / folder):
            script = not file.suffix and file.read_bytes()[:2] == b"#!"
            if file.suffix in SOURCES or file.name == "CMakeLists.txt" or script:
                top = file.read_text(encoding="utf-8").splitlines()[:5]
                if not any("SPDX-License-Identifier: " in line for line in top):
                    yield f"{file}:1: no SPDX-License-Identifier"


def readme_faults(plugin):
    hosts = plugin / "hosts"
    rooms = [f for f in plugin.iterdir() if f.is_dir() and f != hosts]
    rooms += [f for f in hosts.iterdir() if f.is_dir()] if hosts.is_dir() else []
    for room in sorted(rooms):
        if room.name not in SKIPPED and not (room / "README.md").is_file():
            yield f"{room}: no README.md"


def faults(root):
    plugin = root / "plugin"
    return [*include_faults(plugin), *licence_faults(root), *readme_faults(plugin)]


if __name__ == "__main__":
    found = faults(Path(sys.argv[1]))
    print("\n".join(found) if found else "every include goes down the table")
    sys.exit(1 if found else 0)
