"""A PDF made to do harm gets a verdict, in a child process whose time and memory are limited; none is ever called valid.

A child names itself only when it lived to the end: with these limits every one of them does.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop.reports.verifying_child import Verified, verified
from tests.desktop.reports.attacks.hostile import hostile
from tests.desktop.reports.conftest import Signed

#: What a child may take here: little, so that a file that takes more is found out.
SECONDS, MEMORY = 20.0, 768 * 1024 * 1024


@pytest.fixture(scope="session")
def files(reports: Signed) -> dict[str, bytes]:
    return hostile(reports)


def judged(content: bytes, reports: Signed, folder: Path) -> Verified:
    file = folder / "hostile.pdf"
    file.write_bytes(content)
    return verified(file, root_pem=reports.root.pem, seconds=SECONDS, memory_bytes=MEMORY)


NAMES = [
    "nothing",
    "one byte",
    "not a PDF",
    "head alone",
    "head and end",
    "zeros",
    "cut in half",
    "end alone",
    "password",
    "password for changes",
    "page tree in a circle",
    "one page a hundred thousand times",
    "a hundred thousand pages",
    "outline in a circle",
    "structure in a circle",
    "structure in a circle, record whole",
    "deep nesting",
    "deep fields",
    "field is its own parent",
    "names in a circle",
    "length beyond the end",
    "negative length",
    "length refers to itself",
    "record that unpacks to a gigabyte",
    "record packed three times",
    "record of deep JSON",
    "record of a huge number",
    "record that is no text",
    "cross-references in a circle",
    "cross-references before the file",
    "billions of cross-references",
    "millions of cross-references",
    "billions of objects in a stream",
    "root is no dictionary",
    "root is missing",
    "script",
    "font that is none",
    "signature that is none",
    "store of a hundred thousand certificates",
    "store that unpacks to a gigabyte",
    "store in a circle",
    "store of deep objects",
    "store of huge lists",
    "store that is no dictionary",
    "store with its other part in a circle",
    "ten thousand revisions",
    "a hundred thousand fields",
    "signature of deep objects",
    "metadata of a million kinds",
    "metadata that unpack to a gigabyte",
    "range of huge numbers",
]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")
@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_gets_a_verdict_and_is_never_valid(name: str, files: dict[str, bytes], reports: Signed, tmp_path: Path) -> None:
    assert set(files) == set(NAMES)
    told = judged(files[name], reports, tmp_path)
    assert told.verdict.status in ("invalid", "incomplete", "unreadable")
    assert told.verdict.sentences
    assert told.process != 0, told.verdict.sentences[0].message  # the child itself judged; no limit had to end it
    assert told.verdict.status != "incomplete" or told.verdict.missing_signers
