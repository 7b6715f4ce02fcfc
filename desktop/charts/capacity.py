"""The profile: each section of one subject as a point on one common scale, of capacity or of risk, never of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop.charts.legend import Entry, legend_shapes
from desktop.charts.marks import Status, status_mark
from desktop.charts.scale import Measurer, Scale, Zone, label_shapes, zone_mark, zone_shapes
from desktop.charts.shapes import Drawing, Path, Text, circle, polygon
from desktop.charts.wording import (
    band_status,
    band_word,
    flagged,
    is_percent,
    score_figure,
    score_interval,
    score_number,
    section_ends,
    section_value,
    subject_word,
)
from desktop.language import Language
from desktop.words import Mark, table_of
from forms.result import Result, SectionResult
from forms.template import BandTable, Template
from forms.text import N_, in_language

ROW = 16.0
HEAD = 13.0
AXIS = 14.0
DOT = 4.2
_SIZE = 8.5
_VALUE_WIDTH = 30.0
_GAP = 12.0
#: The least share of the width for labels, so that two subjects’ profiles below each other have one scale.
_LABELS = 0.26


@dataclass(frozen=True)
class ProfileRow:
    """One section: its percentage with band, or the interval while something is open; ``before`` is last time's percentage.

    ``table`` names the bands; ``value`` is written instead of the percentage where a section has a value of its own scale, and ``flag``
    says that a single weak answer in it is flagged.
    """

    label: str
    status: str
    percent: Fraction | None = None
    interval: tuple[Fraction, Fraction] | None = None
    band: str | None = None
    before: Fraction | None = None
    held: bool = False
    table: BandTable | None = None
    value: str = ""
    flag: str = ""
    #: What stands at the ends of the scale instead of 0 and 100, where a section has a scale of its own.
    ends: tuple[str, str] | None = None
    #: Word and tone where they are known already, instead of the table's.
    mark: Mark | None = None


def profile_rows(
    template: Template, result: Result, subject: str, language: Language, *, before: Result | None = None
) -> tuple[ProfileRow, ...]:
    """Read the rows of a subject's profile from a Result, in the order of the template, without sections not scored or not asked."""
    sections = {section.id: section for section in template.sections}

    def flag(one: SectionResult) -> str:
        return flagged(language) if sections[one.section].flag is not None and one.score.held_by else ""

    def value(one: SectionResult) -> str:
        section = sections[one.section]
        if section.value_only:
            return section_value(language, one, result, section.aggregate)
        table = table_of(template, one.section)
        return "" if is_percent(table) else score_figure(language, one.score, table)

    return tuple(
        ProfileRow(
            label=in_language(sections[one.section].title, language.code),
            status=one.score.status,
            percent=one.score.percent,
            interval=one.score.interval,
            band=one.score.band,
            before=_percent_of(before, one.section),
            held=bool(one.score.held_by) and not sections[one.section].value_only,
            table=table_of(template, one.section),
            value=value(one),
            ends=section_ends(language, one, result, sections[one.section].aggregate) if sections[one.section].value_only else None,
            flag=flag(one),
        )
        for one in result.sections
        if one.subject == subject and one.asked and one.score.status != "unscored"
    )


def capacity_profile(
    rows: Sequence[ProfileRow],
    zones: Sequence[Zone],
    *,
    subject: str,
    language: Language,
    measure: Measurer,
    width: float,
    before_label: str = "",
    higher_is_better: bool = True,
    beside: Sequence[ProfileRow] = (),
) -> Drawing:
    """Draw a profile ``width`` points wide: a filled point is this time's value, a hollow one is held down by a rule, a dashed tick is
    last time's, a dashed line is where the value can still end up.

    ``before_label`` names last time in the legend (a year); ``higher_is_better`` is false of a profile of risk. ``beside``: rows of other
    profiles that it lines up with.
    """
    band_words = [_rating(row, language) for row in rows]
    possible = [
        *band_words,
        *(_rating(row, language) for row in beside),
        *(zone_mark(zone, language)[1] for zone in zones),
    ]
    word_width = max((measure(word, size=_SIZE, weight="bold") for word in possible), default=0) + 14
    widest = max((measure(row.label, size=_SIZE) for row in (*rows, *beside)), default=0)
    label_width = max(min(widest, width * 0.34) + 1, width * _LABELS)
    scale = Scale(label_width + _GAP, width - word_width - _value_width((*rows, *beside), language, measure) - 2 * _GAP)
    bottom = HEAD + ROW * len(rows)
    ends = {row.ends for row in rows}
    own = ends.pop() if len(ends) == 1 else None
    if own is None and any(row.value for row in rows):
        # Each row has ends of its own: the place between them is drawn, and no figure of a common scale.
        own = (language.text(N_("lowest possible")), language.text(N_("highest possible")))
    shapes: list[Path | Text] = zone_shapes(zones, scale, top=HEAD, bottom=bottom, language=language, measure=measure, ends=own)
    for number, (row, rating) in enumerate(zip(rows, band_words, strict=True)):
        middle = HEAD + ROW * (number + 0.5)
        shapes += label_shapes(row.label, x=0, middle=middle, width=label_width, size=_SIZE, measure=measure)
        shapes += _mark(row, scale, middle)
        shapes += _reading(row, rating, language, middle, right=width, word_width=word_width)
    entries = _legend(rows, language, before_label)
    legend, height = legend_shapes(entries, x=scale.left, y=bottom + AXIS + 8, width=width - scale.left, measure=measure)
    return Drawing(
        width,
        bottom + AXIS + height,
        (*shapes, *legend),
        profile_sentence(rows, subject=subject, language=language, higher_is_better=higher_is_better),
    )


