"""Signed reports, made once for all tests that only read them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.desktop.reports.samples import Holder, make_person, make_root, signed
from tests.desktop.reports.sealed_reports import printed, scored_file, sealed


@dataclass(frozen=True)
class Signed:
    """A report without and with one, two and three signatures, and who signed it."""

    root: Holder
    caseworker: Holder
    reviewer: Holder
    chair: Holder
    payload: bytes
    none: bytes
    one: bytes
    two: bytes
    three: bytes


@pytest.fixture(scope="session")
def reports() -> Signed:
    root = make_root()
    caseworker, reviewer, chair = (make_person(name, root) for name in ("Ada Lindqvist", "Bo Ek", "Cecilia Öst"))
    file = sealed(scored_file(), {"Caseworker": caseworker, "Reviewer": reviewer})
    assert file.seal is not None
    payload, none = file.seal.record, printed(file, root)
    one = signed(none, "Caseworker", caseworker, root)
    two = signed(one, "Reviewer", reviewer, root)
    return Signed(root, caseworker, reviewer, chair, payload, none, one, two, signed(two, "Chair", chair, root))
