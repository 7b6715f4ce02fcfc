"""Heads are what the whole template says of itself, and the library reads no more than it is asked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from forms.errors import TemplateError
from forms.heads import head_from_canonical, head_of, read_head
from forms.library import Library, Shelved, shelved_file
from forms.reading import read_template
from tests.forms.building import BUNDLED, THREE, three

FILES = sorted([*BUNDLED.glob("*.yaml"), THREE])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_head_says_what_the_whole_template_says_from_wherever_it_is_read(file: Path) -> None:
    template = read_template(file)
    assert read_head(file) == head_of(template) == head_from_canonical(template.canonical())


def test_keys_of_the_head_may_stand_after_the_questions(tmp_path: Path) -> None:
    lines = THREE.read_text(encoding="utf-8").splitlines()
    version = next(line for line in lines if line.startswith("version:"))
    late = tmp_path / "late.yaml"
    late.write_text("\n".join([*(line for line in lines if line != version), version]), encoding="utf-8")
    assert read_head(late) == read_head(THREE)


@pytest.mark.parametrize("old", ['version: "1"', "languages: [sv, en]", "format: 1"])
def test_a_file_whose_head_is_wrong_is_refused_with_the_place(tmp_path: Path, old: str) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(THREE.read_text(encoding="utf-8").replace(old, f"{old.split(':')[0]}: {{}}"), encoding="utf-8")
    with pytest.raises(TemplateError, match=r"wrong\.yaml: " + old.split(":")[0]):
        read_head(wrong)


def test_a_version_that_is_no_number_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(THREE.read_text(encoding="utf-8").replace('version: "1"', 'version: "one"'), encoding="utf-8")
    with pytest.raises(TemplateError, match="is not a version"):
        read_head(wrong)


@pytest.mark.parametrize("source", [b"", b"{}", b"\xff\xfe", b'{"id": 1}'])
def test_what_is_no_kept_template_is_refused(source: bytes) -> None:
    with pytest.raises(TemplateError, match="restore a backup"):
        head_from_canonical(source)


def test_what_is_wrong_after_the_head_shows_when_the_template_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(THREE.read_text(encoding="utf-8").replace("kind: level", "kind: leval"), encoding="utf-8")
    library = Library(tmp_path)
    assert [head.id for head in library.newest_heads()] == ["three-questions"]
    with pytest.raises(TemplateError, match=r"a\.yaml: sections\[0\]\.questions\[0\]\.kind"):
        library.newest("three-questions")


def test_a_file_that_has_changed_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(THREE.read_bytes())
    assert Library(tmp_path).newest("three-questions").version == "1"
    file.write_text(THREE.read_text(encoding="utf-8").replace('version: "1"', 'version: "2"'), encoding="utf-8")
    os.utime(file, ns=(1, 1))  # a clock that stands still must not hide it
    assert Library(tmp_path).newest("three-questions").version == "2"


def test_what_comes_from_elsewhere_goes_before_a_file_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(THREE.read_bytes())
    mine = three()
    library = Library(tmp_path, more=[Shelved(head_of(mine), lambda: mine)])
    assert library.template("three-questions", "1") is mine
    assert len(library.heads()) == 1
    with pytest.raises(KeyError):
        library.template("three-questions", "2")


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="cannot be read"):
        shelved_file(tmp_path / "none.yaml")
