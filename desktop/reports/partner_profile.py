"""The partner's profile: the report's own chart, drawn from what the partner may see and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.charts.capacity import ProfileRow, capacity_profile
from desktop.charts.scale import Zone
from desktop.charts.shapes import Drawing
from desktop.language import Language
from desktop.reports.content_reader import print_measure
from desktop.reports.partner_view import Rated, SubjectPart
from desktop.reports.styles import TEXT_WIDTH
from desktop.words import Mark


def partner_profile(subject: SubjectPart, beside: Sequence[SubjectPart], language: Language) -> Drawing | None:
    """Draw a subject's sections, lined up with those of the subjects beside it; nothing where it has none."""
    rows = _rows(subject)
    if not rows:
        return None
    return capacity_profile(
        rows,
        [Zone("", step.start, step.end, mark=Mark(step.tone, step.word)) for step in subject.scale],
        subject=subject.subject,
        language=language,
        measure=print_measure,
        width=TEXT_WIDTH,
        higher_is_better=subject.higher_is_better,
        beside=[row for one in beside for row in _rows(one)],
    )


def _rows(subject: SubjectPart) -> list[ProfileRow]:
    return [row for one in subject.sections if (row := _row(one)) is not None]


def _row(section: Rated) -> ProfileRow | None:
    place = section.place
    if place is None:
        return None
    own = place.ends is not None and any(place.ends)
    return ProfileRow(
        label=section.title,
        status="complete" if place.between is None else "incomplete",
        percent=place.at,
        interval=place.between,
        band=section.band or None,
        held=place.held,
        value=section.figure if place.ends is not None else "",
        ends=place.ends if own else None,
        mark=None if own and section.tone == "incomplete" else Mark(section.tone, section.word),  # no bands: it has no word
    )
