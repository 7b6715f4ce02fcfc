"""Risks over the years: which came, which went, and which way the others moved after mitigation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from forms.risk import RiskEntry, rate
from forms.template import RISK, RiskMatrix

#: How a risk stands at the last time against the time before at which there was a register.
Movement = Literal["came", "went", "lower", "higher", "shifted", "same", "back", "set_aside", "re_rated"]


@dataclass(frozen=True)
class Register:
    """The risks of one time with the table that rates them; ``None`` for a time at which no risks were assessed."""

    entries: tuple[RiskEntry, ...]
    matrix: RiskMatrix | None


@dataclass(frozen=True)
class RiskStanding:
    """A risk at one time, and its rating after mitigation; a risk that was set aside has none."""

    entry: RiskEntry
    rating: str | None


@dataclass(frozen=True)
class RiskCourse:
    """A risk over the times; ``None`` where the register did not have it."""

    standings: tuple[RiskStanding | None, ...]
    movement: Movement

    @property
    def newest(self) -> RiskEntry:
        """The risk as it stands at the latest time that has it."""
        return next(one.entry for one in reversed(self.standings) if one is not None)


def risks_over_years(registers: Sequence[Register]) -> tuple[RiskCourse, ...]:
    """Follow every risk through the registers, the oldest first: those of the last first, the worst first, then those that are gone.

    A risk is the same one when the same question of the template proposed it, else when it has the same title. Times without a table have
    no register. Empty when no time has one.
    """
    kept = [place for place, one in enumerate(registers) if one.matrix is not None]
    identities = dict.fromkeys(_identity(entry) for place in reversed(kept) for entry in registers[place].entries)
    courses = []
    for identity in identities:
        standings = tuple(_standing(one, identity) for one in registers)
        if any(one is not None and one.rating is not None for one in standings):
            courses.append(RiskCourse(standings, _movement(registers, standings, kept)))
    return tuple(sorted(courses, key=_order))


def _identity(entry: RiskEntry) -> tuple[str, str]:
    return (entry.proposal, "") if entry.proposal else ("", " ".join(entry.title.casefold().split()))


def _standing(register: Register, identity: tuple[str, str]) -> RiskStanding | None:
    entry = next((one for one in register.entries if _identity(one) == identity), None)
    if entry is None or register.matrix is None:
        return None
    if entry.choice == "rejected":
        return RiskStanding(entry, None)
    likelihood, impact = entry.residual_likelihood, entry.residual_impact
    return RiskStanding(entry, rate(register.matrix, likelihood=likelihood, impact=impact, on_people=entry.on_people))


def _movement(registers: Sequence[Register], standings: Sequence[RiskStanding | None], kept: Sequence[int]) -> Movement:
    """Set the last register against the one before."""
    now = standings[kept[-1]]
    before = standings[kept[-2]] if len(kept) > 1 else None
    if now is None:
        return "went"
    if now.rating is None:
        return "set_aside"
    if before is None or before.rating is None:
        return "back" if any(standings[place] is not None for place in kept[:-1]) else "came"
    if registers[kept[-1]].matrix != registers[kept[-2]].matrix:
        return "re_rated"
    if now.rating != before.rating:
        return "higher" if RISK.index(now.rating) > RISK.index(before.rating) else "lower"
    places = [(one.entry.residual_likelihood, one.entry.residual_impact) for one in (before, now)]
    return "same" if places[0] == places[1] else "shifted"


def _order(course: RiskCourse) -> tuple[int, int]:
    """Put what stands now first, the worst first; what was set aside or is gone after it."""
    last = course.standings[-1]
    if last is None:
        return (2, 0)
    return (1, 0) if last.rating is None else (0, -RISK.index(last.rating))
