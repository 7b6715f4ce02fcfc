"""The page for the minutes: which root certificate is the organisation's."""

from __future__ import annotations

from pathlib import Path

from desktop.operations.handing_out import write_whole
from desktop.reports.fingerprint_page import render_fingerprint_page
from models.identity import OrganisationCard


def fingerprint_page(*, organisation: OrganisationCard, language_code: str) -> bytes:
    """Lay out the page in a language; the same certificate gives the same bytes. Touches no database."""
    return render_fingerprint_page(organisation=organisation.name, root=organisation.root, code=language_code)


def export_fingerprint_page(*, organisation: OrganisationCard, language_code: str, path: Path) -> None:
    """Write the page to a place that the user chose. Raises ``RecordRefused``. Touches no database."""
    write_whole(path, fingerprint_page(organisation=organisation, language_code=language_code))
