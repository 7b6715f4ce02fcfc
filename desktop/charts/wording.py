"""How charts and reports write ratings and figures of the common scale: one way everywhere."""

from __future__ import annotations

from fractions import Fraction

from desktop.charts.marks import Status
from desktop.language import Language, rounded
from desktop.words import RISKS, SCORE_STATUSES, SUBJECTS, rating_mark, word
from forms.comparison import ScoreChange
from forms.result import Result, Score, SectionResult
from forms.template import BandTable
from forms.text import N_


def band_status(band: str | None, language: Language, table: BandTable | None = None) -> Status:
    """Give the mark of a band or risk rating; ``incomplete`` for none."""
    return rating_mark(band, language, table).tone


def band_word(language: Language, band: str | None, status: str, table: BandTable | None = None) -> str:
    """Give the band's word, the table's own where it has one, or why there is none."""
    return rating_mark(band, language, table).word if band is not None else word(SCORE_STATUSES, status, language)


def section_ends(language: Language, section: SectionResult, result: Result, aggregate: str) -> tuple[str, str] | None:
    """Give the least and the most that the value of a section without bands can be; nothing while nothing in it counts."""
    counted = [line for line in result.lines if line.section == section.section and line.lowest is not None and line.highest is not None]
    if not counted:
        return None
    lows = [(line.lowest or Fraction(0)) * (line.weight if aggregate == "sum" else 1) for line in counted]
    highs = [(line.highest or Fraction(0)) * (line.weight if aggregate == "sum" else 1) for line in counted]
    ends = (sum(lows, Fraction(0)), sum(highs, Fraction(0))) if aggregate == "sum" else (min(lows), max(highs))
    return language.number(ends[0]), language.number(ends[1])


def score_figure(language: Language, score: Score, table: BandTable | None) -> str:
    """Write a score in the unit of its band table: a place from 0 to 100, or the value itself; nothing while it is not complete."""
    if score.status != "complete" or score.percent is None or score.value is None:
        return ""
    if is_percent(table):
        return score_number(language, score.percent)
    whole = score.value.denominator == 1 and table is not None and table.derived is None
    return language.number(score.value, 0 if whole else 2)


def is_percent(table: BandTable | None) -> bool:
    """Say whether figures by a band table are places from 0 to 100."""
    return table is None or (table.measure == "percent" and table.derived is None)


def flagged(language: Language) -> str:
    """Say briefly that a single weak answer is flagged; the template's own sentence stands where there is room."""
    return language.text(N_("Flagged"))


def section_value(language: Language, section: SectionResult, result: Result, aggregate: str) -> str:
    """Write the value of a section without bands with the highest that its answers can give: 4.3 of 7."""
    if section.score.value is None:
        return ""
    counted = [line for line in result.lines if line.section == section.section and line.counts and line.highest is not None]
    tops = [line.highest * (line.weight if aggregate == "sum" else 1) for line in counted if line.highest is not None]
    top = sum(tops, Fraction(0)) if aggregate == "sum" else max(tops, default=Fraction(0))
    value = language.number(section.score.value, 0 if section.score.value.denominator == 1 else 1)
    return language.text(N_("{value} of {highest}"), value=value, highest=language.number(top, 0 if top.denominator == 1 else 1))


def risk_word(language: Language, rating: str) -> str:
    """Give the word of a risk rating."""
    return word(RISKS, rating, language)


def subject_word(language: Language, subject: str) -> str:
    """Name a subject: organisation or project."""
    return word(SUBJECTS, subject, language)


def score_number(language: Language, percent: Fraction) -> str:
    """Write a place on the common scale from 0 to 100, always with one decimal so that figures line up and edges show."""
    return language.number(percent, 1)


def score_interval(language: Language, ends: tuple[Fraction, Fraction]) -> str:
    """Write the ends between which a score lies while something is open."""
    return f"{score_number(language, ends[0])}–{score_number(language, ends[1])}"


def signed(language: Language, difference: Fraction) -> str:
    """Write a change on the common scale with its sign: +4.2, –3.0, ±0.0."""
    sign = "±" if difference == 0 else "+" if difference > 0 else "–"
    return sign + score_number(language, abs(difference))


def told_difference(change: ScoreChange) -> Fraction:
    """Give the difference between two scores as they are written, so that whoever subtracts them finds it; nought where there is none."""
    if change.before_percent is None or change.now_percent is None or change.difference is None:
        return Fraction(0)
    return Fraction(rounded(change.now_percent, 1)) - Fraction(rounded(change.before_percent, 1))


def change_sentence(language: Language, change: ScoreChange, table: BandTable | None = None) -> str:
    """Say from what score and band to which a section or subject has moved."""
    if change.before_percent is None or change.now_percent is None or change.difference is None:
        return language.text(N_("Not comparable: one of the two assessments has no rating."))
    return language.text(
        N_("From {old} ({old_band}) to {new} ({new_band}): {difference}."),
        old=score_number(language, change.before_percent),
        old_band=band_word(language, change.before_band, "incomplete", table).lower(),
        new=score_number(language, change.now_percent),
        new_band=band_word(language, change.now_band, "incomplete", table).lower(),
        difference=signed(language, told_difference(change)),
    )
