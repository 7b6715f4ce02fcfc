"""The empty form of every template: everything that is asked is on it, it conforms, and no page is torn or empty."""

from __future__ import annotations

import io
import re
import subprocess
from functools import cache
from pathlib import Path

import msgspec
import pikepdf
import pytest

from desktop.language import LANGUAGES
from desktop.reports.archive import finish
from desktop.reports.form_report import form_layout, render_form
from desktop.reports.page import LaidOut
from desktop.reports.styles import FRAME_HEIGHT, MARGIN_TOP, PAGE_HEIGHT
from forms.library import Library
from forms.scopes import asked_in
from forms.template import Template
from tests.desktop.reports.conformance.vera import CheckerMissing, broken_rules
from tests.desktop.reports.page_reading import read_pages
from tests.desktop.reports.samples import NOW

TEMPLATES = Library(Path(__file__).parents[3] / "resources" / "templates").templates()
ALL = [(one, scope, code) for one in TEMPLATES for scope in one.scopes for code in one.languages]
#: What the ordinary run looks at: each template's widest scope in its first language. The full one looks at all.
FORMS = [(one, scope, code) for one, scope, code in ALL if (scope, code) == (one.scopes[-1], one.languages[0])]
every_form = pytest.mark.parametrize(
    ("template", "scope", "code"),
    [*FORMS, *(pytest.param(*one, marks=pytest.mark.full) for one in ALL if one not in FORMS)],
    ids=lambda one: one if isinstance(one, str) else one.id,
)


@cache
def _laid_out(name: str, scope: str, code: str) -> LaidOut:
    return form_layout(next(one for one in TEMPLATES if one.id == name), scope=scope, code=code)


@cache
def _pdf(name: str, scope: str, code: str) -> bytes:
    return finish(_laid_out(name, scope, code), now=NOW)


def _text(pdf: bytes) -> str:
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return _squeezed(told)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad]+", "", text.replace("−", "–"))


@every_form
def test_every_question_and_every_answer_of_the_scope_is_on_the_form(template: Template, scope: str, code: str) -> None:
    text = _text(_pdf(template.id, scope, code))
    for section, questions in asked_in(template, scope):
        assert _squeezed(section.title[code]) in text
        for question in questions:
            for words in (question.text, *(level.text for level in question.levels), *(option.text for option in question.options)):
                assert _squeezed(words[code])[:40] in text, question.id


@every_form
def test_no_page_but_the_last_is_nearly_empty_and_none_ends_in_a_heading(template: Template, scope: str, code: str) -> None:
    laid_out = _laid_out(template.id, scope, code)
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=laid_out.pdf, capture_output=True, check=True).stdout.decode()
    foot = MARGIN_TOP + FRAME_HEIGHT + 2
    for number, page in enumerate(boxes.split("<page ")[1:-1]):
        ends = [float(end) for end in re.findall(r'yMax="([\d.]+)"', page)]
        assert (max(end for end in ends if end <= foot) - MARGIN_TOP) / FRAME_HEIGHT > 0.4, number
    assert all(bookmark.place.y > PAGE_HEIGHT - foot + 60 for bookmark in laid_out.bookmarks)


def test_the_same_template_gives_the_same_bytes() -> None:
    template, scope, code = FORMS[0]
    assert render_form(template, scope=scope, code=code) == render_form(template, scope=scope, code=code)


def test_a_form_is_in_the_language_of_its_template_and_names_its_version() -> None:
    for template, scope, code in FORMS:
        with pikepdf.open(io.BytesIO(_pdf(template.id, scope, code))) as pdf:
            assert str(pdf.Root.Lang) == code
            assert template.name[code] in str(pdf.docinfo.Title)
        assert _squeezed(f"{template.id} {template.version} · {template.hash[:16]}") in _text(_pdf(template.id, scope, code))
    assert {"sv", "en"} <= set(LANGUAGES)


def test_a_partner_signs_only_where_the_template_says_so() -> None:
    template, scope, code = next(one for one in ALL if one[2] == "en")
    asked = msgspec.structs.replace(template, partner_signs=True)
    never = msgspec.structs.replace(template, partner_signs=False)
    assert "Forthepartner" in _text(render_form(asked, scope=scope, code=code))
    assert "Forthepartner" not in _text(render_form(never, scope=scope, code=code))


#: Quotation marks of other languages, a semicolon without the space that French sets before it, and a straight one of either.
_FOREIGN = {"sv": r"“|«|\"|\w'\w", "nb": r"“|”|\"|\w'\w", "en": r"«|\"|\w'\w", "fr": r"“|”|\"|\w'\w|\w[;!?]"}


@every_form
def test_a_form_is_punctuated_as_its_language_is(template: Template, scope: str, code: str) -> None:
    told = subprocess.run(["pdftotext", "-", "-"], input=_pdf(template.id, scope, code), capture_output=True, check=True).stdout.decode()
    assert re.findall(rf".{{0,30}}(?:{_FOREIGN[code]}).{{0,10}}", told) == []


@every_form
def test_the_last_page_of_a_form_holds_more_than_a_line_or_two(template: Template, scope: str, code: str) -> None:
    laid_out = _laid_out(template.id, scope, code)
    lines = {round(one.baseline) for one in read_pages(laid_out).words if one.page == laid_out.pages - 1 and one.element is not None}
    assert len(lines) > 4


@pytest.mark.parametrize(("scope", "code"), [("full", "xx"), ("enormous", "en")])
def test_a_form_that_the_template_does_not_have_is_refused(scope: str, code: str) -> None:
    with pytest.raises(ValueError, match="no form"):
        render_form(TEMPLATES[0], scope=scope, code=code)


#: With tables, with a partner's signature, and with levels only.
SOME = ("community-network", "partner-passport", "psea-six-standards")


@pytest.mark.parametrize(
    "names", [SOME, pytest.param([one.id for one in TEMPLATES if one.id not in SOME], marks=pytest.mark.full)], ids=["some", "others"]
)
def test_forms_conform_to_archive_and_accessibility_standards(names: list[str], tmp_path: Path) -> None:
    files = []
    for template, scope, code in FORMS:
        if template.id in names:
            files.append(tmp_path / f"{template.id}.pdf")
            files[-1].write_bytes(_pdf(template.id, scope, code))
    try:
        assert broken_rules(files) == []
    except CheckerMissing as missing:
        pytest.fail(str(missing))
