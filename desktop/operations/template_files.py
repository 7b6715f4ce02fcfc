"""Templates as files: read one from YAML or a workbook, write one as either, and write its empty form. Needs no vault."""

from __future__ import annotations

from pathlib import Path

from desktop.language import Language
from desktop.operations.handing_out import write_whole
from forms.errors import TemplateError
from forms.reading import LARGEST_FILE, read_template
from forms.template import Template
from forms.text import N_

YAML, WORKBOOK = (".yaml", ".yml"), ".xlsx"
#: The sheet that nobody reads but people: how the others are filled in.
_READ_ME = (
    N_("{template}, version {version}: this workbook is the whole template"),
    N_("Each sheet lists one thing: sections, questions, levels, options, band tables, stop criteria and so on. Each row is one entry."),
    N_("A column “of …” says which entry of another sheet the row belongs to, by its id. The order of rows is the order on screen."),
    N_("Texts have one column for each language, such as text:sv and text:en. Every listed language needs every text."),
    N_("An empty cell leaves a key at its usual value. Several words in one cell stand with commas between."),
    N_("Conditions (asked_if, when) are written as {example}: the id of a question and what its answer must be."),
    N_("Give your own template an id of its own on the sheet “template”, and raise the version each time you change it."),
    N_("Keep the ids of questions that stay the same: by them this year is compared with last year."),
    N_("Sheets and columns whose name begins with # are yours and are not read. Formulas are not read either: type values."),
    N_("In the library choose “Take in a template”, try it on generated answers, and let somebody approve it."),
)
_EXAMPLE = "{question: governance.board, at_most: 1}"


def read_file(path: Path) -> Template:
    """Read and check a template file, YAML or workbook by its name. Raises ``TemplateError`` saying what is wrong and where."""
    suffix = path.suffix.casefold()
    if suffix in YAML:
        return read_template(path)
    if suffix != WORKBOOK:
        raise TemplateError(
            N_("{file} is neither YAML (.yaml) nor a workbook (.xlsx). Nothing was read; save it as one of these."), file=path.name
        )
    from forms.workbook import template_from_workbook  # openpyxl, which only this needs

    try:
        with path.open("rb") as stream:
            source = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise TemplateError(N_("{file} cannot be read: {why}"), file=path.name, why=error.strerror or str(error)) from None
    return template_from_workbook(source, file=path.name)


def write_workbook(*, template: Template, path: Path, language: Language) -> None:
    """Write a template as a workbook with lines for the reader. Raises ``TemplateError``, or ``RecordRefused`` for the place."""
    from forms.workbook import workbook_from_template

    lines = [language.text(line, template=template.name, version=template.version, example=_EXAMPLE) for line in _READ_ME]
    write_whole(path, workbook_from_template(template, read_me=lines))


def write_yaml(*, template: Template, path: Path) -> None:
    """Write a template as YAML. Raises ``RecordRefused`` for the place."""
    from forms.writing import template_as_yaml

    write_whole(path, template_as_yaml(template).encode("utf-8"))


def write_form(*, template: Template, scope: str, code: str, path: Path) -> None:
    """Write the empty form as PDF in a scope and language of the template. Raises ``RecordRefused`` for the place."""
    from desktop.reports.form_report import render_form

    write_whole(path, render_form(template, scope=scope, code=code))


def file_name(template: Template, *parts: str, suffix: str) -> str:
    """Give a file the usual name: id, version and what else tells it apart."""
    return "-".join([template.id, template.version, *parts]) + suffix
