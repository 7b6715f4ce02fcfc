"""Scores as they are shown: what holds a band down, how far it is to the next, in the words and the unit of its band table."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.charts.wording import band_word, is_percent, score_number
from desktop.language import Language
from desktop.reports.content_reader import Reader
from desktop.words import table_of
from forms.result import Score
from forms.template import BandTable
from forms.text import N_


@dataclass(frozen=True)
class QuestionWay:
    """A question with the way back to it."""

    id: str
    number: str
    text: str


def way(reader: Reader, question: str) -> QuestionWay:
    """Give a question with its number and words."""
    return QuestionWay(question, reader.number(question), reader.question_text(question))


def ways(reader: Reader, questions: tuple[str, ...]) -> tuple[QuestionWay, ...]:
    """Give those of the questions that are asked."""
    return tuple(way(reader, one) for one in questions if reader.number(one))


def held(reader: Reader, score: Score, area: str, *, of_sections: bool) -> str:
    """Say what holds an area's band down and what the figure alone would give; nothing when nothing does."""
    if not score.held_by or score.band_uncapped is None:
        return ""
    language = reader.language
    because = (
        language.listing([reader.section_title(one) for one in score.held_by]) if of_sections else reader.numbered_questions(score.held_by)
    )
    band = band_word(language, score.band_uncapped, score.status, table_of(reader.file.template, area)).lower()
    return language.text(N_("Held down by {because}; the figure alone would give {band}."), because=because, band=band)


def distance(language: Language, score: Score, table: BandTable | None) -> str:
    """Say how far it is to the next better band by the figure alone; nothing in the best one."""
    if score.next_band is None:
        return ""
    band, away = band_word(language, score.next_band.band, score.status, table), score.next_band.value
    if away == 0:
        return language.text(N_("On the edge of {band}, which belongs to the weaker side."), band=band)
    points = score_number(language, away) if is_percent(table) else language.number(away, 0 if away.denominator == 1 else 2)
    return language.text(N_("{points} points from {band}"), points=points, band=band)
