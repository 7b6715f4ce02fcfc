"""Import only what reading a signed file takes: starting the verifying child is most of its work.

pyHanko's packages import on their first use all that can sign, draw stamps, encrypt and fetch. Here such a package is known by its place
alone, so that its modules can be imported one by one; and modules that are named in passing but never used to verify are empty.
A test holds that the child reaches the verdicts that the whole libraries reach.
"""

from __future__ import annotations

import gc
import importlib.util
import sys
from types import ModuleType

#: Packages whose own ``__init__`` is passed over.
_BARE = ("pyhanko.sign", "pyhanko.sign.validation")
#: Modules that stay empty. Those that reach a network or start a program, too: this process must do neither.
_EMPTY = (
    "aiohttp",
    "asyncio",
    "cryptography.hazmat.primitives.serialization.ssh",
    "pikepdf.models.image",
    "pikepdf.models.metadata",
    "pikepdf.sanitize",
    "pyhanko.keys",
    "pyhanko.pdf_utils.content",
    "pyhanko.pdf_utils.crypt.pdfmac",
    "pyhanko.pdf_utils.crypt.pubkey",
    "pyhanko.pdf_utils.writer",
    "pyhanko.sign.diff_analysis",
    "pyhanko.sign.validation.qualified.q_status",
    "pyhanko.sign.validation.qualified.tsp",
    "subprocess",
    "tzlocal",
)
#: Modules that their users do without when they are not there: what describes a file need not be taken apart, only its bytes read.
_MISSING = ("pyhanko.pdf_utils.metadata.xmp_xml",)


class Absent(ModuleType):
    """Stands for a module that is not wanted: everything in it is an empty class."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def import_lean() -> None:
    """From now on leave out what verifying never needs. For a process that does nothing else, and ends soon."""
    gc.set_threshold(200_000, 20, 20)  # looking for rings of objects all the while that modules make theirs takes a tenth of the time
    for name in _EMPTY:
        sys.modules.setdefault(name, Absent(name))
    for name in _MISSING:
        sys.modules[name] = None  # type: ignore[assignment]  # this is how the import system is told
    for name in _BARE:
        found = importlib.util.find_spec(name)
        if found is not None and name not in sys.modules:
            parent, _, child = name.rpartition(".")
            sys.modules[name] = importlib.util.module_from_spec(found)
            setattr(sys.modules[parent], child, sys.modules[name])
