"""What the room shows, worked out without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from desktop.assessment.outline_state import find_questions
from desktop.assessment.state import AssessmentRoomState, Sitting, moved, room_state
from desktop.language import language
from forms.answers import Answer, AnswerKey, AnswerSet
from forms.reading import read_template
from models.cards import (
    AnswerCard,
    AssessmentCard,
    AssessmentDraft,
    AssessmentFile,
    Earlier,
    EvidenceCard,
    PartnerCard,
    PartnerDraft,
    TieCard,
)
from models.casefile import with_answers

TEMPLATE = read_template(Path(__file__).parent / "all-kinds.yaml")
ASA, RUT = uuid4(), uuid4()
AT = datetime(2026, 3, 2, 8, 15)  # noqa: DTZ001 - the vault keeps naive UTC
FULL: dict[str, int | str] = {
    "board.meets": 3,
    "board.plan": "yes",
    "board.form": "foundation",
    "means.staff": 7,
    "means.share": 40,
    "means.turnover": "125000 SEK",
    "means.year_end": "2025-12-31",
    "means.order": 2,
}


def given(values: dict[str, int | str | Answer]) -> AnswerSet:
    return AnswerSet(
        {
            AnswerKey(TEMPLATE.id, question): one if isinstance(one, Answer) else Answer("answered", one, known="seen")
            for question, one in values.items()
        }
    )


def case_file(values: dict[str, int | str | Answer] | None = None, **changed: object) -> AssessmentFile:
    partner = PartnerCard(uuid4(), 1, PartnerDraft("Påhittad", "KE"), AT)
    draft = AssessmentDraft(partner.id, None, "new", "partner", TEMPLATE.id, "light", "prov", date(2026, 3, 2))
    card = AssessmentCard(uuid4(), "2026-001", draft, "Påhittad", "", TEMPLATE.hash, ASA, "Åsa Ek", "draft", AT, AT)
    answers = given(values or {})
    file = AssessmentFile(card, partner, None, TEMPLATE, answers, (), None, people={ASA: "Åsa Ek", RUT: "Rut Al"})  # type: ignore[arg-type]
    file = replace(file, ties=(TieCard(ASA, "Åsa Ek", False, "", AT),))
    file = replace(file, **changed)  # type: ignore[arg-type]
    return with_answers(file, answers)


def in_state(file: AssessmentFile, state: str) -> AssessmentFile:
    return replace(file, card=replace(file.card, state=state))  # type: ignore[arg-type]


def renewal(before: dict[str, int | str | Answer], now: dict[str, int | str | Answer] | None = None) -> AssessmentFile:
    old = case_file(before)
    return case_file(now, earlier=Earlier(old.card, TEMPLATE, old.answers, old.result, ()))


def shown(
    file: AssessmentFile,
    focused: str = "",
    code: str = "en",
    person: UUID = ASA,
    roles: frozenset[str] = frozenset({"caseworker"}),
    **more: object,
) -> AssessmentRoomState:
    sitting = Sitting(focused=focused, person=person, roles=roles, **more)  # type: ignore[arg-type]
    return room_state(file, sitting, language(code))


def numbers(file: AssessmentFile) -> dict[str, int]:
    return {line.question: number for number, line in enumerate(file.result.lines)}


def test_one_begins_at_the_first_question_that_is_open() -> None:
    assert shown(case_file({"board.meets": 3, "board.plan": "yes"})).question.id == "board.form"


def test_a_place_s_question_is_stood_at() -> None:
    assert shown(case_file(), "means.share").question.id == "means.share"


def test_a_question_that_is_no_longer_asked_gives_way_to_the_next() -> None:
    assert shown(case_file({"board.plan": "yes"}), "board.why_not").question.id == "board.form"


def test_a_section_is_open_begun_and_done_as_its_answers_come() -> None:
    def mark(values: dict[str, int | str | Answer]) -> str:
        return shown(case_file(values)).outline.sections[0].mark

    assert mark({}) == "open"
    assert mark({"board.meets": 3}) == "begun"
    assert mark({"board.meets": Answer("dont_know")}) == "begun"
    assert mark({"board.meets": 3, "board.plan": "yes", "board.form": "foundation"}) == "done"


def test_a_section_counts_only_what_is_asked_and_needed() -> None:
    sections = shown(case_file({"board.plan": "no"})).outline.sections
    assert [row.count for row in sections] == ["1/4", "0/5"]


def test_don_t_know_yet_is_still_to_do() -> None:
    filters = {one.id: one.count for one in shown(case_file({"board.meets": Answer("dont_know")})).outline.filters}
    assert filters["todo"] == 8
    assert filters["dont_know"] == 1


def test_a_filter_leads_only_past_what_fits_it() -> None:
    file = case_file({"board.plan": "yes", "board.form": "foundation"})
    state = shown(file, "board.meets", filter_by="todo")
    assert moved(state, 1, numbers(file)) == "means.staff"


def test_the_question_in_focus_stays_on_the_way_when_it_no_longer_fits() -> None:
    file = case_file({"board.meets": 3})
    state = shown(file, "board.meets", filter_by="todo")
    assert moved(state, 1, numbers(file)) == "board.plan"
    assert state.below is not None
    assert state.below.id == "board.plan"


def test_the_ends_are_the_ends() -> None:
    file = case_file()
    assert moved(shown(file, "board.meets"), -1, numbers(file)) == "board.meets"
    assert moved(shown(file, "means.order"), 1, numbers(file)) == "means.order"
    assert shown(file, "board.meets").above is None


def test_only_a_renewal_offers_what_is_not_confirmed() -> None:
    assert [one.id for one in shown(case_file()).outline.filters] == ["all", "todo", "dont_know"]
    assert [one.id for one in shown(renewal(FULL)).outline.filters][-1] == "unconfirmed"


def test_a_complete_section_has_its_number_and_band_and_an_incomplete_one_an_interval() -> None:
    board = shown(case_file({"board.meets": 3, "board.plan": "yes", "board.form": "foundation"})).result.sections[0]
    assert (board.number, board.mark.word) == ("83", "Strong")
    half = shown(case_file({"board.meets": 3})).result.sections[0]
    assert half.mark is None
    assert half.number == "50–84"


def test_an_interval_is_widened_to_whole_numbers_never_narrowed() -> None:
    from fractions import Fraction

    from desktop.assessment.wording import span

    assert span((Fraction(581, 10), Fraction(709, 10)), language("en")) == "58–71"
    assert span(None, language("en")) == "–"


def test_organisation_and_project_stand_apart_and_nothing_adds_them_up() -> None:
    panel = shown(case_file(FULL)).result
    assert [row.id for row in panel.subjects] == ["organisation", "project"]
    assert not hasattr(panel, "total")


def test_gaps_are_counted_against_what_has_a_requirement() -> None:
    panel = shown(case_file({"board.meets": 2, "means.order": 2})).result
    assert panel.gaps == "1 of 2 below requirement"
    assert panel.gaps_said == "of which 1 key question"


def test_before_any_answer_nothing_is_said_to_meet_the_requirements() -> None:
    panel = shown(case_file({})).result
    assert (panel.gaps, panel.gaps_said) == ("No answer yet that a requirement applies to", "")


def test_a_stop_is_said_by_shape_and_word_and_goes_to_the_board() -> None:
    panel = shown(case_file({"board.meets": 0})).result
    assert (panel.stops.tone, panel.stops.word) == ("high", "1 stop criterion")
    assert panel.stop_titles == ("Nobody governs",)
    assert panel.stops_said == "Organisation: goes to the board"
    organisation, project = panel.subjects
    assert organisation.stops is not None
    assert organisation.said.endswith("1 stop criterion: goes to the board")
    assert project.stops is None


def test_level_keys_are_the_template_s_own() -> None:
    assert [row.key for row in shown(case_file(), "means.order").question.rows] == ["0", "2", "4"]


def test_choices_are_numbered_from_one() -> None:
    assert [(row.key, row.value) for row in shown(case_file(), "board.form").question.rows] == [("1", "association"), ("2", "foundation")]


@pytest.mark.parametrize(("code", "letters"), [("en", ["Y", "P", "N"]), ("sv", ["J", "D", "N"])])
def test_yes_partly_no_have_their_own_letters_and_no_key_means_two_things(code: str, letters: list[str]) -> None:
    question = shown(case_file(), "board.plan", code).question
    assert [row.key for row in question.rows] == letters
    keys = [*question.keys.answers, *question.keys.actions.values()]
    assert len(keys) == len(set(keys))
    assert question.keys.actions["not_applicable"] == "X"


@pytest.mark.parametrize("question", ["board.meets", "board.form", "means.staff"])
def test_elsewhere_not_applicable_is_n(question: str) -> None:
    keys = shown(case_file(), question, "sv").question.keys
    assert keys.actions["not_applicable"] == "N"
    assert keys.actions["seen"] == "D"


def test_a_key_question_says_so_with_its_required_level_and_cannot_be_set_aside() -> None:
    question = shown(case_file(), "board.meets").question
    assert question.tags == ("Key question", "required level 3")
    assert not question.may_be_set_aside
    assert shown(case_file(), "board.plan").question.may_be_set_aside


def test_how_it_is_known_is_missed_only_where_it_counts() -> None:
    unsaid = Answer("answered", 3)
    assert shown(case_file({"board.meets": unsaid}), "board.meets").question.missing_known
    assert not shown(case_file({"means.staff": Answer("answered", 7)}), "means.staff").question.missing_known
    assert not shown(case_file(), "board.meets").question.missing_known


def evidence(dated: date | None) -> EvidenceCard:
    return EvidenceCard(uuid4(), "board.meets", "minutes.pdf", "", dated, "ab" * 32, 2048, "application/pdf", "Åsa Ek", AT)


def test_evidence_older_than_the_question_allows_is_warned_of() -> None:
    old = shown(case_file(evidence=(evidence(date(2025, 3, 1)),)), "board.meets").question
    assert "1 Mar 2025" in old.age_warning
    assert old.evidence[0].warning == "too old"
    edge = shown(case_file(evidence=(evidence(date(2025, 3, 2)),)), "board.meets").question
    assert edge.age_warning == ""
    assert edge.evidence[0].warning == ""


def test_one_fresh_piece_of_evidence_is_enough() -> None:
    both = (evidence(date(2020, 1, 1)), evidence(date(2026, 1, 1)))
    assert shown(case_file(evidence=both), "board.meets").question.age_warning == ""


def test_evidence_without_a_date_does_not_pass_for_fresh() -> None:
    question = shown(case_file(evidence=(evidence(None),)), "board.meets").question
    assert "date of its own" in question.age_warning
    assert "SHA-256 abababab" in question.evidence[0].about


def test_nothing_of_last_time_counts_until_it_is_confirmed() -> None:
    state = shown(renewal(FULL), "board.meets")
    assert state.result.open == 8
    assert state.question.given is None
    assert state.question.last.standing == "unconfirmed"
    assert [row.note for row in state.question.rows if row.note] == ["← last time"]


def test_a_renewed_answer_is_confirmed_or_changed() -> None:
    assert shown(renewal(FULL, {"board.meets": 3}), "board.meets").question.last.standing == "confirmed"
    assert shown(renewal(FULL, {"board.meets": 4}), "board.meets").question.last.standing == "changed"


def test_a_key_question_needs_a_sentence_until_there_is_fresh_evidence() -> None:
    file = renewal(FULL)
    assert shown(file, "board.meets").question.last.needs_sentence
    assert not shown(file, "board.plan").question.last.needs_sentence
    assert not shown(replace(file, evidence=(evidence(date(2026, 1, 1)),)), "board.meets").question.last.needs_sentence


def test_section_progress_of_a_renewal_says_confirmed_and_changed() -> None:
    said = shown(renewal(FULL, {"board.meets": 3, "board.plan": "no"})).outline.sections[0].said
    assert said == "Board: 2 of 4 answered, 1 as last time, 1 changed"


@pytest.mark.parametrize("state", ["in_review", "agreed", "sealed", "decided", "superseded", "withdrawn"])
def test_what_is_not_open_is_read_only_and_says_why(state: str) -> None:
    shown_ = shown(in_state(case_file(FULL), state))
    assert not shown_.editable
    assert shown_.notice


def test_only_its_caseworker_can_take_it_back_from_review() -> None:
    file = in_state(case_file(FULL), "in_review")
    assert shown(file).can_take_back
    assert not shown(file, person=RUT, roles=frozenset({"caseworker"})).can_take_back
    assert not shown(in_state(file, "sealed")).can_take_back


def test_a_reviewer_reads_and_does_not_answer() -> None:
    state = shown(case_file(), person=RUT, roles=frozenset({"reviewer"}))
    assert not state.editable
    assert state.notice


def test_ties_are_asked_of_those_who_have_not_declared_any() -> None:
    undeclared = case_file(ties=())
    assert "Påhittad" in shown(undeclared).declares_ties
    assert shown(case_file()).declares_ties == ""
    assert shown(in_state(undeclared, "sealed")).declares_ties == ""


def test_a_tie_is_for_another_person_to_decide_about() -> None:
    file = case_file(ties=(TieCard(RUT, "Rut Al", True, "syster i styrelsen", AT),))
    assert [tie.person for tie in shown(file).resolves] == [RUT]
    assert shown(file, person=RUT).resolves == ()


def test_what_remains_leads_to_each_place() -> None:
    remaining = shown(case_file({**FULL, "board.meets": Answer("dont_know")})).remaining
    assert [(one.question, one.text) for one in remaining] == [("board.meets", "Still “don’t know yet”")]
    later = shown(case_file(FULL)).remaining
    assert {one.room for one in later} == {"result", "recommendation"}
    assert any("organisation" in one.text for one in later)


def test_result_and_recommendation_open_when_everything_is_answered() -> None:
    def standing(file: AssessmentFile) -> dict[str, str]:
        return {stage.id: stage.standing for stage in shown(file).steps}

    assert standing(case_file())["result"] == "shut"
    assert standing(case_file(FULL)) == {
        "assessment": "here",
        "result": "open",
        "recommendation": "open",
        "review": "open",
        "seal": "shut",
        "decision": "shut",
    }
    assert standing(in_state(case_file(FULL), "sealed"))["seal"] == "open"


def test_who_answered_when_and_how_is_said() -> None:
    card = AnswerCard("board.meets", Answer("answered", 3), "confirmed", "Åsa Ek", AT, "Sett på plats.")
    said = shown(case_file({"board.meets": 3}, answer_cards=(card,)), "board.meets").question.said
    assert "Åsa Ek confirmed last time’s answer" in said


def test_saving_is_said_only_when_it_is_done() -> None:
    assert shown(case_file(), saving="saving").header.saved == "saving…"
    assert shown(case_file(), saving="saved", saved_at=AT).header.saved.startswith("saved ")
    failed = shown(case_file(), saving="failed").header
    assert (failed.saved, failed.saved_badly) == ("not saved", True)


def test_a_question_is_found_by_any_of_its_words_in_the_language_of_the_window() -> None:
    file = case_file()
    found = find_questions(file=file, wanted="protokoll", language=language("sv"))
    assert [one.id for one in found] == ["board.meets"]
    assert find_questions(file=file, wanted="minutes", language=language("sv")) == ()
    assert [one.id for one in find_questions(file=file, wanted="5", language=language("en"))] == ["means.share"]


def test_everything_is_said_in_swedish_too() -> None:
    state = shown(renewal(FULL, {"board.meets": 3}), "board.meets", "sv", saving="saving")
    words = [
        state.header.saved,
        state.result.gaps,
        state.question.last.said,
        *(one.title for one in state.outline.filters),
        *(stage.title for stage in state.steps),
        *state.question.tags,
    ]
    english = shown(renewal(FULL, {"board.meets": 3}), "board.meets", saving="saving")
    said = [
        english.header.saved,
        english.result.gaps,
        english.question.last.said,
        *(one.title for one in english.outline.filters),
        *(stage.title for stage in english.steps),
        *english.question.tags,
    ]
    assert not set(words) & set(said)
