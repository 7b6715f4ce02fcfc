"""One question on a form: what is asked, what to know before answering, and where the answer is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.conditions import ConditionWords
from desktop.language import Language
from desktop.reports.form_builder import FormBuilder
from desktop.reports.texts import Bold, Inline
from desktop.words import KNOWN, ROLES, YES_PARTLY_NO, word
from forms.question import Column, Question, Ratio
from forms.tables import row_limits
from forms.text import N_, Text, in_language

#: Empty rows of a table that has no fixed ones, when the template does not ask for more.
_ROWS = 4
_MOST_ROWS = 12
_WIDTHS = {"short_text": 2.2, "money": 1.5, "choice": 1.6, "integer": 1.0, "percent": 0.9, "date": 1.2, "country": 1.2, "year": 0.9}
_HINTS = {
    "integer": N_("Number"),
    "percent": N_("Per cent"),
    "money": N_("Amount and currency"),
    "date": N_("Date (year-month-day)"),
    "country": N_("Country"),
    "organisation_number": N_("Register and number"),
    "short_text": N_("Answer"),
    "long_text": N_("Answer"),
}
_LONG_ANSWER = 6
_CELL_HINTS = {"percent": N_("%"), "money": N_("amount and currency"), "year": N_("year"), "date": N_("date")}


@dataclass(frozen=True)
class FormWords:
    """What every question of a form needs: the program's words, the language of the template's texts, numbers and conditions."""

    language: Language
    code: str
    numbers: Mapping[str, int]
    conditions: ConditionWords

    def of(self, text: Text) -> str:
        """Give a text of the template."""
        return in_language(text, self.code)


def write_question(builder: FormBuilder, question: Question, words: FormWords) -> None:
    """Write one question; it stays on a page if it fits one. What is said of a table may stand on the next, for tables are high."""
    with builder.keep_together():
        builder.paragraph(Bold(f"{words.numbers[question.id]}.  {words.of(question.text)}"))
        for said in _before(question, words):
            builder.paragraph(said, style="small")
        _answer(builder, question, words)
        if question.kind != "table":
            _after(builder, question, words)
    if question.kind == "table":
        with builder.keep_together():
            _said_of_table(builder, question, words)
            _after(builder, question, words)


def _after(builder: FormBuilder, question: Question, words: FormWords) -> None:
    _how_known(builder, question, words)
    if question.kind != "long_text":
        builder.lines(words.language.text(N_("Comment and evidence")), 2 if question.key else 1)
    builder.space(6)


def _before(question: Question, words: FormWords) -> list[Inline]:
    text = words.language.text
    said: list[Inline] = []
    if question.asked_if is not None:
        condition = words.conditions.say(question.asked_if)
        said.append(Bold(text(N_("Answer only if {condition}."), condition=condition)))
    marks = [text(N_("Key question."))] if question.key else []
    if question.optional:
        marks.append(text(N_("May be left out.")))
    said.append([Bold(" ".join(marks) + "  "), words.of(question.guidance)] if marks else words.of(question.guidance))
    if question.evidence is not None:
        evidence = text(N_("Evidence: {what}"), what=words.of(question.evidence.text))
        age = _age(question, evidence, words.language)
        said.append(f"{evidence} ({age})" if age else evidence)
    if question.answered_by is not None and question.answered_by != "caseworker":
        said.append(text(N_("Answered by: {who}"), who=word(ROLES, question.answered_by, words.language).lower()))
    return said


def _age(question: Question, said: str, language: Language) -> str:
    """Say how old evidence may be, unless the template has said it in its own words."""
    evidence = question.evidence
    if evidence is not None and str(evidence.months or evidence.days) in said:
        return ""
    if evidence is not None and evidence.months is not None:
        return language.plural("at most {n} month old", "at most {n} months old", evidence.months)
    if evidence is not None and evidence.days is not None:
        return language.plural("at most {n} day old", "at most {n} days old", evidence.days)
    return ""


def _answer(builder: FormBuilder, question: Question, words: FormWords) -> None:
    text = words.language.text
    match question.kind:
        case "level":
            builder.boxes([(str(level.key), words.of(level.text)) for level in question.levels])
        case "choice" | "choices":
            if question.kind == "choices":
                builder.paragraph(text(N_("Tick all that apply.")), style="small")
            builder.boxes([("", words.of(option.text)) for option in question.options])
        case "yes_partly_no":
            builder.box_row("", [text(one) for one in YES_PARTLY_NO.values()])
        case "table":
            _table(builder, question, words)
        case "document":
            builder.lines(text(N_("Title")), 1)
            builder.lines(text(N_("Dated, and valid until (if it expires)")), 1)
        case kind:
            builder.lines(text(_HINTS.get(kind, N_("Answer"))), _LONG_ANSWER if kind == "long_text" else 1)


def _table(builder: FormBuilder, question: Question, words: FormWords) -> None:
    headings = [_column_heading(column, words) for column in question.columns]
    widths = [_WIDTHS[column.kind] for column in question.columns]
    total = words.language.text(N_("Sum"))
    adds = any(column.sum for column in question.columns)
    if question.rows:
        names = [words.of(row.text) for row in question.rows]
        foot = [total, *("" for _ in headings)] if adds else []
        builder.empty_table(["", *headings], names, widths=[1.8, *widths], foot=foot)
    else:
        rows = [""] * min(_MOST_ROWS, max(_ROWS, row_limits(question)[0]), row_limits(question)[1])
        foot = [total if not question.columns[0].sum else "", *("" for _ in headings[1:])] if adds else []
        builder.empty_table(headings, rows, widths=widths, foot=foot)


def _said_of_table(builder: FormBuilder, question: Question, words: FormWords) -> None:
    """Say what its columns take and what is calculated from it."""
    for column in question.columns:
        if column.options:
            options = words.language.chained(words.of(option.text) for option in column.options)
            said = words.language.text(N_("{column}: one of: {options}"), column=words.of(column.text), options=options)
            builder.paragraph(said, style="small")
    for ratio in question.ratios:
        builder.paragraph(_ratio(ratio, question, words), style="small")


def _column_heading(column: Column, words: FormWords) -> str:
    hint = _CELL_HINTS.get(column.kind, "")
    heading = words.of(column.text)
    return f"{heading} ({words.language.text(hint)})" if hint and column.kind in ("percent", "money") else heading


def _ratio(ratio: Ratio, question: Question, words: FormWords) -> str:
    """Say how a ratio is worked out: the columns by their headings."""
    names = {column.id: words.of(column.text) for column in question.columns}
    over = " + ".join(names[one] for one in ratio.over) + "".join(f" – {names[one]}" for one in ratio.minus)
    if len(ratio.over) + len(ratio.minus) > 1:
        over = f"({over})"
    return words.language.text(
        N_("Worked out for each row: {what} = {over} / {under}"), what=words.of(ratio.text), over=over, under=names[ratio.under]
    )


def _how_known(builder: FormBuilder, question: Question, words: FormWords) -> None:
    language = words.language
    builder.box_row(language.text(N_("How it is known:")), [language.text(one) for one in KNOWN.values()])
    otherwise = [language.text(N_("Could not be established"))]
    if question.may_be_not_applicable:
        otherwise.append(language.text(N_("Not applicable, because (write below)")))
    builder.box_row(language.text(N_("Otherwise:")), otherwise)
