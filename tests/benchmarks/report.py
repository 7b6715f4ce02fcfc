"""How long a report takes, step by step, beside plain reportlab setting the same words on as many pages."""

from __future__ import annotations

import io
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "desktop" / "reports"))


@dataclass(frozen=True)
class ReportTimes:
    """Milliseconds for one report of so many pages, medians of so many; memory of the process at its highest in MiB.

    ``plain`` is untagged reportlab, ``tagged`` our layout, ``archive`` the pass that makes PDF/A-3a and PDF/UA-1 of it, ``signature`` one,
    ``verification`` of three in the process, ``verification_apart`` in a child process as the window does it.
    """

    reports: int
    pages: int
    plain_ms: float
    tagged_ms: float
    archive_ms: float
    signature_ms: float
    verification_ms: float
    verification_apart_ms: float
    memory_mib: float

    @property
    def pages_per_second_plain(self) -> float:
        """Of plain reportlab."""
        return self.pages / self.plain_ms * 1000

    @property
    def pages_per_second(self) -> float:
        """Of a whole report, before it is signed."""
        return self.pages / (self.tagged_ms + self.archive_ms) * 1000


def measure(reports: int = 7) -> ReportTimes:
    """Make, sign twice and verify the report of an invented, complete assessment; each step after one that is not counted."""
    from sample_file import template
    from samples import make_person, make_root, signed
    from sealed_reports import scored_file, sealed

    from desktop.language import language
    from desktop.reports.archive import finish
    from desktop.reports.content import report_content
    from desktop.reports.verification import verify
    from desktop.reports.verifying_child import run_limited

    root = make_root()
    holders = [make_person(name, root) for name in ("Ada Lindqvist", "Ruth Nyberg", "Cecilia Öst")]
    file = sealed(scored_file(template()), {"Caseworker": holders[0], "Reviewer": holders[1]})
    words = language("sv")
    seal = file.seal
    assert seal is not None
    tagged_ms, laid_out = _timed(
        lambda: report_content(file, words, organisation="Havsstiftelsen", root_fingerprint=root.fingerprint), reports
    )
    archive_ms, pdf = _timed(lambda: finish(laid_out, now=seal.at, payload=seal.record), reports)
    pages = _words(pdf)
    plain_ms, _ = _timed(lambda: _plain(pages), reports)
    signature_ms, once = _timed(lambda: signed(pdf, "Caseworker", holders[0], root, certify=True), reports)
    twice = signed(once, "Reviewer", holders[1], root, certify=False)
    thrice = signed(twice, "Chair", holders[2], root, certify=False)
    verification_ms, verdict = _timed(lambda: verify(thrice, root_pem=root.pem), reports)
    assert (verdict.status, verdict.record) == ("valid", "agrees")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.pdf"
        out.write_bytes(thrice)
        apart_ms, _ = _timed(lambda: run_limited(out, root_pem=root.pem), reports)
    return ReportTimes(
        reports=reports,
        pages=len(pages),
        plain_ms=plain_ms,
        tagged_ms=tagged_ms,
        archive_ms=archive_ms,
        signature_ms=signature_ms,
        verification_ms=verification_ms,
        verification_apart_ms=apart_ms,
        memory_mib=memory,
    )


def _timed(job: Callable[[], Made], times: int) -> tuple[float, Made]:
    made = job()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        made = job()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken), made


def _words(pdf: bytes) -> list[list[str]]:
    """Read the lines of each page, in a process of its own so that its memory is not counted here."""
    import json
    import subprocess

    code = (
        "import json, sys\n"
        "from PySide6.QtCore import QBuffer, QByteArray\n"
        "from PySide6.QtPdf import QPdfDocument\n"
        "held = QByteArray(sys.stdin.buffer.read()); buffer = QBuffer(held); buffer.open(QBuffer.OpenModeFlag.ReadOnly)\n"
        "document = QPdfDocument(); document.load(buffer)\n"
        "print(json.dumps([document.getAllText(page).text().splitlines() for page in range(document.pageCount())]))\n"
    )
    told = subprocess.run([sys.executable, "-c", code], input=pdf, capture_output=True, check=True).stdout
    pages: list[list[str]] = json.loads(told)
    return pages


def _plain(pages: list[list[str]]) -> bytes:
    """Set the same lines as paragraphs, page by page, in the same type, without tags, charts or tables."""
    from xml.sax.saxutils import escape

    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

    from desktop.reports.fonts import register_fonts

    register_fonts()
    style = ParagraphStyle("plain", fontName="NotoSans", fontSize=6, leading=7)
    story: list[Flowable] = []
    for page in pages:
        story += [Paragraph(escape(line), style) for line in page]
        story.append(PageBreak())
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(story[:-1])
    return out.getvalue()
