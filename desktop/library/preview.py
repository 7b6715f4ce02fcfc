"""A template as the form that it becomes: sections, questions with their answers, guidance and evidence, conditions in words."""

from __future__ import annotations

from fractions import Fraction

from desktop.conditions import ConditionWords
from desktop.language import Language
from desktop.library.paper import Paper
from desktop.outside_words import KINDS as OUTSIDE
from desktop.words import ROLES, YES_PARTLY_NO, word
from forms.question import Column, Question
from forms.scopes import asked_in
from forms.template import Template
from forms.text import N_, Text, in_language
from forms.values import fraction_of

KINDS = {
    "level": N_("Levels"),
    "yes_partly_no": N_("Yes, partly or no"),
    "choice": N_("One of"),
    "choices": N_("Any of"),
    "integer": N_("Whole number"),
    "percent": N_("Percentage"),
    "money": N_("Amount and currency"),
    "date": N_("Date"),
    "short_text": N_("A line of text"),
    "long_text": N_("Text"),
    "country": N_("Country"),
    "organisation_number": N_("Organisation number"),
    "document": N_("Document with date and expiry"),
    "table": N_("Table"),
    "year": N_("Year"),
}


def section_anchors(template: Template, scope: str, code: str) -> tuple[tuple[str, str], ...]:
    """Give each section that asks something in a scope: the place to go to, and its title."""
    return tuple((section.id, in_language(section.title, code)) for section, _ in asked_in(template, scope))


def write_section(paper: Paper, template: Template, *, section: str, scope: str, code: str, language: Language) -> None:
    """Write one section of the form of a scope, the template's own texts in ``code``; questions are numbered through the form."""
    _Preview(paper, template, scope, code, language).write(section)


class _Preview:
    def __init__(self, paper: Paper, template: Template, scope: str, code: str, language: Language) -> None:
        self.paper, self.template, self.scope, self.code, self.language = paper, template, scope, code, language
        self.text = language.text
        asked = [question.id for _, questions in asked_in(template, scope) for question in questions]
        self.numbers = {question: number for number, question in enumerate(asked, start=1)}
        self.conditions = ConditionWords(template, language, name=self._name, code=code)

    def _name(self, question: str) -> str:
        if question in self.numbers:
            return self.text(N_("question {number}"), number=self.numbers[question])
        return self.language.quoted(self.of(self.template.question(question).text))

    def of(self, text: Text) -> str:
        return in_language(text, self.code)

    def write(self, wanted: str) -> None:
        for section, questions in asked_in(self.template, self.scope):
            if section.id != wanted:
                continue
            self.paper.heading(2, self.of(section.title), anchor=section.id)
            if section.intro is not None:
                self.paper.say(self.of(section.intro))
            groups = {group.id: self.of(group.title) for group in section.groups}
            said: str | None = None
            for question in questions:
                if question.group is not None and question.group != said:
                    self.paper.heading(3, groups[question.group])
                    said = question.group
                self._question(question)

    def _question(self, question: Question) -> None:
        paper, text = self.paper, self.text
        paper.say(f"{self.numbers[question.id]}.  {self.of(question.text)}", kind="question", anchor=question.id)
        paper.say(" · ".join(self._marks(question)), kind="muted")
        if question.asked_if is not None:
            paper.say(text(N_("Asked only if {condition}."), condition=self.conditions.say(question.asked_if)))
        paper.say(self.of(question.guidance), kind="muted")
        self._answers(question)
        if question.evidence is not None:
            paper.say(text(N_("Evidence: {what}"), what=self.of(question.evidence.text)), kind="muted")
        for same in question.same_as:
            paper.say(text(N_("Asks the same as {question}"), question=same.question), kind="muted")
        for relied in question.relies_on:
            paper.say(
                text(N_("Can be answered from another body’s result: {result}"), result=word(OUTSIDE, relied.result, self.language)),
                kind="muted",
            )

    def _marks(self, question: Question) -> list[str]:
        text = self.text
        marks = [text(N_("Key question"))] if question.key else []
        marks.append(text(KINDS[question.kind]))
        if question.weight != 1:
            marks.append(text(N_("weight {n}"), n=question.weight))
        required = self._required(question)
        if required is not None:
            marks.append(text(N_("required level {n}"), n=required))
        if question.optional:
            marks.append(text(N_("may be left out")))
        if not question.may_be_not_applicable:
            marks.append(text(N_("cannot be set aside as not applicable")))
        if question.answered_by not in (None, "caseworker"):
            marks.append(text(N_("answered by: {who}"), who=word(ROLES, question.answered_by or "", self.language).lower()))
        marks.append(question.id)
        return marks

    def _required(self, question: Question) -> int | None:
        rule = self.template.required.get(self.scope)
        if question.required is not None or rule is None or not question.levels:
            return question.required
        return rule.key if question.key else rule.ordinary

    def _answers(self, question: Question) -> None:
        if question.kind == "level":
            self.paper.choices([(str(level.key), self._worth(self.of(level.text), level.points)) for level in question.levels])
        elif question.options:
            self.paper.choices([("", self._worth(self.of(option.text), option.points)) for option in question.options])
        elif question.kind == "yes_partly_no":
            self.paper.choices([("", self._worth(self.text(words), question.points.get(key))) for key, words in YES_PARTLY_NO.items()])
        elif question.kind == "table":
            self._table(question)

    def _worth(self, words: str, points: int | None) -> str:
        return words if points is None else self.language.plural("{words} ({n} point)", "{words} ({n} points)", points, words=words)

    def _table(self, question: Question) -> None:
        columns = [self._column(column) for column in question.columns]
        first = [""] if question.rows else []
        rows = [[self.of(row.text), *("" for _ in columns)] for row in question.rows] or [["" for _ in columns]]
        self.paper.table([*first, *columns], rows)
        names = {column.id: self.of(column.text) for column in question.columns}
        for ratio in question.ratios:
            over = " + ".join(names[one] for one in ratio.over) + "".join(f" – {names[one]}" for one in ratio.minus)
            said = self.text(N_("{what}: {over} / {under}"), what=self.of(ratio.text), over=f"({over})", under=names[ratio.under])
            self.paper.say(said, kind="muted")
            for remark in ratio.remarks:
                limit = fraction_of(remark.below) if remark.below is not None else None
                if limit is None:
                    self.paper.say(self.text(N_("otherwise: {remark}"), remark=self.of(remark.text)), kind="muted", indent=16)
                else:
                    percent = ratio.show == "percent"
                    shown = self.language.percent(limit * 100) if percent else self.language.number(Fraction(limit), 1)
                    said = self.text(N_("below {limit}: {remark}"), limit=shown, remark=self.of(remark.text))
                    self.paper.say(said, kind="muted", indent=16)

    def _column(self, column: Column) -> str:
        kind = self.text(KINDS[column.kind])
        marks = [kind.lower(), self.text(N_("summed")) if column.sum else "", self.text(N_("required")) if column.required else ""]
        return f"{self.of(column.text)}\n({', '.join(mark for mark in marks if mark)})"
