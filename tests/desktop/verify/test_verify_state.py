"""What is said about a verified file."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from desktop.digest_words import grouped
from desktop.language import language
from desktop.reports.verdict import FileFacts, Finding, RevocationFacts, SignatureFacts, TimestampFacts, Verdict
from desktop.verify.state import verdict_state
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
        ({"revocation": RevocationFacts("revoked", "2026-02-01T00:00:00Z")}, "high"),
        ({"revocation": RevocationFacts("later", "2026-04-01T00:00:00Z")}, "low"),
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
    assert facts["Root certificate’s fingerprint (SHA-256)"].startswith("CDCD CDCD")


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


def stamp(covers="signature", belief="believed"):
    return TimestampFacts(
        field="Caseworker",
        covers=covers,
        at="2026-03-09T12:00:04Z",
        authority="Klockverket",
        issuer="CN=Klockverket root",
        serial="2",
        certificate_sha256=DIGEST,
        valid_until="2036-01-01T00:00:00Z",
        intact=True,
        plain_container=True,
        belief=belief,
        covers_to=10,
    )


def test_a_signature_says_what_proves_its_time_and_whether_its_certificate_is_revoked():
    known = signature(
        level="B-LT",
        timestamp=stamp(),
        proven_at="2026-03-09T12:00:04Z",
        revocation=RevocationFacts("later", "2026-04-01T00:00:00Z"),
        followed_by=("Reviewer", "Timestamp1"),
    )
    signer = state(signatures=(known,)).signers[0]
    facts = dict(signer.facts + signer.certificate)
    assert "2026" in facts["Proven by a timestamp"]
    assert facts["Timestamp on it"].endswith("by Klockverket")
    assert facts["Level"].startswith("B-LT: ")
    assert facts["Revoked"].endswith("after it was signed")
    assert facts["Added after it"] == "Reviewer, timestamp 1"


def test_what_proves_nothing_is_said_not_to_count():
    facts = dict(state(signatures=(signature(timestamp=stamp(belief="unknown")),)).signers[0].facts)
    assert facts["Timestamp on it"].endswith("it does not count")
    assert (facts["Proven by a timestamp"], facts["Revoked"]) == ("no", "not looked up: no revocation list was at hand")


def test_a_document_says_its_kind_and_record_and_the_timestamps_over_it():
    verdict_facts = state(
        kind="board_page", timestamps=(stamp("document"),), file=FileFacts("r.pdf", 1, DIGEST, record_sha256="ef" * 32)
    ).facts
    facts = dict(verdict_facts)
    assert facts["Kind of document"] == "Board page only"
    assert facts["Sealed record’s SHA-256"].startswith("efef")
    assert facts["Timestamp over the file"].endswith("by Klockverket")
