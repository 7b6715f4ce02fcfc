"""What holds a score down, what sets it aside, and that score, band and status never disagree."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.kinds import answers_of
from forms.result import Score
from forms.scoring import score
from forms.template import Template
from tests.forms.building import (
    APPROVED,
    CAPACITY,
    CASE,
    EVERY,
    EVERY_CAPACITY,
    NOT_APPLICABLE,
    SOME,
    answer_sets,
    answers,
    built,
    choice,
    level,
    recorded,
    scored,
    scores,
    section,
)

# ── score and status ─────────────────────────────────────────────────────────────────────────────────────────────────────


@EVERY_CAPACITY
@settings(max_examples=60)
@given(data=st.data())
def test_score_band_cutoffs_and_what_holds_it_never_disagree(template: Template, data: st.DataObject) -> None:
    result = score(template, data.draw(answer_sets(template, may_stay_open=False)), APPROVED)
    names = ("weak", "limited", "adequate", "strong")
    for one in scores(result):
        if one.status != "complete":
            assert one == Score(status=one.status)
            continue
        assert one.percent is not None
        assert 0 <= one.percent <= 100
        above = [cut.above for cut in one.cutoffs if one.percent > cut.value]
        assert one.band_uncapped == (above[-1] if above else names[0])
        assert names.index(one.band or "") <= names.index(one.band_uncapped or "")
        assert bool(one.held_by) == (one.band != one.band_uncapped)
    for section_ in result.sections:
        lines = [line for line in result.lines if line.section == section_.section]
        low_keys = tuple(line.question for line in lines if line.key and line.points is not None and line.points <= 1)
        if low_keys and section_.score.status == "complete":
            assert section_.score.band in ("weak", "limited")
        if section_.score.held_by:
            assert section_.score.held_by == low_keys
        assert section_.counted + section_.not_applicable + section_.open <= section_.asked
    for subject in result.subjects:
        gates = [
            one.score.band
            for one in result.sections
            if one.section in template.subjects[subject.subject].never_better_than and one.score.band is not None
        ]
        if subject.score.band is not None and gates:
            assert names.index(subject.score.band) <= min(names.index(band) for band in gates)
        for held in subject.score.held_by:
            assert result.section(held).score.band == subject.score.band


@EVERY
@SOME
@given(data=st.data())
def test_completeness_counts_add_up(template: Template, data: st.DataObject) -> None:
    result = score(template, data.draw(answer_sets(template)), CASE)
    counts = result.completeness
    assert counts.asked == counts.answered + counts.open
    assert counts.dont_know <= counts.open
    assert counts.said + counts.seen + counts.verified + counts.not_applicable + counts.not_established <= counts.answered
    assert len(result.gaps) <= result.required
    assert sum(1 for gap in result.gaps if gap.key) <= result.required_key
    for gap in result.gaps:
        assert gap.points < gap.required


def test_a_key_question_at_the_cap_holds_its_section_and_says_which() -> None:
    template = built([section("s", [level("a", key=True), level("b", weight=9)])], key_cap={"at_most": 1, "band": "limited"})
    held, free_ = (scored(template, {"a": points, "b": 4}).section("s").score for points in (1, 2))
    assert (held.band, held.band_uncapped, held.held_by) == ("limited", "strong", ("a",))
    assert (free_.band, free_.held_by) == ("strong", ())


def test_a_cap_never_lifts_what_is_already_worse() -> None:
    template = built([section("s", [level("a", key=True), level("b")])], key_cap={"at_most": 1, "band": "limited"})
    low = scored(template, {"a": 0, "b": 0}).section("s").score
    assert (low.band, low.held_by) == ("weak", ())


def test_a_cap_holds_only_tables_that_have_its_band() -> None:
    steps = [{"band": "high", "from": 0, "to": 50}, {"band": "low", "from": 50, "to": 100}]
    tables = {"capacity": CAPACITY, "risk": {"direction": "higher_is_better", "edge": "worse", "steps": steps}}
    template = built(
        [section("s", [level("a", key=True), level("b", weight=9)], bands="risk")],
        bands=tables,
        subjects={},
        key_cap={"at_most": 1, "band": "limited"},
    )
    assert scored(template, {"a": 0, "b": 4}).section("s").score.band == "low"


def test_the_organisation_is_never_better_than_the_weakest_of_the_sections_named() -> None:
    gates = {"organisation": {"bands": "capacity", "never_better_than": ["a", "b"]}}
    template = built([section("a", [level("a.q")]), section("b", [level("b.q")]), section("c", [level("c.q")], weight=50)], subjects=gates)
    one = scored(template, {"a.q": 2, "b.q": 4, "c.q": 4}).subjects[0].score
    assert (one.band, one.band_uncapped, one.held_by) == ("limited", "strong", ("a",))


# ── not applicable ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("set_aside", "status"), [(1, "complete"), (2, "needs_approval")])
def test_more_than_a_fifth_not_applicable_gives_no_rating_without_approval(set_aside: int, status: str) -> None:
    template = built([section("s", [level(f"q{n}") for n in "abcde"])])
    given_ = {f"q{n}": 4 for n in "abcde"} | {f"q{n}": NOT_APPLICABLE for n in "abcde"[:set_aside]}
    result = scored(template, given_)
    assert result.not_applicable_share == Fraction(set_aside, 5)
    assert result.subjects[0].score.status == status
    assert (result.subjects[0].score.band is None) == (status == "needs_approval")
    assert scored(template, given_, APPROVED).subjects[0].score.band == "strong"


def test_a_template_may_leave_the_share_of_not_applicable_free() -> None:
    template = built([section("s", [level("a"), level("b")])], not_applicable_share=None)
    assert scored(template, {"a": NOT_APPLICABLE, "b": 4}).subjects[0].score.band == "strong"


def test_all_not_applicable_is_not_assessable() -> None:
    template = built([section("s", [level("a")])])
    result = scored(template, {"a": NOT_APPLICABLE}, APPROVED)
    assert result.sections[0].score == result.subjects[0].score == Score(status="not_assessable")


def test_a_section_without_bands_is_recorded_and_counts_for_nothing() -> None:
    template = built([section("s", [level("a")]), section("networks", [recorded("n"), choice("m", {"x": None, "y": None})], bands=None)])
    result = scored(template, {"a": 3, "n": 7, "m": "x"})
    assert result.section("networks").score == Score(status="unscored")
    assert result.line("m").why == "not_scored"  # type: ignore[union-attr]
    assert result.subjects[0].score.percent == 75


def test_optional_questions_may_stay_open() -> None:
    template = built([section("s", [level("a"), recorded("note", "long_text", optional=True)])])
    result = scored(template, {"a": 3})
    assert result.subjects[0].score.status == "complete"
    assert (result.completeness.open, result.completeness.optional_open) == (0, 1)


def test_a_section_as_good_as_its_worst_question() -> None:
    worst = built([section("s", [level("a"), level("b")], aggregate="worst")])
    assert scored(worst, {"a": 1, "b": 4}).section("s").score.percent == 25
    bands = {
        "risk": {
            "direction": "higher_is_worse",
            "edge": "worse",
            "steps": [{"band": "low", "from": 0, "to": 50}, {"band": "high", "from": 50, "to": 100}],
        }
    }
    highest = built([section("s", [level("a"), level("b")], aggregate="worst", bands="risk")], bands=bands, subjects={})
    one = scored(highest, {"a": 1, "b": 4}).section("s").score
    assert (one.percent, one.band, one.next_band.value if one.next_band else None) == (100, "high", 50)


@EVERY
def test_every_question_of_a_template_can_be_answered_in_each_of_its_ways(template: Template) -> None:
    for _, question in template.questions():
        for possible in answers_of(question) or []:
            value: int | str = int(possible) if question.kind == "level" else possible
            score(template, answers(template, {question.id: value}), CASE)
