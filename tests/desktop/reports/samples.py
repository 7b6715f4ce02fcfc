"""Reports, keys and certificates for the tests; every name in them is invented."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from desktop.charts.shapes import Drawing, Path, Text, arc_commands, circle, polygon, rectangle
from desktop.language import language
from desktop.reports.archive import finish
from desktop.reports.layout import Bold, Column, LaidOut, Link, ReportBuilder, StatusWord
from desktop.reports.signing import sign

NOW = datetime.fromisoformat("2026-03-09T12:00")
START = datetime.fromisoformat("2026-01-01")
STATUSES = [("low", "strong"), ("moderate", "adequate"), ("significant", "limited"), ("high", "weak"), ("incomplete", "not assessed")]


@dataclass(frozen=True)
class Holder:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()


def _usage(**allowed: bool) -> x509.KeyUsage:
    names = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
        "key_cert_sign crl_sign encipher_only decipher_only"
    )
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names.split()})


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Havsstiftelsen")])


def make_root(name: str = "Havsstiftelsen root") -> Holder:
    key = ec.generate_private_key(ec.SECP384R1())
    builder = x509.CertificateBuilder(
        _name(name), _name(name), key.public_key(), x509.random_serial_number(), START, START + timedelta(7300)
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    return Holder(key, builder.sign(key, hashes.SHA384()))


def make_person(name: str, root: Holder, *, days: int = 1095, start: datetime = START) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = root.certificate.subject
    builder = x509.CertificateBuilder(issuer, _name(name), key.public_key(), x509.random_serial_number(), start, start + timedelta(days))
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
    builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key()), critical=False)
    return Holder(key, builder.sign(root.key, hashes.SHA384()))


def signed(pdf: bytes, field: str, holder: Holder, root: Holder, *, certify: bool | None = None, at: datetime = NOW) -> bytes:
    name = holder.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    assert isinstance(name, str)
    return sign(
        pdf,
        field=field,
        key=holder.key,
        certificate=holder.certificate,
        root=root.certificate,
        name=name,
        role_label=field,
        reason="Prepared the assessment",
        at=at,
        certify=field == "Caseworker" if certify is None else certify,
    )


def record(**signers: Holder | str) -> bytes:
    """Give an attached record that requires these signers by certificate."""
    required = []
    for field, holder in signers.items():
        if isinstance(holder, Holder):
            name = holder.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
            required.append({"field": field, "name": name, "certificate_sha256": holder.fingerprint})
    return json.dumps({"format": 1, "required_signers": required}).encode()


def chart() -> Drawing:
    shapes = (
        circle(x=80, y=80, radius=60, stroke="border", width=0.5),
        Path(arc_commands(x=80, y=80, radius=40, start=0, sweep=200), stroke="accent", width=2),
        polygon(points=((80, 30), (120, 80), (60, 120)), fill="accent", fill_opacity=0.2, stroke="accent", dash=(3, 2)),
        rectangle(x=200, y=20, width=40, height=40, fill="high", fill_opacity=0.14, pattern="hatch"),
        rectangle(x=250, y=20, width=40, height=40, fill="moderate", fill_opacity=0.14, pattern="dots"),
        rectangle(x=300, y=20, width=40, height=40, fill="low", fill_opacity=0.14, pattern="cross"),
        Text(80, 12, "Governance", weight="bold", anchor="middle"),
    )
    return Drawing(360, 150, shapes, "Governance is strongest; finance is weakest.")


def begin(code: str = "en") -> ReportBuilder:
    return ReportBuilder(
        language=language(code),
        title="Assessment of Blåklint",
        subject="Partner assessment 2026",
        author="Havsstiftelsen",
        left="Blåklint (invented)",
        right="2026-17",
        foot="Sample",
    )


def every_block(code: str = "en") -> LaidOut:
    report = begin(code)
    report.title("Blåklint", subtitle=["Partner assessment · ", Bold("case 2026-17")])
    with report.columns(left_share=0.6) as sides:
        report.heading(2, "What is asked of us")
        report.paragraph(["A grant of ", Bold("SEK\u00a02\u00a0400\u00a0000"), " & <nothing> else."], style="lead")
        report.bullets(["First", ["Second, ", Bold("bold")], "Third"])
        sides.right()
        report.key_values([("Judged", StatusWord("moderate", "Limited")), ("Visit", "12 May")], key_width=70)
    with report.callout("stop", "One stop criterion goes to the board"):
        report.paragraph("One person alone controls the funds.")
    with report.callout("note", "How sure are we"):
        report.numbered(["Two answers could not be established.", "One visit."])
    report.heading(1, "Profile", anchor="profile")
    report.figure(chart())
    report.heading(2, "Sections")
    columns = [Column("Section", 2), Column("Capacity", 2), Column("2026", 1, "right"), Column("Finding", 4)]
    report.table(columns, [[f"Section {n}", StatusWord(*STATUSES[n % 5]), f"{n}", "Minutes exist." if n % 2 else None] for n in range(70)])
    report.heading(3, "Names")
    report.paragraph(["In Arabic: ", Bold("شبكة الإغاثة"), ", in Burmese: ကွန်ရက်, in Khmer: បណ្តាញ, and −3."], style="small", language="sv")
    report.link("Back to the profile", "#profile")
    report.table([Column("Where"), Column("What")], [[Link("The law", "https://example.org/law"), "x"]], row_headers=False)
    with report.keep_together():
        report.heading(2, "Signatures")
        report.status("incomplete", "Not signed")
        report.space(4)
    report.page_break()
    report.signature_fields([("Caseworker", "Caseworker", "Ada Lindqvist"), ("Reviewer", "Reviewer", "Bo Ek"), ("Chair", "Chair", "")])
    return report.lay_out()


def short_report(payload: bytes | None = None) -> bytes:
    report = begin()
    report.title("Blåklint")
    report.paragraph("A short report.")
    report.signature_fields([("Caseworker", "Caseworker", "Ada Lindqvist"), ("Reviewer", "Reviewer", "Bo Ek"), ("Chair", "Chair", "")])
    return finish(report.lay_out(), now=NOW, payload=payload)


if __name__ == "__main__":
    import hashlib
    import sys

    sys.stdout.write(hashlib.sha256(finish(every_block(), now=NOW, payload=b"{}")).hexdigest())
