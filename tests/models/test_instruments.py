"""What several instruments in one assessment promise: each its own score, linked questions answered once, all sealed together."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from forms.answers import Answer, AnswerKey
from forms.canonical import canonical_json
from forms.template import Template
from models import answering, case_list, casefile, choosing, deciding, evidence, review, seal, sealing, starting
from models.cards import AddedInstrument, AssessmentFile, DecisionDraft, JudgedRating, ReviewPoint, Waiver
from models.errors import NotReady, ReasonNeeded, RecordRefused
from models.remaining import obstacles
from models.stops import met_stops
from tests.models.conftest import SmallCase
from tests.models.several import TwoCase, money, two_case

BOARD = AnswerKey("money-routines", "money.board")
MEETINGS = AnswerKey("three-questions", "governance.board.meetings")


@pytest.fixture
def case(small_case: SmallCase) -> TwoCase:
    return two_case(small_case.asa, small_case.rut, small_case.template)


def beside(case: TwoCase) -> AssessmentFile:
    return case.file().seen_as("money-routines")


def remaining(case: TwoCase) -> list[str]:
    return [one.id for one in obstacles(case.file(), stage="submit")]


def agree(case: TwoCase, *, disagrees: str = "") -> None:
    review.submit(actor=case.asa, assessment=case.assessment)
    review.declare_tie(actor=case.rut, assessment=case.assessment, has_tie=False, text="")
    points = tuple(
        ReviewPoint(line.question, agrees=line.question != disagrees)
        for seen in case.file().each()
        for line in seen.result.lines
        if line.key
    )
    review.agree(actor=case.rut, assessment=case.assessment, comment="", points=points)


def sealed(case: TwoCase) -> AssessmentFile:
    case.make_ready()
    agree(case)
    sealing.put(actor=case.asa, assessment=case.assessment, record=case.record())
    return case.file()


def test_what_was_chosen_at_the_start_is_in_use_each_with_its_own_result(case: TwoCase) -> None:
    case.answer_all()
    file = case.file()
    assert [one.template.id for one in file.instruments] == ["three-questions", "money-routines"]
    assert [seen.result.template for seen in file.each()] == [case.template.hash, case.beside.hash]
    assert file.template.id == file.main().template.id == "three-questions"
    subject = beside(case).result.subject("organisation")
    assert subject is not None
    assert subject.score.band == "low"
    (card,) = [one for one in case_list.cards() if one.id == case.assessment]
    assert (card.asked, card.answered) == (7, 7)
    assert card == file.card


def test_a_linked_question_is_answered_where_it_was_answered_first_and_stored_once(case: TwoCase) -> None:
    case.give(MEETINGS.question, 3)
    file = case.file()
    assert file.answers[BOARD].value == 1
    assert file.origins == {BOARD: MEETINGS}
    assert BOARD not in file.own_answers
    assert [card.question for card in file.answer_cards] == [MEETINGS.question]
    line = beside(case).result.line("money.board")
    assert line is not None
    assert (line.state, line.known, line.points) == ("answered", "seen", 1)


def test_an_own_answer_wins_over_a_link_and_taking_it_back_brings_the_link_back(case: TwoCase) -> None:
    case.give(MEETINGS.question, 3)
    case.give_beside("money.board", 4)
    assert case.file().answers[BOARD].value == 4
    assert case.file().origins == {}
    case.clear_beside("money.board")
    assert case.file().answers[BOARD].value == 1
    assert case.file().origins == {BOARD: MEETINGS}


def test_answers_in_memory_are_linked_and_scored_as_the_vault_does(case: TwoCase) -> None:
    case.answer_all()
    file = case.file()
    changed = casefile.with_answers(file, file.own_answers.with_answer(MEETINGS, Answer("answered", 0, "seen")))
    case.give(MEETINGS.question, 0)
    now = case.file()
    assert (changed.answers, changed.origins, changed.result) == (now.answers, now.origins, now.result)
    assert changed.instruments == now.instruments


def test_an_instrument_is_added_to_a_draft_and_taken_away_while_it_is_empty(small_case: SmallCase) -> None:
    choosing.add(actor=small_case.asa, assessment=small_case.assessment, template=money(), scope="light")
    assert [one.template.id for one in small_case.file().instruments] == ["three-questions", "money-routines"]
    with pytest.raises(RecordRefused, match="already"):
        choosing.add(actor=small_case.asa, assessment=small_case.assessment, template=money(), scope="light")
    choosing.remove(actor=small_case.asa, assessment=small_case.assessment, instrument="money-routines")
    assert [one.template.id for one in small_case.file().instruments] == ["three-questions"]


def test_an_instrument_with_answers_or_evidence_stays_and_so_does_the_main_one(case: TwoCase) -> None:
    case.give_beside("money.account", 1)
    with pytest.raises(RecordRefused, match="stays"):
        choosing.remove(actor=case.asa, assessment=case.assessment, instrument="money-routines")
    case.clear_beside("money.account")
    evidence.add(
        actor=case.asa,
        assessment=case.assessment,
        instrument="money-routines",
        question="money.account",
        path=None,
        name="Kontoutdrag",
        note="",
        dated=None,
    )
    with pytest.raises(RecordRefused, match="stays"):
        choosing.remove(actor=case.asa, assessment=case.assessment, instrument="money-routines")
    with pytest.raises(RecordRefused, match="not added"):
        choosing.remove(actor=case.asa, assessment=case.assessment, instrument="three-questions")


def same_question(tree: dict[str, Any]) -> None:
    tree["sections"][0]["questions"][0] |= {"id": "governance.plan", "same_as": []}


def in_project(tree: dict[str, Any]) -> None:
    tree["subjects"] = {"project": {"bands": "risk"}}
    for section in tree["sections"]:
        section["subject"] = "project"
    del tree["sections"][2]
    tree["stops"][0]["subject"] = "project"


@pytest.mark.parametrize(("template", "scope"), [(money(same_question), "light"), (money(in_project), "light"), (money(), "full")])
def test_an_instrument_that_does_not_fit_is_refused_at_the_start_and_later(small_case: SmallCase, template: Template, scope: str) -> None:
    with pytest.raises(RecordRefused):
        choosing.add(actor=small_case.asa, assessment=small_case.assessment, template=template, scope=scope)
    draft = dataclasses.replace(small_case.file().card.draft, added=(AddedInstrument(template.id, scope),))
    before = len(case_list.cards())
    with pytest.raises(RecordRefused):
        starting.start(actor=small_case.asa, draft=draft, template=small_case.template, added=[template])
    assert len(case_list.cards()) == before


def test_what_remains_counts_every_instrument(case: TwoCase) -> None:
    SmallCase.make_ready(case)
    assert set(remaining(case)) == {"judged"}
    case.judge_beside()
    assert remaining(case) == []
    case.clear_beside("money.training")
    assert remaining(case) == ["open"]


def test_a_judged_rating_is_kept_by_instrument_and_area_and_needs_its_comment(case: TwoCase) -> None:
    case.answer_all()
    for area, rating in (("organisation", "low"), ("money.learning", "low"), ("overall", "not_applicable"), ("overall", "strong")):
        with pytest.raises(RecordRefused):
            review.judge(actor=case.asa, assessment=case.assessment, rating=JudgedRating("money-routines", area, rating, "Sett."))
    review.declare_tie(actor=case.asa, assessment=case.assessment, has_tie=False, text="")
    case.judge_beside(**{"money.reports": "not_applicable"})
    assert "judged_reason" not in remaining(case)
    review.judge(actor=case.asa, assessment=case.assessment, rating=JudgedRating("money-routines", "overall", "low"))
    assert "judged_reason" in remaining(case)


def test_a_key_question_of_any_instrument_is_reviewed(case: TwoCase) -> None:
    case.make_ready()
    review.submit(actor=case.asa, assessment=case.assessment)
    review.declare_tie(actor=case.rut, assessment=case.assessment, has_tie=False, text="")
    points = (ReviewPoint(MEETINGS.question, agrees=True),)
    with pytest.raises(NotReady):
        review.agree(actor=case.rut, assessment=case.assessment, comment="", points=points)


def test_a_seal_holds_every_instrument_and_checks_out(case: TwoCase) -> None:
    file = sealed(case)
    assert sealing.faults(case.assessment) == ()
    record = json.loads(file.seal.record) if file.seal else {}
    (added,) = record["instruments"]
    assert added["template"]["sha256"] == case.beside.hash
    assert {(one["instrument"], one["question"]) for one in record["answers"]} >= {("money-routines", "money.account")}
    (linked,) = record["linked"]
    assert (linked["question"], linked["value"], linked["from"]["question"]) == ("money.board", 1, MEETINGS.question)
    kept = {(one["instrument"], one["kind"], one["name"]) for one in seal.kept_scores(case.assessment)}
    assert {("three-questions", "subject", "organisation"), ("money-routines", "subject", "organisation")} <= kept
    assert ("money-routines", "section", "money.learning") in kept
    assert case.file().instruments == file.instruments


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said["instruments"].pop(),
        lambda said: said["instruments"][0].update(scope="full"),
        lambda said: said["instruments"][0]["template"].update(sha256="0" * 64),
        lambda said: said["instruments"][0]["result"].update(required=9),
        lambda said: said["answers"].append({**said["linked"][0], "source": "typed"}),
    ],
)
def test_a_record_that_says_anything_else_of_an_added_instrument_is_not_sealed(
    case: TwoCase, change: Callable[[dict[str, Any]], object]
) -> None:
    case.make_ready()
    agree(case)
    said = json.loads(case.record())
    change(said)
    with pytest.raises(RecordRefused):
        sealing.put(actor=case.asa, assessment=case.assessment, record=canonical_json(said))


def test_a_changed_result_of_an_added_instrument_is_found(case: TwoCase) -> None:
    sealed(case)
    database = seal.Seal._meta.database
    database.execute_sql("DROP TRIGGER seal_instrument_no_update")
    database.execute_sql(
        "UPDATE seal_instrument SET result = CAST(replace(CAST(result AS TEXT), '\"required\":0', '\"required\":1') AS BLOB)"
    )
    assert "result" in sealing.faults(case.assessment)


def test_a_stop_of_an_added_instrument_must_be_waived_by_its_own_name(case: TwoCase) -> None:
    case.make_ready()
    case.give_beside("money.account", 4)
    (stop,) = met_stops(case.file())
    assert (stop.id, stop.instrument, stop.waivable) == ("money-routines/account", "money-routines", "board")
    case.judge_beside()
    agree(case)
    sealing.put(actor=case.asa, assessment=case.assessment, record=case.record())
    today = date.today()  # noqa: DTZ011 (the day of the minutes)
    draft = DecisionDraft(outcome="approve", body="Styrelsen", minutes="2/26", paragraph="4", decided_on=today)
    with pytest.raises(RecordRefused, match="waiver"):
        deciding.put(actor=case.asa, assessment=case.assessment, draft=draft)
    waiver = Waiver("money-routines/account", "50 000 SEK", date(2099, 1, 1), "Kvitton varje månad")
    deciding.put(actor=case.asa, assessment=case.assessment, draft=dataclasses.replace(draft, waivers=(waiver,)))


def test_an_instrument_added_after_the_result_was_seen_is_answered_without_a_reason_until_it_is_seen(small_case: SmallCase) -> None:
    small_case.answer_all()
    review.see_result(actor=small_case.asa, assessment=small_case.assessment)
    choosing.add(actor=small_case.asa, assessment=small_case.assessment, template=money(), scope="light")
    case = TwoCase(small_case.asa, small_case.rut, small_case.partner, small_case.assessment, small_case.template, money())
    for question, value in (("money.account", 1), ("money.monthly", 0), ("money.training", 1)):
        case.give_beside(question, value)
    with pytest.raises(ReasonNeeded):
        case.give(MEETINGS.question, 2)
    assert [seen.result_seen_at is not None for seen in case.file().each()] == [True, False]
    review.see_result(actor=case.asa, assessment=case.assessment)
    assert all(seen.result_seen_at is not None for seen in case.file().each())
    with pytest.raises(ReasonNeeded):
        case.give_beside("money.monthly", 2)


def newer(tree: dict[str, Any]) -> None:
    """A version where one question has a new id, one is on another scale, one is gone and one is new."""
    tree["version"] = "2"
    control, reports, learning = tree["sections"]
    monthly = reports["questions"][0]
    reports["questions"][0] = {**monthly, "id": "money.reconciled", "replaces": ["money.monthly"]}
    account = control["questions"][1]
    account["levels"] = [account["levels"][0], {**account["levels"][1], "key": 2}, account["levels"][2]]
    new = {**learning["questions"][0], "id": "money.mentor"}
    learning["questions"] = [new]


def test_going_over_to_a_newer_version_keeps_what_fits_and_leaves_the_rest_in_the_history(case: TwoCase) -> None:
    case.answer_all()
    evidence.add(
        actor=case.asa,
        assessment=case.assessment,
        instrument="money-routines",
        question="money.monthly",
        path=None,
        name="Avstämningar",
        note="",
        dated=None,
    )
    plan = choosing.preview(assessment=case.assessment, template=money(newer))
    assert plan.replaced == (("money.monthly", "money.reconciled"),)
    assert plan.dropped == ("money.account", "money.training")
    assert "money.mentor" in plan.new
    choosing.go_over(actor=case.asa, assessment=case.assessment, template=money(newer))
    file = beside(case)
    assert file.template.version == "2"
    assert file.answers.of("money-routines", "money.reconciled") == Answer("answered", 0, "seen")
    assert {key.question for key in file.own_answers if key.instrument == "money-routines"} == {"money.reconciled"}
    assert [card.question for card in file.evidence] == ["money.reconciled"]
    sources = [row.source for row in answering.AnswerVersion.select().where(answering.AnswerVersion.question == "money.training")]
    assert sources == ["typed", "upgraded"]
    assert file.main().result.is_complete
    with pytest.raises(RecordRefused, match="newer"):
        choosing.go_over(actor=case.asa, assessment=case.assessment, template=money(newer))


def test_a_draft_that_went_over_is_listed_reviewed_and_sealed_by_its_newer_template(case: TwoCase) -> None:
    case.make_ready()
    choosing.go_over(actor=case.asa, assessment=case.assessment, template=money(newer))
    assert remaining(case) == ["open", "open"]
    for question, value in (("money.account", 0), ("money.mentor", 2)):
        case.give_beside(question, value)
    agree(case)
    sealing.put(actor=case.asa, assessment=case.assessment, record=case.record())
    assert sealing.faults(case.assessment) == ()
    assert json.loads(case.file().seal.record)["instruments"][0]["template"]["version"] == "2"  # type: ignore[union-attr]


def test_a_renewal_meets_last_times_answers_instrument_by_instrument(case: TwoCase) -> None:
    sealed(case)
    draft = dataclasses.replace(case.file().card.draft, kind="renewal", previous=case.assessment, as_of=date(2027, 3, 9))
    renewal = starting.start(actor=case.asa, draft=draft, template=case.template, added=[case.beside])
    file = casefile.read(renewal)
    assert [seen.earlier.template.id for seen in file.each() if seen.earlier] == ["three-questions", "money-routines"]
    earlier = answering.last_time(renewal, "money.monthly")
    assert earlier == Answer("answered", 0, "seen")
    answering.confirm(actor=case.asa, assessment=renewal, key=AnswerKey("money-routines", "money.monthly"), earlier=earlier)
    # What was linked last time can be confirmed on its own too.
    linked = answering.last_time(renewal, "money.board")
    assert linked == Answer("answered", 1, "seen")


def own_words(tree: dict[str, Any]) -> None:
    tree["bands"]["risk"] = {
        "direction": "higher_is_worse",
        "edge": "worse",
        "steps": [{"band": "sound", "from": 0, "to": 50}, {"band": "unsound", "from": 50, "to": 100}],
        "words": {"sound": {"sv": "i ordning", "en": "sound"}, "unsound": {"sv": "inte i ordning", "en": "unsound"}},
    }


def test_a_list_has_the_words_of_bands_that_only_the_main_template_knows(small_case: SmallCase) -> None:
    template = money(own_words)
    draft = dataclasses.replace(small_case.file().card.draft, template_id=template.id)
    made = starting.start(actor=small_case.asa, draft=draft, template=template)
    for question, value in (("money.board", 0), ("money.account", 0), ("money.monthly", 0), ("money.training", 1)):
        given = Answer("answered", value, "seen")
        answering.give(actor=small_case.asa, assessment=made, key=AnswerKey(template.id, question), answer=given)
    (card,) = [one for one in case_list.cards() if one.id == made]
    assert card == casefile.read(made).card
    assert card.organisation_band == "sound"
    assert card.tables["organisation"].words["sound"]["sv"] == "i ordning"
    (other,) = [one for one in case_list.cards() if one.id == small_case.assessment]
    assert other.tables == {}


def test_a_linked_answer_lacks_nothing_of_its_own_and_has_the_evidence_of_where_it_is_answered(case: TwoCase) -> None:
    case.answer_all()
    said = Answer("answered", 3)
    answering.give(actor=case.asa, assessment=case.assessment, key=MEETINGS, answer=said)
    assert [one.question for one in obstacles(case.file(), stage="submit") if one.id == "known"] == [MEETINGS.question]
    assert case.file().behind("money.board") == {"money.board", MEETINGS.question}
    case.give_beside("money.board", 2)
    assert case.file().behind("money.board") == {"money.board"}
