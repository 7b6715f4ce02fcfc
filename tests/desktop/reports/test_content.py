"""The report says what the assessment says, in the reader's language, first things first."""

from __future__ import annotations

import io
import json
import re
import subprocess
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import msgspec
import pikepdf
import pytest

from desktop.charts.wording import score_number
from desktop.language import language
from desktop.reports.content import LanguageLacking, render, report_content
from desktop.reports.content_reader import Reader
from forms.answers import Answer
from forms.reading import read_template
from forms.text import in_language
from models.cards import AssessmentFile
from tests.desktop.reports.sample_file import ROOT, half_done, sample_file, three_questions

HACT, PASSPORT = (ROOT / f"resources/templates/{name}.yaml" for name in ("hact-micro-assessment", "partner-passport"))

codes = pytest.mark.parametrize("code", ["sv", "en"])


@cache
def _file(kind: str) -> AssessmentFile:
    match kind:
        case "stop":
            return sample_file(stops=True)
        case "renewal":
            return sample_file(renewal=True)
        case "draft":
            return half_done(sample_file(sealed=False))
        case _:
            return sample_file()


@cache
def _pdf(kind: str, code: str) -> bytes:
    return render(_file(kind), language(code), organisation="Brunnstiftelsen (påhittad)", root_fingerprint="0f" * 32)


def _pages(pdf: bytes) -> list[str]:
    """Read the words page by page, as poppler finds them in reading order."""
    made = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    pages = made.stdout.decode().split("\f")[:-1]
    return [" ".join(page.split()) for page in pages]


def _within(part: str, whole: str) -> bool:
    return " ".join(part.split()) in whole


@codes
def test_page_one_says_what_is_asked_recommended_required_and_how_sure(code: str) -> None:
    file, tongue = _file("new"), language(code)
    first = _pages(_pdf("new", code))[0]
    assert file.project is not None
    assert file.recommendation is not None
    for said in (
        file.partner.name,
        file.card.case_number,
        file.project.draft.title,
        file.recommendation.summary,
        file.recommendation.visit,
    ):
        assert _within(said, first)
    assert _within(Reader(file, tongue).amount(), first)
    assert _within(tongue.text("Approve with conditions"), first)
    for condition in file.recommendation.conditions:
        assert _within(condition.text, first)
    assert tongue.text("How sure we are") in first


@codes
def test_stops_stand_first_on_page_one_with_the_never_waivable_before_the_others(code: str) -> None:
    file = _file("stop")
    first = _pages(_pdf("stop", code))[0]
    texts = {stop.id: in_language(stop.text, code) for stop in file.template.stops}
    places = [
        first.index(" ".join(texts[stop.id].split())) for stop in sorted(file.result.stops, key=lambda stop: stop.waivable != "never")
    ]
    assert len(places) == 2
    assert places == sorted(places)
    assert places[-1] < first.index(language(code).text("What is asked of us"))


@codes
def test_gaps_are_said_before_any_figure(code: str) -> None:
    file, tongue = _file("new"), language(code)
    second = _pages(_pdf("new", code))[1]
    sentence = Reader(file, tongue).gap_sentence()
    figures = [score_number(tongue, one.score.percent) for one in file.result.subjects if one.score.percent is not None]
    assert len(figures) == 2
    assert second.index(" ".join(sentence.split())) < min(second.index(figure) for figure in figures)


@codes
def test_every_question_asked_stands_in_the_record_with_its_answer(code: str) -> None:
    file = _file("new")
    reader = Reader(file, language(code))
    letters = re.sub(r"\s", "", " ".join(_pages(_pdf("new", code))))
    for line in file.result.lines:
        question = reader.question(line.question)
        for said in (reader.own(question.text), reader.value(question, reader.answer(line.question))):
            assert re.sub(r"\s", "", said) in letters


@codes
def test_what_changed_is_told_for_a_renewal_only(code: str) -> None:
    heading = language(code).text("What changed since last time")
    assert any(heading in page for page in _pages(_pdf("renewal", code)))
    assert not any(heading in page for page in _pages(_pdf("new", code)))


def test_a_draft_says_so_on_every_page_and_has_no_fields_and_no_attachment() -> None:
    pdf = _pdf("draft", "en")
    assert all("Draft, not sealed" in page for page in _pages(pdf))
    with pikepdf.open(io.BytesIO(pdf)) as read:
        assert "/AcroForm" not in read.Root
        assert len(read.attachments) == 0


def test_a_sealed_report_carries_the_record_and_a_field_for_each_signer() -> None:
    file = _file("new")
    assert file.seal is not None
    with pikepdf.open(io.BytesIO(_pdf("new", "sv"))) as read:
        assert read.attachments["assessment.json"].get_file().read_bytes() == file.seal.record
        fields = [str(field.T) for field in read.Root.AcroForm.Fields]
    required = [one["field"] for one in json.loads(file.seal.record)["required_signers"]]
    assert fields == [*required, "Chair"]


