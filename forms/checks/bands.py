"""Checks of band tables: no gap, no overlap, and nothing that can be attained outside them."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checks.problem import Problem
from forms.kinds import attainable
from forms.template import CAPACITY, RISK, BandTable, Section, Template
from forms.text import N_
from forms.values import fraction_of


def check_bands(table: BandTable, path: str) -> Iterator[Problem]:
    """Check one table by itself."""
    if bool(table.steps) == (table.derived is not None):
        yield Problem(path, N_("give either steps or derived cut-offs"))
        return
    names = table.names
    scales = (CAPACITY, RISK[::-1]) if table.direction == "higher_is_better" else (CAPACITY[::-1], RISK)
    if table.words:
        yield from _own_words(table, path)
    elif len(names) < 2 or not any(_in_order(names, scale) for scale in scales):
        yield Problem(
            path,
            N_("the bands must be, from low values to high, two or more of {one}, or of {other}, in that order"),
            {"one": ", ".join(scales[0]), "other": ", ".join(scales[1])},
        )
    for place, step in enumerate(table.steps):
        here = f"{path}.steps[{place}]"
        if step.to <= step.from_:
            yield Problem(here, N_("“to” must be higher than “from”"))
        if place and step.from_ > table.steps[place - 1].to:
            yield Problem(f"{here}.from", N_("there is a gap: the band before ends at {end}"), {"end": table.steps[place - 1].to})
        if place and step.from_ < table.steps[place - 1].to:
            yield Problem(f"{here}.from", N_("there is an overlap: the band before ends at {end}"), {"end": table.steps[place - 1].to})
    if table.steps and table.measure == "percent" and (table.steps[0].from_, table.steps[-1].to) != (0, 100):
        yield Problem(f"{path}.steps", N_("percentages must be covered from 0 to 100"))
    if table.derived:
        if table.measure != "value":
            yield Problem(f"{path}.measure", N_("derived cut-offs are values; write “measure: value”"))
        yield from _shares(table.derived.shares, len(names), f"{path}.derived.shares")


def _own_words(table: BandTable, path: str) -> Iterator[Problem]:
    """Check bands that are named by the template itself: two or more, each once, none without a word."""
    names = table.names
    if len(names) < 2 or len(set(names)) != len(names):
        yield Problem(path, N_("name at least two bands, each once"))
    for band in [*(name for name in dict.fromkeys(names) if name not in table.words), *(name for name in table.words if name not in names)]:
        yield Problem(f"{path}.words.{band}", N_("every band of the table has a word, and nothing else has"))


def _in_order(names: list[str], scale: tuple[str, ...]) -> bool:
    return names == [name for name in scale if name in names]


def _shares(shares: list[str], bands: int, path: str) -> Iterator[Problem]:
    cuts = [cut for cut in map(fraction_of, shares) if cut is not None]
    if len(cuts) != len(shares):
        yield Problem(path, N_("write each share as a fraction such as “15/100”"))
        return
    if len(cuts) != bands - 1 or sorted(set(cuts)) != cuts or not all(0 < cut < 1 for cut in cuts):
        yield Problem(path, N_("give {count} rising shares between 0 and 1"), {"count": bands - 1})


def check_reach(template: Template) -> Iterator[Problem]:
    """Check that whatever a section can add up to lies within its table, and that points and rules look the same way."""
    for s, section in enumerate(template.sections):
        path = f"sections[{s}]"
        if not section.adds_up:
            continue
        if not any(attainable(question) for question in section.questions):
            key = "bands" if section.bands is not None else "value_only"
            yield Problem(
                f"{path}.{key}", N_("nothing in this section is scored, so it can add up to nothing; leave “{key}” out"), {"key": key}
            )
            continue
        if section.bands is None:
            continue
        table = template.bands[section.bands]
        if table.measure == "value" and table.steps:
            yield from _within(template, section, table, path)
        if table.direction == "higher_is_worse":
            yield from _worse_upwards(template, section, table, path)


def _within(template: Template, section: Section, table: BandTable, path: str) -> Iterator[Problem]:
    ends = []
    for q, question in enumerate(section.questions):
        worth = attainable(question)
        if worth is None:
            continue
        points = [template.points(question, value) for value in worth]
        times = question.weight if section.aggregate == "sum" else 1
        ends.append((min(points) * times, max(points) * times))
        if section.aggregate == "sum" and (question.may_be_not_applicable or question.asked_if is not None or question.scopes):
            yield Problem(
                f"{path}.questions[{q}]",
                N_("a sum banded by value needs all its questions: write “not_applicable: false”, without “asked_if” and “scopes”"),
            )
    lows, highs = [low for low, _ in ends], [high for _, high in ends]
    low, high = (sum(lows), sum(highs)) if section.aggregate == "sum" else (min(lows), max(highs))
    if low < table.steps[0].from_ or high > table.steps[-1].to:
        yield Problem(
            f"{path}.bands",
            N_("answers can add up to anything from {low} to {high}, which “{name}” does not cover"),
            {"low": low, "high": high, "name": section.bands},
        )


def _worse_upwards(template: Template, section: Section, table: BandTable, path: str) -> Iterator[Problem]:
    """Required levels and caps are floors: where more points are worse they would praise the bad answers."""
    cap = template.key_cap
    if cap is not None and cap.band in table.names:
        yield Problem("key_cap", N_("a cap cannot hold bands where higher is worse, as in “{name}”"), {"name": section.bands})
    for q, question in enumerate(section.questions):
        if question.required is not None or (template.required and question.levels):
            yield Problem(
                f"{path}.questions[{q}]", N_("a required level cannot stand where higher is worse, as in “{name}”"), {"name": section.bands}
            )
