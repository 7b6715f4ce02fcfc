"""Finished documents of every kind, template, language and level of signature, to be judged by programs that share no code with ours.

``python -m tests.desktop.reports.matrix FOLDER`` writes them all, with trusted.pem (the organisation's root, then the timestamp
authority's) and expected.tsv: file, number of signatures, number of archive timestamps, part of PDF/A.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from desktop.language import language
from desktop.reports.chosen import Chosen, Ticks
from desktop.reports.comparison_content import render_comparison
from desktop.reports.document_timestamp import add_document_timestamp
from desktop.reports.documents import render_document
from desktop.reports.form_report import render_form
from forms.reading import read_template
from forms.template import Template
from models.cards import AgreementCondition, AssessmentFile, DecisionCard, DecisionDraft
from models.document_kind import BOARD_PAGE, COMPARISON, FULL_REPORT, PARTNER_DRAFT, PARTNER_FEEDBACK, PUBLIC_RECORD, DocumentKind, Part
from tests.desktop.reports.compared_samples import four_years
from tests.desktop.reports.local_authority import LocalAuthority, revocation_list
from tests.desktop.reports.sample_file import ROOT, SEALED
from tests.desktop.reports.samples import NOW, Holder, make_person, make_root
from tests.desktop.reports.sealed_reports import scored_file, sealed
from tests.desktop.reports.signed_with import signed_with

Level = Literal["alone", "offline", "lasting"]
PEOPLE = {"Caseworker": "Ada Lindqvist", "Reviewer": "Bo Ek", "Chair": "Cecilia Öst"}


@dataclass(frozen=True)
class Wanted:
    """One document: of which template, kind and language, how many sign it and how, and how many archive timestamps follow."""

    template: str
    language: str
    kind: DocumentKind = FULL_REPORT
    part: Part = 3
    signatures: int = 2
    level: Level = "lasting"
    timestamps: int = 0

    @property
    def name(self) -> str:
        """What its file is called."""
        said = [self.template, self.kind.name, self.language, f"{self.part}a", f"{self.signatures}x{self.level}", f"{self.timestamps}ts"]
        return "-".join(said)


def _kinds() -> Iterator[Wanted]:
    for code in ("sv", "en", "fr"):
        yield Wanted("partner-project", code, BOARD_PAGE, signatures=1, level="offline")
        yield Wanted("partner-project", code, PARTNER_FEEDBACK, signatures=1)
        yield Wanted("partner-project", code, PUBLIC_RECORD, signatures=1, timestamps=1)
    yield Wanted("community-network", "nb", BOARD_PAGE, signatures=1, timestamps=1)
    yield Wanted("community-network", "nb", PARTNER_FEEDBACK, signatures=1, level="alone")
    yield Wanted("partner-project", "sv", FULL_REPORT, 2, signatures=3, timestamps=1)
    yield Wanted("partner-project", "fr", BOARD_PAGE, 2, signatures=1)
    yield Wanted("partner-project", "sv", COMPARISON, signatures=1, level="offline", timestamps=1)
    yield Wanted("partner-project", "fr", COMPARISON, 2, signatures=1)


def _templates() -> Iterator[Wanted]:
    levels: tuple[tuple[int, Level, int], ...] = (
        (2, "alone", 0),
        (2, "offline", 1),
        (3, "lasting", 0),
        (3, "lasting", 2),
        (2, "lasting", 1),
    )
    number = 0
    for path in sorted((ROOT / "resources/templates").glob("*.yaml")):
        for code in template_of(path.stem).languages:
            signatures, level, timestamps = levels[number % len(levels)]
            yield Wanted(path.stem, code, signatures=signatures, level=level, timestamps=timestamps)
            number += 1


@cache
def template_of(name: str) -> Template:
    """Read a bundled template."""
    return read_template(ROOT / f"resources/templates/{name}.yaml")


def every() -> tuple[Wanted, ...]:
    """Give all that the matrix has: each template in each of its languages, and the other kinds."""
    return (*_templates(), *_kinds())


def few() -> tuple[Wanted, ...]:
    """Give a share that an ordinary run of the tests can afford: small templates, with each kind and each level."""
    small = {"project-review", "verification-gate", "financial-health-check"}
    return tuple(one for one in every() if one.template in small or (one.kind != FULL_REPORT and one.language in ("nb", "fr")))


class Press:
    """Makes the documents, with people, a root and a timestamp authority of its own. A context, for the authority's server."""

    def __init__(self) -> None:
        self.root = make_root()
        self.people = {field: make_person(name, self.root) for field, name in PEOPLE.items()}
        self.clock = LocalAuthority(moment=NOW, days=7300)
        self.lists = (revocation_list(self.root),)

    def __enter__(self) -> Press:
        self.clock.__enter__()
        return self

    def __exit__(self, *ended: object) -> None:
        self.clock.__exit__(*ended)  # type: ignore[arg-type]

    def make(self, wanted: Wanted) -> bytes:
        """Give the finished bytes of a document."""
        pdf = self._unsigned(wanted)
        lists = () if wanted.level == "alone" else self.lists
        authority = self.clock.authority() if wanted.level == "lasting" else None
        for field in list(self.people)[: wanted.signatures]:
            pdf = signed_with(pdf, field, self.people[field], self.root, lists=lists, authority=authority)
        for place in range(wanted.timestamps):
            self.clock.moment = NOW + timedelta(days=60 * (place + 1))
            pdf = add_document_timestamp(pdf, authority=self.clock.authority(), revocation_lists=self.lists, at=self.clock.moment)
        self.clock.moment = NOW
        return pdf

    def _unsigned(self, wanted: Wanted) -> bytes:
        if wanted.kind == COMPARISON:
            words, root = language(wanted.language), self.root.fingerprint
            return render_comparison(four_years(), words, part=wanted.part, organisation="Havsstiftelsen", root_fingerprint=root)
        file = self._file(wanted.template, chair=wanted.signatures > 2)
        chosen = Chosen(wanted.kind, wanted.part, Ticks(), date(2026, 4, 20))
        return render_document(
            file, language(wanted.language), chosen, organisation="Havsstiftelsen", root_fingerprint=self.root.fingerprint
        )

    def _file(self, name: str, *, chair: bool) -> AssessmentFile:
        signers: dict[str, Holder] = {field: self.people[field] for field in ("Caseworker", "Reviewer")}
        file = sealed(scored_file(template_of(name)), signers, chair=chair)
        conditions = (AgreementCondition("Revisorn byts", "payment"),)
        draft = DecisionDraft("approve_with_conditions", "Styrelsen", "2026-04", "7", date(2026, 4, 14), conditions=conditions)
        return replace(file, decision=DecisionCard(draft, "Ruth Bergman", SEALED))

    def unsigned(self) -> Iterator[tuple[str, bytes]]:
        """Give those that nobody signs: draft findings and empty forms."""
        for code in ("sv", "fr"):
            file = replace(scored_file(template_of("partner-project")), decision=None)
            chosen = Chosen(PARTNER_DRAFT, 3, Ticks(), date(2026, 4, 20))
            words = language(code)
            yield f"draft-{code}", render_document(file, words, chosen, organisation="Havsstiftelsen", root_fingerprint="")
        for name, code in (("community-network", "nb"), ("psea-six-standards", "en")):
            form = template_of(name)
            yield f"form-{name}-{code}", render_form(form, scope=form.scopes[0], code=code)


def write_all(folder: Path) -> None:
    """Write the whole matrix into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with Press() as press:
        (folder / "trusted.pem").write_bytes(press.root.pem + press.clock.root_pem)
        rows = []
        for wanted in every():
            (folder / f"{wanted.name}.pdf").write_bytes(press.make(wanted))
            rows.append(f"{wanted.name}.pdf\t{wanted.signatures}\t{wanted.timestamps}\t{wanted.part}")
        (folder / "expected.tsv").write_text("\n".join(rows) + "\n", "utf-8")
        for name, pdf in press.unsigned():
            (folder / f"{name}.unsigned").write_bytes(pdf)


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
