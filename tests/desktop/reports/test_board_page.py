"""The board page is one page, whatever there is to say: smaller type first, then shortened, and then it says so."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from desktop.language import language
from desktop.reports.chosen import Chosen
from desktop.reports.documents import render_document
from models.cards import AgreementCondition, AssessmentFile, RapidTerms
from models.document_kind import BOARD_PAGE
from models.stops import met_stops
from tests.desktop.reports.sample_file import sample_file, three_questions, with_seal

SHORTENED = "the full text is in the report"


def page_of(file: AssessmentFile, code: str = "en") -> bytes:
    return render_document(file, language(code), Chosen(BOARD_PAGE), organisation="Havsstiftelsen", root_fingerprint="")


def words(pdf: bytes, tmp_path: Path) -> str:
    (tmp_path / "page.pdf").write_bytes(pdf)
    command = ["pdftotext", "-layout", str(tmp_path / "page.pdf"), "-"]
    return " ".join(subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def with_much(file: AssessmentFile, times: int) -> AssessmentFile:
    """Write a summary, limits and conditions so many times as long as usual."""
    recommended, project = file.recommendation, file.project
    assert recommended is not None
    assert project is not None
    conditions = tuple(
        AgreementCondition(
            f"Villkor {number}: " + "en annan person väljer leverantör vid inköp över gränsen " * 2, "date", date(2026, 9, 30)
        )
        for number in range(2 * times)
    )
    much = replace(
        recommended,
        summary=recommended.summary * times,
        departure=recommended.departure * times,
        limits=recommended.limits * times,
        visit=recommended.visit * times,
        conditions=conditions,
    )
    title = replace(project.draft, title=project.draft.title * min(times, 8), summary=project.draft.summary * times)
    return replace(file, recommendation=much, project=replace(project, draft=title))


@pytest.mark.parametrize("code", ["sv", "fr"])
@pytest.mark.parametrize("times", [1, 3, 8, 40])
def test_it_is_one_page_with_stops_many_conditions_and_a_long_summary(times: int, code: str) -> None:
    file = with_seal(with_much(sample_file(stops=True, sealed=False), times))
    pdf = page_of(file, code)
    assert pages(pdf) == 1
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert [str(field.T) for field in opened.Root.AcroForm.Fields] == ["Caseworker"]


def test_a_rapid_start_with_much_to_say_is_one_page_too() -> None:
    file = with_much(sample_file(stops=True, sealed=False), 12)
    terms = RapidTerms(
        50_000_000, "SEK", date(2026, 9, 1), "Generalsekreteraren " * 9, date(2026, 10, 1), "Översvämningen kräver hjälp nu. " * 40
    )
    draft = replace(file.card.draft, kind="rapid", rapid=terms)
    assert pages(page_of(with_seal(replace(file, card=replace(file.card, draft=draft))))) == 1


def test_what_fits_is_not_shortened_and_what_is_shortened_says_so(tmp_path: Path) -> None:
    assert SHORTENED not in words(page_of(sample_file()), tmp_path)
    said = words(page_of(with_seal(with_much(sample_file(sealed=False), 20))), tmp_path)
    assert SHORTENED in said
    assert "more conditions stand in the report" in said


@pytest.mark.parametrize("code", ["sv", "en", "fr"])
def test_stops_and_eight_conditions_stand_whole_though_the_prose_is_shortened(code: str, tmp_path: Path) -> None:
    file = sample_file(stops=True, sealed=False)
    assert file.recommendation is not None
    more = tuple(
        AgreementCondition(f"Kvartalsvis ekonomisk rapport med kontoutdrag, del {number}", "date", date(2027, number, 15))
        for number in range(1, 6)
    )
    conditions = (*file.recommendation.conditions, *more)
    file = with_seal(replace(file, recommendation=replace(file.recommendation, conditions=conditions)))
    said = words(page_of(file, code), tmp_path)
    wanted = [one.text for one in conditions] + [one.text[code] for one in met_stops(file)]
    assert len(wanted) == 10
    assert [one for one in wanted if " ".join(one.split()) not in said] == []


def test_a_stop_is_never_left_out_without_a_word(tmp_path: Path) -> None:
    said = words(page_of(with_seal(with_much(sample_file(stops=True, sealed=False), 40))), tmp_path)
    assert "2 stop criteria are met" in said
    assert said.count("can never be waived") + said.count("Can never be waived") >= 1


def test_it_names_the_sealed_record_and_where_the_report_is(tmp_path: Path) -> None:
    file = sample_file()
    assert file.seal is not None
    said = words(page_of(file), tmp_path)
    assert file.seal.sha256 in said.replace(" ", "")
    assert "kept under that number in the register of Havsstiftelsen" in said
    assert "Maja Ekwall" in said


def test_before_sealing_it_is_a_draft_that_nobody_signs(tmp_path: Path) -> None:
    pdf = page_of(sample_file(three_questions(), sealed=False), "sv")
    assert "Utkast, ej förseglat" in words(pdf, tmp_path)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert "/AcroForm" not in opened.Root
