"""A template that cannot be used is refused with the file, the place in it and what would be right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
import yaml

from forms.checks import check
from forms.decoding import decode
from forms.errors import TemplateError
from forms.reading import template_from_yaml
from tests.forms.building import CAPACITY, base, level, put, recorded, said, section, three, tree

FIRST = "sections[0].questions[0]"


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice."""

    ignore_aliases = staticmethod(lambda _: True)  # type: ignore[assignment]


def written(data: object) -> bytes:
    return yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False).encode()


def refusal(source: bytes) -> str:
    with pytest.raises(TemplateError) as caught:
        template_from_yaml(source, file="t.yaml")
    return str(caught.value)


Q = "sections/0/questions/0"
VALUES = {"direction": "higher_is_better", "edge": "worse", "measure": "value"}
STEPS = CAPACITY["steps"]
UP = {
    "direction": "higher_is_worse",
    "edge": "worse",
    "steps": [{"band": "low", "from": 0, "to": 50}, {"band": "high", "from": 50, "to": 100}],
}
ROW = {"weak": [1], "limited": [1], "adequate": [0], "strong": [0]}

REFUSED = [
    # what cannot be decoded
    (put("format", 2), "format: this program reads templates of “format: 1”"),
    (put("format", ...), "format: this program reads"),
    (put("format", True), "format: a whole number belongs here, not true or false"),
    (put("rules", 2), "rules: “2” cannot stand here; possible are 1"),
    (put(f"{Q}/levels/2/text/en", 5), f"{FIRST}.levels[2].text.en: a text belongs here, not a whole number: put it in quotes"),
    (put(f"{Q}/levels/2/text", "Hej"), f"{FIRST}.levels[2].text: a set of keys belongs here, not a text"),
    (put(f"{Q}/levels/2/key", "two"), f"{FIRST}.levels[2].key: a whole number belongs here, not a text"),
    (put(f"{Q}/levels/2/key", ...), f"{FIRST}.levels[2].key: this key is missing"),
    (put(f"{Q}/guidence", said()), f"{FIRST}.guidence: “guidence” is not a key here; did you mean “guidance”?"),
    (put(f"{Q}/zzz", 1), f"{FIRST}.zzz: “zzz” is not a key here; possible are id, kind, text"),
    (put("colour", 1), "t.yaml: colour: “colour” is not a key here"),
    (put("bands/capacity/edges", "worse"), "bands.capacity.edges: “edges” is not a key here; did you mean “edge”?"),
    (put("bands/capacity/direction", ...), "bands.capacity.direction: this key is missing"),
    (put("bands/capacity/edge", ...), "bands.capacity.edge: this key is missing"),
    (
        put("bands/capacity/direction", "up"),
        "bands.capacity.direction: “up” cannot stand here; possible are higher_is_better, higher_is_worse",
    ),
    (put("sections/1/subject", "partner"), "sections[1].subject: “partner” cannot stand here; possible are organisation, project"),
    (put(f"{Q}/scopes", ["lite"]), f"{FIRST}.scopes[0]: “lite” cannot stand here; possible are light, standard, full"),
    (put("languages", "en"), "languages: a list belongs here, not a text"),
    (put("version", 1.5), "version: a text belongs here, not a decimal number: put it in quotes"),
    (put("name", None), "name: a set of keys belongs here, not nothing"),
    (put("name/7", "x"), "name: the key “7” must be a text: put it in quotes"),
    (put("sections/1/questions/0/key", "yes"), "sections[1].questions[0].key: true or false belongs here, not a text"),
    (put("assurance/rows/0/counts/weak", ["1"]), "assurance.rows[0].counts.weak[0]: a whole number belongs here, not a text"),
    # the head
    (put("id", "Partner Project"), "id: “Partner Project” is not an id"),
    (put("version", "v²"), "version: “v²” is not a version"),
    (put("languages", []), "languages: list each language once"),
    (put("languages", ["en", "Swedish!"]), "languages[1]: “Swedish!” is not a language code"),
    (put("scopes", []), "scopes: name at least one"),
    (put("sections", []), "sections: a template needs at least one section"),
    (put("not_applicable_share", 101), "not_applicable_share: a share is a whole percentage"),
    (put("subjects/partner", {"bands": "capacity"}), "subjects.partner: “partner” is not a subject; known are organisation, project"),
    (put("required", {"full": {"ordinary": 2, "key": 3}}), "required.full: “full” is not among the template’s “scopes”"),
    # texts
    (put("languages", ["en", "sv"]), "name.sv: the text is missing; every listed language needs one"),
    (put(f"{Q}/levels/4/text/en", " "), f"{FIRST}.levels[4].text.en: the text is missing"),
    (put(f"{Q}/text/nb", "Hei"), f"{FIRST}.text.nb: this language is not in the template’s “languages”"),
    # ids
    (put(f"{Q}/id", "One A"), f"{FIRST}.id: “One A” is not an id"),
    (put("sections/1/questions/0/id", "one.a"), f"sections[1].questions[0].id: “one.a” is already used at {FIRST}.id"),
    (put("sections/1/id", "one"), "sections[1].id: “one” is already used at sections[0].id"),
    (put("sections/0/id", ""), "sections[0].id: “” is not an id"),
    # band tables
    (put("bands/capacity/steps/2/from", 61), "bands.capacity.steps[2].from: there is a gap: the band before ends at 60"),
    (put("bands/capacity/steps/2/from", 59), "bands.capacity.steps[2].from: there is an overlap: the band before ends at 60"),
    (put("bands/capacity/steps/3/to", 99), "bands.capacity.steps: percentages must be covered from 0 to 100"),
    (put("bands/capacity/steps/0/to", 0), "bands.capacity.steps[0]: “to” must be higher than “from”"),
    (put("bands/capacity/steps", []), "bands.capacity: give either steps or derived cut-offs"),
    (
        put("bands/capacity/steps/0/band", "strong"),
        "bands.capacity: the bands must be, from low values to high, two or more of weak, limited",
    ),
    (put("bands/capacity/steps", [STEPS[0] | {"to": 100}]), "bands.capacity: the bands must be"),
    (
        put("bands/x", {**VALUES, "derived": {"bands": ["weak", "strong"], "shares": ["x"], "key_weight_in_range": True}}),
        "write each share as",
    ),
    (
        put("bands/x", {**VALUES, "derived": {"bands": ["weak", "strong"], "shares": ["1/2", "1/3"], "key_weight_in_range": True}}),
        "bands.x.derived.shares: give 1 rising shares between 0 and 1",
    ),
    (
        put(
            "bands/x",
            {**VALUES, "measure": "percent", "derived": {"bands": ["weak", "strong"], "shares": ["1/2"], "key_weight_in_range": True}},
        ),
        "bands.x.measure: derived cut-offs are values",
    ),
    (
        put("bands/capacity", {**VALUES, "steps": [STEPS[0], STEPS[1] | {"to": 60}]}),
        "subjects.organisation.bands: sections add up to a percentage",
    ),
    (
        put("bands/capacity", {**VALUES, "steps": [{"band": "weak", "from": 0, "to": 2}, {"band": "strong", "from": 2, "to": 3}]}),
        "sections[0].bands: answers can add up to anything from 0 to 4, which “capacity” does not cover",
    ),
    # sections and questions
    (put("sections/0/bands", "risk"), "sections[0].bands: there is no band table “risk”"),
    (put("sections/0/weight", 0), "sections[0].weight: a weight is a whole number from 1"),
    (put("sections/1/questions", []), "sections[1].questions: a section needs at least one question"),
    (put("sections/1/questions", [recorded("two.b")]), "sections[1].bands: nothing in this section is scored"),
    (put("sections/1/bands", ...), "sections[1].questions[0]: this is scored but its section has no “bands”"),
    (put(f"{Q}/kind", "slider"), f"{FIRST}.kind: “slider” is not a kind; known are level, yes_partly_no"),
    (put(f"{Q}/weight", 0), f"{FIRST}.weight: a weight is a whole number from 1"),
    (put(f"{Q}/levels", [{"key": 1, "text": said()}]), f"{FIRST}.levels: a question of kind “level” needs at least two levels"),
    (put(f"{Q}/levels/1/key", 0), f"{FIRST}.levels: level keys are single digits, each once, rising"),
    (put("sections/0/questions/1/levels", [{"key": 1, "text": said()}]), "sections[0].questions[1].levels: levels belong to"),
    (put("sections/1/questions/0/options", []), "sections[1].questions[0].options: a question of kind “choice” needs at least two options"),
    (put("sections/0/questions/1/options", [{"id": "x", "text": said()}]), "sections[0].questions[1].options: options belong to"),
    (put("sections/1/questions/0/options/1/id", "x"), "sections[1].questions[0].options: each option needs an id of its own"),
    (put("sections/1/questions/0/options/1/points", ...), "sections[1].questions[0].options: give points to every option or to none"),
    (put("sections/1/questions/0/options/1/points", 1), "sections[1].questions[0]: all answers are worth the same"),
    (put("sections/0/questions/1/points", {"yes": 1}), "sections[0].questions[1].points: points are for yes, partly and no"),
    (put(f"{Q}/minimum", 1), f"{FIRST}: “minimum” and “maximum” belong to whole numbers"),
    (put("sections/0/questions/2/maximum", -1), "sections[0].questions[2].maximum: “maximum” is below “minimum”"),
    (put(f"{Q}/evidence", {"text": said(), "months": 0}), f"{FIRST}.evidence: the age of evidence is"),
    (put(f"{Q}/evidence", {"text": said(), "months": 1, "days": 1}), f"{FIRST}.evidence: the age of evidence is"),
    (put(f"{Q}/scopes", ["full"]), f"{FIRST}.scopes: “full” is not among the template’s “scopes”"),
    (put("sections/0/questions/2/key", True), "sections[0].questions[2].key: a key question must be scored"),
    (put("sections/0/questions/2/required", 1), "sections[0].questions[2].required: only what is scored"),
    (put(f"{Q}/required", 5), f"{FIRST}.required: a required level lies above the lowest"),
    (put(f"{Q}/optional", True), f"{FIRST}.optional: what is scored must be answered"),
    (put("key_points", {"1": 3}), "key_points: points for key questions must rise as the ordinary ones do (see one.a)"),
    (put("key_points", {"one": 3}), "key_points.one: write the ordinary points as a whole number"),
    # conditions
    (put(f"{Q}/asked_if", {"question": "two.a", "is": ["x"]}), f"{FIRST}.asked_if: “two.a” is not asked earlier"),
    (put(f"{Q}/asked_if", {"question": "one.a", "at_least": 1}), f"{FIRST}.asked_if: “one.a” is not asked earlier"),
    (put(f"{Q}/asked_if", {"question": "nowhere", "is": ["x"]}), f"{FIRST}.asked_if.question: there is no question “nowhere”"),
    (put(f"{Q}/asked_if", {}), f"{FIRST}.asked_if: a condition is one of question, fact, all, any, not"),
    (put(f"{Q}/asked_if", {"fact": "a", "question": "one.a"}), f"{FIRST}.asked_if: a condition is one of"),
    (put(f"{Q}/asked_if", {"all": []}), f"{FIRST}.asked_if.all: list at least one condition"),
    (put(f"{Q}/asked_if", {"any": [{"fact": "a"}]}), f"{FIRST}.asked_if.any[0]: say what the fact must be"),
    (put(f"{Q}/asked_if", {"fact": "season", "is": ["dry"]}), f"{FIRST}.asked_if.fact: there is no fact"),
    (put(f"{Q}/asked_if", {"fact": "kind", "is": ["new", "newer"]}), f"{FIRST}.asked_if.is[1]: “newer” can never be"),
    (put(f"{Q}/asked_if", {"not": {"fact": "a"}}), f"{FIRST}.asked_if.not: say what the fact must be"),
    (
        put(f"{Q}/asked_if", {"not": {"fact": "kind", "is": ["new"]}, "is": ["c"]}),
        f"{FIRST}.asked_if: at_most, at_least, is and state belong",
    ),
    (put("stops/0/when", {"question": "one.b"}), "stops[0].when: say what the answer must be, in one way"),
    (put("stops/0/when", {"question": "one.b", "is": ["no"], "at_most": 1}), "stops[0].when: say what the answer must be, in one way"),
    (put("stops/0/when", {"question": "one.b", "is": ["nej"]}), "stops[0].when.is[0]: “nej” can never be; possible are yes, partly, no"),
    (put("stops/0/when", {"question": "one.b", "is": []}), "stops[0].when.is: list at least one"),
    (
        put("stops/0/when", {"question": "one.b", "state": ["lost"]}),
        "stops[0].when.state[0]: “lost” can never be; possible are open, answered",
    ),
    (put("stops/0/when", {"question": "two.b", "at_most": 1}), "stops[0].when: “two.b” has no number to compare"),
    (put("stops/0/when", {"question": "one.a", "at_most": 1, "at_least": 2}), "stops[0].when: “at_most” is below “at_least”"),
    (put("stops/0/when", {"question": "one.a", "at_least": 5}), "stops[0].when: no answer to “one.a” is worth that much"),
    # rules
    (put("subjects/organisation/bands", "other"), "subjects.organisation.bands: there is no band table “other”"),
    (put("subjects/organisation/never_better_than", ["three"]), "subjects.organisation.never_better_than[0]: “three” must be a section"),
    (put("subjects/project", {"bands": "capacity"}), "subjects.project: no section of this subject has bands"),
    (put("key_cap", {"at_most": 1, "band": "medium"}), "key_cap.band: “medium” is not a band of this template"),
    (put("risk_matrix", ...), "risk_matrix: proposed risks need a matrix"),
    (put("risk_matrix/rows", [["low"] * 5] * 4), "risk_matrix.rows: the matrix has five rows of five ratings"),
    (put("risk_matrix/rows/0", ["high", "low", "low", "low", "low"]), "risk_matrix.rows: a rating may never fall"),
    (put("risk_matrix/rows/4", ["low"] * 5), "risk_matrix.rows: a rating may never fall"),
    (put("risk_matrix/people_floor", "grave"), "risk_matrix.rows: the matrix has five rows of five ratings"),
    (put("risks/0/impact", 6), "risks[0]: likelihood and impact are each from 1 to 5"),
    (put("recommendation/1/stops", "board"), "recommendation[1]: the last rule must hold for every result"),
    (put("recommendation/0/bands", []), "recommendation[0]: this rule holds for every result"),
    (put("recommendation/0/bands", ["poor"]), "recommendation[0].bands: “poor” can never be; possible are adequate"),
    (put("recommendation/0/subject", "project"), "recommendation[0].subject: there is no rule for the subject “project”"),
    (put("assurance/subject", "project"), "assurance.subject: there is no rule for the subject “project”"),
    (put("assurance/currency", "kr"), "assurance.currency: write a currency code"),
    (put("assurance/measures", []), "assurance.measures: name at least one thing"),
    (put("assurance/rows", []), "assurance.rows: rows rise by “up_to”"),
    (put("assurance/rows/1/up_to", 200), "assurance.rows: rows rise by “up_to”, and the last has none"),
    (put("assurance/rows/0/up_to", ...), "assurance.rows: rows rise by “up_to”"),
    (put("assurance/rows/0/counts/limited", ...), "assurance.rows[0].counts: the column “limited” is missing"),
    (put("assurance/unassessed", "unknown"), "assurance.rows[0].counts: the column “unknown” is missing"),
    (put("assurance/rows/0/counts/poor", [1]), "assurance.rows[0].counts.poor: “poor” can never be"),
    (put("assurance/rows/0/counts/strong", [1, 2]), "assurance.rows[0].counts.strong: give one count from 0 for each measure"),
    (put("assurance/rows/0/counts/strong", [-1]), "assurance.rows[0].counts.strong: give one count from 0 for each measure"),
    (put("assurance/rows/0/counts/weak", [0]), "assurance.rows[0].counts.weak: what is not assessed is never followed up zero times"),
]