def _value_width(rows: Sequence[ProfileRow], language: Language, measure: Measurer) -> float:
    return max((_VALUE_WIDTH, *(measure(_figure(row, language), size=_SIZE) for row in rows)))


def _rating(row: ProfileRow, language: Language) -> str:
    """Give the word at the end of a row: its band, its flag, or why it has none; a value without bands has none."""
    if row.mark is not None:
        return row.mark.word
    return row.flag or ("" if row.value and row.band is None else band_word(language, row.band, row.status, row.table))


def _figure(row: ProfileRow, language: Language) -> str:
    if row.value:
        return row.value
    if row.percent is not None and row.status == "complete":
        return score_number(language, row.percent)
    return score_interval(language, row.interval) if row.interval is not None else ""


def _mark(row: ProfileRow, scale: Scale, middle: float) -> list[Path | Text]:
    shapes: list[Path | Text] = [
        polygon(points=((scale.left, middle), (scale.right, middle)), closed=False, stroke="border", width=0.5),
    ]
    if row.before is not None:
        x = scale.at(row.before)
        shapes.append(polygon(points=((x, middle - 6.5), (x, middle + 6.5)), closed=False, stroke="muted", width=1.3, dash=(2.2, 1.4)))
    if row.interval is not None:
        left, right = scale.at(row.interval[0]), scale.at(row.interval[1])
        shapes.append(polygon(points=((left, middle), (right, middle)), closed=False, stroke="accent", width=1.6, dash=(4, 2.4)))
        shapes += [polygon(points=((x, middle - 3.5), (x, middle + 3.5)), closed=False, stroke="accent", width=1.2) for x in (left, right)]
    elif row.percent is not None:
        x = scale.at(row.percent)
        if row.held:
            shapes.append(circle(x=x, y=middle, radius=DOT - 0.7, fill="surface", stroke="accent", width=1.8))
        else:
            shapes.append(circle(x=x, y=middle, radius=DOT, fill="accent"))
    return shapes


def _reading(row: ProfileRow, rating: str, language: Language, middle: float, *, right: float, word_width: float) -> list[Path | Text]:
    """Set the figure and the band at the end of the row: figures line up on the right, marks on the left of their words."""
    role = _role(row, language)
    is_rated = bool(row.band or row.flag) or role != "incomplete"
    baseline = middle + _SIZE * 0.35
    start = right - word_width
    figure = Text(start - _GAP, baseline, _figure(row, language), size=_SIZE, anchor="end")
    if not rating:
        return [figure]
    return [
        figure,
        status_mark(role, x=start + 4, y=middle, size=7.5),
        Text(
            start + 13,
            baseline,
            rating,
            size=_SIZE,
            weight="bold" if is_rated else "regular",
            role=role,
        ),
    ]


def _role(row: ProfileRow, language: Language) -> Status:
    if row.mark is not None:
        return row.mark.tone
    return "significant" if row.flag else band_status(row.band, language, row.table)


def _legend(rows: Sequence[ProfileRow], language: Language, before_label: str) -> list[Entry]:
    entries = []
    if any(row.percent is not None and not row.held for row in rows):
        entries.append(Entry("point", language.text(N_("now"))))
    if any(row.held for row in rows):
        entries.append(Entry("ring", language.text(N_("now, band held down by a key question"))))
    if any(row.interval is not None for row in rows):
        entries.append(Entry("span", language.text(N_("where it can still end up"))))
    if any(row.before is not None for row in rows):
        entries.append(Entry("tick", before_label or language.text(N_("last time"))))
    return entries if [entry.sign for entry in entries] != ["point"] else []  # a point alone explains itself


def profile_sentence(rows: Sequence[ProfileRow], *, subject: str, language: Language, higher_is_better: bool = True) -> str:
    """Say the profile in words with every figure."""
    message = (
        N_("Capacity of the {subject} by section, on a scale from 0 to 100 where higher is stronger.")
        if higher_is_better
        else N_("Risk of the {subject} by section, on a scale from 0 to 100 where higher is worse.")
    )
    if rows and all(row.ends for row in rows):
        message = N_("The {subject} by section, each with a value of its own and no band.")
    elif any(row.value for row in rows):
        message = N_("Capacity of the {subject} by section") if higher_is_better else N_("Risk of the {subject} by section")
    head = language.text(message, subject=subject_word(language, subject).lower()).rstrip(".") + "."
    return " ".join([head, *(_spoken(row, language) for row in rows)])


def _spoken(row: ProfileRow, language: Language) -> str:
    if row.interval is not None:
        said = language.text(
            N_("incomplete, between {low} and {high}"), low=_n(language, row.interval[0]), high=_n(language, row.interval[1])
        )
    elif row.percent is not None:
        said = ", ".join(part for part in (_figure(row, language), _rating(row, language).lower()) if part)
    else:
        said = _rating(row, language).lower()
    if row.held:
        said += ", " + language.text(N_("held down by a key question"))
    if row.before is not None:
        said += ", " + language.text(N_("last time {percent}"), percent=_n(language, row.before))
    return language.headed(row.label, said) + "."


def _n(language: Language, value: Fraction) -> str:
    return score_number(language, value)


def _percent_of(result: Result | None, section: str) -> Fraction | None:
    if result is None:
        return None
    found: SectionResult | None = next((one for one in result.sections if one.section == section), None)
    return found.score.percent if found is not None else None
