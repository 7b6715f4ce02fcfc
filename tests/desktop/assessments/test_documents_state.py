"""What comes of several cases by what is chosen, how far the writing has come, and what came of it: without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.assessments.documents_run import Pace, Run, left_words, present_words, progress_words, run_lines, summary, went_well
from desktop.assessments.documents_state import Wish, documents_state
from desktop.language import language
from desktop.operations.handing_out import NameTaken, NotWritten
from desktop.operations.sealed_cases import SealedCase
from desktop.operations.wanted import NotSigned, Terms, Written
from desktop.reports.chosen import Ticks
from models.cards import ReportCard
from models.document_kind import FULL_REPORT, PARTNER_FEEDBACK
from models.report import Document, Newest
from tests.desktop.reports.sample_file import ident

EN, SV = language("en"), language("sv")
AT = datetime(2026, 3, 28, 9, 0)  # noqa: DTZ001 - the vault keeps naive UTC
FOLDER = Path("/season")


def newest(case, *filled, code="en", kind=FULL_REPORT, part=3, revision=None):
    number = len(filled) if revision is None else revision
    card = ReportCard(
        ident(f"{case}{code}{kind.name}{number}"), code, number, "a" * 64, 1, filled[-1] if filled else "", "", AT, kind.name, part
    )
    return Newest(Document(ident(case), code, kind, part), card, frozenset(filled))


def case(name, *documents, **known):
    known = {"is_sealed": True, "languages": ("sv", "en"), **known}
    return SealedCase(ident(name), name, f"Partner {name}", documents=documents, **known)


SIGNED = case("1", newest("1", "Caseworker", "Reviewer"))
PART = case("2", newest("2", "Caseworker"))
UNSIGNED = case("3", newest("3"))
NEW = case("4")


def words(state):
    return [(line.case_number, line.mark.word, line.said) for line in state.lines]


def test_only_what_is_signed_is_written_unless_more_is_wanted():
    state = documents_state((SIGNED, PART, UNSIGNED, NEW), Wish(), EN)
    assert words(state) == [
        ("1", "Signed", ""),
        ("2", "Signed in part", "Not signed yet: reviewer."),
        ("3", "Left out", "Nobody has signed it."),
        ("4", "Left out", "It has not been made and signed yet."),
    ]
    assert [one.case_number for one in state.wanted] == ["1", "2"]
    assert state.said == "2 documents will be written. 2 are left out; the list says why."


def test_unsigned_ones_are_written_too_when_they_are_wanted_and_it_says_what_is_made():
    state = documents_state((UNSIGNED, NEW), Wish(unsigned=True), EN)
    assert words(state) == [("3", "Not signed", ""), ("4", "Not made yet", "It is made, without a signature.")]
    assert [line.is_there for line in state.lines] == [True, False]


def test_a_case_without_the_language_is_left_out_in_that_language_alone():
    swedish = case("5", languages=("sv",))
    state = documents_state((NEW, swedish), Wish(languages=frozenset({"sv", "en"}), unsigned=True), EN)
    assert [(one.case_number, one.language) for one in state.wanted] == [("4", "en"), ("4", "sv"), ("5", "sv")]
    assert ("5", "Left out", "Not all of its templates have texts in this language.") in words(state)
    assert state.languages == (("en", "English", "1 of 2 cases"), ("sv", "Svenska", "all cases"))


def test_the_readers_language_is_chosen_at_first_and_none_is_no_choice_to_fill_in():
    assert documents_state((NEW,), Wish(), SV).wish.languages == {"sv"}
    assert documents_state((case("5", languages=("sv",)),), Wish(), EN).wish.languages == {"sv"}
    state = documents_state((NEW,), Wish(languages=frozenset(), unsigned=True), EN)
    assert (state.wanted, state.said) == ((), "Choose at least one kind and one language.")


def test_a_language_that_none_of_these_cases_has_is_not_wanted_of_them():
    assert documents_state((NEW,), Wish(languages=frozenset({"fr", "sv"})), EN).wish.languages == {"sv"}


def test_what_is_not_sealed_is_left_out_once_whatever_is_chosen():
    draft = case("6", is_sealed=False)
    state = documents_state((draft,), Wish(kinds=frozenset({"full", "board"}), languages=frozenset({"sv", "en"})), EN)
    assert words(state) == [("6", "Left out", "It is not sealed, and documents are made of sealed cases.")]
    assert state.said == "Nothing can be written by what is chosen; the list says why."


def test_a_protected_partner_has_no_public_record():
    hidden = case("7", is_protected=True)
    state = documents_state((hidden, NEW), Wish(kinds=frozenset({"public"}), unsigned=True), EN)
    assert words(state)[0] == ("7", "Left out", "The partner is protected, so there is no public record of it.")
    assert [one.case_number for one in state.wanted] == ["4"]
    assert state.is_public


def test_a_case_whose_record_names_a_partner_that_is_protected_by_now_is_warned_of():
    named = case("8", is_protected=True, names_partner=True)
    state = documents_state((named, NEW), Wish(unsigned=True), EN)
    assert state.warnings[0].startswith("1 case was sealed before its partner was protected")
    assert "the report names the partner" in state.lines[0].said
    assert documents_state((named, NEW), Wish(), EN).warnings == ()


def test_feedback_takes_what_is_ticked_and_other_kinds_do_not():
    wish = Wish(kinds=frozenset({"full", "partner"}), ticks=Ticks(risks=True), archive=True, unsigned=True)
    state = documents_state((NEW,), wish, EN)
    assert [(one.chosen.kind, one.chosen.part, one.chosen.ticks.risks) for one in state.wanted] == [
        (FULL_REPORT, 2, False),
        (PARTNER_FEEDBACK, 2, True),
    ]
    assert any("See that nobody gets another’s" in one for one in state.warnings)
    assert any("does not count for a new one" in one for one in state.notes)


def test_the_newest_of_several_feedbacks_says_how_it_stands():
    before = newest("9", "Caseworker", kind=PARTNER_FEEDBACK, revision=1)
    after = newest("9", kind=PARTNER_FEEDBACK, revision=2)
    state = documents_state((case("9", after, before),), Wish(kinds=frozenset({"partner"})), EN)
    assert words(state) == [("9", "Left out", "Nobody has signed it.")]


def test_a_report_with_attachment_does_not_stand_for_one_without():
    assert documents_state((SIGNED,), Wish(archive=True), EN).wanted == ()


STATE = documents_state((SIGNED, PART, NEW, case("6", is_sealed=False)), Wish(unsigned=True), EN)
ONE, TWO, THREE = STATE.wanted
RUN = Run(FOLDER, STATE.lines)


def written(name, *signed, was_there=False):
    return Written(FOLDER / name, "b" * 64, signed, was_there=was_there)


def test_while_it_runs_each_line_says_how_it_stands():
    run = replace(RUN, outcomes={ONE: written("1.pdf", "Caseworker", "Reviewer", "Timestamp1")}, present=TWO)
    assert [(line.mark.word, line.said) for line in run_lines(run, EN)] == [
        ("Written", "1.pdf · signed by caseworker and reviewer"),
        ("In work", ""),
        ("Waits", ""),
        ("Left out", "It is not sealed, and documents are made of sealed cases."),
    ]
    assert progress_words(run, EN) == "1 of 3 done."
    assert present_words(run) == "2 · Partner 2 · Full report · English"
    assert progress_words(replace(run, is_stopping=True), EN) == "1 of 3 done. Stopping after this one…"


def test_what_came_of_it_is_counted_by_kind():
    outcomes = {ONE: written("1.pdf", was_there=True), TWO: NotSigned("Nobody has signed it."), THREE: NotWritten("{file}", file="4.pdf")}
    run = replace(RUN, outcomes=outcomes, ended="done")
    assert [line.mark.word for line in run_lines(run, EN)] == ["There already", "Left out", "Not written", "Left out"]
    assert summary(run, EN) == (
        "1 document is in the folder. 2 are left out; the list says why. 1 could not be written; the list says why and what to do."
    )
    assert not went_well(run)


def test_a_name_that_was_taken_is_a_choice_and_no_fault():
    run = replace(RUN, outcomes={one: NameTaken("{file}", file="1.pdf") for one in STATE.wanted}, ended="done")
    assert (run.failed, run.left_out, went_well(run)) == (0, 4, True)


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        ("stopped", "Stopped as you wished; every file that is there is whole."),
        ("left", "Stopped because the vault was locked or somebody else works here; every file that is there is whole."),
        ("refused", "There is no room."),
    ],
)
def test_what_ended_it_is_said_first_and_what_was_not_begun_last(ended, said):
    run = replace(RUN, outcomes={ONE: written("1.pdf")}, ended=ended, why=NotWritten("There is no room."))
    assert summary(run, EN).startswith(f"{said} 1 document is in the folder.")
    assert summary(run, EN).endswith("2 were not begun. When you write them again, what is in the folder already is left as it is.")
    assert [line.mark.word for line in run_lines(run, EN)] == ["Written", "Not begun", "Not begun", "Left out"]


def test_time_left_is_said_only_of_what_has_been_measured():
    pace = Pace()
    there, new = STATE.lines[0], STATE.lines[2]
    for _ in range(2):
        pace.add(is_there=True, seconds=2)
    assert pace.left([there]) is None
    pace.add(is_there=True, seconds=5)
    assert pace.left([there] * 4) == pytest.approx(12)
    assert pace.left([there, new]) is None
    for _ in range(3):
        pace.add(is_there=False, seconds=30)
    assert pace.left([there, new, new]) == pytest.approx(63)
    assert pace.left([]) == 0


def test_an_old_pace_is_forgotten():
    pace = Pace()
    for seconds in [100.0] * 5 + [1.0] * 12:
        pace.add(is_there=True, seconds=seconds)
    assert pace.left([STATE.lines[0]]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, ""),
        (3, "Less than a minute left."),
        (60, "Less than a minute left."),
        (61, "About 2 minutes left."),
        (600, "About 10 minutes left."),
    ],
)
def test_time_left_is_said_in_whole_minutes(seconds, said):
    assert left_words(seconds, EN) == said


def test_only_files_that_were_asked_about_may_be_replaced():
    asked = Terms(FOLDER, taken="replace", asked=frozenset({"1.pdf"}))
    assert [asked.replaces(name) for name in ("1.pdf", "2.pdf")] == [True, False]
    assert not replace(asked, taken="leave").replaces("1.pdf")
    assert replace(asked, asked=None).replaces("2.pdf")