@pytest.mark.parametrize(("change", "words"), REFUSED, ids=[words[:70] for _, words in REFUSED])
def test_what_does_not_hold_is_refused_with_its_place_and_what_would_be_right(change: Callable[[dict[str, Any]], None], words: str) -> None:
    data = base()
    change(data)
    assert words in refusal(written(data))


def test_the_template_that_the_refusals_start_from_is_sound() -> None:
    assert decode(base(), file="t").id == "built"


def test_all_that_a_stage_finds_can_be_listed_at_once() -> None:
    spoilt = msgspec.structs.replace(three(), id="A B", version="x", scopes=[])
    assert [problem.path for problem in check(spoilt)] == ["id", "version", "scopes", "required.light"]
    assert list(check(three())) == []


def test_a_sum_by_value_needs_all_its_questions() -> None:
    steps = [{"band": "weak", "from": 0, "to": 4}, {"band": "strong", "from": 4, "to": 8}]
    bands = {"capacity": CAPACITY, "sum": {**VALUES, "steps": steps}}
    both = [level("a", not_applicable=False), level("b")]
    data = tree([section("s", both, bands="sum", aggregate="sum")], bands=bands)
    assert "sections[0].questions[1]: a sum banded by value needs all its questions" in refusal(written(data))


def test_required_levels_and_caps_are_refused_where_more_points_are_worse() -> None:
    one = tree([section("s", [level("a")], bands="up")], bands={"up": UP}, subjects={}, required={"light": {"ordinary": 2, "key": 3}})
    assert "sections[0].questions[0]: a required level cannot stand where higher is worse" in refusal(written(one))
    two = tree([section("s", [level("a")], bands="up")], bands={"up": UP}, subjects={}, key_cap={"at_most": 1, "band": "high"})
    assert "key_cap: a cap cannot hold bands where higher is worse" in refusal(written(two))


