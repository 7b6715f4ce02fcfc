"""A report of a protected partner has nothing that would tell who it is: on no page, in no stream, string, name, metadata or attachment."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pikepdf
import pytest

from desktop.operations.reporting import file_name
from desktop.reports.examined import examine
from desktop.reports.printed import read_printed
from desktop.reports.verification import verify
from forms.answers import Answer
from forms.risk import RiskEntry
from models.cards import AssessmentFile, BankAccount, Contact, PartnerDraft, ReviewPoint
from models.protection import as_recorded, named_places, reported
from resources import path
from tests.desktop.reports.conftest import Signed
from tests.desktop.reports.json_schema import faults
from tests.desktop.reports.sample_file import template, three_questions
from tests.desktop.reports.samples import NOW, signed
from tests.desktop.reports.sealed_reports import printed, scored_file, sealed

COVER = "Lönnpartner"
#: Every fact that must not be told, each a word that stands nowhere else.
PRIVATE = {
    "name": "Qvorbelund",
    "former": "Zlatkämpen",
    "number": "NR-8847261",
    "website": "wexoplint",
    "notes": "Krumelunda",
    "person": "Xandrielle",
    "role": "Plyftchef",
    "holder": "Bråxkassan",
    "bank": "Vrinkelbanken",
    "account": "7731-904-5526",
}
IDENTITY = PartnerDraft(
    name=f"{PRIVATE['name']} hjälpgrupp",
    country="MM",
    legal_form="Inte registrerad",
    former_names=(PRIVATE["former"],),
    registration_scheme="XX-TST",
    registration_number=PRIVATE["number"],
    website=f"https://{PRIVATE['website']}.example",
    notes=PRIVATE["notes"],
    people=(Contact(PRIVATE["person"], PRIVATE["role"], signs=True, controls=True),),
    accounts=(BankAccount(PRIVATE["holder"], PRIVATE["bank"], "MM", PRIVATE["account"], "MMK"),),
)

RISK = RiskEntry(
    id="own",
    proposal="",
    choice="own",
    title="Vägen stängs",
    subject="organisation",
    likelihood=2,
    impact=2,
    on_people=False,
    mitigation="",
    residual_likelihood=2,
    residual_impact=2,
    owner=IDENTITY.name,
)


def case(*, protected: bool, renewal: bool = True, large: bool = False) -> AssessmentFile:
    """Give a case whose texts that cannot be changed any more name the partner too: the reason for the scope, a review, last time."""
    file = scored_file(template() if large else three_questions(), renewal=renewal)
    draft = replace(IDENTITY, protected=protected, cover_name=COVER if protected else "")
    named = f"Besökt {PRIVATE['name'].upper()} HJÄLPGRUPP och {PRIVATE['person']}, konto {PRIVATE['account']}."
    chosen = replace(file.card.draft, scope_reason=named)
    (review,) = file.reviews
    point = ReviewPoint(review.points[0].question, agrees=False, comment=named)
    earlier = file.earlier
    if earlier is not None:
        answers = earlier.answers
        for key in list(answers):
            answers = answers.with_answer(key, replace(answers[key], comment=named, reason=named))
        earlier = replace(earlier, answers=answers, assessment=replace(earlier.assessment, partner_name=IDENTITY.name))
    return replace(
        file,
        partner=replace(file.partner, draft=draft),
        card=replace(file.card, draft=chosen, partner_name=COVER if protected else IDENTITY.name),
        reviews=(replace(review, outcome="returned", comment=named, points=(point,)), review),
        earlier=earlier,
    )


def done(file: AssessmentFile, reports: Signed) -> AssessmentFile:
    return sealed(file, {"Caseworker": reports.caseworker, "Reviewer": reports.reviewer})


def everything(pdf: bytes) -> Iterator[bytes]:
    """Give every string, name and stream of a file, decompressed, as it stands and as a reader would decode it, and what pages print."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for thing in opened.objects:
            yield from _within(thing)
        yield from _within(opened.trailer)
        for attachment in opened.attachments.values():
            yield attachment.filename.encode()
            yield attachment.get_file().read_bytes()
        yield opened.open_metadata().__str__().encode()
    yield pdf  # what is not compressed, and whatever no object holds
    said = read_printed(pdf)
    yield "\n".join([*said.texts, *(cell for table in said.tables for row in table for cell in row)]).encode()
    yield "\n".join(words for figure in said.figures for words in figure).encode()
    yield subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout


def _within(thing: object) -> Iterator[bytes]:
    if isinstance(thing, pikepdf.Stream):
        yield thing.read_bytes()
        yield thing.read_raw_bytes()
        for name in thing.stream_dict.keys():  # noqa: SIM118 - iterating a pikepdf dictionary gives its keys only by this
            yield name.encode()
            yield from _shallow(thing.stream_dict[name])
    else:
        yield from _shallow(thing)


def _shallow(thing: object, depth: int = 0) -> Iterator[bytes]:
    """Give the strings of an object and of what it holds directly; what it refers to is an object of its own."""
    if isinstance(thing, (pikepdf.String, pikepdf.Name)):
        yield bytes(thing) if isinstance(thing, pikepdf.String) else str(thing).encode()
        yield str(thing).encode()
    elif isinstance(thing, pikepdf.Dictionary) and (depth == 0 or not thing.is_indirect):
        for name in thing.keys():  # noqa: SIM118
            yield name.encode()
            yield from _shallow(thing[name], depth + 1)
    elif isinstance(thing, pikepdf.Array) and (depth == 0 or not thing.is_indirect):
        for one in thing:
            yield from _shallow(one, depth + 1)


