"""What Settings says of certificates, the revocation list, the key for reports and timestamps."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from desktop.language import language
from desktop.operations.timestamp_authority import Timestamps
from desktop.settings.certificate_state import certificate_lines, list_state, revoking_said, root_said, signing_mark
from desktop.settings.timestamp_state import timestamp_state
from models.authority_list import AuthorityListCard
from models.certificates import CertificateCard, RootTerm
from models.revocation import RevocationListCard
from models.signing_choice import SigningCard, Token
from models.timestamp_setting import AuthoritySetting, KeptSetting
from models.timestamps_wanted import WantedTimestamp

NOW = datetime(2026, 3, 9)  # noqa: DTZ001
RUTH, BO = uuid4(), uuid4()
SETTING = AuthoritySetting("https://tid.example.org/tsr", ("-----BEGIN",), "Klockverket")


def card(state: str = "in_use", *, person: UUID = RUTH, **more: object) -> CertificateCard:
    return CertificateCard(person, "Ruth", "ab" * 32, "3f2a", "acts", NOW - timedelta(days=365), NOW + timedelta(days=730), state, **more)  # type: ignore[arg-type]


def lines(*cards: CertificateCard, administers: bool = True, active: bool = True):
    return certificate_lines(cards, person=RUTH, administers=administers, active=active, language=language("en"))


def listed(*, left: int, revoked: int = 0):
    made = RevocationListCard(4, NOW - timedelta(days=396 - left), NOW + timedelta(days=left), revoked, b"")
    return list_state(made, at=NOW, language=language("en"))


def test_a_person_s_own_certificates_are_listed_with_serial_number_and_term():
    (line,) = lines(card(), card(person=BO))
    assert (line.serial, line.term, line.mark.word) == ("Serial number 3f2a", "9 Mar 2025 – 8 Mar 2028", "In use")


@pytest.mark.parametrize(
    ("state", "word", "may_revoke", "may_renew"),
    [
        ("in_use", "In use", True, True),
        ("valid", "Still holds, no longer used", True, True),
        ("ended", "Ended", True, True),
        ("revoked", "Revoked", False, False),
    ],
)
def test_where_a_certificate_stands_decides_what_can_be_done_with_it(state, word, may_revoke, may_renew):
    more = {"reason": "key_known", "since": NOW} if state == "revoked" else {}
    (line,) = lines(card(state, **more))
    assert (line.mark.word, line.may_revoke, line.may_renew) == (word, may_revoke, may_renew)


def test_only_the_newest_for_a_purpose_is_renewed_and_a_revoked_one_unless_its_key_may_be_known():
    newest, before = lines(card("revoked", reason="other", since=NOW), card("valid"))
    assert (newest.may_renew, before.may_renew) == (True, False)


def test_a_revoked_one_says_since_when_and_why():
    (line,) = lines(card("revoked", reason="left", since=NOW))
    assert line.because == "Since 9 Mar 2026: the person has left."


def test_nobody_but_an_administrator_does_anything_and_nothing_is_renewed_for_who_has_left():
    (line,) = lines(card(), administers=False)
    assert (line.may_revoke, line.may_renew) == (False, False)
    (line,) = lines(card("ended"), active=False)
    assert (line.may_revoke, line.may_renew) == (True, False)


def test_a_fresh_list_warns_of_nothing_and_counts_what_is_revoked():
    state = listed(left=300, revoked=2)
    assert state.mark is None
    assert state.said.endswith("2 certificates are revoked.")
    assert listed(left=300).said.endswith("No certificate is revoked.")


@pytest.mark.parametrize(("left", "word"), [(59, "The revocation list is soon out of date"), (0, "The revocation list is out of date")])
def test_a_list_near_its_end_warns(left, word):
    assert listed(left=left).mark.word == word


def test_a_vault_without_a_list_says_how_to_get_one():
    state = list_state(None, at=NOW, language=language("en"))
    assert (state.exists, state.mark.word) == (False, "No revocation list")


def stamps(**more):
    return timestamp_state(
        Timestamps(**{"kept": KeptSetting(), "awaiting": (), "renewable": (), **more}), administers=True, at=NOW, language=language("en")
    )


def test_without_an_authority_it_is_said_that_nothing_is_sent():
    state = stamps()
    assert not state.used
    assert "nothing is sent anywhere" in state.said[-1]


def test_with_one_it_is_said_what_is_sent_and_to_whom():
    state = stamps(kept=KeptSetting(SETTING, "Ada", NOW))
    assert "https://tid.example.org/tsr" in state.said[0]
    assert "32 bytes are sent to tid.example.org" in state.said[1]
    assert "Klockverket" in state.whose


def test_reports_that_wait_are_counted_and_given():
    one = WantedTimestamp(uuid4(), uuid4(), "2026-001", "sv", None)
    state = stamps(kept=KeptSetting(SETTING, "Ada", NOW), awaiting=(one, one), renewable=(one,))
    assert (state.awaiting_said, state.renewable_said) == (
        "2 signed documents await a timestamp.",
        "The timestamp of 1 document ends within a year.",
    )
    assert state.awaiting == (one.document, one.document)


def given(**more):
    card = {"issuer": "CN=Klockverket root,O=Klockverket", "made_at": NOW - timedelta(days=3), "next_update": NOW + timedelta(days=4)}
    return AuthorityListCard(**{**card, "revoked": 0, "given_by": "Ada", "given_at": NOW, **more})


def test_without_an_authority_and_a_list_nothing_is_said_of_lists():
    assert (stamps().lists_said, stamps().lists) == ("", ())


def test_an_authority_without_a_list_says_what_nobody_would_notice():
    assert "None has been given" in stamps(kept=KeptSetting(SETTING, "Ada", NOW)).lists_said


def test_a_list_says_whose_it_is_and_how_old_even_when_the_authority_is_no_longer_used():
    state = stamps(lists=(given(),))
    (line,) = state.lists
    assert (line.issuer, line.mark) == ("Klockverket root", None)
    assert line.said.startswith("Made 3 days ago, on ")
    assert "Given by Ada" in line.said
    assert "Nothing is fetched" in state.lists_said


@pytest.mark.parametrize(
    ("more", "said"), [({"made_at": NOW}, "Made today."), ({"made_at": NOW - timedelta(days=1)}, "Made 1 day ago, on ")]
)
def test_a_list_of_today_or_yesterday_says_so(more, said):
    assert stamps(lists=(given(**more),)).lists[0].said.startswith(said)


def test_a_list_that_is_out_of_date_is_marked_and_one_without_an_end_is_not():
    assert stamps(lists=(given(next_update=NOW),)).lists[0].mark.word == "There is a newer list by now"
    assert stamps(lists=(given(next_update=None),)).lists[0].mark is None


def rooted(days: int):
    return root_said(RootTerm(NOW + timedelta(days=days)), at=NOW, language=language("en"))


def test_a_root_certificate_far_from_its_end_says_until_when_and_no_more():
    state = rooted(3 * 365 + 2)
    assert (state.said, state.mark) == ("It holds until 10 Mar 2029.", None)


@pytest.mark.parametrize(("days", "kind"), [(3 * 365, "moderate"), (366, "moderate"), (364, "high"), (1, "high")])
def test_a_root_certificate_that_cuts_others_short_says_that_it_cannot_be_renewed_and_what_to_do(days, kind):
    state = rooted(days)
    assert state.mark.tone == kind
    assert state.mark.word.startswith("The root certificate ends on")
    assert "Gedigen cannot renew it" in state.said
    assert "create a new vault" in state.said


def test_a_root_certificate_that_has_ended_says_so():
    state = rooted(0)
    assert (state.mark.tone, state.mark.word) == ("high", "The root certificate ended on 9 Mar 2026")
    assert state.said.startswith("No certificate can be issued or renewed any more")


def signing(state: str, **more: object):
    of = card(state, **more)
    used = SigningCard("token", uuid4(), of.fingerprint, "", Token("/usr/lib/card.so", "Ruth’s card"))
    return signing_mark(used, (of, card(person=BO)), at=NOW, language=language("en"))


def test_a_key_of_one_s_own_that_is_revoked_or_near_its_end_is_marked():
    assert signing("in_use") is None
    assert signing("revoked").word == "The certificate is revoked"


def test_what_revoking_means_is_said_by_what_the_certificate_is_for():
    def said(purpose: str) -> str:
        (line,) = certificate_lines(
            (replace(card(), purpose=purpose),), person=RUTH, administers=True, active=True, language=language("en")
        )
        return revoking_said(line, name="Ruth", language=language("en"))

    assert "cannot sign, seal or review" in said("acts")
    assert "Everything else goes on" in said("signing")
    assert all(said(purpose).endswith("This cannot be undone.") for purpose in ("acts", "signing"))
