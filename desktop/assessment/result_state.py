"""The result while answering: what remains, gaps, stops, sections; never what would move it, and never one total."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.assessment.wording import EN_DASH, figure, span
from desktop.language import Language
from desktop.words import SCORE_STATUSES, SUBJECTS, Mark, board_mark, rating_mark, word
from forms.result import Result, Score
from forms.template import Template
from forms.text import in_language


@dataclass(frozen=True)
class ScoreRow:
    """A section's or a subject's score: a number with its band when complete, else the interval (``mark`` is ``None``).

    ``stops`` stands before a subject's title when stop criteria of it are met.
    """

    id: str
    title: str
    number: str
    mark: Mark | None
    said: str
    stops: Mark | None = None


@dataclass(frozen=True)
class ResultPanel:
    """What stands in the panel; every part has its fixed place whether there is something to say or not."""

    open: int
    remains: str
    remains_said: str
    gaps: str
    gaps_said: str
    stops: Mark
    stops_said: str
    stop_titles: tuple[str, ...]
    sections: tuple[ScoreRow, ...]
    subjects: tuple[ScoreRow, ...]


def result_panel(*, template: Template, result: Result, language: Language) -> ResultPanel:
    """Word a Result for the panel."""
    done = result.completeness
    key_gaps = sum(1 for gap in result.gaps if gap.key)
    titles = {section.id: in_language(section.title, language.code) for section in template.sections}
    stops = {stop.id: in_language(stop.text, language.code) for stop in template.stops}
    count = len(result.stops)
    words = language.plural("{n} stop criterion", "{n} stop criteria", count) if count else language.text("No stop criterion met")
    return ResultPanel(
        open=done.open,
        remains=figure(done.open, language),
        remains_said=language.text("of {asked} questions remaining", asked=done.asked)
        if done.open
        else language.text("All {asked} are answered", asked=done.asked),
        gaps=language.text("{gaps} of {counted} below requirement", gaps=len(result.gaps), counted=result.required),
        gaps_said=language.plural("of which {n} key question", "of which {n} key questions", key_gaps),
        stops=Mark("high" if count else "incomplete", words),
        stops_said=_goes_to_board(result, language) if count else "",
        stop_titles=tuple(stops[stop.id] for stop in result.stops),
        sections=tuple(
            _score_row(section.section, titles[section.section], section.score, language)
            for section in result.sections
            if section.asked and section.score.status != "unscored"
        ),
        subjects=tuple(
            _with_stops(_score_row(one.subject, word(SUBJECTS, one.subject, language), one.score, language), result, language)
            for one in result.subjects
        ),
    )


def _goes_to_board(result: Result, language: Language) -> str:
    """Say which subjects the stop criteria are about."""
    stopped = {stop.subject for stop in result.stops}
    which = language.listing([word(SUBJECTS, subject, language) for subject in SUBJECTS if subject in stopped])
    return language.text("{subjects}: goes to the board", subjects=which)


def _with_stops(row: ScoreRow, result: Result, language: Language) -> ScoreRow:
    """Let a subject's row say that stop criteria stand above its figure."""
    mark = board_mark(sum(stop.subject == row.id for stop in result.stops), language)
    return row if mark is None else replace(row, said=f"{row.said}. {mark.word}", stops=mark)


def _score_row(id_: str, title: str, score: Score, language: Language) -> ScoreRow:
    if score.status == "complete" and score.percent is not None:
        number = figure(score.percent, language)
        mark = rating_mark(score.band, language)
        return ScoreRow(id_, title, number, mark, f"{title}: {language.percent(score.percent)}, {mark.word}")
    if score.status in ("needs_approval", "not_assessable"):
        mark = Mark("incomplete", word(SCORE_STATUSES, score.status, language))
        return ScoreRow(id_, title, "", mark, f"{title}: {mark.word}")
    shown = span(score.interval, language)
    if shown == EN_DASH:
        return ScoreRow(id_, title, shown, None, language.text("{title}: nothing to add up yet", title=title))
    low, _, high = shown.partition(EN_DASH)
    said = language.text("{title}: between {low} and {high} per cent when complete", title=title, low=low, high=high or low)
    return ScoreRow(id_, title, shown, None, said)
