"""How long a report takes, step by step: laid out on a plain canvas, tagged, made for the archive, signed, timestamped, verified."""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

Made = TypeVar("Made")

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))


@dataclass(frozen=True)
class ReportTimes:
    """Milliseconds for one report of so many pages, medians of so many; memory of the process at its highest in MiB.

    ``plain`` sets the very same pieces on reportlab's own canvas, without tags; ``tagged`` is our layout; ``archive`` the pass that
    makes PDF/A-3a and PDF/UA-1 of it. Of signatures: ``b_b`` alone, ``offline`` with the revocation list, ``b_lt`` with a timestamp of a
    server on this computer too; ``three`` one after the other (B-LT), ``archive_timestamp`` after them. ``verification`` is of all that,
    in the process; ``verification_apart`` in a child process as the window does it, from compiled files as an installed program has them.
    """

    reports: int
    pages: int
    plain_ms: float
    tagged_ms: float
    archive_ms: float
    b_b_ms: float
    offline_ms: float
    b_lt_ms: float
    three_ms: float
    archive_timestamp_ms: float
    verification_ms: float
    verification_apart_ms: float
    memory_mib: float
    sizes: dict[str, int] = field(default_factory=dict)


def measure(reports: int = 7) -> ReportTimes:
    """Make, sign, timestamp and verify the report of an invented, complete assessment; each step after one that is not counted."""
    from desktop.language import language
    from desktop.reports.archive import finish
    from desktop.reports.content import report_content
    from desktop.reports.document_timestamp import add_document_timestamp
    from desktop.reports.verification import verify
    from desktop.reports.verifying_child import run_limited
    from tests.desktop.reports.local_authority import LocalAuthority, revocation_list
    from tests.desktop.reports.sample_file import template
    from tests.desktop.reports.samples import NOW, make_person, make_root
    from tests.desktop.reports.sealed_reports import scored_file, sealed
    from tests.desktop.reports.signed_with import signed_with

    root = make_root()
    holders = [make_person(name, root) for name in ("Ada Lindqvist", "Ruth Nyberg", "Cecilia Öst")]
    file = sealed(scored_file(template()), {"Caseworker": holders[0], "Reviewer": holders[1]})
    words, seal = language("sv"), file.seal
    assert seal is not None

    def lay_out() -> Any:
        return report_content(file, words, organisation="Havsstiftelsen", root_fingerprint=root.fingerprint)

    with _plain_canvas():
        plain_ms, _ = _timed(lay_out, reports)
    tagged_ms, laid_out = _timed(lay_out, reports)
    archive_ms, pdf = _timed(lambda: finish(laid_out, now=seal.at, payload=seal.record, record_sha256=seal.sha256), reports)
    lists = (revocation_list(root),)
    fields = tuple(zip(("Caseworker", "Reviewer", "Chair"), holders, strict=True))
    with LocalAuthority(moment=NOW) as server:
        authority = server.authority()

        def sign(made: bytes, number: int, **options: Any) -> bytes:
            name, holder = fields[number]
            return signed_with(made, name, holder, root, **options)

        def sign_all() -> bytes:
            made = pdf
            for number in range(3):
                made = sign(made, number, lists=lists, authority=authority)
            return made

        b_b_ms, alone = _timed(lambda: sign(pdf, 0), reports)
        offline_ms, offline = _timed(lambda: sign(pdf, 0, lists=lists), reports)
        b_lt_ms, lasting = _timed(lambda: sign(pdf, 0, lists=lists, authority=authority), reports)
        three_ms, three = _timed(sign_all, reports)
        archive_timestamp_ms, kept = _timed(
            lambda: add_document_timestamp(three, authority=authority, revocation_lists=lists, at=NOW), reports
        )
        trusted = (server.root_pem,)
        verification_ms, verdict = _timed(lambda: verify(kept, root_pem=root.pem, tsa_roots_pem=trusted), reports)
        assert (verdict.status, verdict.record) == ("valid", "agrees"), verdict.sentences
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "report.pdf"
            out.write_bytes(kept)
            with _compiled(Path(folder)):
                apart_ms, apart = _timed(lambda: run_limited(out, root_pem=root.pem, tsa_roots_pem=trusted), reports)
            assert apart.status == "valid"
    return ReportTimes(
        reports=reports,
        pages=laid_out.pages,
        plain_ms=plain_ms,
        tagged_ms=tagged_ms,
        archive_ms=archive_ms,
        b_b_ms=b_b_ms,
        offline_ms=offline_ms,
        b_lt_ms=b_lt_ms,
        three_ms=three_ms,
        archive_timestamp_ms=archive_timestamp_ms,
        verification_ms=verification_ms,
        verification_apart_ms=apart_ms,
        memory_mib=memory,
        sizes={
            "before signing": len(pdf),
            "B-B": len(alone),
            "with revocation list": len(offline),
            "B-LT": len(lasting),
            "three B-LT": len(three),
            "archive timestamp": len(kept),
        },
    )


def _timed(job: Callable[[], Made], times: int) -> tuple[float, Made]:
    made = job()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        made = job()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken), made


@contextmanager
def _compiled(folder: Path) -> Iterator[None]:
    """Let child processes keep what they compile, whatever is set here: the one that is not counted compiles for the others."""
    kept = dict(os.environ)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


@contextmanager
def _plain_canvas() -> Iterator[None]:
    """Let reports be laid out on reportlab's own canvas: the same pieces, nothing tagged, nothing noted for a second pass."""
    from desktop.reports import page

    ours = page._NumberedCanvas
    page._NumberedCanvas = _plain_kind()  # type: ignore[misc]
    try:
        yield
    finally:
        page._NumberedCanvas = ours  # type: ignore[misc]


def _plain_kind() -> type:
    from reportlab.pdfgen.canvas import Canvas

    from desktop.charts.print_painter import REGULAR
    from desktop.reports.tagging import Place

    class Plain(Canvas):  # type: ignore[misc]
        """Draws what the pieces draw, and forgets what they say about themselves."""

        furniture: Any

        def __init__(self, *arguments: Any, **options: Any) -> None:
            self.marks: list[list[Any]] = []
            self.annotations: list[Any] = []
            self.anchors: dict[str, Any] = {}
            self.bookmarks: list[Any] = []
            self.parts: list[Any] = []
            super().__init__(*arguments, **options)

        @contextmanager
        def tagged(self, *_element: Any, **_options: Any) -> Iterator[None]:
            yield

        @contextmanager
        def page_furniture(self, _kind: str) -> Iterator[None]:
            yield

        def annotate(self, *_anything: Any, **_options: Any) -> None:
            pass

        def note(self, _part: Any) -> None:
            pass

        def place(self, _x: float, _y: float) -> Place:
            return Place(0, 0, 0)

        def draw_furniture(self) -> None:
            self.setFont(REGULAR, 7.5)
            self.drawString(50, 800, self.furniture.left)
            self.drawRightString(540, 800, self.furniture.right)
            self.line(50, 795, 540, 795)
            self.drawString(50, 30, self.furniture.foot_left)
            self.drawRightString(540, 30, self.furniture.foot(self._pageNumber, 1))

    return Plain
