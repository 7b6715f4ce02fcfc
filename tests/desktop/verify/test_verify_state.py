"""What is said about a verified file."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from desktop.language import language
from desktop.reports.verdict import FileFacts, Finding, SignatureFacts, Verdict
from desktop.verify.state import grouped, verdict_state
from forms.text import N_

EN, SV = language("en"), language("sv")
DIGEST = "ab" * 32


def signature(**changes):
    known = {
        "field": "Caseworker",
        "name": "Ada",
        "subject": "CN=Ada",
        "issuer": "CN=Root",
        "serial": "1",
        "certificate_sha256": DIGEST,
        "public_key_sha256": DIGEST,
        "valid_from": "2026-01-01T00:00:00Z",
        "valid_until": "2029-01-01T00:00:00Z",
        "claimed_at": "2026-03-09T12:00:00Z",
        "intact": True,
        "trusted": True,
        "certifies": True,
        "covers_to": 10,
        "covers_revision": True,
        "lawful_later_changes": True,
        "plain_container": True,
    }
    return SignatureFacts(**{**known, **changes})


def state(status="valid", *, language_=EN, **changes):
    finding = Finding("good", N_("The file is, byte for byte, one that is registered in the vault."))
    known = {
        "status": status,
        "sentences": (finding,),
        "file": FileFacts("r.pdf", 12345, DIGEST, registered=True),
        "signatures": (signature(),),
    }
    return verdict_state(Verdict(**{**known, **changes}), language_, assessment=None, organisation="Solbacken")


@pytest.mark.parametrize(
    ("status", "tone", "word"),
    [
        ("valid", "low", "Valid"),
        ("invalid", "high", "Not valid"),
        ("incomplete", "moderate", "Not complete"),
        ("unreadable", "incomplete", "Cannot be read"),
    ],
)
def test_each_verdict_has_its_own_mark_and_sentence(status, tone, word):
    shown = state(status)
    assert (shown.mark.tone, shown.mark.word) == (tone, word)
    assert shown.sentence not in {state(other).sentence for other in ("valid", "invalid", "incomplete", "unreadable") if other != status}


@pytest.mark.parametrize(
    ("changes", "tone"),
    [
        ({}, "low"),
        ({"intact": False}, "high"),
        ({"trusted": None}, "moderate"),
        ({"trusted": False}, "high"),
        ({"lawful_later_changes": False}, "high"),
    ],
)
def test_a_signature_is_marked_by_the_worst_thing_about_it(changes, tone):
    assert state(signatures=(signature(**changes),)).signers[0].mark.tone == tone


def test_a_role_in_a_finding_is_worded_in_the_language():
    finding = Finding("missing", "{field}", {"field": "Caseworker"})
    assert state(sentences=(finding,), language_=SV).findings[0].sentence == "Handläggare"


def test_size_hash_register_and_anchor_are_shown():
    facts = dict(state(anchor_sha256="cd" * 32).facts)
    assert facts["Size"] == "12,345 bytes"
    assert facts["SHA-256"].startswith("abab abab")
    assert facts["In this vault’s register"] == "yes, byte for byte"
    assert facts["Root certificate’s SHA-256"].startswith("cdcd")


def test_without_a_register_it_is_not_said_that_the_file_is_unknown():
    assert dict(state(file=FileFacts("r.pdf", 1, DIGEST)).facts)["In this vault’s register"] == "not looked up"


def test_the_text_to_copy_says_everything_and_the_json_is_the_verdict():
    shown = state()
    for part in (shown.mark.word, shown.sentence, shown.findings[0].sentence, "Ada: Intact", grouped(DIGEST)):
        assert part in shown.plain_text
    assert json.loads(shown.json)["status"] == "valid"


def test_a_digest_loses_nothing_by_being_grouped():
    assert grouped(DIGEST).replace(" ", "") == DIGEST


def test_an_assessment_is_carried_through():
    known = uuid4()
    verdict = Verdict("valid", (), FileFacts("r.pdf", 1, DIGEST))
    assert verdict_state(verdict, EN, assessment=known, organisation="").assessment == known
