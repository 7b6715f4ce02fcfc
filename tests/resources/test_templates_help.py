"""The recipe for a template of one's own works as it is written, in every language it is written in."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from desktop.cli import main
from forms.reading import plain_from_yaml, template_from_yaml
from forms.trial import try_out
from forms.workbook import template_from_workbook, workbook_from_template
from forms.workbook.layout import sheets
from resources import path

CODES = sorted(file.parent.name for file in path("help").glob("*/templates.md"))
codes = pytest.mark.parametrize("code", CODES)


def text(code: str) -> str:
    return path("help", code, "templates.md").read_text("utf-8")


@codes
def test_the_small_template_can_be_used_as_it_stands(code: str) -> None:
    (written,) = re.findall(r"```yaml\n(.*?)```", text(code), re.DOTALL)
    template = template_from_yaml(written.encode("utf-8"), file="help.yaml")
    assert try_out(template, scope="light", random_runs=5).runs["best"].subjects[0].score.band == "adequate"
    assert template_from_workbook(workbook_from_template(template), file="help.xlsx").hash == template.hash


@codes
def test_every_sheet_that_is_named_is_there(code: str) -> None:
    rows = [line.split("|")[1] for line in text(code).splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    assert len(named) > 10
    assert named <= {sheet.name for sheet in sheets()}


@codes
def test_the_conditions_that_are_shown_can_be_read(code: str) -> None:
    shown = re.findall(r"^    (\{.+\})$", text(code), re.MULTILINE)
    assert len(shown) == 5
    assert all(isinstance(plain_from_yaml(one.encode("utf-8"), file="x"), dict) for one in shown)


@codes
def test_the_commands_that_are_shown_work(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^    gedigen (.+)$", text(code), re.MULTILINE)
    assert [main(shlex.split(command)) for command in commands] == [0, 0, 0]
    assert {file.name for file in tmp_path.iterdir()} == {"ours.xlsx", "ours.pdf"}
