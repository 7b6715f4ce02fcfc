"""Try a template on generated answers before anybody relies on it. Pure: nothing is kept, and no answer is anybody's.

What it can show: what the lowest, middle and best answers come to; which bands, stops, contradictions, risks and recommendations
random answers ever reach; and which answers lie exactly on an edge. Whether the questions are good ones it cannot show.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from forms.adding import table_of
from forms.answers import Answer, AnswerKey, AnswerSet
from forms.asked_if import Standing
from forms.bands import Attainable, Bands, settle
from forms.facts import FACTS
from forms.kinds import answers_of, attainable, worth_of
from forms.question import Column, Question, Section
from forms.result import Case, Result
from forms.scopes import asked_in
from forms.scoring import is_asked, score
from forms.tables import row_limits
from forms.template import Template
from forms.values import Single, Value

Way = Literal["lowest", "middle", "best", "random"]
WAYS: tuple[Way, ...] = ("lowest", "middle", "best")
RANDOM_RUNS = 200
#: How random runs lean, from poor to good: see ``generated``.
_LEANS = (-1, 0, 1, 2, 4)
_DAY = "2026-01-15"
_AS_OF = date(2026, 3, 2)
#: More sums than this are not gone through for edges; no section of a hundred questions comes near it.
_MOST_SUMS = 100_000


@dataclass(frozen=True)
class Edge:
    """One cut-off of a section when every question of the scope is asked and applicable.

    ``value`` in the unit of the band table; ``on`` the band of a value exactly there (``None``: no answers come to it); ``before`` and
    ``after`` the nearest attainable values on either side, each with its band (``None``: there is none).
    """

    section: str
    value: Fraction
    on: str | None
    before: tuple[Fraction, str] | None
    after: tuple[Fraction, str] | None


@dataclass(frozen=True)
class Trial:
    """What generated answers came to in one scope. ``runs`` by way; counts are out of ``random_runs``.

    ``bands`` by ("section", id) and ("subject", name); ``never_asked`` are the questions of the scope that no run asked.
    """

    scope: str
    runs: Mapping[Way, Result]
    random_runs: int
    bands: Mapping[tuple[str, str], Counter[str]]
    stops: Counter[str]
    clashes: Counter[str]
    risks: Counter[str]
    decisions: Counter[str]
    rules: Counter[int]
    never_asked: tuple[str, ...]
    edges: tuple[Edge, ...]


def try_out(template: Template, *, scope: str, random_runs: int = RANDOM_RUNS) -> Trial:
    """Score generated answers in a scope; the same template gives the same trial.

    Raises ``ScoringError`` for a scope that the template does not have.
    """
    case = Case(as_of=_AS_OF, scope=scope, amount_minor=48_000_000, currency="SEK")
    runs = {way: score(template, generated(template, case, way), case) for way in WAYS}
    drawn = random.Random(1)  # noqa: S311 (no secret: the same trial every time)
    many = [_random_run(template, case, drawn) for _ in range(random_runs)]
    bands: dict[tuple[str, str], Counter[str]] = {}
    for result in many:
        sections = [(("section", one.section), one.score.band) for one in result.sections]
        subjects = [(("subject", str(one.subject)), one.score.band) for one in result.subjects]
        for area, band in (*sections, *subjects):
            if band is not None:
                bands.setdefault(area, Counter())[band] += 1
    asked = {line.question for result in (*many, *runs.values()) for line in result.lines}
    of_scope = [one.id for _, questions in asked_in(template, scope) for one in questions]
    proposals = [result.proposal for result in many if result.proposal is not None]
    return Trial(
        scope=scope,
        runs=runs,
        random_runs=random_runs,
        bands=bands,
        stops=Counter(stop.id for result in many for stop in result.stops),
        clashes=Counter(clash.id for result in many for clash in result.clashes),
        risks=Counter(risk.id for result in many for risk in result.risks),
        decisions=Counter(proposal.decision for proposal in proposals),
        rules=Counter(proposal.rule for proposal in proposals),
        never_asked=tuple(id_ for id_ in of_scope if id_ not in asked),
        edges=tuple(edge for section in template.sections for edge in edges(template, section, scope)),
    )


def _random_run(template: Template, case: Case, drawn: random.Random) -> Result:
    facts = {fact: drawn.choice(values) for fact, values in FACTS.items() if len(values) > 1}
    other = replace(case, facts=facts)
    return score(template, generated(template, other, "random", drawn, lean=drawn.choice(_LEANS)), other)


def generated(template: Template, case: Case, way: Way, drawn: random.Random | None = None, *, lean: int = 0) -> AnswerSet:
    """Answer every question that is asked, in the order it is asked, in one way; *best* is what the section's bands call best.

    What is not scored gets its first answer, but for random ones. ``lean``: random answers are the best of so many more draws,
    or with a minus the worst, so that runs of every quality come up.
    """
    chooser = drawn or random.Random(1)  # noqa: S311
    standings: dict[str, Standing | None] = {}
    for section, question in template.questions():
        if not is_asked(question, standings.__getitem__, case):
            standings[question.id] = None
            continue
        table = table_of(template, section.bands)
        is_worse_up = table is not None and table.direction == "higher_is_worse"
        value = _value(question, way, chooser, is_worse_up=is_worse_up, lean=lean)
        standings[question.id] = Standing(question, Answer("answered", value, known="seen"), None)
    answers = {id_: one.answer for id_, one in standings.items() if one is not None}
    return AnswerSet({AnswerKey(template.id, id_): answer for id_, answer in answers.items() if answer is not None})


def _value(question: Question, way: Way, drawn: random.Random, *, is_worse_up: bool, lean: int) -> Value:
    possible = _possible(question, drawn if way == "random" else None)
    if possible is None:
        if way == "random" and question.kind in _ENDS:
            return drawn.randint(*_ends(question))
        return _SAMPLES[question.kind](question)
    if attainable(question) is None:
        # What is not scored has no better or worse; the first answer is as a rule the untroubled one.
        return drawn.choice(possible) if way == "random" and drawn.randrange(1 + max(0, lean)) == 0 else possible[0]
    possible = sorted(possible, key=lambda one: worth_of(question, one) or 0, reverse=is_worse_up)
    if way == "random":
        draws = [drawn.randrange(len(possible)) for _ in range(1 + abs(lean))]
        return possible[max(draws) if lean > 0 else min(draws)]
    return possible[{"lowest": 0, "middle": (len(possible) - 1) // 2, "best": -1}[way]]


def _possible(question: Question, drawn: random.Random | None) -> list[Value] | None:
    """List answers to choose among: all where they can be listed; of several choices each by itself, all, and some at random."""
    if question.kind == "choices":
        ids = [option.id for option in question.options]
        some = tuple(id_ for id_ in ids if drawn.randrange(2)) if drawn is not None else ()
        return [*((id_,) for id_ in ids), tuple(ids), *([some] if some else [])]
    listed = answers_of(question)
    if listed is None:
        return None
    return [int(one) for one in listed] if question.kind == "level" else list(listed)


#: Where whole numbers and percentages are drawn from when the template sets no limits.
_ENDS = {"integer": (0, 100), "percent": (0, 100)}


def _ends(question: Question) -> tuple[int, int]:
    low, high = _ENDS[question.kind]
    if question.minimum is None and question.maximum is not None:
        return min(low, question.maximum), question.maximum
    least = low if question.minimum is None else question.minimum
    return least, max(least, high) if question.maximum is None else question.maximum


def _middle(question: Question) -> Value:
    return sum(_ends(question)) // 2


def _table(question: Question) -> Value:
    rows = max(1, row_limits(question)[0])
    return tuple(tuple(_CELLS[column.kind](column) for column in question.columns) for _ in range(rows))


_SAMPLES: Mapping[str, Callable[[Question], Value]] = {
    "integer": _middle,
    "percent": _middle,
    "money": lambda _: "48000000 SEK",
    "date": lambda _: _DAY,
    "short_text": lambda _: "…",
    "long_text": lambda _: "…",
    "country": lambda _: "SE",
    "organisation_number": lambda _: "SE-ON 556091-2148",
    "document": lambda _: ("…", _DAY, ""),
    "table": _table,
}
_CELLS: Mapping[str, Callable[[Column], Single]] = {
    "short_text": lambda _: "…",
    "integer": lambda _: 10,
    "percent": lambda _: 40,
    "money": lambda _: "48000000 SEK",
    "date": lambda _: _DAY,
    "choice": lambda column: column.options[0].id,
    "country": lambda _: "SE",
    "year": lambda _: 2025,
}


def edges(template: Template, section: Section, scope: str) -> Iterator[Edge]:
    """Find for each cut-off of a section whether answers can come to it exactly, and what lies next to it.

    As if every scored question of the scope were asked and applicable; caps and requirements are another matter. Nothing is given
    for a section without bands or whose worst answer decides.
    """
    table = table_of(template, section.bands)
    questions = [one for one in section.questions if (not one.scopes or scope in one.scopes) and attainable(one) is not None]
    if table is None or section.aggregate == "worst" or not questions:
        return
    worths = [[Fraction(template.points(one, worth)) for worth in attainable(one) or ()] for one in questions]
    weights = [1 if section.aggregate == "mean" else one.weight for one in questions]
    sums: set[Fraction] = {Fraction(0)}
    for weight, worth in zip(weights, worths, strict=True):
        sums = {total + weight * one for total in sums for one in worth}
        if len(sums) > _MOST_SUMS:
            return
    low, high = min(sums), max(sums)
    if low == high:
        return
    ordinary = sum((Fraction(weight * max(attainable(one) or (0,))) for weight, one in zip(weights, questions, strict=True)), Fraction(0))
    share = Fraction(1) if section.aggregate == "sum" else Fraction(1, sum(weights))
    bands = settle(table, Attainable(low * share, high * share, ordinary * share))
    values = sorted(total * share if table.measure == "value" else 100 * (total - low) / (high - low) for total in sums)
    for cut in bands.cuts:
        yield _edge(section.id, cut, values, bands)


def _edge(section: str, cut: Fraction, values: list[Fraction], bands: Bands) -> Edge:
    below = [value for value in values if value < cut]
    above = [value for value in values if value > cut]
    return Edge(
        section=section,
        value=cut,
        on=bands.of(cut) if cut in values else None,
        before=(below[-1], bands.of(below[-1])) if below else None,
        after=(above[0], bands.of(above[0])) if above else None,
    )
