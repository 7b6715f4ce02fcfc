"""The report is a pleasure to leaf through: few pages, none left half empty, nothing small, nothing torn apart."""

from __future__ import annotations

import io
import re
import subprocess
from functools import cache

import pikepdf
import pytest

from desktop.language import language
from desktop.operations.sample import make_sample
from desktop.reports.content import render
from desktop.reports.layout import Column, ReportBuilder
from desktop.reports.styles import FRAME_HEIGHT, MARGIN_TOP, PAGE_HEIGHT
from models import casefile
from models.cards import AssessmentFile
from tests.desktop.reports.sample_file import half_done, sample_file

MOST, FEWEST = 9, 5
HALF = 0.5
SMALLEST = 7.5  # points

codes = pytest.mark.parametrize("code", ["sv", "en"])
kinds = pytest.mark.parametrize("kind", ["new", "stop", "renewal", "draft"])


@cache
def _pdf(kind: str, code: str) -> bytes:
    files = {
        "new": lambda: sample_file(),
        "stop": lambda: sample_file(stops=True),
        "renewal": lambda: sample_file(renewal=True),
        "draft": lambda: half_done(sample_file(sealed=False)),
    }
    return render(files[kind](), language(code), organisation="Brunnstiftelsen (påhittad)", root_fingerprint="0f" * 32)


@pytest.fixture(scope="module", params=["sv", "en"])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, AssessmentFile]]:
    made = make_sample(folder=tmp_path_factory.mktemp("sample"), language_code=request.param)
    try:
        return request.param, {file.card.draft.kind: file for ids in made.assessments.values() for file in map(casefile.read, ids)}
    finally:
        made.vault.close()


def _filled(pdf: bytes) -> list[float]:
    """Measure how far down each page is written, as a share of the room for text."""
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    lowest = PAGE_HEIGHT - (PAGE_HEIGHT - MARGIN_TOP - FRAME_HEIGHT) + 2
    filled = []
    for page in boxes.split("<page ")[1:]:
        ends = [float(end) for end in re.findall(r'yMax="([\d.]+)"', page)]
        filled.append((max(end for end in ends if end <= lowest) - MARGIN_TOP) / FRAME_HEIGHT)
    return filled


def _assert_well_filled(pdf: bytes) -> None:
    filled = _filled(pdf)
    assert FEWEST <= len(filled) <= MOST
    assert all(share >= HALF for share in filled[1:-1]), filled


@codes
@kinds
def test_a_report_takes_five_to_nine_pages_and_none_inside_is_half_empty(kind: str, code: str) -> None:
    _assert_well_filled(_pdf(kind, code))


def test_the_samples_take_five_to_nine_pages_and_none_inside_is_half_empty(sample: tuple[str, dict[str, AssessmentFile]]) -> None:
    code, files = sample
    for kind in ("new", "renewal"):
        _assert_well_filled(render(files[kind], language(code), organisation="Brunnstiftelsen", root_fingerprint="0f" * 32))


@codes
@kinds
def test_nothing_is_set_smaller_than_seven_and_a_half_points(kind: str, code: str) -> None:
    with pikepdf.open(io.BytesIO(_pdf(kind, code))) as read:
        sizes = {
            float(operands[1]) for page in read.pages for operands, operator in pikepdf.parse_content_stream(page) if str(operator) == "Tf"
        }
    assert min(sizes) >= SMALLEST


@codes
def test_the_stops_leave_room_on_page_one_for_recommendation_conditions_and_how_sure_we_are(code: str) -> None:
    first, tongue = _words(_pdf("stop", code))[0], language(code)
    said = ["What is asked of us", "What we recommend", "On these conditions", "How sure we are", "Limits"]
    places = [first.index(tongue.text(heading)) for heading in said]
    assert first.index(tongue.plural("{n} stop criterion is met", "{n} stop criteria are met", 2)) < places[0]
    assert places == sorted(places)


@codes
@pytest.mark.parametrize("kind", ["new", "stop", "renewal"])
def test_the_signature_lines_stand_on_one_page_with_what_they_mean_and_what_they_are_tied_to(kind: str, code: str) -> None:
    tongue = language(code)
    pages = _words(_pdf(kind, code))
    (page,) = [page for page in pages if "gedigen verify" in page]
    assert tongue.text("Signatures") in page
    assert re.sub(r"\s", "", page).count("0f" * 32) == 1
    with pikepdf.open(io.BytesIO(_pdf(kind, code))) as read:
        fields = [[note for note in one.get("/Annots", []) if note.get("/FT") == "/Sig"] for one in read.pages]
    assert [len(found) for found in fields if found] == [3]
    assert fields.index(next(found for found in fields if found)) == pages.index(page)


def test_a_renewal_tells_what_became_worse_before_what_became_better() -> None:
    pages = " ".join(_words(_pdf("renewal", "en")))
    told = pages[pages.index("Question by question") :]
    assert told.index("Worse (") < told.index("Better (")


@pytest.mark.parametrize("above", range(0, 500, 90))
def test_no_page_ends_or_begins_with_a_lone_row_of_a_table(above: int) -> None:
    for rows in range(20, 80, 7):
        report = ReportBuilder(language=language("en"), title="T", subject="S", author="A", left="", right="")
        report.title("T")
        report.space(above)
        report.heading(2, "H")
        report.table([Column("First"), Column("Second")], [[f"Row {n}.", "x"] for n in range(rows)], size="dense")
        pages = _words(report.lay_out().pdf)
        counts = [page.count("Row ") for page in pages]
        assert sum(counts) == rows
        assert all(count >= 3 for count in counts if count), counts
        assert [page.count("First Second") for page in pages] == [int(bool(count)) for count in counts]


def _words(pdf: bytes) -> list[str]:
    made = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(page.split()) for page in made.stdout.decode().split("\f")[:-1]]
