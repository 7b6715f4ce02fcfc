"""The result while answering: what remains, gaps, stops, sections; never what would move it, and never one total."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.assessment.wording import figure, span
from desktop.charts.wording import flagged, section_value
from desktop.language import Language
from desktop.value_words import EN_DASH
from desktop.words import SCORE_STATUSES, SUBJECTS, Mark, board_mark, rating_mark, table_of, word
from forms.result import Result, Score, SectionResult
from forms.template import BandTable
from forms.text import in_language
from models.cards import AssessmentFile
from models.stops import MetStop, met_stops


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
    #: Which instrument gaps and scores are of, where there are several.
    instrument: str = ""


def result_panel(file: AssessmentFile, language: Language) -> ResultPanel:
    """Word the Result of the instrument in focus for the panel; what remains and the stops are those of all instruments."""
    template, result = file.template, file.result
    every = [seen.result for seen in file.each()]
    left, asked = sum(one.completeness.open for one in every), sum(one.completeness.asked for one in every)
    key_gaps = sum(1 for gap in result.gaps if gap.key)
    has_requirements = bool(result.required) or any(question.required for _, question in template.questions()) or bool(template.required)
    gaps = language.text("{gaps} of {counted} below requirement", gaps=len(result.gaps), counted=result.required)
    if not result.required:  # "0 of 0" would read as if nothing fell short
        gaps = (
            language.text("No answer yet that a requirement applies to")
            if has_requirements
            else language.text("No requirement applies here")
        )
    stops = met_stops(file)
    words = language.plural("{n} stop criterion", "{n} stop criteria", len(stops)) if stops else language.text("No stop criterion met")
    return ResultPanel(
        open=left,
        remains=figure(left or asked, language),
        remains_said=language.text("of {asked} questions remaining", asked=asked)
        if left
        else language.text("All {asked} are answered", asked=asked),
        gaps=gaps,
        gaps_said=language.plural("of which {n} key question", "of which {n} key questions", key_gaps) if result.required else "",
        stops=Mark("high" if stops else "incomplete", words),
        stops_said=_goes_to_board(stops, language) if stops else "",
        stop_titles=tuple(in_language(one.text, language.code) for one in stops),
        sections=tuple(_section_row(file, one, language) for one in result.sections if one.asked and one.score.status != "unscored"),
        subjects=tuple(
            _with_stops(
                _score_row(one.subject, word(SUBJECTS, one.subject, language), one.score, language, table_of(template, one.subject)),
                result,
                language,
            )
            for one in result.subjects
        ),
        instrument=in_language(template.name, language.code) if len(every) > 1 else "",
    )


def _section_row(file: AssessmentFile, section: SectionResult, language: Language) -> ScoreRow:
    """Word a section; one with a value only shows that, and the flag of a single weak answer."""
    own = next(one for one in file.template.sections if one.id == section.section)
    title = in_language(own.title, language.code)
    if not own.value_only:
        return _score_row(own.id, title, section.score, language, table_of(file.template, own.id))
    flag = flagged(language) if own.flag is not None and section.score.held_by else ""
    mark = Mark("significant", flag) if flag else None
    number = section_value(language, section, file.result, own.aggregate) or EN_DASH
    said = language.text("{title}: nothing to add up yet", title=title) if number == EN_DASH else f"{title}: {number}"
    return ScoreRow(own.id, title, number, mark, f"{said}. {flag}" if flag else said)


def _goes_to_board(stops: tuple[MetStop, ...], language: Language) -> str:
    """Say which subjects the stop criteria are about."""
    stopped = {one.stop.subject for one in stops}
    which = language.listing([word(SUBJECTS, subject, language) for subject in SUBJECTS if subject in stopped])
    return language.text("{subjects}: goes to the board", subjects=which)


def _with_stops(row: ScoreRow, result: Result, language: Language) -> ScoreRow:
    """Let a subject's row say that stop criteria stand above its figure."""
    mark = board_mark(sum(stop.subject == row.id for stop in result.stops), language)
    return row if mark is None else replace(row, said=f"{row.said}. {mark.word}", stops=mark)


def _score_row(id_: str, title: str, score: Score, language: Language, table: BandTable | None) -> ScoreRow:
    if score.status == "complete" and score.percent is not None:
        number = figure(score.percent, language)
        mark = rating_mark(score.band, language, table)
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
