#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Plants each kind of fault in a small tree, and expects it to be found, and nothing else."""
import tempfile
import unittest
from pathlib import Path

from layering import faults

SPDX = "// SPDX-License-Identifier: MPL-2.0\n"


class Layering(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.plant("plugin/clinic/patient.cpp", SPDX + '#include "clinic/patient.h"\n#include "storage/session.h"\n')

    def plant(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        readme = file.parent / "README.md"
        readme.write_text("x", encoding="utf-8")
        return file

    def found(self):
        return [fault.removeprefix(str(self.root) + "/") for fault in faults(self.root)]

    def include(self, path, what):
        self.plant(path, f"{SPDX}#include {what}\n")
        return self.found()

    def test_a_sound_tree_has_no_fault(self):
        self.plant("plugin/hosts/standalone/main.cpp", SPDX + '#include "facet/facet.h"\n#include "hosts/common/a.h"\n')
        self.plant("plugin/bed-simulator/main.cpp", SPDX + '#include "bedlink/a.h"\n#include "base/a.h"\n#include "bed.h"\n')
        self.plant("plugin/storage/session.cpp", SPDX + "#include <soci/soci.h>\n")
        self.plant("plugin/entry/entry.cpp", SPDX + '#include "facet/facet.h"\n#include "exports/a.h"\n')
        self.plant("plugin/handouts/page.cpp", SPDX + "#include <pango/pangocairo.h>\n#include <cairo.h>\n")
        self.assertEqual(self.found(), [])

    def test_an_upward_include_is_found_with_its_line(self):
        self.assertEqual(self.include("plugin/storage/a.cpp", '"clinic/patient.h"'),
                         ['plugin/storage/a.cpp:2: storage/ may not include "clinic/patient.h"'])

    def test_an_upward_include_in_angle_brackets_is_found(self):
        self.assertEqual(len(self.include("plugin/base/a.h", "<storage/session.h>")), 1)

    def test_every_step_up_the_table_is_found(self):
        for lower, upper in (("rest", "clinic"), ("symptoms", "orders"), ("bedlink", "beds"), ("beds", "handouts")):
            with self.subTest(lower=lower):
                file = self.root / f"plugin/{lower}/up.cpp"
                self.assertEqual(len(self.include(f"plugin/{lower}/up.cpp", f'"{upper}/a.h"')), 1)
                file.unlink()

    def test_a_relative_path_is_no_way_around(self):
        self.assertEqual(len(self.include("plugin/base/a.h", '"../storage/session.h"')), 1)

    def test_a_host_sees_only_the_contract(self):
        self.assertEqual(len(self.include("plugin/hosts/standalone/a.cpp", '"base/result.h"')), 1)

    def test_one_host_does_not_see_another(self):
        self.assertEqual(len(self.include("plugin/hosts/common/a.cpp", '"hosts/standalone/a.h"')), 1)

    def test_the_core_does_not_see_a_host(self):
        self.assertEqual(len(self.include("plugin/entry/a.cpp", '"hosts/common/a.h"')), 1)

    def test_bedlink_knows_no_database(self):
        self.assertEqual(len(self.include("plugin/bedlink/a.cpp", '"storage/session.h"')), 1)

    def test_the_simulator_carries_no_part_of_the_clinic(self):
        self.assertEqual(len(self.include("plugin/bed-simulator/a.cpp", '"beds/session.h"')), 1)

    def test_soci_outside_storage_is_found(self):
        self.assertEqual(self.include("plugin/clinic/a.cpp", "<soci/soci.h>"),
                         ["plugin/clinic/a.cpp:2: only storage/ uses <soci/soci.h>"])

    def test_print_libraries_outside_handouts_are_found(self):
        for header in ("cairo.h", "cairo/cairo-pdf.h", "pango/pangocairo.h", "librsvg/rsvg.h", "qpdf/QPDF.hh", "cmark.h"):
            with self.subTest(header=header):
                self.assertEqual(len(self.include("plugin/exports/a.cpp", f"<{header}>")), 1)

    def test_a_folder_that_the_table_does_not_know_is_found(self):
        self.assertEqual(len(self.include("plugin/helpers/a.cpp", "<string>")), 1)

    def test_a_source_without_licence_is_found(self):
        self.plant("tests/unit/a.cpp", "int a;\n")
        self.plant("packaging/tool", "#!/bin/bash\n")
        self.assertEqual(self.found(), ["tests/unit/a.cpp:1: no SPDX-License-Identifier",
                                        "packaging/tool:1: no SPDX-License-Identifier"])

    def test_a_folder_without_readme_is_found(self):
        (self.root / "plugin/clinic/README.md").unlink()
        self.assertEqual(self.found(), ["plugin/clinic: no README.md"])


if __name__ == "__main__":
    unittest.main()
