"""A template that is written as YAML reads back as the same template."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from forms.reading import plain_from_yaml, read_template, template_from_yaml
from forms.template import Template
from forms.writing import template_as_yaml
from tests.forms.building import BUNDLED, THREE
from tests.forms.workbook.drawn import templates

FILES = sorted([*BUNDLED.glob("*.yaml"), THREE])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_exported_template_has_the_same_hash(file: Path) -> None:
    template = read_template(file)
    assert template_from_yaml(template_as_yaml(template).encode("utf-8"), file="x.yaml").hash == template.hash


@pytest.mark.parametrize("text", ["a\r\nb", "a\x85b", "a\u2028b", "a\tb", "a\nb", " a\nb "])
def test_a_text_keeps_its_ends_of_lines_whatever_they_are(text: str) -> None:
    template = read_template(THREE)
    template = msgspec.structs.replace(template, purpose=dict.fromkeys(template.languages, text))
    assert template_from_yaml(template_as_yaml(template).encode("utf-8"), file="x.yaml").purpose == template.purpose


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(template=templates())
def test_whatever_stands_in_a_template_is_written_so_that_it_reads_the_same(template: Template) -> None:
    read = plain_from_yaml(template_as_yaml(template).encode("utf-8"), file="x.yaml")
    assert msgspec.convert(read, Template, strict=True).canonical() == template.canonical()
