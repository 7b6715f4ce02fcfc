"""Qt's Unicode library with the data of the program's languages only: on Linux the whole is 32 MB, and all that Qt asks of it is sorting.

The library ``libicudata`` holds nothing but one package of named items in ICU's own format ("CmnD"). The items that are kept are copied as
they are into a new package, and ``as`` and ``ld`` make a library of it that differs in nothing else. ICU allows for this: what is not in
the package is taken from ``root``, or said not to be there.
"""

from __future__ import annotations

import re
import struct
import subprocess
from collections.abc import Collection, Iterator
from pathlib import Path

#: Whole folders of items that Qt does not ask for: names of units, time zones, currencies, languages and countries, spelling out, scripts.
_FOLDERS = re.compile(r"^[^/]+/(unit|zone|curr|lang|region|rbnf|translit|brkitr)/")
#: Converters of legacy encodings, names of characters, profiles for network names.
_KINDS = re.compile(r"\.(cnv|spp|cfu|dict|brk)$|/unames\.icu$")
#: A locale's own item, in the first folder or among the orders of letters: "icudt73l/coll/sv.res", "icudt73l/en_GB.res".
_LOCALE = re.compile(r"^[^/]+/(?:coll/)?([a-z]{2,3})(?:_[A-Za-z0-9_]+)?\.res$")

_ASSEMBLY = """
.section .rodata
.balign 16
.globl {symbol}
.type {symbol}, %object
{symbol}:
.incbin "{package}"
.size {symbol}, .-{symbol}
.section .note.GNU-stack,"",%progbits
"""


def make_smaller(library: Path, *, languages: Collection[str], scratch: Path) -> Path:
    """Make a ``libicudata`` with the items of these languages in the folder ``scratch``, which must exist, and give it.

    Raises ``ValueError`` when the library holds no such package.
    """
    package, assembly, compiled = scratch / "icu.dat", scratch / "icu.s", scratch / "icu.o"
    package.write_bytes(smaller_package(library.read_bytes(), languages=languages))
    version = re.search(r"\.so\.(\d+)", library.name)
    if version is None:
        raise ValueError(f"{library.name} has no version")
    assembly.write_text(_ASSEMBLY.format(symbol=f"icudt{version[1]}_dat", package=package), "utf-8")
    subprocess.run(["as", "-o", compiled, assembly], check=True)
    made = scratch / library.name
    subprocess.run(["ld", "-shared", f"-soname={library.name}", "-z", "noexecstack", "-o", made, compiled], check=True)
    return made


def smaller_package(content: bytes, *, languages: Collection[str]) -> bytes:
    """Give the package that is somewhere in ``content`` without the items that are not kept."""
    begin = content.find(b"CmnD") - 12
    if begin < 0 or content[begin + 2 : begin + 4] != b"\xda\x27":
        raise ValueError("there is no package of ICU data")
    (size,) = struct.unpack_from("<H", content, begin)
    kept = [(name, item) for name, item in _items(content, begin + size) if is_kept(name, languages)]
    table_size = 4 + 8 * len(kept)
    names, table, items = b"", b"", b""
    first_item = _rounded_up(table_size + sum(len(name) + 1 for name, _ in kept))
    for name, item in kept:
        table += struct.pack("<II", table_size + len(names), first_item + len(items))
        names += name.encode("ascii") + b"\0"
        items += item.ljust(_rounded_up(len(item)), b"\0")
    body = struct.pack("<I", len(kept)) + table + names
    return content[begin : begin + size] + body.ljust(first_item, b"\0") + items


def is_kept(name: str, languages: Collection[str]) -> bool:
    """Tell whether an item is wanted: what is for every language, and what is for one of these."""
    if _FOLDERS.search(name) or _KINDS.search(name):
        return False
    locale = _LOCALE.search(name)
    return locale is None or locale[1] in {*languages, "res"}  # res_index.res, the list of locales


def _items(content: bytes, begin: int) -> Iterator[tuple[str, bytes]]:
    """Give each item's name and bytes; the places in the table are counted from the table, and items lie there in its order."""
    (count,) = struct.unpack_from("<I", content, begin)
    places = [struct.unpack_from("<II", content, begin + 4 + 8 * number) for number in range(count)]
    ends = [place for _, place in places[1:]] + [len(content) - begin]
    for (name, place), end in zip(places, ends, strict=True):
        yield content[begin + name : content.index(0, begin + name)].decode("ascii"), content[begin + place : begin + end]


def _rounded_up(size: int) -> int:
    return -(-size // 16) * 16