def test_points_of_their_own_for_key_questions_go_with_neither_cap_nor_required_levels() -> None:
    data = tree([section("s", [level("a", key=True)])], key_points={"4": 8}, required={"light": {"ordinary": 2, "key": 3}})
    assert "key_points: a template with points of their own" in refusal(written(data))


def test_a_subject_refuses_sections_that_cannot_be_added_to_one_another() -> None:
    other_way = tree([section("s", [level("a")]), section("t", [level("b")], bands="up")], bands={"capacity": CAPACITY, "up": UP})
    assert "subjects.organisation.bands: “capacity” runs the other way" in refusal(written(other_way))
    by_question = {"organisation": {"bands": "capacity", "combine": "questions"}}
    unlike = tree([section("s", [level("a")]), section("t", [level("b")], aggregate="worst")], subjects=by_question)
    assert "subjects.organisation.combine: sections that add up question by question" in refusal(written(unlike))
    values = {**VALUES, "steps": [{"band": "weak", "from": 0, "to": 2}, {"band": "strong", "from": 2, "to": 4}]}
    fixed = tree(
        [section("s", [level("a")], bands="v"), section("t", [level("b")], bands="v")],
        bands={"v": values},
        subjects={"organisation": {"bands": "v", "combine": "questions"}},
    )
    assert "subjects.organisation.bands: questions of several sections" in refusal(written(fixed))


def test_a_weight_is_refused_where_nothing_is_weighed() -> None:
    data = tree([section("s", [level("a", weight=2)], aggregate="mean")])
    assert "sections[0].questions[0].weight: “mean” has no weights; use “weighted_mean”" in refusal(written(data))
