"""Questions of a template: what is asked, of which kind, and the sections they stand in.

The classes here are the file format, as those of ``template.py`` are: what a key is called in a template file is what it is
called here.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from forms.text import Text

Scope = Literal["light", "standard", "full"]
Subject = Literal["organisation", "project"]
Aggregate = Literal["sum", "mean", "weighted_mean", "worst"]
#: Who in the own organisation answers a question.
AnsweredBy = Literal["caseworker", "controller", "office"]
#: Kinds of cell in a table.
CellKind = Literal["short_text", "integer", "percent", "money", "date", "choice", "country", "year"]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A piece of a template: immutable, and refused when it holds a key that the format does not know."""


class Level(Part, frozen=True, kw_only=True):
    """A described step of an answer; ``key`` is both its number and the key to press."""

    key: int
    text: Text
    points: int | None = None

    @property
    def worth(self) -> int:
        """Points of this level: its own number unless the template says otherwise."""
        return self.key if self.points is None else self.points


class Option(Part, frozen=True, kw_only=True):
    """One choice among several; without ``points`` it is recorded and not scored."""

    id: str
    text: Text
    points: int | None = None


class Evidence(Part, frozen=True, kw_only=True):
    """What a caseworker should have seen, and how old it may be at the day of assessment."""

    text: Text
    months: int | None = None
    days: int | None = None


class Condition(Part, frozen=True, kw_only=True, rename={"is_": "is", "not_": "not", "all_": "all", "any_": "any"}):
    """A question about answers or case facts; exactly one of its forms is used.

    ``at_most``/``at_least`` compare ordinary points (level, yes–partly–no, choice, choices) or the number itself (integer, percent,
    and money in minor units of whatever currency it was given in); *could not be established* counts as the lowest level.
    ``is`` of several choices holds when any of them is listed. ``state`` asks how a question stands. A question that is not asked
    makes no condition on it true.
    """

    question: str | None = None
    fact: str | None = None
    at_most: int | None = None
    at_least: int | None = None
    is_: list[str] | None = None
    state: list[str] | None = None
    all_: list[Condition] | None = None
    any_: list[Condition] | None = None
    not_: Condition | None = None


class Column(Part, frozen=True, kw_only=True):
    """A column of a table: every cell of one kind; ``sum`` adds it up under the table, ``required`` wants it in every row."""

    id: str
    text: Text
    kind: CellKind
    options: list[Option] = []
    sum: bool = False
    required: bool = False


class Row(Part, frozen=True, kw_only=True):
    """A fixed row of a table, such as a year."""

    id: str
    text: Text


class Remark(Part, frozen=True, kw_only=True):
    """What a ratio means when it lies ``below`` a number (the ratio itself, ``"1"`` or ``"30/100"``); without it, in all other cases."""

    text: Text
    below: str | None = None


class Ratio(Part, frozen=True, kw_only=True):
    """Figures of one row set against each other: (``over`` added − ``minus`` added) / ``under``; worked out, never stored."""

    id: str
    text: Text
    over: list[str]
    under: str
    minus: list[str] = []
    show: Literal["percent", "times"] = "percent"
    remarks: list[Remark] = []


class SameAs(Part, frozen=True, kw_only=True):
    """A question of another template that asks the same; ``answers`` maps its answers to ours, without it they are the same."""

    question: str
    answers: dict[str, str] = {}


class ReliesOn(Part, frozen=True, kw_only=True):
    """A kind of result of another body that answers this question: its rating → our answer, after one confirmation."""

    result: str
    answers: dict[str, str]


class Question(Part, frozen=True, kw_only=True):
    """One question; ``id`` is stable over versions (``governance.board.meetings``)."""

    id: str
    kind: str
    text: Text
    guidance: Text
    evidence: Evidence | None = None
    group: str | None = None
    key: bool = False
    weight: int = 1
    scopes: list[Scope] = []
    required: int | None = None
    scored: bool = True
    optional: bool = False
    not_applicable: bool | None = None
    levels: list[Level] = []
    options: list[Option] = []
    points: dict[str, int] = {}
    minimum: int | None = None
    maximum: int | None = None
    columns: list[Column] = []
    rows: list[Row] = []
    ratios: list[Ratio] = []
    asked_if: Condition | None = None
    answered_by: AnsweredBy | None = None
    same_as: list[SameAs] = []
    relies_on: list[ReliesOn] = []
    replaces: list[str] = []

    @property
    def may_be_not_applicable(self) -> bool:
        """A key question may be set aside only where the template says so; others always."""
        return not self.key if self.not_applicable is None else self.not_applicable


class Group(Part, frozen=True, kw_only=True):
    """A heading within a section; its questions add up to a sum of their own."""

    id: str
    title: Text


class Flag(Part, frozen=True, kw_only=True):
    """A single answer worth ``at_most`` points or fewer is said beside the section's value, whatever the value is."""

    at_most: int
    text: Text


class Section(Part, frozen=True, kw_only=True):
    """Questions that belong together and add up to one number; with ``value_only`` the number stands without a band."""

    id: str
    title: Text
    subject: Subject
    questions: list[Question]
    intro: Text | None = None
    weight: int = 1
    aggregate: Aggregate = "weighted_mean"
    bands: str | None = None
    groups: list[Group] = []
    value_only: bool = False
    flag: Flag | None = None

    @property
    def adds_up(self) -> bool:
        """Whether its answers come to a number at all."""
        return self.bands is not None or self.value_only
