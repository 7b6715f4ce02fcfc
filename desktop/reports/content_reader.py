"""How a report reads an assessment: its questions by number, its answers, amounts and periods in words of one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.charts.scale import Weight
from desktop.charts.wording import band_status, band_word, flagged, score_figure, score_interval, section_value
from desktop.language import Language
from desktop.reports.texts import StatusWord
from desktop.value_words import answer_words
from desktop.words import DECISIONS, KNOWN, table_of, word
from forms.answers import Answer, AnswerKey
from forms.comparison import Assessed, Comparison, QuestionChange, compare
from forms.result import AssurancePlan, QuestionLine, Score
from forms.template import AssuranceTable, Question, Section
from forms.text import N_, Text, in_language

if TYPE_CHECKING:  # the child that verifies reads what a report says of a record, and would spend a tenth of its time on the cards
    from models.cards import AgreementCondition, AnswerCard, AssessmentFile, EvidenceCard

#: Stands before a key question wherever room is scarce; said in words beside the requirement gaps.
KEY_LETTER = "K"


def print_measure(text: str, *, size: float, weight: Weight = "regular") -> float:
    """Measure a line in the page's typeface, in points."""
    # Imported here, for the window reads an assessment by this module too and should not wait for what only pages need.
    from desktop.charts.print_painter import BOLD, REGULAR
    from desktop.reports.fonts import register_fonts
    from desktop.reports.shaped_text import text_width

    register_fonts()
    return text_width(text, BOLD if weight == "bold" else REGULAR, size)


