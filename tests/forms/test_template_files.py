"""A file that is no template, or is hostile, is refused; nothing else ever comes of any bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.decoding import decode
from forms.errors import TemplateError
from forms.reading import LARGEST_FILE, read_template, template_from_canonical, template_from_yaml
from tests.forms.building import REAL, THREE, base, mixed, real, three

FIRST = "sections[0].questions[0]"


def refusal(source: bytes) -> str:
    with pytest.raises(TemplateError) as caught:
        template_from_yaml(source, file="t.yaml")
    return str(caught.value)


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(20))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "t.yaml: a template is a set of keys"),
        (b"# nothing\n", "t.yaml: a template is a set of keys"),
        (b"- one\n- two\n", "t.yaml: a template is a set of keys"),
        (b"just words", "t.yaml: a template is a set of keys"),
        (b"format: 1\nname: [\n", "t.yaml, line 3: this is not valid YAML ("),
        (b"format: 1\n\tid: x\n", "t.yaml, line 2: this is not valid YAML ("),
        (b"format: 1\n---\nformat: 1\n", "t.yaml, line 2: this is not valid YAML (but found another document)"),
        (b"format: 1\nid: x\nformat: 1\n", "t.yaml: the key “format” stands twice (line 3); keep one"),
        (b"format: 1\n[a]: b\n", "t.yaml: line 2: a key must be a word"),
        (b"format: 1\nid: caf\xe9\n", "t.yaml, line 2: this is not text in UTF-8"),
        ("format: 1".encode("utf-16"), "t.yaml, line 1: this is not text in UTF-8"),
        (b"format: 1\nid: \x00\n", "t.yaml, line 2: this is not valid YAML (control characters are not allowed)"),
        (b"format: 1\nid: !!python/object/apply:os.system [ls]\n", "t.yaml: line 2 uses a YAML tag"),
        (b"format: !!bool maybe\n", "t.yaml: line 1 uses a YAML tag"),
        (b"a: &x 1\nb: *x\n", "t.yaml: line 2 uses a YAML alias"),
        (b"a: " + b"[" * 41 + b"]" * 41, "t.yaml: line 1 is nested deeper than 40 steps"),
        (b"a: " + b"[" * 100_000, "t.yaml: line 1 is nested deeper than 40 steps"),
        (BOMB.encode(), "t.yaml: line 2 uses a YAML alias"),
        (b"#" * (LARGEST_FILE + 1), "t.yaml is larger than 5 MB"),
    ],
    ids=lambda part: part[:40] if isinstance(part, str) else None,
)
def test_a_file_that_is_no_template_is_refused_with_the_line(source: bytes, words: str) -> None:
    assert words in refusal(source)


def test_words_that_other_readers_take_for_something_else_stay_text() -> None:
    source = THREE.read_text(encoding="utf-8").replace("en: Three questions", "en: on").replace("en: Invented.", "en: 2026-03-01")
    template = template_from_yaml(source.encode(), file="t")
    assert (template.name["en"], template.about["en"]) == ("on", "2026-03-01")


def test_a_byte_order_mark_is_no_error() -> None:
    assert template_from_yaml(b"\xef\xbb\xbf" + THREE.read_bytes(), file="t") == three()


def test_a_folder_and_a_missing_file_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"cannot be read: Is a directory"):
        read_template(tmp_path)
    with pytest.raises(TemplateError, match=r"none\.yaml cannot be read: No such file"):
        read_template(tmp_path / "none.yaml")


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(40 * 1024**3)  # sparse: reading all of it would fail
    with pytest.raises(TemplateError, match="larger than 5 MB"):
        read_template(path)


@pytest.mark.parametrize("template", [three(), mixed(), real()], ids=lambda template: template.id)
def test_the_canonical_form_gives_the_same_template_and_hash(template: Any) -> None:
    again = template_from_canonical(template.canonical())
    assert again == template
    assert again.hash == template.hash


@pytest.mark.parametrize("source", [b"", b"{}", b"[1]", b"\xff", b'{"format": 9}'])
def test_a_damaged_canonical_form_is_refused(source: bytes) -> None:
    with pytest.raises(TemplateError, match="restore a backup"):
        template_from_canonical(source)


def raises_only_template_errors(source: bytes) -> None:
    """Whatever is read, the only error is one that names the file; anything else fails the test by itself."""
    message = "t.yaml"
    try:
        template_from_yaml(source, file="t.yaml")
    except TemplateError as error:
        message = str(error)
    assert message.startswith("t.yaml")


@given(st.binary(max_size=300))
def test_any_bytes_give_a_template_error(source: bytes) -> None:
    raises_only_template_errors(source)


@given(st.text(alphabet="{}[]:,-&*!|>'\"#?%@`\n\t ab01~.<=é\x85\ud7ff", max_size=120))
def test_any_marks_give_a_template_error(source: str) -> None:
    raises_only_template_errors(source.encode())


@given(st.data())
def test_a_spoilt_file_gives_a_template_error_or_a_template(data: st.DataObject) -> None:
    source = bytearray(data.draw(st.sampled_from([THREE, REAL])).read_bytes()[:20_000])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(source)))
        end = start + data.draw(st.integers(0, 12))
        source[start:end] = data.draw(
            st.one_of(st.binary(max_size=6), st.sampled_from([b"\n", b": ", b"- ", b"{", b"}", b"[", b"~", b"1"]))
        )
    raises_only_template_errors(bytes(source))


PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.floats(allow_nan=True), st.sampled_from(["", "light", "weak", "one.a"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["en", "id", "is", "question", "7"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    return [path, *(found for key, item in inside for found in places(item, (*path, key)))]


@given(st.data())
def test_any_value_anywhere_gives_a_template_error_or_a_template(data: st.DataObject) -> None:
    tree_ = base()
    *steps, last = data.draw(st.sampled_from(places(tree_)[1:]))
    place: Any = tree_
    for step in steps:
        place = place[step]
    if data.draw(st.booleans()):
        place[last] = data.draw(PLAIN)
    elif isinstance(place, dict):
        place[data.draw(st.sampled_from(["asked_if", "is", "weight", "bands", "steps", "xyz", 7, None]))] = data.draw(PLAIN)
    message = "t.yaml: "
    try:
        decode(tree_, file="t.yaml")
    except TemplateError as error:
        message = str(error)
    assert message.startswith("t.yaml: ")