def told(pdf: bytes, wanted: Iterable[str]) -> list[str]:
    """Give those words that stand anywhere in a file: in any case, as UTF-8, Latin-1, UTF-16 or hexadecimal figures of these."""
    whole = b"\0\0\0".join(everything(pdf))
    return [word for word in wanted if any(form in whole for form in _forms(word))]


def _forms(word: str) -> Iterator[bytes]:
    for written in {word, word.upper(), word.lower(), word.title(), word.replace("-", "")}:
        for code in ("utf-8", "latin-1", "utf-16-be", "utf-16-le"):
            plain = written.encode(code)
            yield from (plain, plain.hex().encode(), plain.hex().upper().encode())


@pytest.mark.parametrize("code", ["sv", "en"])
def test_no_private_fact_of_a_protected_partner_is_anywhere_in_its_report(reports: Signed, code: str) -> None:
    file = done(case(protected=True, large=code == "sv"), reports)
    assert named_places(file) == ()
    pdf = printed(file, reports.root, code)
    assert told(pdf, PRIVATE.values()) == []
    assert told(pdf, [COVER]) == [COVER]


def test_nor_is_it_after_signing_in_the_record_or_in_the_name_of_the_file(reports: Signed) -> None:
    file = done(case(protected=True), reports)
    assert file.seal is not None
    pdf = signed(printed(file, reports.root), "Caseworker", reports.caseworker, reports.root)
    record, name = file.seal.record.decode().casefold(), file_name(file, "en").casefold()
    assert told(pdf, PRIVATE.values()) == []
    for word in PRIVATE.values():
        assert word.casefold() not in record
        assert word.casefold() not in name
    assert COVER.casefold() in name


def test_the_search_would_find_them_in_the_report_of_a_partner_that_is_not_protected(reports: Signed) -> None:
    pdf = printed(done(case(protected=False), reports), reports.root)
    assert told(pdf, PRIVATE.values()) == [*PRIVATE.values()]


@pytest.mark.parametrize(
    ("code", "said"), [("sv", "Partnern är skyddad: den visas under ett täcknamn"), ("en", "The partner is protected: shown")]
)
def test_page_one_says_that_the_partner_is_protected_and_other_reports_do_not(reports: Signed, code: str, said: str) -> None:
    for protected in (True, False):
        pages = read_printed(printed(done(case(protected=protected), reports), reports.root, code))
        assert any(text.startswith(said) for text in pages.texts) is protected


def test_the_report_of_a_protected_partner_is_verified_as_any_other(reports: Signed) -> None:
    file = done(case(protected=True, renewal=False), reports)
    assert file.seal is not None
    none = printed(file, reports.root)
    assert examine(none, file.seal.record).agrees
    one = signed(none, "Caseworker", reports.caseworker, reports.root)
    verdict = verify(signed(one, "Reviewer", reports.reviewer, reports.root), root_pem=reports.root.pem, now=NOW)
    assert (verdict.status, verdict.record) == ("valid", "agrees")


def test_the_record_of_a_protected_partner_is_as_the_schema_says(reports: Signed) -> None:
    schema = json.loads(path("schemas", "gedigen-record-1.json").read_text("utf-8"))
    file = done(case(protected=True), reports)
    assert file.seal is not None
    said = json.loads(file.seal.record)
    assert list(faults(said, schema)) == []
    assert said["partner"] == json.loads(json.dumps({**as_recorded(file.partner), "id": str(file.partner.id)}))
    assert set(said["partner"]) == {"id", "rev", "name", "country", "legal_form", "protected"}
    said["partner"]["protected"] = False
    assert len(list(faults(said, schema))) == 1


def test_a_report_of_what_was_sealed_before_the_protection_stays_the_same(reports: Signed) -> None:
    before = done(case(protected=False), reports)
    since = replace(before, partner=replace(before.partner, cover_now=COVER), card=replace(before.card, partner_name=COVER))
    assert printed(since, reports.root) == printed(before, reports.root)
    assert COVER in file_name(since, "sv")
    assert PRIVATE["name"] not in file_name(since, "sv")


def test_withholding_twice_is_withholding_once() -> None:
    once = reported(case(protected=True))
    assert reported(once) == once
    assert once.partner.name == once.partner.draft.name == COVER


def test_every_text_of_the_record_is_looked_at_for_names(reports: Signed) -> None:
    """Put the name into each text of the record in turn by the case that it is made of: where the record has it, it is told."""
    file = case(protected=True)
    card = file.answer_cards[0]
    assert file.recommendation is not None
    assert file.project is not None
    word = IDENTITY.name
    assert file.judged
    changes = [
        replace(file, answer_cards=(replace(card, answer=Answer("answered", word)), *file.answer_cards[1:])),
        replace(file, answer_cards=(replace(card, why=word), *file.answer_cards[1:])),
        replace(file, project=replace(file.project, draft=replace(file.project.draft, funding_source=word))),
        replace(file, evidence=(replace(file.evidence[0], name=f"{word}.pdf"), *file.evidence[1:])),
        replace(file, risks=(RISK,)),
        replace(file, judged=tuple(replace(one, reason=word) for one in file.judged)),
        replace(file, recommendation=replace(file.recommendation, partner_reply=word)),
        replace(file, ties=tuple(replace(one, text=word) for one in file.ties)),
        replace(file, reviews=(file.reviews[0], replace(file.reviews[1], comment=word))),
    ]
    for changed in changes:
        record = done(changed, reports).seal
        assert record is not None
        assert word in record.record.decode()
        assert named_places(changed) != ()
