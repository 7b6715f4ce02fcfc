"""How a comparison reads several assessments: what each time is called, and every instrument over the times at which it was used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop.charts.wording import is_percent
from desktop.language import Language
from desktop.reports.content import readers_of
from desktop.reports.content_reader import Reader
from desktop.words import SCOPES, table_of, word
from forms.comparison import Assessed
from forms.template import Question
from forms.text import N_
from forms.years import Course, Difference, ScoreCourse, over_years
from models.cards import AssessmentFile
from models.compared import Compared

#: Says that there is nothing at a time; each table that has it explains it.
DASH = "–"


def time_labels(files: Sequence[AssessmentFile]) -> tuple[str, ...]:
    """Name each time by its year, or by its case number where a year has two."""
    years = [str(one.card.draft.as_of.year) for one in files]
    return tuple(years) if len(set(years)) == len(years) else tuple(one.card.case_number for one in files)


@dataclass(frozen=True)
class InstrumentYears:
    """One instrument over the times at which it was used: ``places`` among all times, and a reader for each, seen as that instrument."""

    places: tuple[int, ...]
    labels: tuple[str, ...]
    readers: tuple[Reader, ...]

    @cached_property
    def course(self) -> Course:
        """Every question, section and subject of it over the times."""
        return over_years([Assessed(one.file.template, one.file.answers, one.file.result) for one in self.readers])

    @property
    def newest(self) -> Reader:
        """The reader of the latest time."""
        return self.readers[-1]

    @property
    def language(self) -> Language:
        """The language of the pages."""
        return self.newest.language

    @property
    def is_compared(self) -> bool:
        """Whether it was used more than once."""
        return len(self.readers) > 1

    @property
    def name(self) -> str:
        """What the newest version calls itself."""
        return self.newest.own(self.newest.file.template.name)

    def subject_of(self, section: str) -> str:
        """Give the subject of a section, by the newest version that has it."""
        for reader in reversed(self.readers):
            for one in reader.file.template.sections:
                if one.id == section:
                    return one.subject
        return ""

    def section_title(self, section: str) -> str:
        """Give the title of a section, by the newest version that has it."""
        titles = (reader.section_title(section) for reader in reversed(self.readers))
        return next((title for title in titles if title != section), section)

    def question(self, place: int, question: str) -> Question:
        """Find a question as it was asked at a time."""
        return self.readers[place].question(question)

    def scores(self, course: ScoreCourse) -> tuple[str, ...]:
        """Say each time's figure and band of a section or subject, or why it has none."""
        return tuple(
            self.language.text(N_("not asked")) if score is None else self.readers[place].score_words(score, course.id)
            for place, score in enumerate(course.scores)
        )

    def is_in_percent(self, area: str) -> bool:
        """Whether figures of an area are places from 0 to 100 at every time."""
        tables = [table_of(one.file.template, area) for one in self.readers]
        return all(is_percent(table) for table in tables) and not any(one.value_section(area) for one in self.readers)

    def version_of(self, place: int) -> str:
        """Name the version of the template at a time."""
        return self.readers[place].file.template.version

    def scope_of(self, place: int) -> str:
        """Name the scope at a time."""
        return word(SCOPES, self.readers[place].file.scope, self.language).lower()

    def difference_sentences(self) -> list[str]:
        """Say at which times the figures do not add up the same questions as the time before, and why; nothing where they always do."""
        text = self.language.text
        messages: tuple[tuple[Difference, str], ...] = (
            ("version", N_("Another version of the template than the time before: {times}.")),
            ("scope", N_("Another scope than the time before: {times}.")),
            ("rules", N_("Other arithmetic than the time before: {times}.")),
        )
        said = []
        for difference, message in messages:
            times = [label for label, found in zip(self.labels[1:], self.course.differences, strict=True) if difference in found]
            if times:
                said.append(text(message, times=times))
        return [*said, text(N_("Their figures do not add up quite the same questions."))] if said else []


@dataclass(frozen=True)
class YearsReader:
    """All times of a comparison read in one language, the oldest first; ``readers`` have each assessment's main instrument in focus."""

    compared: Compared
    language: Language
    labels: tuple[str, ...]
    readers: tuple[Reader, ...]
    instruments: tuple[InstrumentYears, ...]

    @property
    def newest(self) -> Reader:
        """The reader of the latest assessment."""
        return self.readers[-1]

    @cached_property
    def mains(self) -> frozenset[str]:
        """The templates that are the main instrument of some time."""
        return frozenset(one.file.template.id for one in self.readers)


def years_reader(compared: Compared, language: Language) -> YearsReader:
    """Read what is compared. Raises ``LanguageLacking`` for a language that a template of any time lacks."""
    labels = time_labels(compared.files)
    every = [readers_of(one, language) for one in compared.files]
    # The newest assessment's instruments first, in its order.
    used = dict.fromkeys(reader.file.template.id for readers in reversed(every) for reader in readers)
    found = []
    for template in used:
        seen = [(place, reader) for place, readers in enumerate(every) for reader in readers if reader.file.template.id == template]
        found.append(
            InstrumentYears(
                places=tuple(place for place, _ in seen),
                labels=tuple(labels[place] for place, _ in seen),
                readers=tuple(reader for _, reader in seen),
            )
        )
    mains = tuple(readers[0] for readers in every)
    return YearsReader(compared, mains[-1].language, labels, mains, tuple(found))
