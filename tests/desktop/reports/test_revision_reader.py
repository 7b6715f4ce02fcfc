"""A signature's container is read at once, and as pyHanko reads it digit by digit."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop.reports import revision_reader
from desktop.reports.revision_reader import RevisionReader
from tests.desktop.reports.conftest import Signed


def outcome(read: Callable[[Any], Any], stream: BytesIO) -> tuple[object, ...]:
    """Give what came out and where reading ended, or what was raised."""
    try:
        found = read(stream)
    except Exception as error:  # any kind: the two must fail alike
        return type(error), str(error)
    return type(found), found, stream.tell()


@given(st.text("0123456789abcdefABCDEF \n\t%<>zG", max_size=40), st.sampled_from(["", ">", "> /Next", " >"]))
@example("", ">")
@example("4", ">")
@example("FEFF00e5", ">")
@example("48 65", ">")
@example("48%>\n65", ">")
def test_digits_are_read_as_pyhanko_reads_them(digits: str, after: str) -> None:
    written = f"<{digits}{after}".encode()
    ours = outcome(generic.read_hex_string_from_stream, revision_reader._Source(written))
    assert ours == outcome(revision_reader._read_digit_by_digit, BytesIO(written))


def test_digits_are_read_from_where_the_reader_stands() -> None:
    source = revision_reader._Source(b"<ffff> <4142> <ffff>")
    source.seek(7)
    assert (generic.read_hex_string_from_stream(source), source.tell()) == ("AB", 13)


@pytest.mark.parametrize("name", ["none", "one", "three"])
def test_every_object_of_a_report_is_what_pyhanko_reads(reports: Signed, name: str) -> None:
    pdf: bytes = getattr(reports, name)
    ours, theirs = RevisionReader(pdf), PdfFileReader(BytesIO(pdf))
    numbers = sorted({one.idnum for revision in range(ours.total_revisions) for one in ours.xrefs.explicit_refs_in_revision(revision)})
    assert len(numbers) > 100
    for number in numbers:
        mine, other = (reader.get_object(generic.Reference(number, 0, reader)) for reader in (ours, theirs))
        assert (type(mine), written(mine)) == (type(other), written(other)), number


def written(thing: Any) -> bytes:
    out = BytesIO()
    thing.write_to_stream(out, None)
    return out.getvalue()
