"""A trial on generated answers: complete, the same every time, and right about edges."""

from __future__ import annotations

import random
from fractions import Fraction

import msgspec
import pytest

from forms.errors import ScoringError
from forms.kinds import KINDS
from forms.library import Library
from forms.question import Condition, Question
from forms.result import Case
from forms.scoring import score
from forms.template import Template
from forms.trial import WAYS, edges, generated, try_out
from tests.forms.building import BUNDLED, DAY, three

EVERY = [(template, scope) for template in Library(BUNDLED).templates() for scope in template.scopes]


@pytest.mark.parametrize(("template", "scope"), EVERY, ids=lambda one: one if isinstance(one, str) else one.id)
def test_generated_answers_are_complete_in_every_bundled_template(template: Template, scope: str) -> None:
    trial = try_out(template, scope=scope, random_runs=20)
    assert set(trial.runs) == set(WAYS)
    assert all(result.is_complete for result in trial.runs.values())
    assert all(sum(bands.values()) <= 20 for bands in trial.bands.values())


@pytest.mark.parametrize(("template", "scope"), EVERY, ids=lambda one: one if isinstance(one, str) else one.id)
def test_best_answers_are_nowhere_worse_than_the_lowest(template: Template, scope: str) -> None:
    trial = try_out(template, scope=scope, random_runs=0)
    best = {one.section: one.score for one in trial.runs["best"].sections}
    for section in trial.runs["lowest"].sections:
        table = template.bands.get(next(one.bands or "" for one in template.sections if one.id == section.section))
        low, high = section.score.percent, best[section.section].percent
        if low is not None and high is not None:
            assert (low >= high) if table is not None and table.direction == "higher_is_worse" else (low <= high)


def test_the_same_template_gives_the_same_trial() -> None:
    assert try_out(three(), scope="light", random_runs=30) == try_out(three(), scope="light", random_runs=30)


def test_a_scope_that_the_template_lacks_is_refused() -> None:
    with pytest.raises(ScoringError):
        try_out(three(), scope="full")


def test_a_question_whose_condition_no_answer_meets_is_named() -> None:
    template = three()
    section = template.sections[0]
    impossible = Condition(question=section.questions[0].id, at_least=99)
    last = msgspec.structs.replace(section.questions[-1], asked_if=impossible)
    changed = msgspec.structs.replace(
        template, sections=[msgspec.structs.replace(section, questions=[*section.questions[:-1], last]), *template.sections[1:]]
    )
    assert try_out(changed, scope="light", random_runs=10).never_asked == (last.id,)


@pytest.mark.parametrize(("template", "scope"), EVERY, ids=lambda one: one if isinstance(one, str) else one.id)
def test_what_lies_beside_an_edge_belongs_to_the_bands_on_its_sides(template: Template, scope: str) -> None:
    for section in template.sections:
        for edge in edges(template, section, scope):
            assert edge.before is None or edge.before[0] < edge.value
            assert edge.after is None or edge.after[0] > edge.value
            if edge.before and edge.after:
                assert edge.on in (None, edge.before[1], edge.after[1])


def test_an_edge_is_found_exactly() -> None:
    template = three()
    found = {edge.value: edge for edge in edges(template, template.sections[0], "light")}
    case = Case(as_of=DAY, scope="light")
    values = {
        one.score.percent
        for seed in range(200)
        for one in score(template, generated(template, case, "random", random.Random(seed)), case).sections[:1]
    }
    for value, edge in found.items():
        assert (value in values) == (edge.on is not None)
        for beside in (edge.before, edge.after):
            assert beside is None or beside[0] in values
    assert all(isinstance(value, Fraction) for value in found)


def test_no_edges_are_sought_where_nothing_can_vary_or_far_too_much_can() -> None:
    template = three()
    section = template.sections[0]
    level = next(question for question in section.questions if question.kind == "level")
    one = msgspec.structs.replace(level, levels=[msgspec.structs.replace(each, points=2) for each in level.levels])
    assert list(edges(template, msgspec.structs.replace(section, questions=[one]), "light")) == []
    wide = [
        msgspec.structs.replace(level, id=f"q{n}", levels=[msgspec.structs.replace(each, points=each.key * 7**n) for each in level.levels])
        for n in range(12)
    ]
    assert list(edges(template, msgspec.structs.replace(section, questions=wide), "light")) == []


def test_a_random_run_leans_as_far_as_it_is_told() -> None:
    template, case = three(), Case(as_of=DAY, scope="light")
    drawn = random.Random(1)

    def percent(lean: int) -> Fraction:
        results = [score(template, generated(template, case, "random", drawn, lean=lean), case) for _ in range(60)]
        return sum((one.sections[0].score.percent or Fraction(0) for one in results), Fraction(0)) / len(results)

    assert percent(-3) < percent(0) < percent(3)


CELLS: tuple[str, ...] = ("short_text", "integer", "percent", "money", "date", "choice", "country", "year")


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("seed", range(5))
def test_a_generated_answer_is_one_that_its_question_takes(kind: str, seed: int) -> None:
    options = [{"id": id_, "text": {"en": id_}} for id_ in ("a", "b", "c")]
    columns = [{"id": one, "text": {"en": one}, "kind": one, **({"options": options} if one == "choice" else {})} for one in CELLS]
    more = {
        "level": {"levels": [{"key": key, "text": {"en": "x"}} for key in range(3)]},
        "choice": {"options": options},
        "choices": {"options": options},
        "integer": ({"minimum": 700}, {"maximum": -3}, {"minimum": -9, "maximum": -2}, {}, {"maximum": 3})[seed],
        "table": {"columns": columns, **({"rows": [{"id": "one", "text": {"en": "one"}}]} if seed % 2 else {"minimum": 2})},
    }.get(kind, {})
    asked = msgspec.convert({"id": "q.one", "kind": kind, "text": {"en": "?"}, "guidance": {"en": "."}, **more}, Question)
    template = three()
    changed = msgspec.structs.replace(
        template, sections=[msgspec.structs.replace(template.sections[0], questions=[asked])], stops=[], risks=[], contradictions=[]
    )
    case = Case(as_of=DAY, scope="light")
    for way in (*WAYS, "random"):
        answer = generated(changed, case, way, random.Random(seed)).of(changed.id, "q.one")
        assert answer is not None
        assert KINDS[kind].check(asked, answer.value) == answer.value
