"""A comparison says of every year what its record says, sets nothing against what is not measured alike, and is set with care."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pikepdf
import pytest

from desktop.language import language, print_language
from desktop.reports.chosen import MAIN
from desktop.reports.comparison_content import comparison_content, render_comparison
from desktop.reports.comparison_reading import time_labels, years_reader
from desktop.reports.content import LanguageLacking
from desktop.reports.content_reader import Reader
from desktop.reports.page import LaidOut
from forms.answers import Answer, AnswerKey
from forms.scoring import score
from models.cards import AssessmentFile
from models.casefile import case_for
from models.compared import Compared
from models.protection import under_cover
from tests.desktop.reports.compared_samples import Told, compared, four_years, later_version, main_template, six_times
from tests.desktop.reports.editorial import faults
from tests.desktop.reports.page_reading import read_pages
from tests.desktop.reports.sample_file import with_seal

ROOT = "0f" * 32


@pytest.fixture(scope="module")
def ordinary() -> Compared:
    return four_years()


def laid_out(ones: Compared, code: str = "en") -> LaidOut:
    return comparison_content(ones, language(code), organisation="Brunnstiftelsen (påhittad)", root_fingerprint=ROOT)


def words(laid: LaidOut, *, page: int | None = None) -> str:
    """Everything that a reader finds on the pages, or on one (from 0), in reading order."""
    said = " ".join(one.text for one in read_pages(laid).words if page is None or one.page == page)
    return re.sub(r"\s+", " ", said.replace("\N{NO-BREAK SPACE}", " "))


@pytest.mark.parametrize("code", ["sv", pytest.param("en", marks=pytest.mark.full), pytest.param("fr", marks=pytest.mark.full)])
def test_four_years_have_no_fault_of_typography(ordinary: Compared, code: str) -> None:
    assert faults(laid_out(ordinary, code)) == []


@pytest.mark.parametrize("code", ["sv", pytest.param("fr", marks=pytest.mark.full)])
def test_as_many_as_there_is_room_for_with_much_said_have_no_fault_and_one_page_of_summary(code: str) -> None:
    laid = laid_out(six_times(), code)
    assert faults(laid) == []
    first, second = [one for one in laid.bookmarks if one.level == 1][:2]
    assert (first.place.page, second.place.page) == (0, 1)


def test_page_one_names_every_record_and_what_came_of_each_year(ordinary: Compared) -> None:
    said = words(laid_out(ordinary), page=0)
    for file in ordinary.files:
        assert file.card.case_number in said
        assert file.seal is not None
        assert file.seal.sha256 in said.replace(" ", "")
    assert said.count("Approve with conditions") == 7  # four recommendations, three decisions
    assert "none recorded" in said
    for expected in ("2 stops", "1 stop", "Partner and project 2026.2", "Partner and project 2027.1", "Renewal, standard"):
        assert expected in said


def test_every_figure_on_page_one_is_the_one_that_the_full_report_prints(ordinary: Compared) -> None:
    said = words(laid_out(ordinary), page=0)
    for file in ordinary.files:
        reader = Reader(file, print_language("en"))
        for subject in file.result.subjects:
            figure = reader.figure(subject.score, subject.subject)
            assert f"{reader.band_mark(subject.score, subject.subject).word} {figure}" in said


def test_page_one_says_what_is_not_measured_alike(ordinary: Compared) -> None:
    said = words(laid_out(ordinary), page=0)
    assert "Another version of the template than the time before: 2026." in said
    assert "Another scope than the time before: 2027." in said


def test_a_band_that_a_rule_holds_down_is_said_to_be_beside_its_figure(ordinary: Compared) -> None:
    assert "Held down by" in words(laid_out(ordinary), page=0)


def test_each_move_tells_from_what_to_what_how_it_is_known_and_why(ordinary: Compared) -> None:
    said = words(laid_out(ordinary))
    assert re.search(r"2021 to 2023, better: (verified by us|document seen)\. \S", said)
    assert re.search(r"2026 to 2027, worse: ", said)
    for course in years_reader(ordinary, language("en")).instruments[0].course.questions:
        for place in course.moves:
            reason = course.standings[place].reason
            assert not reason or not course.standings[place].line.scored or reason.rstrip(". ")[:40] in said  # type: ignore[union-attr]


def test_what_cannot_be_compared_is_named_by_its_reason(ordinary: Compared) -> None:
    said = words(laid_out(ordinary))
    assert "In the place of another question since: compared, but asked in other words" in said
    assert "New in 2026, in version 2027.1" in said
    assert re.search(r"Left out in 2021 by the scope: light \(\d+\)", said)
    assert re.search(r"Not asked in 2021, by what else was answered \(\d+\)", said)


def test_stops_say_met_waived_or_not_met_year_by_year(ordinary: Compared) -> None:
    said = words(laid_out(ordinary))
    assert "met, waived until 30 Jun 2022" in said
    assert "not met" in said


def test_risks_came_went_and_came_back(ordinary: Compared) -> None:
    said = words(laid_out(ordinary))
    assert {"gone", "back again"} <= set(re.findall(r"gone|back again", said))


def changed(file: AssessmentFile, answers: dict[str, Answer | None]) -> AssessmentFile:
    given = file.answers
    for question, answer in answers.items():
        given = given.with_answer(AnswerKey(file.template.id, question), answer)
    result = score(file.template, given, case_for(draft=file.card.draft, project=file.project))
    return with_seal(replace(file, answers=given, result=result, seal=None))


def test_missing_is_never_nought(ordinary: Compared) -> None:
    """A year whose section is incomplete has its interval in words, no point on the scale, and nothing is subtracted from it."""
    last = ordinary.newest
    section = last.template.sections[1]
    open_one = next(one.id for one in section.questions if last.result.line(one.id) is not None)
    ones = replace(ordinary, files=(*ordinary.files[:-1], changed(last, {open_one: None})))
    laid = laid_out(ones)
    said = words(laid)
    assert "Incomplete" in words(laid, page=0)
    figure = next(element for element in _figures(laid) if section.title["en"] in element)
    assert re.search(rf"{re.escape(section.title['en'])}: 2021 [^;]+; 2023 [^;]+; 2026 [^;]+; 2027 \d+\.\d–\d+\.\d · Incomplete", figure)
    assert "nothing to subtract, since one of the two has no figure" in said


def _figures(laid: LaidOut) -> list[str]:
    found: list[str] = []

    def look(element: Any) -> None:
        if getattr(element, "tag", "") == "Figure":
            found.append(element.alternative)
        for child in getattr(element, "children", ()):
            look(child)

    look(laid.document)
    return found


def test_different_templates_are_said_to_be_and_never_set_against_each_other(ordinary: Compared) -> None:
    from tests.desktop.reports.sample_file import three_questions

    other = compared([Told(date(2019, 5, 2), three_questions(), "light", 0, changed=2)]).files[0]
    ones = Compared(ordinary.partner, ordinary.name, (other, ordinary.files[0], ordinary.files[1]))
    laid = laid_out(ones)
    first = words(laid, page=0)
    assert "figures of different templates are never set against each other" in first
    assert "Three questions was used in 2019 only, so it is not compared." in first
    assert "Since 2019" not in words(laid)


def test_two_of_one_year_go_by_their_case_numbers(ordinary: Compared) -> None:
    twice = [
        replace(one, card=replace(one.card, draft=replace(one.card.draft, as_of=date(2026, 1, 1 + n))))
        for n, one in enumerate(ordinary.files)
    ]
    assert time_labels(ordinary.files) == ("2021", "2023", "2026", "2027")
    assert time_labels(twice) == tuple(one.card.case_number for one in ordinary.files)


def test_a_language_that_one_of_the_templates_lacks_is_refused(ordinary: Compared) -> None:
    with pytest.raises(LanguageLacking):
        render_comparison(ordinary, language("nb"))


def test_the_same_records_give_the_same_bytes_in_every_order_of_making(ordinary: Compared) -> None:
    first = render_comparison(ordinary, language("sv"), organisation="B", root_fingerprint=ROOT)
    assert render_comparison(four_years(), language("sv"), organisation="B", root_fingerprint=ROOT) == first
    assert render_comparison(ordinary, language("en"), organisation="B", root_fingerprint=ROOT) != first


@pytest.mark.parametrize("part", [2, 3])
def test_it_carries_no_file_and_names_every_record(ordinary: Compared, part: Any) -> None:
    pdf = render_comparison(ordinary, language("en"), part=part, root_fingerprint=ROOT)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.attachments) == 0
        packet = opened.Root.Metadata.read_bytes().decode()
    assert f"<gedigen:record>{' '.join(ordinary.records)}</gedigen:record>" in packet
    assert f"<pdfaid:part>{part}</pdfaid:part>" in packet
    assert MAIN.kind.name not in packet


def test_the_chart_says_in_words_what_it_draws(ordinary: Compared) -> None:
    organisation, project = _figures(laid_out(ordinary))
    assert organisation.startswith(
        "Capacity of the organisation by section over the years, on a scale from 0 to 100 where higher is stronger."
    )
    assert "Governance: 2021 " in organisation
    assert "2021 not asked" in organisation
    assert project.startswith("Capacity of the project")


# --- protection


SECRET = "Gränsflodens kvinnohus"


def told_of(ones: Compared) -> Compared:
    """Give years whose texts name the partner everywhere that somebody can write."""
    files = []
    for file in ones.files:
        note = f"{SECRET} har svarat."
        answers = file.answers
        for key, answer in file.answers.items():
            answers = answers.with_answer(key, replace(answer, comment=note))
        assert file.recommendation is not None
        conditions = tuple(replace(one, text=f"{one.text}: {SECRET}") for one in file.recommendation.conditions)
        decision = file.decision
        if decision is not None:
            decision = replace(decision, draft=replace(decision.draft, departure=note, conditions=conditions))
        files.append(
            replace(
                file,
                answers=answers,
                partner=replace(file.partner, draft=replace(file.partner.draft, name=SECRET)),
                card=replace(file.card, partner_name=SECRET),
                project=replace(file.project, draft=replace(file.project.draft, title=f"Hus för {SECRET}")) if file.project else None,
                risks=tuple(replace(one, title=f"{one.title} {SECRET}", mitigation=note) for one in file.risks),
                recommendation=replace(file.recommendation, conditions=conditions),
                decision=decision,
            )
        )
    return replace(ones, name=SECRET, files=tuple(files))


def streams(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [pdf, bytes(str(opened.docinfo), "utf-8")]
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Stream):
                try:
                    found.append(thing.read_bytes())
                except pikepdf.PdfError:
                    found.append(thing.read_raw_bytes())
            found.append(repr(thing).encode())
    return b"\n".join(found)


def test_a_protected_partner_is_named_in_no_word_of_any_year(ordinary: Compared) -> None:
    named = told_of(ordinary)
    assert SECRET in words(laid_out(named, "sv"))
    known = [one.partner.draft for one in named.files]
    covered = replace(named, name="Partner Alm", files=tuple(under_cover(one, known, "Partner Alm") for one in named.files))
    laid = laid_out(covered, "sv")
    said = words(laid)
    assert SECRET not in said
    assert "kvinnohus" not in said.casefold()
    assert "[Partner Alm] har svarat" in said
    assert "Partnern är skyddad" in words(laid, page=0)
    pdf = render_comparison(covered, language("sv"))
    assert SECRET.encode() not in streams(pdf)
    assert SECRET.encode("utf-16-be") not in streams(pdf)
    assert hashlib.sha256(pdf).hexdigest() != hashlib.sha256(render_comparison(named, language("sv"))).hexdigest()


def test_versions_and_scopes_of_the_sample_are_what_it_says() -> None:
    """Guards the sample itself: a template that no longer has what it varies would make these tests promise nothing."""
    replaced = [one.id for _, one in later_version().questions() if one.replaces]
    assert len(replaced) >= 2
    assert main_template().hash != later_version().hash
