"""A comparison is PDF/A and PDF/UA-1 in every language, with and without a signature, for archives too; and the same each time."""

from __future__ import annotations

import hashlib
import sys
from datetime import date
from functools import cache
from pathlib import Path

from desktop.language import language
from desktop.reports.comparison_content import render_comparison
from forms.reading import read_template
from models.compared import Compared
from models.document_kind import Part
from tests.desktop.reports.compared_samples import Told, compared, four_years, six_times
from tests.desktop.reports.sample_file import ROOT, three_questions
from tests.desktop.reports.samples import make_person, make_root, signed
from tests.desktop.reports.test_kinds_conform import printed_anywhere, rules_broken


@cache
def norwegian() -> Compared:
    """Give two years by a template that has Norwegian."""
    form = read_template(ROOT / "resources/templates/community-network.yaml")
    return compared([Told(date(2024, 3, 12), form, form.scopes[0], -1), Told(date(2026, 3, 12), form, form.scopes[0], 0, outcome="")])


def made(ones: Compared, code: str, part: Part = 3) -> bytes:
    return render_comparison(ones, language(code), part=part, organisation="Havsstiftelsen", root_fingerprint="ab" * 32)


def test_it_conforms_in_every_language_before_and_after_it_is_signed(tmp_path: Path) -> None:
    root = make_root()
    ada = make_person("Maja Ekwall", root)
    contents = {f"four-{code}": made(four_years(), code) for code in ("sv", "en", "fr")}
    contents["two-nb"] = made(norwegian(), "nb")
    contents["six-sv"] = made(six_times(), "sv")
    contents["signed"] = signed(contents["four-sv"], "Caseworker", ada, root)
    assert rules_broken(tmp_path, contents, "3a,ua1") == []


def test_for_archives_that_refuse_attachments_it_conforms_to_the_older_part(tmp_path: Path) -> None:
    root = make_root()
    contents = {"two-nb": made(norwegian(), "nb", 2), "four-en": made(four_years(), "en", 2)}
    contents["signed"] = signed(contents["four-en"], "Caseworker", make_person("Maja Ekwall", root), root)
    assert rules_broken(tmp_path, contents, "2a,ua1") == []


def test_it_is_the_same_bytes_in_two_processes_and_time_zones() -> None:
    printed = printed_anywhere(__file__)
    assert len(printed) == 1
    assert len(printed.pop().split()) == 2


def _digests() -> str:
    small = [Told(date(year, 3, 12), three_questions(), "light", lift, changed=2) for year, lift in ((2024, -1), (2026, 0))]
    return " ".join(hashlib.sha256(made(compared(small), code)).hexdigest() for code in ("sv", "en"))


if __name__ == "__main__":
    sys.stdout.write(_digests())
