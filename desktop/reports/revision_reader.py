"""A reader of PDF revisions that decodes each object stream once, and a signature's container at once."""

from __future__ import annotations

import re
from binascii import unhexlify
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader

#: More objects in one stream than any report has in all; the index of a stream is read whole, so it must be bounded.
_MOST_IN_STREAM = 100_000
#: A container as it is written: its digits and nothing between them.
_DIGITS = re.compile(rb"<([0-9A-Fa-f]*)>")
_read_digit_by_digit = generic.read_hex_string_from_stream


class _Source(BytesIO):
    """The bytes of a file, to read from and to look ahead in."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(pdf)
        self.pdf = pdf


def _read_digits(stream: Any) -> Any:
    """Read a string in hexadecimal digits as pyHanko does, which takes a loop's turn for every digit, ten thousand for a signature.

    What has white space, comments or anything else among its digits, and what is not read by ``RevisionReader``, is left to pyHanko.
    """
    plain = _DIGITS.match(stream.pdf, stream.tell()) if isinstance(stream, _Source) else None
    if plain is None:
        return _read_digit_by_digit(stream)
    stream.seek(plain.end())
    digits = plain[1]
    return generic.pdf_string(unhexlify(digits + b"0" * (len(digits) % 2)))


generic.read_hex_string_from_stream = _read_digits


class RevisionReader(PdfFileReader):
    """Reads strictly, as pyHanko does, but keeps what it has unpacked.

    pyHanko unpacks a whole object stream, and reads its index from the beginning, for every single object: three quarters of the time
    that verifying a report took. The method is private, hence the pin on pyHanko 0.38 and a test that both read the same.
    """

    def __init__(self, pdf: bytes) -> None:
        self._unpacked: dict[int, tuple[bytes, list[tuple[int, int]]]] = {}
        super().__init__(_Source(pdf), strict=True)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        content, index = self._stream(stmnum)
        if not 0 <= idx < len(index) or index[idx][0] != idnum:
            raise misc.PdfStrictReadError("an object is not where the cross-references say")
        source = BytesIO(content)
        source.seek(index[idx][1])
        found = generic.read_object(source, generic.Reference(idnum, 0, self))
        if isinstance(found, (generic.StreamObject, generic.IndirectObject)):
            raise misc.PdfStrictReadError("a stream or a reference as an object in an object stream")
        return found

    def _stream(self, number: int) -> tuple[bytes, list[tuple[int, int]]]:
        """Give an object stream's content, and for each object its number and where it begins."""
        known = self._unpacked.get(number)
        if known is not None:
            return known
        stream = generic.Reference(number, 0, self).get_object()
        if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
            raise misc.PdfStrictReadError("not an object stream")
        content, count, first = bytes(stream.read_data(DecodePurpose.OBJECT_STREAM)), int(stream["/N"]), int(stream["/First"])
        if not 0 <= count <= _MOST_IN_STREAM:
            raise misc.PdfStrictReadError("an object stream of that many objects")
        numbers = [int(word) for word in content[:first].split()[: 2 * count]]
        if len(numbers) != 2 * count or min(numbers, default=0) < 0 or len(set(numbers[::2])) != count:
            # One number twice: some programs go by the place that the cross-references give, others by the number alone.
            raise misc.PdfStrictReadError("an object stream whose index is damaged")
        self._unpacked[number] = content, [(numbers[at], first + numbers[at + 1]) for at in range(0, len(numbers), 2)]
        return self._unpacked[number]
