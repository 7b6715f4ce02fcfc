"""Whether the pages of a report print what the record inside it says.

The record is scored again, and every figure and rating of its Result, every answer, the risks and the recommendation are looked up where
the pages print them, read by the file's own structure. That holds for a report of any version of the program and for renewals, whose
earlier assessment is not in the record. Laying the report out a second time and comparing pages would also compare every other word, but
only for the very version that made the file, and takes longer than all the rest of the verification.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, cast

from desktop.charts.wording import subject_word
from desktop.language import Language, language
from desktop.reports.content_reader import KEY_LETTER, Reader
from desktop.reports.printed import Printed
from desktop.reports.recomputed import Recomputed
from desktop.words import DECISIONS, word
from forms.answers import AnswerSet
from forms.result import QuestionLine, Result, SectionResult
from forms.template import Template
from forms.text import N_

if TYPE_CHECKING:
    from models.cards import AssessmentFile

_LANGUAGES = ("sv", "en", "nb", "fr")
_DIGEST = re.compile(r"[0-9a-f]{64}")
#: A figure and a band, as the score of an area is written.
_SCORE = re.compile(r"[0-9]+(?:[.,][0-9]+)?[^\W\d]*·[^\W\d]+")
#: Letters that the pages print by another of the same meaning; a hyphen where a line breaks is not part of the text that they hold.
_STAND_INS = str.maketrans({"\u2212": "\u2013", "-": None, "\u2010": None, "\u2011": None, "\u00ad": None})


@dataclass
class Agreement:
    """What the pages say otherwise than the record, and what they do not say where it was looked for."""

    contrary: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)


def compare_print(printed: Printed, recomputed: Recomputed, *, record_sha256: str) -> Agreement:
    """Look up in the pages everything that was computed again."""
    found = Agreement()
    if printed.language not in _LANGUAGES:
        found.lacking.append("/Lang")
        return found
    words = language(printed.language)
    comparing = _Comparing(printed, recomputed, words, found)
    comparing.digests([record_sha256, recomputed.instruments[0].template.hash])
    comparing.answers()
    comparing.figures()
    comparing.charts()
    comparing.sentences(word(DECISIONS, recomputed.decision, words) if recomputed.decision else "")
    comparing.risks([(one.title, (one.likelihood, one.impact), (one.residual_likelihood, one.residual_impact)) for one in recomputed.risks])
    return found


@dataclass(frozen=True)
class _Draft:
    as_of: date


@dataclass(frozen=True)
class _Card:
    draft: _Draft


@dataclass(frozen=True)
class _Seen:
    """As much of an ``AssessmentFile`` as wording answers and Results takes, seen as one instrument of it."""

    card: _Card
    answers: AnswerSet
    template: Template
    result: Result
    all: Recomputed

    def each(self) -> tuple[_Seen, ...]:
        """Give the record once for each instrument, the main one first."""
        return _seen(self.all)


def _seen(recomputed: Recomputed) -> tuple[_Seen, ...]:
    card = _Card(_Draft(recomputed.as_of))
    return tuple(_Seen(card, recomputed.answers, one.template, one.result, recomputed) for one in recomputed.instruments)


class _RecordReader(Reader):
    """Words what a record holds. It has nothing to withhold: what was sealed is what reports may say."""

    def __post_init__(self) -> None:
        pass


def _key(text: str) -> str:
    """Reduce a text to what does not depend on where its lines break."""
    return "".join(unicodedata.normalize("NFC", text).translate(_STAND_INS).split())


def _is_foreign(text: str) -> bool:
    """Tell whether a text has letters that the pages may print as a note of their script."""
    return any(letter.isalpha() and "LATIN" not in unicodedata.name(letter, "") for letter in text)


@dataclass
class _Comparing:
    printed: Printed
    recomputed: Recomputed
    words: Language
    found: Agreement

    @cached_property
    def _readers(self) -> list[Reader]:
        return [_RecordReader(cast("AssessmentFile", seen), self.words) for seen in _seen(self.recomputed)]

    @cached_property
    def _texts(self) -> set[str]:
        return {_key(text) for text in self.printed.texts}

    def digests(self, wanted: Iterable[str]) -> None:
        printed = {cell for table in self.printed.tables for row in table for cell in map(_key, row) if _DIGEST.fullmatch(cell)}
        for digest in wanted:
            if digest not in printed:
                (self.found.contrary if printed else self.found.lacking).append(f"SHA-256 {digest[:16]}…")

    def answers(self) -> None:
        for number, reader in enumerate(self._readers):
            lines = {_key(reader.question_text(line.question)): line for line in reader.file.result.lines}
            table = max(self.printed.tables, key=lambda rows: sum(1 for row in rows if self._line(lines, row) is not None), default=[])
            seen: set[str] = set()
            for row in table:
                line = self._line(lines, row)
                if line is not None:
                    seen.add(line.question)
                    if not self._agrees(reader, line, row):
                        self.found.contrary.append(f"{row[0]}. {reader.question_text(line.question)}")
            if number == 0 or seen:
                lacking = [line.question for line in lines.values() if line.question not in seen]
                self.found.lacking += [reader.question_text(one) for one in lacking if not _is_foreign(reader.question_text(one))]

    def _line(self, lines: dict[str, QuestionLine], row: tuple[str, ...]) -> QuestionLine | None:
        if len(row) != 4 or not row[0].strip():
            return None
        question = _key(row[1])
        return lines.get(question) or lines.get(question.removeprefix(KEY_LETTER))

    def _agrees(self, reader: Reader, line: QuestionLine, row: tuple[str, ...]) -> bool:
        question, answer = reader.question(line.question), reader.answer(line.question)
        said, value = _key(row[2]), reader.value(question, answer)
        allowed = [value, reader.short_value(question, answer)] if question.kind == "table" else [value]
        if _key(row[0]) != _key(reader.number(line.question)) or row[1].startswith(f"{KEY_LETTER} ") != line.key:
            return False
        return _is_foreign(value) or any(said == _key(one) or said.startswith((_key(one) + "(", _key(one) + ",")) for one in allowed)

    def figures(self) -> None:
        """Compare sections and subjects wherever a table has a column of figures, and the sums whole."""
        figure, asked = _key(self.words.text(N_("Figure"))), _key(self.words.text(N_("Counted of asked")))
        rated = {_key(self.words.text(N_("Rating"))), _key(self.words.text(N_("Calculated")))}
        known = self._known_figures()
        summed: set[str] = set()
        for table in self.printed.tables:
            head = [_key(cell) for cell in table[0]] if table else []
            if figure not in head:
                continue
            places = [head.index(figure), *(place for place, name in enumerate(head) if name in rated)]
            for row in table[1:]:
                title = _key(row[0]) if row else ""
                if title not in known or len(row) != len(head):
                    continue
                said = tuple(_key(row[place]) for place in places)
                if not any(said == one[: len(said)] for one in known[title]):
                    self.found.contrary.append(f"{row[0]}: {row[places[0]]}")
                if asked in head:
                    summed.add(title)
                    if not any(tuple(map(_key, row[1:4])) == one for one in self._sums(title)):
                        self.found.contrary.append(f"{row[0]}: {row[1]}, {row[2]}")
        main = self._readers[0]
        self.found.lacking += [
            title
            for one in main.file.result.sections
            if one.asked and one.score.status != "unscored" and _key(title := main.section_title(one.section)) not in summed
        ]

    def _known_figures(self) -> dict[str, list[tuple[str, str]]]:
        known: dict[str, list[tuple[str, str]]] = {}
        for reader in self._readers:
            result = reader.file.result
            areas = [(one.section, reader.section_title(one.section), one.score) for one in result.sections]
            areas += [(one.subject, subject_word(self.words, one.subject), one.score) for one in result.subjects]
            for area, title, score in areas:
                pair = _key(reader.figure(score, area)), _key(reader.band_mark(score, area).word)
                known.setdefault(_key(title), []).append(pair)
        return known

    def _sums(self, title: str) -> Iterator[tuple[str, ...]]:
        for reader in self._readers:
            for one in reader.file.result.sections:
                if _key(reader.section_title(one.section)) == title:
                    yield self._sum(one)

    def _sum(self, one: SectionResult) -> tuple[str, ...]:
        number = self.words.number
        said = (f"{number(one.counted)} / {number(one.asked)}", f"{number(one.points)} / {number(one.maximum)}", number(one.weight))
        return tuple(map(_key, said))

    def charts(self) -> None:
        """Compare what is spoken and what is drawn in the profile of each subject."""
        main = self._readers[0]
        for subject in main.file.result.subjects:
            sections = [one for one in main.file.result.sections if one.subject == subject.subject and one.asked]
            scored = [one for one in sections if one.score.status == "complete" and main.value_section(one.section) is None]
            shown = [(_key(main.section_title(one.section)), one) for one in scored]
            charts = [(_key(alt), _key(drawn)) for alt, drawn in self.printed.figures]
            mine = [chart for chart in charts if shown and all(f"{title}:" in chart[0] for title, _ in shown)]
            for title, one in shown:
                figure, band = _key(main.figure(one.score, one.section)), _key(main.band_mark(one.score, one.section).word)
                spoken = f"{title}:{figure},{band}".casefold()
                if not any(spoken in alt.casefold() and figure + band in drawn for alt, drawn in mine):
                    (self.found.contrary if mine else self.found.lacking).append(main.section_title(one.section))

    def sentences(self, decision: str) -> None:
        """Compare the scores of the subjects, the requirement gaps and the recommendation, each said in a line of its own."""
        main = self._readers[0]
        wanted = [main.score_words(one.score) for one in main.file.result.subjects]
        for text in (*wanted, main.gap_sentence(), decision):
            if text and _key(text) not in self._texts:
                self.found.contrary.append(text)
        self.found.contrary += self._said_beside(decision)

    def _said_beside(self, decision: str) -> Iterator[str]:
        """Give lines that say another recommendation or other scores than the record's, wherever they stand."""
        decisions = {_key(word(DECISIONS, one, self.words)) for one in DECISIONS} - {_key(decision)}
        scores = {_key(words) for reader in self._readers for words in _scores_of(reader)}
        for text in self.printed.texts:
            key = _key(text)
            if key in decisions or (_SCORE.fullmatch(key) and key not in scores):
                yield text

    def risks(self, wanted: Iterable[tuple[str, tuple[int, int], tuple[int | None, int | None]]]) -> None:
        rows = [row for table in self.printed.tables for row in table if len(row) == 5]
        for title, before, after in wanted:
            mine = [row for row in rows if _key(row[1]).startswith(_key(title))]
            if not mine and not _is_foreign(title):
                self.found.lacking.append(title)
            elif mine and not any(_is_rated(row[2], before) and _is_rated(row[4], after) for row in mine):
                self.found.contrary.append(title)


def _scores_of(reader: Reader) -> Iterator[str]:
    result = reader.file.result
    for one in result.subjects:
        yield reader.score_words(one.score)
        yield reader.score_words(one.score, one.subject)
    for section in result.sections:
        yield reader.score_words(section.score, section.section)


def _is_rated(cell: str, rating: tuple[int | None, int | None]) -> bool:
    return rating == (None, None) or [int(one) for one in re.findall(r"\d+", cell)] == list(rating)
