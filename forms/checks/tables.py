"""Checks of tables: their columns, fixed rows and ratios."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from forms.checks.problem import Problem
from forms.tables import MOST_ROWS, NUMBERS
from forms.template import Question, Ratio
from forms.text import N_
from forms.values import fraction_of


def check_table_question(question: Question, path: str) -> Iterator[Problem]:
    """Check what only a table has; no other kind of question may have it."""
    if question.kind != "table":
        for name in ("columns", "rows", "ratios"):
            if getattr(question, name):
                yield Problem(f"{path}.{name}", N_("“{name}” belongs to questions of kind “table”"), {"name": name})
        return
    if not question.columns:
        yield Problem(f"{path}.columns", N_("a table needs at least one column"))
    yield from _columns(question, path)
    if question.rows and (question.minimum, question.maximum) != (None, None):
        yield Problem(f"{path}.rows", N_("a table with fixed rows has no “minimum” or “maximum”"))
    for name, limit in (("minimum", question.minimum), ("maximum", question.maximum)):
        if limit is not None and not 1 <= limit <= MOST_ROWS:
            yield Problem(f"{path}.{name}", N_("a table has from 1 to {n} rows"), {"n": MOST_ROWS})
    for r, ratio in enumerate(question.ratios):
        yield from _ratio(question, ratio, f"{path}.ratios[{r}]")


def _columns(question: Question, path: str) -> Iterator[Problem]:
    for c, column in enumerate(question.columns):
        here = f"{path}.columns[{c}]"
        if column.kind == "choice":
            if len(column.options) < 2:
                yield Problem(f"{here}.options", N_("a column of kind “choice” needs at least two options"))
        elif column.options:
            yield Problem(f"{here}.options", N_("options belong to columns of kind “choice”"))
        if column.sum and column.kind not in ("integer", "money"):
            yield Problem(f"{here}.sum", N_("only whole numbers and amounts can be added up"))
        ids = [option.id for option in column.options]
        if len(set(ids)) != len(ids) or "" in ids:
            yield Problem(f"{here}.options", N_("each option needs an id of its own"))
        if any(option.points is not None for option in column.options):
            yield Problem(f"{here}.options", N_("what stands in a table is recorded and has no points"))


def _ratio(question: Question, ratio: Ratio, path: str) -> Iterator[Problem]:
    kinds = {column.id: column.kind for column in question.columns}
    named = [*(("over", id_) for id_ in ratio.over), *(("minus", id_) for id_ in ratio.minus), ("under", ratio.under)]
    if not ratio.over:
        yield Problem(f"{path}.over", N_("name at least one column"))
    unusable = False
    for name, id_ in named:
        if kinds.get(id_) not in NUMBERS:
            unusable = True
            yield Problem(f"{path}.{name}", N_("“{id}” is not a column of figures in this table"), {"id": id_})
    if not unusable and len({kinds[id_] == "money" for _, id_ in named}) > 1:
        yield Problem(path, N_("amounts can only be set against amounts"))
    limits: list[Fraction] = []
    for m, remark in enumerate(ratio.remarks):
        here = f"{path}.remarks[{m}].below"
        if remark.below is None:
            if m < len(ratio.remarks) - 1:
                yield Problem(here, N_("a remark without “below” fits always, so it stands last"))
            continue
        limit = fraction_of(remark.below)
        if limit is None:
            yield Problem(here, N_("write the limit as a number such as “1” or a fraction such as “30/100”"))
        else:
            limits.append(limit)
    if limits != sorted(set(limits)):
        yield Problem(f"{path}.remarks", N_("the limits of the remarks must rise, so that each can be the first that fits"))
