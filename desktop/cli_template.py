"""``gedigen template``: check a template file, write its empty form, write it as a workbook or as YAML."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.language import Language
from forms.errors import TemplateError
from forms.text import N_
from models.errors import RecordRefused

if TYPE_CHECKING:
    from forms.template import Template

OK, INVALID, USAGE, UNREADABLE = 0, 1, 64, 66


def add_template_commands(commands: Any) -> None:
    """Add the commands to the program's parser."""
    template = commands.add_parser("template", help="work with templates")
    inner = template.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = inner.add_parser("check", help="say whether a template file (.yaml or .xlsx) can be used")
    check.add_argument("file", type=Path)
    check.set_defaults(run=_check)

    form = inner.add_parser("form", help="write the empty form of a template as PDF")
    form.add_argument("template", help="id of a bundled template, or a file (.yaml or .xlsx)")
    form.add_argument("--scope", help="light, standard or full (default: the template's first)")
    form.add_argument(
        "--form-language", metavar="CODE", help="one of the template's languages (default: the one of what is printed, or its first)"
    )
    form.add_argument("--out", type=Path, metavar="FILE", help="where to write it (default: named after the template, here)")
    form.set_defaults(run=_form)

    export = inner.add_parser("export", help="write a template as a workbook (.xlsx) to edit, or as YAML")
    export.add_argument("template", help="id of a bundled template, or a file (.yaml or .xlsx)")
    export.add_argument("--out", type=Path, metavar="FILE", help="a name ending in .xlsx or .yaml (default: a workbook, here)")
    export.set_defaults(run=_export)


class _Refused(Exception):
    """Ends a command with a code; what there is to say has been said."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def _check(parsed: argparse.Namespace, words: Language) -> int:
    try:
        template = _read(parsed.file, words)
    except _Refused as refused:
        return refused.code
    questions = [question for _, question in template.questions()]
    _say(f"{template.id} {template.version}")
    _say(f"sha256 {template.hash}")
    _say(
        words.text(
            N_("Questions: {questions} ({keys} key); sections: {sections}; languages: {languages}"),
            questions=len(questions),
            keys=sum(question.key for question in questions),
            sections=len(template.sections),
            languages=", ".join(template.languages),
        )
    )
    return OK


def _form(parsed: argparse.Namespace, words: Language) -> int:
    from desktop.operations.template_files import file_name, write_form

    try:
        template = _named(parsed.template, words)
        scope = parsed.scope or template.scopes[0]
        code = parsed.form_language or (words.code if words.code in template.languages else template.languages[0])
        _one_of(scope, list(template.scopes), N_("{template} has no scope “{chosen}”; there are: {known}"), template, words)
        _one_of(code, template.languages, N_("{template} is not in “{chosen}”; its languages are: {known}"), template, words)
        out = parsed.out or Path(file_name(template, scope, code, suffix=".pdf"))
        write_form(template=template, scope=scope, code=code, path=out)
    except _Refused as refused:
        return refused.code
    except RecordRefused as error:
        return _cannot(error, words)
    _say(str(out.resolve()))
    return OK


def _export(parsed: argparse.Namespace, words: Language) -> int:
    from desktop.operations.template_files import WORKBOOK, YAML, file_name, write_workbook, write_yaml

    try:
        template = _named(parsed.template, words)
        out = parsed.out or Path(file_name(template, suffix=WORKBOOK))
        _one_of(out.suffix.casefold(), [WORKBOOK, *YAML], N_("A template is written as {known}, not as “{chosen}”"), template, words)
        if out.suffix.casefold() == WORKBOOK:
            write_workbook(template=template, path=out, language=words)
        else:
            write_yaml(template=template, path=out)
    except _Refused as refused:
        return refused.code
    except (RecordRefused, TemplateError) as error:
        return _cannot(error, words)
    _say(str(out.resolve()))
    return OK


def _named(name: str, words: Language) -> Template:
    """Read a bundled template by its id, or a file."""
    from desktop.operations.templates import bundled

    if Path(name).suffix:
        return _read(Path(name), words)
    try:
        return bundled().newest(name)
    except KeyError:
        known = ", ".join(dict.fromkeys(head.id for head in bundled().heads()))
        _wrong(words.text(N_("There is no bundled template “{name}”; there are: {known}"), name=name, known=known))
        raise _Refused(UNREADABLE) from None


def _read(path: Path, words: Language) -> Template:
    from desktop.operations.template_files import read_file

    if not path.is_file():
        _wrong(words.text(N_("{file} cannot be read: {why}"), file=path, why=words.text(N_("there is no such file"))))
        raise _Refused(UNREADABLE)
    try:
        return read_file(path)
    except TemplateError as error:
        _wrong(words.error(error))
        raise _Refused(INVALID) from None


def _one_of(chosen: str, known: list[str], message: str, template: Template, words: Language) -> None:
    if chosen not in known:
        _wrong(words.text(message, template=template.id, chosen=chosen, known=", ".join(known)))
        raise _Refused(USAGE)


def _cannot(error: RecordRefused | TemplateError, words: Language) -> int:
    _wrong(words.error(error))
    return UNREADABLE


def _say(line: str) -> None:
    print(line)


def _wrong(line: str) -> None:
    print(line, file=sys.stderr)