@codes
def test_the_hashes_of_template_record_audit_trail_and_root_are_printed(code: str) -> None:
    file = _file("new")
    assert file.seal is not None
    letters = re.sub(r"\s", "", " ".join(_pages(_pdf("new", code))))
    for digest in (file.template.hash, file.seal.sha256, file.seal.audit_head, "0f" * 32):
        assert digest in letters
    for card in file.evidence:
        assert card.sha256 in letters


def test_an_open_question_gives_an_interval_and_no_calculated_recommendation() -> None:
    file = _file("draft")
    told = " ".join(_pages(_pdf("draft", "en")))
    assert "No recommendation is calculated until every question has its answer." in told
    assert file.result.completeness.open > 0
    assert all(subject.score.band is None for subject in file.result.subjects)
    assert "Incomplete" in told


def test_what_could_not_be_established_is_on_page_one() -> None:
    file = _file("new")
    question = next(line.question for line in file.result.lines if line.key and line.scored)
    unknown = sample_file(overrides={question: Answer("not_established", reason="Kontoret var stängt under hela besöket.")})
    reader = Reader(unknown, language("en"))
    first = _pages(render(unknown, language("en")))[0]
    assert f"Question {reader.number(question)}" in first
    assert "could not be established 1" in first


def test_the_same_file_gives_the_same_bytes() -> None:
    assert render(_file("new"), language("sv")) == render(_file("new"), language("sv"))


def test_nothing_in_the_sample_is_left_unprinted() -> None:
    assert not any("not printed" in page or "ej utskriven" in page for kind in ("new", "renewal") for page in _pages(_pdf(kind, "sv")))


def test_a_language_that_the_template_lacks_is_refused_with_what_there_is() -> None:
    swedish_only = replace(_file("new"), template=_one_language(_file("new")))
    with pytest.raises(LanguageLacking, match="sv"):
        report_content(swedish_only, language("en"))


def _one_language(file: AssessmentFile):  # type: ignore[no-untyped-def]
    return msgspec.structs.replace(file.template, languages=["sv"])


def test_the_smallest_template_without_project_risks_or_stops_makes_a_report_too() -> None:
    file = replace(sample_file(three_questions()), project=None, recommendation=None, reviews=(), ties=(), evidence=(), judged=())
    pages = _pages(render(file, language("en")))
    assert "the assessment concerns the organisation alone" in pages[0]
    assert "Not reviewed yet." in " ".join(pages)


def test_long_and_hostile_text_is_printed_as_it_stands() -> None:
    file = _file("new")
    assert file.recommendation is not None
    text = "<b>not bold</b> & <img src='x'/> " + "Mycket lång kommentar utan slut. " * 60
    hostile = replace(file, recommendation=replace(file.recommendation, summary=text, partner_reply=text))
    told = " ".join(_pages(render(hostile, language("sv"))))
    assert "<b>not bold</b> & <img src='x'/>" in told


def test_texts_longer_than_a_page_run_over_pages_wherever_they_stand() -> None:
    file = _file("renewal")
    assert file.recommendation is not None
    text = "Mycket lång text utan slut. " * 400
    everywhere = replace(
        file,
        evidence=(replace(file.evidence[0], note=text), *file.evidence[1:]),
        recommendation=replace(
            file.recommendation, capacity_plan=text, conditions=tuple(replace(one, text=text) for one in file.recommendation.conditions)
        ),
        template=msgspec.structs.replace(file.template, method={"sv": text, "en": text}),
    )
    told = " ".join(_pages(render(everywhere, language("sv"))))
    assert told.count("slut.") >= 400 * (3 + len(file.recommendation.conditions))  # a page may end within the sentence


def test_report_code_knows_no_window() -> None:
    folder = Path(__file__).parents[3] / "desktop"
    for module in (*folder.glob("reports/content*.py"), *folder.glob("charts/*.py")):
        assert "PySide6" not in module.read_text("utf-8")


def test_a_report_is_the_same_in_every_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    file = sample_file(three_questions())
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    in_tokyo = render(file, language("en"))
    monkeypatch.undo()
    time.tzset()
    assert in_tokyo == render(file, language("en"))
    assert "Sealed 27 Mar 2026, 13:40 UTC" in _pages(in_tokyo)[0]


def test_a_template_without_requirements_or_rules_for_a_recommendation_says_so_and_nothing_else() -> None:
    told = " ".join(_pages(render(sample_file(read_template(HACT)), language("en"))))
    assert "The template calculates no recommendation from these answers." in told
    assert "until every question has its answer" not in told
    assert "Key questions that meet the requirement" not in told
    assert "Key questions without a note: " in told
    assert "Organisation: risk" in told


def test_what_the_answers_of_a_template_without_scores_show_is_told() -> None:
    told = " ".join(_pages(render(sample_file(read_template(PASSPORT)), language("en"))))
    assert "What we found, by question number" in told
