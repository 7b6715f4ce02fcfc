"""One page for the minutes: the fingerprint of the organisation's root certificate, so that anybody can trust it later.

The board writes down once which certificate is the organisation's. Whoever checks a report in ten years compares with the minutes.
"""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from desktop.language import language
from desktop.reports.archive import finish
from desktop.reports.form_builder import FormBuilder
from desktop.reports.page import LaidOut
from forms.text import N_
from models.document_kind import EMPTY_FORM

_GROUP, _IN_LINE = 4, 4


def render_fingerprint_page(*, organisation: str, root: x509.Certificate, code: str) -> bytes:
    """Make the page in a language as PDF/A-3a and PDF/UA-1; the same certificate gives the same bytes, whenever it is made."""
    return finish(fingerprint_layout(organisation=organisation, root=root, code=code), now=_begins(root), kind=EMPTY_FORM)


def fingerprint_layout(*, organisation: str, root: x509.Certificate, code: str) -> LaidOut:
    """Set the page; arguments as in ``render_fingerprint_page``."""
    words = language(code)
    text = words.text
    digest = root.fingerprint(hashes.SHA256()).hex()
    title = text(N_("Fingerprint of the root certificate"))
    builder = FormBuilder(
        language=words,
        title=f"{title} – {organisation}",
        subject=text(N_("For the minutes of {organisation}"), organisation=organisation),
        author="Gedigen",
        left=organisation,
        right=title,
        foot=f"SHA-256 {digest[:16]}",
    )
    builder.title(title, subtitle=organisation)
    builder.paragraph(
        text(
            N_(
                "With this certificate {organisation} vouches for the people who sign its assessment reports. Whoever checks a report"
                " compares the certificate’s fingerprint with the one in the minutes: when they agree, the certificate is the right one."
            ),
            organisation=organisation,
        ),
        style="reading",
    )
    builder.heading(1, text(N_("Fingerprint (SHA-256)")))
    builder.groups(grouped_lines(digest))
    builder.heading(1, text(N_("The certificate")))
    builder.key_values(
        [
            (text(N_("Organisation")), _named(root, NameOID.ORGANIZATION_NAME)),
            (text(N_("Name")), _named(root, NameOID.COMMON_NAME)),
            (text(N_("Serial number")), f"{root.serial_number:X}"),
            (text(N_("Holds from")), words.date(_begins(root).date())),
            (text(N_("Holds until")), words.date(root.not_valid_after_utc.date())),
            (text(N_("Kind of key")), _kind(root)),
        ]
    )
    builder.heading(1, text(N_("For the minutes")))
    builder.paragraph(
        text(
            N_(
                "Noted: the root certificate of {organisation} has the fingerprint above. Two people have compared it with what Gedigen"
                " shows under Settings."
            ),
            organisation=organisation,
        )
    )
    builder.empty_table(["", ""], [text(N_("Meeting, date")), text(N_("Paragraph"))], widths=[1, 2.4])
    builder.space(8)
    headings = ["", text(N_("Name and role")), text(N_("Place and date")), text(N_("Signature"))]
    builder.empty_table(headings, [text(N_("Compared by")), text(N_("Attested by"))], widths=[1, 1.6, 1.4, 2])
    return builder.lay_out()


def grouped_lines(digest: str) -> tuple[tuple[str, ...], ...]:
    """Write a fingerprint in groups of four, four groups to a line, so that two people can read it to each other."""
    groups = [digest[at : at + _GROUP].upper() for at in range(0, len(digest), _GROUP)]
    return tuple(tuple(groups[at : at + _IN_LINE]) for at in range(0, len(groups), _IN_LINE))


def _begins(root: x509.Certificate) -> datetime:
    return root.not_valid_before_utc.replace(tzinfo=None)


def _named(root: x509.Certificate, kind: x509.ObjectIdentifier) -> str:
    return " ".join(str(one.value) for one in root.subject.get_attributes_for_oid(kind))


def _kind(root: x509.Certificate) -> str:
    key = root.public_key()
    return f"EC {key.curve.name}" if isinstance(key, ec.EllipticCurvePublicKey) else type(key).__name__
