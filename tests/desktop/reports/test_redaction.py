"""What a partner or the public may not see is nowhere in their documents: not in a stream, a string, the metadata, or an attachment."""

from __future__ import annotations

import io
import itertools
import json
from datetime import date
from functools import cache
from typing import Any

import pikepdf
import pytest

from desktop.language import language
from desktop.reports.chosen import Chosen, Ticks
from desktop.reports.documents import render_document
from models.document_kind import BOARD_PAGE, PARTNER_DRAFT, PARTNER_FEEDBACK, PUBLIC_RECORD, DocumentKind, Part
from resources import path
from tests.desktop.reports.everything import places_of, places_with
from tests.desktop.reports.json_schema import faults
from tests.desktop.reports.sample_file import sample_file
from tests.desktop.reports.secret_file import COMMENTS, FEEDBACK, JUDGED, NEVER, RISKS, secret_file

EVERY_TICKS = [Ticks(*chosen) for chosen in itertools.product((False, True), repeat=3)]


secret = cache(secret_file)


def made(kind: DocumentKind, ticks: Ticks, *, part: Part = 3, code: str = "sv") -> tuple[bytes, dict[str, str]]:
    file, words = secret(sealed=kind != PARTNER_DRAFT)
    chosen = Chosen(kind, part, ticks, date(2026, 5, 1))
    pdf = render_document(file, language(code), chosen, organisation="Havsstiftelsen", root_fingerprint="ab" * 32)
    return pdf, words.given


def shown_groups(kind: DocumentKind, ticks: Ticks) -> set[str]:
    shown = {FEEDBACK} if kind == PARTNER_FEEDBACK else set()
    if ticks.comments:
        shown.add(COMMENTS)
    if ticks.risks:
        shown.add(RISKS)
    if ticks.comments and ticks.judged:
        shown.add(JUDGED)
    return shown


@pytest.mark.parametrize("ticks", EVERY_TICKS)
@pytest.mark.parametrize("kind", [PARTNER_DRAFT, PARTNER_FEEDBACK], ids=lambda kind: kind.name)
def test_the_partner_gets_what_is_ticked_and_nothing_else_anywhere(kind: DocumentKind, ticks: Ticks) -> None:
    pdf, given = made(kind, ticks)
    places = places_of(pdf)
    whole = "\n".join(places.values())
    shown = shown_groups(kind, ticks)
    assert [word for word, group in given.items() if group not in shown and word in whole] == []
    for group in shown:
        wanted = [word for word, one in given.items() if one == group]
        in_pages = [word for word in wanted if word in places["pages"]]
        in_json = [word for word in wanted if word in places["attachments"]]
        assert in_pages == in_json != []


@pytest.mark.parametrize("kind", [PARTNER_DRAFT, PARTNER_FEEDBACK], ids=lambda kind: kind.name)
def test_no_confidential_word_is_hidden_in_another_way_of_writing_letters(kind: DocumentKind) -> None:
    pdf, given = made(kind, Ticks())
    places = places_of(pdf)
    kept = [word for word, group in given.items() if group not in shown_groups(kind, Ticks())]
    assert len(kept) > 100
    assert {word: found for word in kept if (found := places_with(places, word))} == {}


@pytest.mark.parametrize("code", ["en", "fr"])
def test_what_is_left_out_is_left_out_in_every_language(code: str) -> None:
    pdf, given = made(PARTNER_FEEDBACK, Ticks(), code=code)
    whole = "\n".join(places_of(pdf).values())
    assert [word for word, group in given.items() if group != FEEDBACK and word in whole] == []


@pytest.mark.parametrize("part", [2, 3])
def test_the_public_record_holds_nobodys_words_and_no_persons_name(part: Part) -> None:
    pdf, given = made(PUBLIC_RECORD, Ticks(comments=True, judged=True, risks=True), part=part)
    places = places_of(pdf)
    whole = "\n".join(places.values())
    assert [word for word in given if word in whole] == []
    for name in ("MajaEkwall", "HenrikSandell", "RuthBergman"):
        assert name not in whole
    assert "LumoraVattenkooperativ" in places["pages"]
    assert places["attachments"] == ""


def test_the_search_finds_a_word_wherever_it_is() -> None:
    pdf, given = made(BOARD_PAGE, Ticks())
    places = places_of(pdf)
    assert [word for word, group in given.items() if group == NEVER and "pages" in places_with(places, word)]
    pdf, given = made(PARTNER_FEEDBACK, Ticks())
    places = places_of(pdf)
    first = next(word for word, group in given.items() if group == FEEDBACK and places_with(places, word))
    assert set(places_with(places, first)) >= {"pages", "attachments", "streams"}


def test_judged_rating_is_told_without_its_reason_unless_comments_are_shown_too() -> None:
    pdf, _ = made(PARTNER_FEEDBACK, Ticks(judged=True))
    assert "judged" in places_of(pdf)["attachments"]
    record = attached(pdf)
    assert [one["rating"] for part in record["instruments"] for one in part["judged"]] != []
    assert {one["reason"] for part in record["instruments"] for one in part["judged"]} == {""}


def attached(pdf: bytes) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (name,) = opened.attachments
        assert name == "partner.json"
        assert str(opened.Root.AF[0].AFRelationship) == "/Data"
        return dict(json.loads(opened.attachments[name].get_file().read_bytes()))


@pytest.mark.parametrize("ticks", [Ticks(), Ticks(comments=True, judged=True, risks=True)])
@pytest.mark.parametrize("kind", [PARTNER_DRAFT, PARTNER_FEEDBACK], ids=lambda kind: kind.name)
def test_what_travels_inside_is_as_the_shipped_schema_says(kind: DocumentKind, ticks: Ticks) -> None:
    schema = json.loads(path("schemas", "gedigen-partner-2.json").read_text("utf-8"))
    pdf, _ = made(kind, ticks)
    record = attached(pdf)
    assert list(faults(record, schema)) == []
    assert record["shown"] == {"comments": ticks.comments, "judged": ticks.judged, "risks": ticks.risks}
    record["instruments"][0]["findings"][0]["who"] = "somebody"
    assert len(list(faults(record, schema))) == 1


def test_a_feedback_names_the_sealed_record_and_a_draft_none() -> None:
    file = sample_file()
    assert file.seal is not None
    fed, _ = made(PARTNER_FEEDBACK, Ticks())
    drafted, _ = made(PARTNER_DRAFT, Ticks())
    assert len(attached(fed)["record_sha256"]) == 64
    assert attached(drafted)["record_sha256"] == ""
    assert attached(drafted)["reply_by"] == "2026-05-01"
