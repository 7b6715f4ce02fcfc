"""What a comparison must say of the sealed records that it is made from: two at least, each once, and all of them known."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.reports.expected import Expectations
from desktop.reports.verdict import Finding
from forms.text import N_
from models.document_kind import FEWEST_COMPARED


def comparison_findings(records: tuple[str, ...], expected: Expectations) -> Iterator[Finding]:
    """Judge the records that a comparison names (SHA-256, the oldest first).

    A vault knows every record that was sealed in it, so one that it does not know is a problem; full reports that somebody has at hand may
    be some of those that were compared, so then a record that none of them carries is only missing.
    """
    if len(records) < FEWEST_COMPARED or len(set(records)) != len(records):
        message = N_("A comparison is made from several sealed records and names each once; this file does not.")
        yield Finding("problem", message)
        return
    message = N_(
        "This is a comparison: its words cannot be computed again from it. The full reports with these records say more: {records}"
    )
    yield Finding("remark", message, {"records": ", ".join(records)})
    if expected.sealed_records is None:
        return
    known = sum(1 for one in records if one in expected.sealed_records)
    if known == len(records):
        yield Finding("good", N_("All {n} sealed records that the file names are among those it was compared with."), {"n": known})
    elif known == 0 or expected.registered is not None:
        message = N_("Of the {n} sealed records that the file names, {unknown} are not among those it was compared with.")
        yield Finding("problem", message, {"n": len(records), "unknown": len(records) - known})
    else:
        message = N_(
            "Of the {n} sealed records that the file names, {known} are among those it was compared with. Give the other full reports too."
        )
        yield Finding("missing", message, {"n": len(records), "known": known})
