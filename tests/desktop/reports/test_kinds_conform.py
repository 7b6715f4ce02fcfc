"""Every kind of document conforms, in each part and language, signed or not, short or long; and is the same each time."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from desktop.language import language
from desktop.reports.chosen import Chosen, Ticks
from desktop.reports.documents import render_document
from forms.answers import AnswerSet
from forms.reading import read_template
from forms.scoring import score
from models.cards import AgreementCondition, AnswerCard, AssessmentFile, DecisionCard, DecisionDraft, InstrumentCard
from models.casefile import case_for
from models.document_kind import BOARD_PAGE, FULL_REPORT, PARTNER_DRAFT, PARTNER_FEEDBACK, PUBLIC_RECORD, Part
from tests.desktop.reports.conformance.vera import CheckerMissing, broken_rules
from tests.desktop.reports.sample_answers import all_answers
from tests.desktop.reports.sample_file import ROOT, SEALED, sample_file, three_questions, with_seal
from tests.desktop.reports.samples import make_person, make_root, signed

#: All of these together, in full scope, are some sixty pages, and more than eighty with the longest comments.
LONG = ("partner-project", "hact-micro-assessment", "chs-commitments", "psea-six-standards", "octagon-profile", "financial-health-check")
ALL_TICKS = Ticks(comments=True, judged=True, risks=True)
KINDS = {one.name: one for one in (FULL_REPORT, BOARD_PAGE, PARTNER_DRAFT, PARTNER_FEEDBACK, PUBLIC_RECORD)}


@cache
def file_of(name: str) -> AssessmentFile:
    """Give a sealed file, or an unsealed one for a draft."""
    if name == "community":
        return sample_file(read_template(ROOT / "resources/templates/community-network.yaml"))
    return sample_file(three_questions() if name == "small" else None, sealed=name != "draft", stops=name == "stops")


def decided(file: AssessmentFile) -> AssessmentFile:
    """Give a sealed file with the board's decision."""
    draft = DecisionDraft(
        "approve_with_conditions",
        "Styrelsen",
        "2026-04",
        "7",
        date(2026, 4, 14),
        conditions=(AgreementCondition("Revisorn byts", "payment"),),
    )
    return replace(file, decision=DecisionCard(draft, "Ruth Bergman", SEALED), card=replace(file.card, next_due=date(2029, 3, 1)))


def made(file: AssessmentFile, kind: str, code: str, *, part: Part = 3, ticks: Ticks = ALL_TICKS) -> bytes:
    chosen = Chosen(KINDS[kind], part, ticks, date(2026, 4, 20))
    return render_document(file, language(code), chosen, organisation="Havsstiftelsen", root_fingerprint="ab" * 32)


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def rules_broken(folder: Path, contents: dict[str, bytes], flavours: str) -> list[str]:
    files = []
    for name, content in contents.items():
        files.append(folder / f"{name}.pdf")
        files[-1].write_bytes(content)
    try:
        return broken_rules(files, flavours=flavours)
    except CheckerMissing as missing:
        pytest.fail(str(missing))


def long_file(times: int = 7) -> AssessmentFile:
    """Give a sealed file in full scope by several instruments, every answer with a comment of so many sentences."""
    main = sample_file(sealed=False)
    draft = replace(main.card.draft, scope="full")
    used = [read_template(ROOT / f"resources/templates/{name}.yaml") for name in LONG]
    case = case_for(draft=draft, project=main.project)
    answers, instruments = AnswerSet({}), []
    for form in used:
        given = all_answers(form, lift=0, case=case, overrides={})
        for key, answer in given.items():
            answers = answers.with_answer(
                key, replace(answer, comment=" ".join([answer.comment or "Vi läste protokollen och ringde två referenser."] * times))
            )
        scope = "full" if "full" in form.scopes else form.scopes[-1]
        instruments.append(InstrumentCard(form, scope, score(form, answers, replace(case, scope=scope))))
    cards = tuple(AnswerCard(key.question, answer, "typed", "Maja Ekwall", SEALED) for key, answer in answers.items())
    return with_seal(
        replace(
            main,
            card=replace(main.card, draft=draft),
            answers=answers,
            answer_cards=cards,
            result=instruments[0].result,
            instruments=tuple(instruments),
        )
    )


def test_every_kind_conforms_in_its_languages_before_and_after_it_is_signed(tmp_path: Path) -> None:
    root = make_root()
    ada = make_person("Maja Ekwall", root)
    contents: dict[str, bytes] = {}
    for code in ("sv", "en", "fr"):
        contents[f"draft-{code}"] = made(file_of("draft"), "partner_draft", code)
        for kind in ("board_page", "partner_feedback", "public_record"):
            contents[f"{kind}-{code}"] = made(decided(file_of("small" if code == "en" else "stops")), kind, code)
    for kind in ("board_page", "partner_feedback", "public_record"):
        contents[f"{kind}-nb"] = made(file_of("community"), kind, "nb", ticks=Ticks())
        contents[f"{kind}-signed"] = signed(contents[f"{kind}-sv"], "Caseworker", ada, root)
    assert {name: pages(one) for name, one in contents.items() if name.startswith(("board", "public")) and pages(one) != 1} == {}
    assert rules_broken(tmp_path, contents, "3a,ua1") == []


def test_every_kind_for_archives_that_refuse_attachments_conforms_and_carries_none(tmp_path: Path) -> None:
    root = make_root()
    ada, bo = make_person("Maja Ekwall", root), make_person("Henrik Sandell", root)
    contents = {
        f"{kind}-{code}": made(decided(file_of("stops" if kind != "full_report" else "small")), kind, code, part=2)
        for kind in ("full_report", "board_page", "partner_feedback", "public_record")
        for code in ("sv", "en")
    }
    for kind in ("full_report", "board_page", "partner_feedback", "public_record"):
        contents[f"{kind}-signed"] = signed(contents[f"{kind}-en"], "Caseworker", ada, root)
    contents["full-twice"] = signed(contents["full_report-signed"], "Reviewer", bo, root)
    long = long_file(times=12)
    contents["long"] = made(long, "full_report", "sv", part=2)
    for content in contents.values():
        with pikepdf.open(io.BytesIO(content)) as opened:
            assert len(opened.attachments) == 0
            assert "/AF" not in opened.Root
    assert pages(contents["long"]) >= 80
    assert rules_broken(tmp_path, contents, "2a,ua1") == []


def test_the_kinds_that_carry_nothing_carry_nothing() -> None:
    for kind in ("board_page", "public_record"):
        with pikepdf.open(io.BytesIO(made(decided(file_of("small")), kind, "sv"))) as opened:
            assert len(opened.attachments) == 0


def printed_anywhere(script: str) -> set[bytes]:
    """Give what a script prints in two processes, each with its own time zone and order of sets."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return {
        subprocess.run(
            [sys.executable, script], env={**environment, "PYTHONHASHSEED": seed, "TZ": zone}, capture_output=True, check=True
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Kathmandu"))
    }


def test_the_same_file_gives_the_same_bytes_of_every_kind_in_two_processes_and_time_zones() -> None:
    printed = printed_anywhere(__file__)
    assert len(printed) == 1
    assert len(printed.pop().split()) == 6


def _digests() -> str:
    import hashlib

    file = decided(file_of("small"))
    contents = [made(file, kind, "sv") for kind in KINDS if kind != "partner_draft"]
    contents += [made(file, "full_report", "sv", part=2), made(sample_file(three_questions(), sealed=False), "partner_draft", "sv")]
    return " ".join(hashlib.sha256(one).hexdigest() for one in contents)


if __name__ == "__main__":
    sys.stdout.write(_digests())
