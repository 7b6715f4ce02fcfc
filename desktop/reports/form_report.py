"""The empty form of a template: to print, to send to a partner, to fill in at a table without a computer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from desktop.conditions import ConditionWords
from desktop.language import LANGUAGES, Language, language
from desktop.reports.archive import finish
from desktop.reports.form_builder import FormBuilder
from desktop.reports.form_question import FormWords, write_question
from desktop.reports.page import LaidOut
from desktop.template_words import time_needed
from desktop.words import BANDS, RISKS, SCOPES, word
from forms.question import Question, Section
from forms.scopes import asked_in
from forms.template import Template
from forms.text import N_, in_language
from models.document_kind import EMPTY_FORM

#: The file's date: the same template gives the same bytes, whenever the form is made.
_ALWAYS = datetime(2026, 1, 1)  # noqa: DTZ001
_COMMENT_LINES = 3
#: Method and origin of so many letters together still stand beside each other on one page.
_MOST_BESIDE = 1800
#: Before the last two headings, as before any other of their size.
_BEFORE_END = 18.0
_HOW = (
    N_("Tick one box for each question, the one that describes what is so today, not what is planned."),
    N_("Say how it is known: said by the partner, document seen, or verified by us. Name the document or the visit."),
    N_("What does not apply needs a reason. What could not be found out in spite of trying counts as the lowest level."),
    N_("Leave a question open rather than guess: open questions are seen, guesses are not."),
    N_("Write nothing about single people who receive help."),
)


def render_form(template: Template, *, scope: str, code: str) -> bytes:
    """Make the empty form of a template in one of its languages as PDF/A-3a and PDF/UA-1; the same arguments give the same bytes.

    Raises ``ValueError`` for a scope or language that the template does not have.
    """
    return finish(form_layout(template, scope=scope, code=code), now=_ALWAYS, kind=EMPTY_FORM)


def form_layout(template: Template, *, scope: str, code: str) -> LaidOut:
    """Set the form on pages; arguments and errors as in ``render_form``."""
    if scope not in template.scopes or code not in template.languages:
        raise ValueError(f"{template.id} has no form in scope {scope} and language {code}")
    form = _Form(template, scope, code)
    # The fixed words are in another language only until the program speaks the form's; the document is the template's.
    return replace(form.lay_out(), language=code)


class _Form:
    def __init__(self, template: Template, scope: str, code: str) -> None:
        self.template, self.scope, self.code = template, scope, code
        self.language = fixed_words(code)
        self.text = self.language.text
        asked = [question.id for _, questions in asked_in(template, scope) for question in questions]
        numbers = {question: number for number, question in enumerate(asked, start=1)}
        conditions = ConditionWords(template, self.language, name=self._called(numbers), code=code)
        self.words = FormWords(self.language, code, numbers, conditions)
        name, version = in_language(template.name, code), self.text(N_("version {version}"), version=template.version)
        self.builder = FormBuilder(
            language=self.language,
            title=self.text(N_("{template}, empty form"), template=name),
            subject=in_language(template.purpose, code),
            author="Gedigen",
            left=name,
            right=f"{word(SCOPES, scope, self.language)} · {version}",
            foot=f"{template.id} {template.version} · {template.hash[:16]}",
        )

    def _called(self, numbers: dict[str, int]) -> Callable[[str], str]:
        def name(question: str) -> str:
            if question in numbers:
                return self.text(N_("question {number}"), number=numbers[question])
            return self.language.quoted(in_language(self.template.question(question).text, self.code))

        return name

    def lay_out(self) -> LaidOut:
        self._first_page()
        for section, questions in asked_in(self.template, self.scope):
            self._section(section, questions)
        self._judgement()
        self._ends()
        return self.builder.lay_out()

    def _first_page(self) -> None:
        template, text, builder = self.template, self.text, self.builder
        number = len(self.words.numbers)
        counted = self.language.plural("{n} question", "{n} questions", number)
        scope = word(SCOPES, self.scope, self.language)
        builder.title(
            in_language(template.name, self.code),
            subtitle=text(N_("Empty form · scope: {scope} · {questions}"), scope=scope.lower(), questions=counted),
        )
        builder.paragraph(in_language(template.purpose, self.code), style="reading")
        if template.follows is not None:
            builder.paragraph(in_language(template.follows, self.code))
        if self.scope in template.time:
            time = time_needed(template.time[self.scope], self.language)
            builder.paragraph(text(N_("Takes somebody who has done it before {time}."), time=time))
        builder.heading(1, text(N_("Who and when")))
        rows = [text(N_("Partner organisation"))]
        if any(section.subject == "project" for section in template.sections):
            rows.append(text(N_("Project")))
        rows += [
            text(N_("Case number")),
            text(N_("Filled in by (name and role)")),
            text(N_("Date")),
            text(N_("Spoken with, visited, documents read")),
        ]
        builder.empty_table(["", ""], rows, widths=[1, 2.4])
        builder.heading(1, text(N_("How to fill in")))
        builder.bullets([text(line) for line in _HOW])

    def _section(self, section: Section, questions: list[Question]) -> None:
        self.builder.heading(1, in_language(section.title, self.code))
        if section.intro is not None:
            self.builder.paragraph(in_language(section.intro, self.code))
        titles = {group.id: in_language(group.title, self.code) for group in section.groups}
        said: str | None = None
        for question in questions:
            if question.group is not None and question.group != said:
                self.builder.heading(2, titles[question.group])
                said = question.group
            write_question(self.builder, question, self.words)
        judged = self.template.judged
        if judged is not None and judged.areas == "sections" and section.adds_up:
            self._judged(self.text(N_("Judged rating of {section}"), section=in_language(section.title, self.code)), section.bands)

    def _judgement(self) -> None:
        """Give room for the ratings that a person makes, where the template has any that are not of a section."""
        judged, by_subject = self.template.judged, self.template.subjects
        overall = judged is not None and judged.overall
        subjects = list(by_subject) if judged is None or judged.areas == "subjects" else []
        if not subjects and not overall:
            return
        self.builder.heading(1, self.text(N_("Judged rating")))
        names = {"organisation": self.text(N_("The organisation")), "project": self.text(N_("The project"))}
        for subject in subjects:
            self._judged(names[subject], by_subject[subject].bands)
        if overall:
            table = next(
                (rule.bands for rule in by_subject.values()), next((one.bands for one in self.template.sections if one.bands), None)
            )
            self._judged(self.text(N_("Overall")), table)

    def _judged(self, title: str, table: str | None) -> None:
        with self.builder.keep_together():
            if table is not None:
                self.builder.box_row(title, self._bands(table))
            else:
                self.builder.paragraph(title)
            self.builder.lines(self.text(N_("Reason")), _COMMENT_LINES)
            self.builder.space(8)

    def _bands(self, table: str) -> list[str]:
        bands = self.template.bands[table]
        known = {**BANDS, **RISKS}
        return [in_language(bands.words[one], self.code) if one in bands.words else word(known, one, self.language) for one in bands.names]

    def _ends(self) -> None:
        text, builder = self.text, self.builder
        if self.template.partner_signs:
            builder.heading(1, text(N_("Signatures")))
            headings = ["", text(N_("Name and role")), text(N_("Place and date")), text(N_("Signature"))]
            builder.empty_table(headings, [text(N_("For the partner")), text(N_("For us"))], widths=[1, 2, 1.4, 2])
        method, about = in_language(self.template.method, self.code), in_language(self.template.about, self.code)
        if len(method) + len(about) > _MOST_BESIDE:
            builder.heading(1, text(N_("How it is added up")))
            builder.paragraph(method)
            builder.heading(1, text(N_("About this form")))
            builder.paragraph(about)
            return
        builder.space(_BEFORE_END)
        with builder.columns() as sides:  # beside each other, so that no page holds a line or two
            builder.heading(1, text(N_("How it is added up")))
            builder.paragraph(method, style="compact")
            sides.right()
            builder.heading(1, text(N_("About this form")))
            builder.paragraph(about, style="compact")


def fixed_words(code: str) -> Language:
    """Give the program's words for a form in a language; English where the program does not speak it."""
    return language(code if code in LANGUAGES else "en")
