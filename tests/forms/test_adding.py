"""What must be true of every score, whatever is answered."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from forms.answers import Answer, AnswerKey, AnswerSet
from forms.asked_if import questions_named
from forms.bands import Attainable, settle
from forms.decoding import decode
from forms.kinds import points_of
from forms.result import Case, Result, Score
from forms.scoring import lookup_in, score
from forms.template import BandTable, Question, Template
from tests.forms.building import (
    APPROVED,
    CASE,
    DONT_KNOW,
    EVERY,
    NOT_APPLICABLE,
    NOT_ESTABLISHED,
    SOME,
    TEMPLATES,
    answer,
    answer_sets,
    any_answers,
    built,
    by_worth,
    final_answers,
    level,
    recorded,
    scored,
    scores,
    section,
    three,
    tree,
)

RISING = [
    *(BandTable(direction="higher_is_better", edge=edge, steps=TEMPLATES[0].bands["capacity"].steps) for edge in ("better", "worse")),
    *(
        decode(
            tree(
                [section("s", [level("a")], bands="risk")],
                bands={
                    "risk": {
                        "direction": "higher_is_worse",
                        "edge": edge,
                        "steps": [{"band": "low", "from": 0, "to": 30}, {"band": "significant", "from": 30, "to": 100}],
                    }
                },
                subjects={},
            ),
            file="t",
        ).bands["risk"]
        for edge in ("better", "worse")
    ),
]


# ── bands ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.sampled_from(RISING), st.fractions(0, 100))
def test_every_value_lies_in_exactly_one_band(table: BandTable, value: Fraction) -> None:
    upwards = (table.edge == "better") == (table.direction == "higher_is_better")
    holding = [
        step.band
        for place, step in enumerate(table.steps)
        if (step.from_ <= value if upwards or place == 0 else step.from_ < value)
        and (value < step.to if upwards and place < len(table.steps) - 1 else value <= step.to)
    ]
    assert holding == [settle(table, Attainable(Fraction(0), Fraction(100), Fraction(100))).of(value)]


@pytest.mark.parametrize("table", RISING, ids=lambda table: f"{table.direction}-{table.edge}")
def test_an_edge_belongs_to_the_side_that_the_table_names(table: BandTable) -> None:
    bands = settle(table, Attainable(Fraction(0), Fraction(100), Fraction(100)))
    for cut in bands.cutoffs():
        better, worse = (cut.above, cut.below) if table.direction == "higher_is_better" else (cut.below, cut.above)
        assert bands.of(cut.value) == (better if table.edge == "better" else worse)


@given(st.sampled_from(RISING), st.fractions(0, 100))
def test_the_next_better_band_begins_where_it_is_said_to(table: BandTable, value: Fraction) -> None:
    bands = settle(table, Attainable(Fraction(0), Fraction(100), Fraction(100)))
    here, ahead = bands.of(value), bands.next_better(value)
    best = table.names[-1] if table.direction == "higher_is_better" else table.names[0]
    assert (ahead is None) == (here == best)
    if ahead is not None:
        assert bands.worse(here, ahead.band)
        assert ahead.value >= 0
        step = ahead.value + Fraction(1, 10**9)
        assert bands.of(value + step if table.direction == "higher_is_better" else value - step) == ahead.band


@EVERY
@SOME
@given(data=st.data())
def test_every_total_that_can_be_attained_has_one_band(template: Template, data: st.DataObject) -> None:
    result = score(template, data.draw(answer_sets(template, may_stay_open=False)), APPROVED)
    banded = {one.id for one in template.sections if one.bands}
    sections = [(one.section, one.score) for one in result.sections]
    for name, one in [*sections, *(("", subject.score) for subject in result.subjects)]:
        assert one.status in ("complete", "unscored", "not_assessable")
        assert (one.band is not None) == (one.status == "complete" and (not name or name in banded))


# ── what may not matter, and what must ───────────────────────────────────────────────────────────────────────────────────


@EVERY
@SOME
@given(data=st.data())
def test_the_order_of_answers_is_irrelevant(template: Template, data: st.DataObject) -> None:
    given_ = data.draw(answer_sets(template))
    shuffled = AnswerSet(dict(data.draw(st.permutations(list(given_.items())))))
    assert score(template, shuffled, CASE).to_bytes() == score(template, given_, CASE).to_bytes()


@EVERY
@SOME
@given(data=st.data())
def test_an_answer_changed_and_changed_back_gives_the_same_bytes(template: Template, data: st.DataObject) -> None:
    given_ = data.draw(answer_sets(template))
    before = score(template, given_, CASE).to_bytes()
    _, question = data.draw(st.sampled_from(list(template.questions())))
    key = AnswerKey(template.id, question.id)
    changed = given_.with_answer(key, data.draw(st.one_of(st.none(), any_answers(question))))
    after = score(template, changed, CASE).to_bytes()
    undone = changed.with_answer(key, given_.get(key))
    redone = undone.with_answer(key, changed.get(key))
    assert score(template, undone, CASE).to_bytes() == before
    assert score(template, redone, CASE).to_bytes() == after


def without(template: Template, gone: set[str]) -> Template:
    """Give the template as if some questions had never been in it."""
    sections = [
        msgspec.structs.replace(one, questions=[question for question in one.questions if question.id not in gone])
        for one in template.sections
    ]
    return msgspec.structs.replace(template, sections=sections)


def free(template: Template) -> list[Question]:
    """Give the questions that may be not applicable and that no condition names."""
    conditions = [question.asked_if for _, question in template.questions() if question.asked_if]
    conditions += [one.when for one in (*template.stops, *template.contradictions, *template.risks)]
    named = {id_ for condition in conditions for id_ in questions_named(condition)}
    return [question for _, question in template.questions() if question.may_be_not_applicable and question.id not in named]


@EVERY
@SOME
@given(data=st.data())
def test_not_applicable_equals_the_template_without_the_question(template: Template, data: st.DataObject) -> None:
    given_ = data.draw(answer_sets(template, case=APPROVED))
    gone = data.draw(st.sets(st.sampled_from([question.id for question in free(template)])))
    for id_ in gone:
        key = AnswerKey(template.id, id_)
        if key in given_:
            given_ = given_.with_answer(key, NOT_APPLICABLE)
    gone = {key.question for key, one in given_.items() if key.question in gone and one == NOT_APPLICABLE}
    whole, cut = score(template, given_, APPROVED), score(without(template, gone), given_, APPROVED)
    assert [one.score for one in whole.sections] == [one.score for one in cut.sections]
    assert whole.subjects == cut.subjects
    assert (whole.gaps, whole.stops, whole.risks) == (cut.gaps, cut.stops, cut.risks)


@EVERY
@SOME
@given(data=st.data())
def test_could_not_be_established_equals_the_lowest_level(template: Template, data: st.DataObject) -> None:
    given_ = data.draw(answer_sets(template))
    section_, question = data.draw(st.sampled_from([pair for pair in template.questions() if points_of(pair[1])]))
    worse_up = section_.bands is not None and template.bands[section_.bands].direction == "higher_is_worse"
    lowest = list(by_worth(question).values())[-1 if worse_up else 0]
    key = AnswerKey(template.id, question.id)
    unknown, low = (score(template, given_.with_answer(key, one), CASE) for one in (NOT_ESTABLISHED, answer(lowest)))
    if unknown.line(question.id) is None:
        return
    asked_alike = [line.question for line in unknown.lines] == [line.question for line in low.lines]
    assert unknown.line(question.id).points == low.line(question.id).points  # type: ignore[union-attr]
    if asked_alike:
        assert scores(unknown) == scores(low)
        assert unknown.gaps == low.gaps


def test_could_not_be_established_is_the_highest_risk_where_more_points_are_worse() -> None:
    bands = {
        "risk": {
            "direction": "higher_is_worse",
            "edge": "worse",
            "steps": [{"band": "low", "from": 0, "to": 50}, {"band": "high", "from": 50, "to": 100}],
        }
    }
    stop = {"id": "worst", "text": {"en": "x"}, "waivable": "board", "when": {"question": "a", "at_least": 4}}
    template = built([section("s", [level("a")], bands="risk")], bands=bands, subjects={}, stops=[stop])
    result = scored(template, {"a": NOT_ESTABLISHED})
    assert (result.section("s").score.value, result.section("s").score.band) == (4, "high")
    assert [one.id for one in result.stops] == ["worst"]


@EVERY
@SOME
@given(data=st.data())
def test_raising_one_answer_never_lowers_its_section_or_subject(template: Template, data: st.DataObject) -> None:
    named = {id_ for _, one in template.questions() if one.asked_if for id_ in questions_named(one.asked_if)}
    question = data.draw(st.sampled_from([one for _, one in template.questions() if points_of(one) and one.id not in named]))
    given_ = data.draw(answer_sets(template, may_stay_open=False))
    key = AnswerKey(template.id, question.id)
    assume(key in given_)
    ways = by_worth(question)
    low, high = sorted(data.draw(st.lists(st.sampled_from(list(ways)), min_size=2, max_size=2)))
    results = [score(template, given_.with_answer(key, answer(ways[one])), APPROVED) for one in (low, high)]
    for before, after in zip(scores(results[0]), scores(results[1]), strict=True):
        if before.percent is not None and after.percent is not None:
            assert before.percent <= after.percent
            names = next((table.names for table in template.bands.values() if before.band in table.names), [None])
            assert names.index(before.band) <= names.index(after.band)


# ── incomplete ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def completions(template: Template, given_: AnswerSet, draw: Any, case: Case, pick: Any) -> AnswerSet:
    """Answer every question that is open now, as ``pick`` says."""
    lookup = lookup_in(template, given_, case)
    for _, question in template.questions():
        standing = lookup(question.id)
        if standing is not None and (standing.answer is None or standing.answer.state == "dont_know"):
            given_ = given_.with_answer(AnswerKey(template.id, question.id), pick(question, draw))
    return given_


def at_an_end(best: bool) -> Any:
    def pick(question: Question, draw: Any) -> Answer:
        ways = list(by_worth(question).values())
        return answer(ways[-1 if best else 0]) if ways else draw(final_answers(question))

    return pick


def inside(result: Result, completed: Result, end: int | None) -> None:
    for before, after in zip(scores(result), scores(completed), strict=True):
        if before.status != "incomplete" or before.interval is None:
            continue
        assert before.interval[0] <= before.interval[1]
        assert after.percent is not None
        assert before.interval[0] <= after.percent <= before.interval[1]
        if end is not None:
            assert after.percent == before.interval[end]


@EVERY
@settings(max_examples=60)
@given(data=st.data())
def test_the_interval_holds_and_both_its_ends_are_attained(template: Template, data: st.DataObject) -> None:
    given_ = data.draw(answer_sets(template, case=APPROVED))
    result = score(template, given_, APPROVED)
    asked = [line.question for line in result.lines]
    for end, pick in ((None, lambda question, draw: draw(final_answers(question))), (0, at_an_end(False)), (1, at_an_end(True))):
        completed = score(template, completions(template, given_, data.draw, APPROVED, pick), APPROVED)
        if [line.question for line in completed.lines] == asked:
            inside(result, completed, end)


@EVERY
@SOME
@given(data=st.data())
def test_what_is_open_never_has_a_band_and_a_band_never_stands_on_what_is_open(template: Template, data: st.DataObject) -> None:
    result = score(template, data.draw(answer_sets(template)), APPROVED)
    for one in result.sections:
        if one.score.status == "incomplete":
            assert one.open > 0
            assert (one.score.band, one.score.value, one.score.percent) == (None, None, None)
        if one.score.status == "complete":
            assert all(line.optional for line in result.lines if line.section == one.section and line.is_open)
    for subject in result.subjects:
        own = [one for one in result.sections if one.subject == subject.subject]
        if subject.score.band is not None:
            assert all(one.score.status != "incomplete" for one in own)
    assert (result.proposal is None) == (result.completeness.open > 0 or not template.recommendation)
    assert result.is_complete == (result.completeness.open == 0)


def test_dont_know_yet_is_open_and_gives_no_band() -> None:
    one = scored(three(), {"governance.board.meetings": DONT_KNOW, "governance.plan": "yes", "governance.staff": 3})
    assert one.sections[0].score.status == "incomplete"
    assert one.sections[0].score.interval == (Fraction(100, 3), 100)
    assert (one.completeness.open, one.completeness.dont_know) == (1, 1)


def test_an_open_fact_keeps_a_section_waiting_even_when_all_that_counts_is_answered() -> None:
    one = scored(three(), {"governance.board.meetings": 4, "governance.plan": "yes"})
    assert one.sections[0].score == Score(status="incomplete", interval=(Fraction(100), Fraction(100)))
    assert one.subjects[0].score.status == "incomplete"


def test_while_nothing_scored_is_asked_there_is_no_interval_and_no_verdict_either() -> None:
    hidden = level("s.b", asked_if={"question": "s.a", "at_least": 1})
    template = built([section("s", [recorded("s.a"), hidden])])
    begun, settled = scored(template, {}), scored(template, {"s.a": 0})
    assert begun.sections[0].score == begun.subjects[0].score == Score(status="incomplete")
    assert settled.sections[0].score == settled.subjects[0].score == Score(status="not_assessable")