@dataclass(frozen=True)
class Reader:
    """One assessment read in one language, seen as the instrument in focus.

    Question numbers count the questions that are asked, in the template's order and in each instrument by itself; a question of another
    instrument is found too.
    """

    file: AssessmentFile
    language: Language

    def __post_init__(self) -> None:
        from models.protection import reported

        # Whatever is written by a reader withholds what a protected partner must not be told by.
        object.__setattr__(self, "file", reported(self.file))

    @property
    def instrument(self) -> str:
        """Name the instrument in focus; empty where there is one only."""
        return self.own(self.file.template.name) if len(self.file.instruments) > 1 else ""

    def titled(self, title: str) -> str:
        """Give a heading, with the instrument's name for an added one."""
        return title if self.file.is_main else self.language.headed(title, self.instrument)

    def own(self, text: Text) -> str:
        """Give a text of the template."""
        return in_language(text, self.language.code)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {line.question: number for seen in self.file.each() for number, line in enumerate(seen.result.lines, start=1)}

    @cached_property
    def _questions(self) -> dict[str, Question]:
        return {question.id: question for seen in self.file.each() for _, question in seen.template.questions()}

    @cached_property
    def _cards(self) -> dict[str, AnswerCard]:
        return {card.question: card for card in self.file.answer_cards}

    @cached_property
    def _evidence_numbers(self) -> dict[object, int]:
        order = {question: place for place, question in enumerate(self._questions)}
        cards = sorted(self.file.evidence, key=lambda card: (order.get(card.question, len(order)), card.at, str(card.id)))
        return {card.id: number for number, card in enumerate(cards, start=1)}

    def number(self, question: str) -> str:
        """Give the number a question has in this report; nothing for one that is not asked."""
        number = self._numbers.get(question)
        return self.language.number(number) if number is not None else ""

    def question(self, question: str) -> Question:
        """Find a question of the template."""
        return self._questions[question]

    def question_text(self, question: str) -> str:
        """Give a question's words."""
        found = self._questions.get(question)
        return self.own(found.text) if found is not None else question  # an earlier version may have asked it

    def numbered_questions(self, questions: Sequence[str]) -> str:
        """Name questions by number, as in "questions 3 and 7"."""
        numbers = [self.number(one) for one in questions if one in self._numbers]
        if not numbers:
            return ""
        if len(numbers) == 1:
            return self.language.text(N_("question {number}"), number=numbers[0])
        return self.language.text(N_("questions {numbers}"), numbers=numbers)

    def section_title(self, section: str) -> str:
        """Give a section's title."""
        return next((self.own(one.title) for one in self.file.template.sections if one.id == section), section)

    def answer(self, question: str) -> Answer | None:
        """Give the current answer."""
        return self.file.answers.of(self._homes.get(question, ""), question)

    @cached_property
    def _homes(self) -> dict[str, str]:
        return {question.id: seen.template.id for seen in self.file.each() for _, question in seen.template.questions()}

    def linked_from(self, question: str) -> str:
        """Say where a question is answered that takes its answer from another instrument; nothing for one that has its own."""
        source = self.file.origins.get(AnswerKey(self._homes.get(question, ""), question))
        if source is None:
            return ""
        there = self.file.seen_as(source.instrument)
        return self.language.text(
            N_("Answered in {instrument}, question {number}"), instrument=self.own(there.template.name), number=self.number(source.question)
        )

    def card(self, question: str) -> AnswerCard | None:
        """Give the current answer with who gave it and when."""
        return self._cards.get(question)

    def value(self, question: Question, answer: Answer | None) -> str:
        """Write an answer's value in words; a state other than *answered* by its name."""
        if answer is None:
            return self.language.text(N_("Unanswered"))
        return answer_words(question, answer, self.language, as_of=self.file.card.draft.as_of)

    def short_value(self, question: Question, answer: Answer | None) -> str:
        """Write an answer as briefly as it can be: a level by its number."""
        if answer is None:
            return self.value(question, answer)
        return answer_words(question, answer, self.language, brief=True, as_of=self.file.card.draft.as_of)

    def known(self, line: QuestionLine) -> str:
        """Say how an answer is known; nothing when it was not said."""
        return word(KNOWN, line.known, self.language) if line.known else ""

    def evidence(self) -> tuple[tuple[int, EvidenceCard], ...]:
        """Give the evidence in the order of the questions, numbered."""
        return tuple(sorted(((self._evidence_numbers[card.id], card) for card in self.file.evidence), key=lambda one: one[0]))

    def evidence_of(self, question: str) -> str:
        """Name the evidence behind an answer by number."""
        return ", ".join(f"[{number}]" for number, card in self.evidence() if card.question in self.file.behind(question))

    def score_words(self, score: Score, area: str = "") -> str:
        """Write the score of an area (subject or section): figure and band, or the interval and why there is no band."""
        if score.status == "complete" and score.percent is not None:
            return " · ".join(part for part in (self.figure(score, area), self.band_mark(score, area).word) if part)
        said = band_word(self.language, None, score.status)
        return f"{score_interval(self.language, score.interval)} · {said}" if score.interval is not None else said

    def figure(self, score: Score, area: str = "") -> str:
        """Write the figure of an area in the unit of its bands, or its interval; nothing when it has neither."""
        section = self.value_section(area)
        if section is not None:
            return section_value(self.language, self.file.result.section(area), self.file.result, section.aggregate)
        if score.status == "complete" and score.percent is not None:
            return score_figure(self.language, score, table_of(self.file.template, area))
        return score_interval(self.language, score.interval) if score.interval is not None else ""

    def band_mark(self, score: Score, area: str = "") -> StatusWord:
        """Give an area's band as mark and word; the figure stands in a column of its own, so that decimals line up.

        A section without bands has its flag instead, if a single answer in it is weak enough.
        """
        section = self.value_section(area)
        if section is not None and section.flag is not None and score.held_by:
            return StatusWord("significant", flagged(self.language))
        if section is not None and score.status == "complete":
            return StatusWord("incomplete", self.language.text(N_("No bands")))
        table = table_of(self.file.template, area)
        return StatusWord(band_status(score.band, self.language, table), band_word(self.language, score.band, score.status, table))

    def value_section(self, area: str) -> Section | None:
        """Give the section by that id if it has a value without bands."""
        return next((one for one in self.file.template.sections if one.id == area and one.value_only), None)

    @cached_property
    def comparison(self) -> Comparison | None:
        """Give what changed since the earlier assessment; nothing without one."""
        earlier = self.file.earlier
        if earlier is None:
            return None
        return compare(
            before=Assessed(earlier.template, earlier.answers, earlier.result),
            now=Assessed(self.file.template, self.file.answers, self.file.result),
        )

    @cached_property
    def _changes(self) -> dict[str, QuestionChange]:
        return {change.question: change for change in self.comparison.questions} if self.comparison is not None else {}

    def change_of(self, question: str) -> QuestionChange | None:
        """Give how an answer compares with last time's; nothing without an earlier assessment."""
        return self._changes.get(question)

    def decision(self, decision: str) -> str:
        """Word a decision."""
        return word(DECISIONS, decision, self.language)

    def condition_due(self, condition: AgreementCondition) -> str:
        """Say when a condition must be met."""
        if condition.before == "date" and condition.due is not None:
            return self.language.text(N_("by {date}"), date=condition.due)
        before = {
            "signing": N_("before the agreement is signed"),
            "payment": N_("before the first payment"),
            "date": N_("by a date to be set"),
        }
        said = self.language.text(before[condition.before])
        return f"{said}, {self.language.date(condition.due)}" if condition.due is not None else said

    def amount(self) -> str:
        """Write the amount asked for; nothing without a project or an amount."""
        project = self.file.project
        if project is None or project.draft.amount_minor is None:
            return ""
        return self.language.money(project.draft.amount_minor, project.draft.currency, whole=True)

    def period(self) -> str:
        """Write the project's period."""
        project = self.file.project
        if project is None:
            return ""
        ends = [self.language.date(day) for day in (project.draft.starts, project.draft.ends) if day is not None]
        return " – ".join(ends)

    def stop_text(self, stop: str) -> str:
        """Give a stop criterion's words."""
        return next((self.own(one.text) for one in self.file.template.stops if one.id == stop), stop)

    def clash_text(self, clash: str) -> str:
        """Give a contradiction's words."""
        return next((self.own(one.text) for one in self.file.template.contradictions if one.id == clash), clash)

    def proposal_reason(self) -> str:
        """Give the words of the template's rule that gave the calculated recommendation."""
        proposal = self.file.result.proposal
        rules = self.file.template.recommendation
        return self.own(rules[proposal.rule].text) if proposal is not None and proposal.rule < len(rules) else ""

    def gap_sentence(self) -> str:
        """Say the requirement gaps: below the requirement in x of y, of which z key."""
        result = self.file.result
        gaps = len(result.gaps)
        if result.required == 0:
            return self.language.text(N_("No requirement applies to these questions."))
        if gaps == 0:
            return self.language.plural(
                "Meets the requirement in the only question that has one.",
                "Meets the requirement in all {n} questions that have one.",
                result.required,
            )
        key = sum(1 for gap in result.gaps if gap.key)
        return self.language.text(
            N_("Below the requirement in {gaps} of {all} questions, of which {key} key (K)."),
            gaps=gaps,
            all=result.required,
            key=key,
        )


def plan_sentence(language: Language, plan: AssurancePlan, table: AssuranceTable) -> str:
    """Say by which row of the table, and at what capacity, the assurance plan is made."""
    row = table.rows[plan.row]
    band = band_word(language, plan.band, "incomplete").lower()
    if plan.amount is None:
        return language.text(N_("By the table’s highest row, since no amount is known, at {band} capacity."), band=band)
    if row.up_to is None:
        return language.text(N_("By the table’s row without upper limit, at {band} capacity."), band=band)
    limit = f"{language.number(row.up_to)} {table.currency}"
    return language.text(N_("By the table’s row for up to {limit}, at {band} capacity."), limit=limit, band=band)
