"""Every report and form of every template passes a typographer's ruler: nothing alone, torn, empty, or on top of something else."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from reportlab.platypus import Flowable, PageBreak

from desktop.language import language, print_language
from desktop.reports import styles
from desktop.reports.chosen import Ticks
from desktop.reports.content import report_content
from desktop.reports.content_board_page import board_page_content
from desktop.reports.decision_content import decision_layout
from desktop.reports.flowables import TaggedParagraph, text_width
from desktop.reports.form_report import form_layout
from desktop.reports.layout import Bold, Column, LaidOut, ReportBuilder
from desktop.reports.partner_content import draft_content, feedback_content
from desktop.reports.partner_viewing import draft_view, feedback_view
from desktop.reports.public_record import public_content, public_view
from desktop.reports.tagging import Element
from forms.library import Library
from forms.template import Template
from models.cards import AssessmentFile
from resources import path
from tests.desktop.reports.decision_samples import decided
from tests.desktop.reports.editorial import faults
from tests.desktop.reports.editorial_samples import Amount, file_with
from tests.desktop.reports.page_reading import read_pages
from tests.desktop.reports.sample_file import half_done, sample_file
from tests.desktop.reports.samples import begin

TEMPLATES = {one.id: one for one in Library(path("templates")).templates()}
MAIN = "partner-project"
AMOUNTS: tuple[Amount, ...] = ("empty", "ordinary", "long")
ALL = [(one.id, scope, code, amount) for one in TEMPLATES.values() for scope in one.scopes for code in one.languages for amount in AMOUNTS]


def _is_looked_at(name: str, scope: str, code: str, amount: str) -> bool:
    """Tell what the ordinary run looks at: too much in every template's widest scope, all amounts in the main one's middle scope."""
    template = TEMPLATES[name]
    if name == MAIN:
        return scope == "standard" and (code == "sv" or (code == "fr" and amount == "long"))
    return (scope, code) == (template.scopes[-1], template.languages[0]) and amount == "long"


def report(name: str, scope: str, code: str, amount: Amount) -> LaidOut:
    file = file_with(TEMPLATES[name], scope, amount)
    return report_content(file, language(code), organisation="Brunnstiftelsen (påhittad)", root_fingerprint="0f" * 32)


@pytest.mark.parametrize(
    ("name", "scope", "code", "amount"), [pytest.param(*one, marks=[] if _is_looked_at(*one) else [pytest.mark.full]) for one in ALL]
)
def test_a_report_with_any_amount_in_it_has_no_fault(name: str, scope: str, code: str, amount: Amount) -> None:
    assert faults(report(name, scope, code, amount)) == []


@pytest.mark.parametrize("kind", ["stop", "renewal", "draft"])
@pytest.mark.parametrize("code", ["sv", pytest.param("en", marks=pytest.mark.full), pytest.param("fr", marks=pytest.mark.full)])
def test_a_report_with_stops_a_renewal_and_a_draft_have_no_fault(kind: str, code: str) -> None:
    file = half_done(sample_file(sealed=False)) if kind == "draft" else sample_file(stops=kind == "stop", renewal=kind == "renewal")
    assert faults(report_content(file, language(code), organisation="Brunnstiftelsen", root_fingerprint="0f" * 32)) == []


@pytest.mark.parametrize(
    ("template", "scope", "code"),
    [
        pytest.param(one, scope, code, marks=[] if (scope, code) == (one.scopes[0], one.languages[0]) else [pytest.mark.full])
        for one in TEMPLATES.values()
        for scope in one.scopes
        for code in one.languages
    ],
    ids=lambda one: one if isinstance(one, str) else one.id,
)
def test_an_empty_form_has_no_fault(template: Template, scope: str, code: str) -> None:
    assert faults(form_layout(template, scope=scope, code=code)) == []


def _documents(file: AssessmentFile, code: str) -> dict[str, LaidOut]:
    """Give all that is made of an assessment beside its report."""
    words, told, organisation = print_language(code), Ticks(comments=True, judged=True, risks=True), "Brunnstiftelsen (påhittad)"
    draft = draft_view(file, words, ticks=told, organisation=organisation, reply_by=date(2026, 5, 1))
    return {
        "draft": draft_content(draft, words),
        "feedback": feedback_content(feedback_view(file, words, ticks=told, organisation=organisation), words, root_fingerprint="0f" * 32),
        "public": public_content(public_view(file, words, organisation=organisation), words, root_fingerprint="0f" * 32),
        "board page": board_page_content(file, words, organisation=organisation),
    }


@pytest.mark.parametrize(
    ("name", "scope", "code", "amount"),
    [pytest.param(*one, marks=[] if one[0] != MAIN and _is_looked_at(*one) else [pytest.mark.full]) for one in ALL],
)
def test_what_goes_to_board_partner_and_public_has_no_fault(name: str, scope: str, code: str, amount: Amount) -> None:
    made = _documents(file_with(TEMPLATES[name], scope, amount), code)
    assert {kind: found for kind, one in made.items() if (found := faults(one))} == {}


@pytest.mark.parametrize("code", ["sv", pytest.param("fr", marks=pytest.mark.full)])
def test_a_draft_whose_long_findings_run_over_pages_is_made_and_has_no_fault(code: str) -> None:
    made = _documents(file_with(TEMPLATES[MAIN], "full", "long"), code)
    assert made["draft"].pages > 6
    assert {kind: found for kind, one in made.items() if (found := faults(one))} == {}


@pytest.mark.parametrize("stops", [False, True])
@pytest.mark.parametrize(("code", "many"), [("sv", 1), ("fr", 1), ("nb", 6), ("en", 6)])
def test_a_decision_has_no_fault(code: str, many: int, stops: bool) -> None:
    file, made = decided(code=code, stops=stops, many=many)
    assert faults(decision_layout(file, made, language(code), organisation="Brunnstiftelsen", root_fingerprint="0f" * 32)) == []


@pytest.mark.parametrize("above", range(0, 640, 40))
def test_a_table_of_long_and_short_rows_repeats_its_header_once_a_page_and_tears_no_row(above: int) -> None:
    made = begin()
    made.title("T")
    for _ in range(above // 19):
        made.paragraph("Words before it.")
    made.heading(1, "H")
    made.table(
        [Column("First", 1), Column("Second", 3)],
        [[f"Row {number}", "Words that go on and on. " * (1 + number * number * 7 % 53)] for number in range(12)],
    )
    made.paragraph("After it.")
    laid_out = made.lay_out()
    assert faults(laid_out) == []
    headers = Counter(one.page for one in read_pages(laid_out).words if one.text == "First")
    assert set(headers.values()) == {1}


def test_a_narrow_column_takes_room_from_others_rather_than_tear_a_word_or_a_number() -> None:
    made = begin()
    made.title("T")
    columns = [Column("Row", 0.2), *(Column(f"Gemensamma {number}", 1, "right") for number in range(7)), Column("Remark", 3)]
    made.table(columns, [[Bold("Summa"), *["18\u00a0500\u00a0000,00"] * 7, "Words that can be broken between them"]], size="dense")
    said = [one.text for one in read_pages(made.lay_out()).words]
    assert said.count("18 500 000,00") == 7
    assert said.count("Gemensamma") == 7
    assert "Summa" in said


# -- the ruler itself


class Stray(Flowable):  # type: ignore[misc]
    """Words at a place where they do not belong; takes no room."""

    def __init__(self, words: str, element: Element, *, x: float, y: float) -> None:
        super().__init__()
        self.words, self.element, self.x, self.y = words, element, x, y

    def wrap(self, *_: float) -> tuple[float, float]:
        return 0.0, 0.0

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: N803
        with canvas.tagged(self.element):
            canvas.setFont("NotoSans", 9)
            canvas.drawString(x + self.x, y + self.y, self.words)


class Careless(ReportBuilder):
    """A builder that sets pieces where one asks it to."""

    def stray(self, words: str, *, x: float, y: float, tag: str = "P") -> None:
        self._add(Stray(words, self._element.add(tag), x=x, y=y))

    def wide(self, words: str) -> None:
        self._add(TaggedParagraph(words, styles.BODY, self._element.add("P")))

    def break_at_once(self) -> None:
        self._add(PageBreak())

    def lines(self, *lines: str) -> None:
        element = self._element.add("P")
        for number, line in enumerate(lines):
            self._add(Stray(line, element, x=0, y=-30 - 12 * number))

    def row(self, rows: int) -> None:
        table = self._element.add("Table")
        for number in range(rows):
            if number == 1:
                self._add(PageBreak())
            self._add(Stray(f"row {number}", table.add("TR").add("TD").add("P"), x=0, y=-20 - 12 * number))

    def torn(self, *, x: float, y: float) -> None:
        table = self._element.add("Table")
        row = table.add("TR")
        self._add(Stray("a cell with words", row.add("TD").add("P"), x=0, y=-30))
        second = row if x else table.add("TR")
        self._add(Stray("another", second.add("TD").add("P"), x=x, y=-30 + y))


def careless() -> Careless:
    made = Careless(language=language("en"), title="T", subject="S", author="A", left="L", right="R")
    made.title("T")
    for _ in range(30):
        made.paragraph("Enough words to fill the page.")
    return made


@pytest.mark.parametrize(
    "said",
    [
        "alone",
        "empty",
        "sides",
        "frame",
        "on top",
        "measure",
        "row alone",
        "torn row",
        "torn cell",
        "close cells",
        "torn figure",
        "torn verb",
    ],
)
def test_the_ruler_finds_each_kind_of_fault(said: str) -> None:
    made = careless()
    if said == "alone":
        made.heading(1, "Alone")
        made.break_at_once()
        made.paragraph("Words below it.")
        expected = "heading “Alone” has 0 lines below it"
    elif said == "empty":
        made.break_at_once()
        made.paragraph("A line.")
        made.break_at_once()
        made.paragraph("The end.")
        expected = "only 2% of it is used"
    elif said == "sides":
        made.stray("words that go too far", x=450, y=-20)
        expected = "stands outside the sides"
    elif said == "frame":
        made.stray("too low", x=0, y=-400)
        expected = "stands outside the frame"
    elif said == "on top":
        made.stray("over them", x=20, y=8)
        expected = "“over them” stands on “Enough words"
    elif said == "measure":
        made.wide("Words that go on and on. " * 10)
        expected = "wide"
    elif said == "row alone":
        made.row(5)
        expected = "of a table stands alone"
    elif said == "torn row":
        made.torn(x=0, y=-5)
        expected = "reaches into"
    elif said == "close cells":
        made.torn(x=text_width("a cell with words") * 9 / 9.5 + 1, y=0)
        expected = "“another” touches “a cell with words”"
    elif said == "torn figure":
        made.lines("at most 50", "000 a year")
        expected = "“at most 50” is torn from “000 a year”"
    elif said == "torn verb":
        made.lines("l’équipe a-t-", "elle une règle ?")
        expected = "is torn from “elle une"
    else:
        made.torn(x=40, y=-11)
        expected = "stands in cell"
    assert any(expected in fault for fault in faults(made.lay_out())), faults(made.lay_out())


def test_the_ruler_finds_nothing_where_nothing_is() -> None:
    assert faults(careless().lay_out()) == []
