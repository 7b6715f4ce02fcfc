"""One page of the same content set by Gedigen's report builder and by typst, both as PDF/A-3a and PDF/UA-1.

typst is no part of Gedigen: it is installed for the measurement into a folder that is thrown away. Without network there is no figure.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

TYPST = "typst==0.15.2"
_ROWS = 24

#: Sets the page so many times and prints the milliseconds of each and the bytes of the last; run where typst is installed.
_SETTING = """
import datetime, json, sys, time, typst
source, fonts, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
taken = []
for _ in range(times + 1):
    begun = time.perf_counter()
    made = typst.compile(source, font_paths=[fonts], ignore_system_fonts=True, pdf_standards=["a-3a", "ua-1"],
                         timestamp=datetime.datetime(2026, 3, 9, tzinfo=datetime.timezone.utc))
    taken.append((time.perf_counter() - begun) * 1000)
print(json.dumps({"ms": taken[1:], "size": len(made)}))
"""


@dataclass(frozen=True)
class TypesetTimes:
    """Milliseconds for one page, medians; typst's are 0 where it could not be installed."""

    rows: int
    ours_ms: float
    ours_bytes: int
    typst_ms: float
    typst_bytes: int


def measure(times: int = 15) -> TypesetTimes:
    """Set a heading, a paragraph and a table of a full page with both."""
    from desktop.language import language
    from desktop.reports.archive import finish
    from desktop.reports.layout import Column, ReportBuilder

    rows = [
        [str(number), f"How is it seen to that no one person pays alone, case {number}?", "Two people attest"] for number in range(1, _ROWS)
    ]

    def ours() -> bytes:
        report = ReportBuilder(
            language=language("en"), title="One page", subject="A table", author="Havsstiftelsen", left="2026-001", right="Sealed"
        )
        report.title("One page of a record")
        report.paragraph("Every answer with its number, as it was given.")
        report.table([Column("No.", 0.6), Column("Question", 6), Column("Answer", 3)], rows)
        laid_out = report.lay_out()
        assert laid_out.pages == 1, laid_out.pages
        return finish(laid_out, now=datetime(2026, 3, 9))  # noqa: DTZ001 - naive UTC, as everywhere

    made = ours()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        made = ours()
        taken.append((time.perf_counter() - begun) * 1000)
    theirs = _typst(rows, times)
    return TypesetTimes(_ROWS - 1, statistics.median(taken), len(made), *theirs)


def _typst(rows: list[list[str]], times: int) -> tuple[float, int]:
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        install = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--no-deps",
            "--target",
            str(library),
            TYPST,
        ]
        if subprocess.run(install, capture_output=True, check=False).returncode:
            return 0.0, 0
        source = Path(folder) / "page.typ"
        cells = "\n".join("".join(f"[{cell}], " for cell in row) for row in rows)
        source.write_text(
            '#set document(title: "One page")\n#set page(paper: "a4", margin: 18mm, footer: [Page 1 of 1], header: [2026-001])\n'
            '#set text(font: "Noto Sans", size: 8pt, lang: "en")\n= One page of a record\nEvery answer with its number, as it was given.\n'
            "#table(columns: (0.6fr, 6fr, 3fr), stroke: none, table.header[No.][Question][Answer],\n" + cells + ")\n",
            "utf-8",
        )
        told = subprocess.run(
            [sys.executable, "-c", _SETTING, str(source), str(ROOT / "resources" / "fonts"), str(times)],
            env={**os.environ, "PYTHONPATH": str(library)},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        found = json.loads(told)
        return statistics.median(found["ms"]), int(found["size"])
