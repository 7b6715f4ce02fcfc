"""What is judged beside the calculation: which areas each instrument has, and what a judged rating needs. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from forms.result import Result, Score
from forms.template import BandTable, Template
from models.cards import AssessmentFile, JudgedRating

#: The area that stands for the whole instrument.
OVERALL = "overall"
#: The rating of an area that is set aside, where the template allows it.
NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class JudgedArea:
    """Something that is rated beside the calculation: a subject, a section or the whole; ``bands`` are its possible ratings.

    ``score`` is the calculated one, ``None`` for a whole that no figure stands for.
    """

    id: str
    kind: Literal["subject", "section", "overall"]
    table: BandTable
    score: Score | None
    may_be_set_aside: bool = False

    @property
    def calculated(self) -> str | None:
        """The calculated band, if there is one."""
        return self.score.band if self.score is not None else None


def areas(template: Template, result: Result) -> tuple[JudgedArea, ...]:
    """Give the areas of an instrument that are judged, in order; those of a section that nothing is asked in are left out."""
    rule = template.judged
    found: list[JudgedArea] = []
    may = rule is not None and rule.not_applicable
    if rule is None or rule.areas == "subjects":
        for subject in result.subjects:
            table = template.bands[template.subjects[subject.subject].bands]
            found.append(JudgedArea(subject.subject, "subject", table, subject.score, may))
    else:
        for section in template.sections:
            standing = result.section(section.id)
            if section.bands is not None and standing.asked:
                found.append(JudgedArea(section.id, "section", template.bands[section.bands], standing.score, may))
    if rule is not None and rule.overall and (whole := _overall(template, result)) is not None:
        found.append(whole)
    return tuple(found)


def _overall(template: Template, result: Result) -> JudgedArea | None:
    """Give the whole: its calculated rating is the only subject's, where there is one subject."""
    if len(result.subjects) == 1:
        (only,) = result.subjects
        return JudgedArea(OVERALL, "overall", template.bands[template.subjects[only.subject].bands], only.score)
    table = next((template.bands[one] for one in (section.bands for section in template.sections) if one is not None), None)
    return JudgedArea(OVERALL, "overall", table, None) if table is not None else None


def judged_of(file: AssessmentFile, area: str) -> JudgedRating | None:
    """Give the judged rating of an area of the instrument in focus, or ``None`` while there is none."""
    return next((one for one in file.judged if (one.instrument, one.area) == (file.template.id, area)), None)


def needs_reason(template: Template, area: JudgedArea, rating: str) -> bool:
    """Say whether a rating needs a reason: where it differs from the calculated one, or always, as the template says."""
    if template.judged is not None and template.judged.comment == "always":
        return True
    return rating == NOT_APPLICABLE or (area.calculated is not None and rating != area.calculated)


def is_rating(area: JudgedArea, rating: str) -> bool:
    """Say whether an area can have a rating."""
    return rating in area.table.names or (area.may_be_set_aside and rating == NOT_APPLICABLE)
