"""A long report has contents after page one: each line names the page where its heading stands, and leads there."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from desktop.language import language
from desktop.reports import contents_page
from desktop.reports.content import render, report_content
from desktop.reports.contents_page import MOST_PAGES_WITHOUT, Listed, way_to_list, with_contents
from desktop.reports.examined import examine
from desktop.reports.layout import LaidOut
from desktop.reports.printed import read_printed
from desktop.reports.styles import TEXT_WIDTH
from desktop.reports.tagging import Element
from desktop.reports.verification import verify
from forms.scoring import score
from models.cards import AnswerCard, AssessmentFile
from models.casefile import case_for
from models.document_kind import Part
from tests.desktop.reports.attacks.before_signing import both
from tests.desktop.reports.conformance.vera import CheckerMissing, broken_rules
from tests.desktop.reports.conftest import Signed
from tests.desktop.reports.editorial import faults
from tests.desktop.reports.page_reading import Words, read_pages
from tests.desktop.reports.sample_answers import all_answers
from tests.desktop.reports.sample_file import STARTED, sample_file, template, with_seal
from tests.desktop.reports.samples import NOW, begin
from tests.desktop.reports.sealed_reports import printed, sealed
from tests.desktop.reports.test_kinds_conform import long_file

ROOT_PRINT = "0f" * 32
HEADED = {"sv": "Innehåll", "en": "Contents", "fr": "Sommaire"}


@cache
def whole(scope: str = "full") -> AssessmentFile:
    """Give a file of the main template in a scope, not sealed, that holds when it is scored again."""
    file = sample_file(template(), sealed=False)
    file = replace(file, card=replace(file.card, draft=replace(file.card.draft, scope=scope)))
    case = case_for(draft=file.card.draft, project=file.project)
    answers = all_answers(file.template, lift=0, case=case, overrides={})
    cards = tuple(AnswerCard(key.question, answer, "typed", "Maja Ekwall", STARTED) for key, answer in answers.items())
    return replace(file, answers=answers, answer_cards=cards, result=score(file.template, answers, case))


@cache
def laid_out(kind: str, code: str = "sv") -> LaidOut:
    file = {"full": lambda: with_seal(whole()), "light": lambda: with_seal(whole("light")), "many": long_file}[kind]()
    return report_content(file, language(code), organisation="Brunnstiftelsen (påhittad)", root_fingerprint=ROOT_PRINT)


def elements(of: Element, tag: str) -> Iterator[Element]:
    for child in of.children:
        if isinstance(child, Element):
            if child.tag == tag:
                yield child
            yield from elements(child, tag)


def lines(made: LaidOut) -> list[tuple[str, int, Words]]:
    """Read the contents back from the pages: title, page number, and where the number stands."""
    words = read_pages(made).words
    found = []
    for item in elements(made.document, "TOCI"):
        (link,) = elements(item, "Link")
        *title, number = [one for one in words if one.element is link]
        found.append((" ".join(one.text for one in title), int(number.text), number))
    return found


def squeezed(text: str) -> str:
    return "".join(text.split())


def headings(made: LaidOut) -> set[tuple[str, int]]:
    """Read back every heading and every title of rows in the record, with its page from 1."""
    found: dict[int, tuple[str, int]] = {}
    for one in read_pages(made).words:
        element = one.element
        if element is None or (element.tag not in ("H1", "H2") and (element.parent is None or element.parent.tag != "TD")):
            continue
        said, page = found.get(id(element), ("", one.page + 1))
        found[id(element)] = said + one.text, page
    return {(squeezed(said), page) for said, page in found.values()}


@pytest.mark.parametrize(("kind", "code"), [("full", "sv"), ("full", "fr"), ("full", "en"), ("many", "sv")])
def test_each_line_names_the_page_on_which_its_heading_stands(kind: str, code: str) -> None:
    made = laid_out(kind, code)
    stand = headings(made)
    said = lines(made)
    assert len(said) > 25
    assert [(title, page) for title, page, _ in said if (squeezed(title), page) not in stand] == []


@pytest.mark.parametrize("kind", ["full", "many"])
def test_each_line_leads_to_its_heading(kind: str) -> None:
    made = laid_out(kind)
    words = read_pages(made).words
    leads = {id(one.element): made.anchors[one.target[1:]] for one in made.annotations if one.kind == "link"}
    for item, (title, page, _) in zip(elements(made.document, "TOCI"), lines(made), strict=True):
        (link,) = elements(item, "Link")
        place = leads[id(link)]
        assert place.page + 1 == page
        below = [one for one in words if one.page == place.page and 0 <= place.y - one.top < 30]
        assert any(squeezed(title).startswith(squeezed(one.text)) for one in below), title


def test_the_links_in_the_file_lead_to_the_pages_that_the_lines_name() -> None:
    made = laid_out("full")
    pdf = render(with_seal(whole()), language("sv"), organisation="Brunnstiftelsen (påhittad)", root_fingerprint=ROOT_PRINT)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages, start=1)}
        links = [note for note in opened.pages[1].Annots if note.Subtype == Name.Link]
        assert [numbers[note.Dest[0].objgen] for note in links] == [page for _, page, _ in lines(made)]
        assert [squeezed(str(note.Contents)) for note in links] == [squeezed(title) for title, _, _ in lines(made)]


@pytest.mark.parametrize("code", ["sv", "en", "fr"])
def test_the_contents_stand_on_a_page_of_their_own_right_after_page_one(code: str) -> None:
    made = laid_out("full", code)
    words = read_pages(made).words
    assert {number.page for _, _, number in lines(made)} == {1}
    titles = [one.text for one in words if one.page == 1 and one.element is not None and one.element.tag == "H1"]
    assert titles == [HEADED[code]]
    tops = [one.title for one in made.bookmarks if one.level == 1]
    assert tops[1] == HEADED[code]
    assert lines(made)[0][:2] == (tops[2], 3)


def test_the_sections_of_the_record_are_listed_below_it() -> None:
    made, file = laid_out("full"), whole()
    said = [title for title, _, _ in lines(made)]
    record = said[said.index("Akten") + 1 :]
    asked = {line.section for line in file.result.lines}
    assert record[: len(asked)] == [one.title["sv"] for one in file.template.sections if one.id in asked]
    assert record[-1] == "Underlag"


def test_the_page_numbers_stand_below_each_other() -> None:
    for made, columns in ((laid_out("full"), 1), (laid_out("many"), 2)):
        assert len({round(number.right, 1) for _, _, number in lines(made)}) == columns


def test_contents_are_tagged_as_such_lesser_ones_within() -> None:
    made = laid_out("full")
    (outer, *inner) = elements(made.document, "TOC")
    assert {child.tag for child in outer.children if isinstance(child, Element)} == {"TOCI", "TOC"}
    assert inner
    assert all(one.parent is outer for one in inner)
    for item in elements(outer, "TOCI"):
        (reference,) = item.children
        assert isinstance(reference, Element)
        assert reference.tag == "Reference"
        (link,) = reference.children
        assert isinstance(link, Element)
        assert [type(child).__name__ for child in link.children][-1] == "Annotation"


# -- when, and how much


@pytest.mark.parametrize("file", [with_seal(whole("light")), sample_file(renewal=True), sample_file(stops=True)])
def test_a_short_report_has_none_and_is_what_it_was(file: AssessmentFile, monkeypatch: pytest.MonkeyPatch) -> None:
    made = render(file, language("sv"), root_fingerprint=ROOT_PRINT)
    monkeypatch.setattr(contents_page, "MOST_PAGES_WITHOUT", 10_000)
    assert render(file, language("sv"), root_fingerprint=ROOT_PRINT) == made
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert len(opened.pages) <= MOST_PAGES_WITHOUT
    assert HEADED["sv"] not in read_printed(made).texts


def test_page_one_and_everything_after_the_contents_are_what_they_would_be_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def body(made: LaidOut) -> list[list[tuple[float, float, str]]]:
        pages: list[list[tuple[float, float, str]]] = [[] for _ in range(made.pages)]
        for one in read_pages(made).words:
            if one.element is not None:
                pages[one.page].append((one.left, one.baseline, one.text))
        return pages

    first, _, *rest = body(laid_out("full"))
    monkeypatch.setattr(contents_page, "MOST_PAGES_WITHOUT", 10_000)
    without = report_content(with_seal(whole()), language("sv"), organisation="Brunnstiftelsen (påhittad)", root_fingerprint=ROOT_PRINT)
    assert [first, *rest] == body(without)


def test_the_same_long_report_gives_the_same_bytes() -> None:
    file = with_seal(whole())
    assert render(file, language("fr"), root_fingerprint=ROOT_PRINT) == render(file, language("fr"), root_fingerprint=ROOT_PRINT)


def listed(tops: int, lesser: int, rows: int) -> list[Listed]:
    """Give lines of the contents: under each part so many headings and so many titles of rows."""
    found: list[Listed] = []
    for top in range(tops):
        found.append(Listed(len(found), 1, f"Part {top}", 3))
        found += [Listed(len(found) + place, 2, f"Heading {place}", 3) for place in range(lesser)]
        found += [Listed(len(found) + place, 2, f"Section {place}", 3, heads_rows=True) for place in range(rows)]
    return found


@pytest.mark.parametrize(
    ("parts", "columns", "kept"),
    [
        (listed(8, 2, 1), 1, {"Part", "Heading", "Section"}),
        (listed(12, 3, 3), 2, {"Part", "Heading", "Section"}),
        (listed(12, 6, 3), 2, {"Part", "Section"}),
        (listed(40, 2, 3), 2, {"Part"}),
        (listed(200, 0, 0), 1, {"Part"}),
    ],
)
def test_as_much_is_listed_as_fits_a_page(parts: list[Listed], columns: int, kept: set[str]) -> None:
    way = way_to_list(parts, width=TEXT_WIDTH)
    assert way.columns == columns
    assert {one.title.split()[0] for one in way.listed} == kept


def test_neither_column_begins_below_the_part_that_it_belongs_to() -> None:
    made = laid_out("many")
    (left, *_, right) = sorted({round(number.right) for _, _, number in lines(made)})
    second = next(title for title, _, number in lines(made) if round(number.right) == right)
    assert left < right
    assert second in [one.title for one in made.bookmarks if one.level == 1]


def counted(lines_before: int, lines_after: int) -> tuple[LaidOut, int]:
    """Lay out a long document whose first part follows on the page of the contents where there is room; tells how often that took."""
    times = 0

    def write(contents: Sequence[Listed]) -> LaidOut:
        nonlocal times
        times += 1
        made = begin()
        made.title("T")
        for _ in range(lines_before):
            made.paragraph("Before it.")
        made.contents(contents)
        for part in range(30):
            made.heading(1, f"Part {part}")
            for _ in range(lines_after):
                made.paragraph("Words.")
        return made.lay_out()

    return with_contents(write), times


@pytest.mark.parametrize(("lines_before", "lines_after"), [(0, 20), (20, 20), (37, 17), (5, 33)])
def test_numbers_are_right_after_three_layouts_wherever_the_contents_end(lines_before: int, lines_after: int) -> None:
    made, times = counted(lines_before, lines_after)
    assert times <= contents_page.MOST_LAYOUTS
    stand = headings(made)
    assert len(lines(made)) == 30
    assert all((squeezed(title), page) in stand for title, page, _ in lines(made))


def test_a_document_whose_parts_never_settle_is_not_made() -> None:
    made = [laid_out("full"), laid_out("full", "fr")]
    with pytest.raises(RuntimeError, match="other pages each time"):
        with_contents(lambda _: made.reverse() or made[0])


# -- how it looks, conforms, and is verified


@pytest.mark.parametrize(("kind", "code"), [("full", "sv"), ("full", "fr"), ("many", "sv")])
def test_a_report_with_contents_passes_the_ruler(kind: str, code: str) -> None:
    assert faults(laid_out(kind, code)) == []


def test_contents_keep_pdf_a_and_pdf_ua(tmp_path: Path) -> None:
    parts: tuple[tuple[Part, str], ...] = ((3, "3a,ua1"), (2, "2a,ua1"))
    for part, flavours in parts:
        file = tmp_path / f"{part}.pdf"
        file.write_bytes(render(with_seal(whole()), language("fr"), root_fingerprint=ROOT_PRINT, part=part))
        try:
            assert broken_rules([file], flavours=flavours) == []
        except CheckerMissing as missing:
            pytest.fail(str(missing))


@pytest.fixture(scope="module")
def long(reports: Signed) -> tuple[bytes, bytes]:
    """Give a long report that is not signed yet, and its record."""
    file = sealed(whole(), {"Caseworker": reports.caseworker, "Reviewer": reports.reviewer})
    assert file.seal is not None
    return printed(file, reports.root, "sv"), file.seal.record


def test_a_signed_report_with_contents_is_valid(reports: Signed, long: tuple[bytes, bytes]) -> None:
    verdict = verify(both(long[0], reports), root_pem=reports.root.pem, now=NOW.replace(month=4))
    assert (verdict.status, verdict.record) == ("valid", "agrees")


def another_number(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[1].Contents.read_bytes()
    changed = re.sub(rb"\(6\) Tj", b"(7) Tj", content, count=1)
    assert changed != content
    pdf.pages[1].Contents = pdf.make_stream(changed)


def another_title(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[1].Contents.read_bytes()
    changed = content.replace(b"(Risker)", b"(Rasker)")
    assert changed != content
    pdf.pages[1].Contents = pdf.make_stream(changed)


def another_target(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Annots[4].Dest = Array([pdf.pages[9].obj, Name.XYZ, 50, 700, 0])


def a_line_that_leads_nowhere(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].Annots[4].Dest


def a_line_that_leads_outside(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].Annots[4].Dest
    pdf.pages[1].Annots[4].A = Dictionary(Type=Name.Action, S=Name.URI, URI="https://example.org")


@pytest.mark.parametrize(
    "change",
    [another_number, another_title, another_target, a_line_that_leads_nowhere, a_line_that_leads_outside],
    ids=lambda one: one.__name__,
)
def test_contents_that_name_another_title_or_page_are_noticed(long: tuple[bytes, bytes], change: Callable[[pikepdf.Pdf], None]) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(long[0])) as opened:
        change(opened)
        opened.save(out)
    assert examine(long[0], long[1]).agrees
    assert examine(out.getvalue(), long[1]).deceptive == ("2",)
    (fault,) = read_printed(out.getvalue()).deceptive[2]
    assert fault.startswith("contents lead elsewhere")
