"""Reports are signed with a key that never leaves its card; whatever is wrong with the card is said plainly."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from desktop.reports.signing import sign
from desktop.reports.signing_card import CardKey, CardRefused, open_token
from desktop.reports.signing_keys import Identity, KeyRefused, WrongPassphrase
from tests.desktop.reports.card import MODULE, PIN, new_card, put_certificate
from tests.desktop.reports.key_holders import certified
from tests.desktop.reports.samples import NOW, Holder, make_root, short_report
from tests.desktop.reports.signature_checks import openssl_verifies

LABEL = "Ada’s card"


@dataclass(frozen=True)
class Inserted:
    root: Holder
    report: bytes


@pytest.fixture(scope="module")
def inserted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inserted]:
    root = make_root()
    keys = {"curve": ec.generate_private_key(ec.SECP256R1()), "rsa": rsa.generate_private_key(65537, 3072)}
    held = {name: (key, certified(f"Ada with {name}", key, root)) for name, key in keys.items()}
    held["asking"] = (asking := ec.generate_private_key(ec.SECP256R1()), certified("Ada, asked each time", asking, root))
    held["weak"] = (weak := rsa.generate_private_key(65537, 2048), certified("Ada before", weak, root))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", "")
        new_card(tmp_path_factory.mktemp("card"), LABEL, held)
        yield Inserted(root, short_report())


def signed_with(identity: Identity, inserted: Inserted) -> bytes:
    return sign(
        inserted.report,
        field="Caseworker",
        key=identity.key,
        certificate=identity.certificate,
        root=inserted.root.certificate,
        name="Ada",
        role_label="Caseworker",
        reason="",
        at=NOW,
        certify=True,
        chain=identity.chain,
    )


def test_a_report_is_signed_with_each_key_on_the_card(inserted: Inserted, tmp_path: Path) -> None:
    with open_token(MODULE, LABEL, PIN) as card:
        assert len(card.identities) == 3, "P-256, RSA of 3072 bits, one that wants the PIN each time; RSA of 2048 is passed over"
        for identity in card.identities:
            assert openssl_verifies(signed_with(identity, inserted), inserted.root, tmp_path) == 1


def test_the_card_is_opened_again_after_it_was_closed(inserted: Inserted) -> None:
    for _ in range(2):
        with open_token(MODULE, LABEL, PIN) as card:
            assert signed_with(card.identities[0], inserted)


def test_a_card_in_use_says_so_and_goes_on_working(inserted: Inserted) -> None:
    with open_token(MODULE, LABEL, PIN) as card:
        with pytest.raises(CardRefused, match="in use"), open_token(MODULE, LABEL, PIN):
            pytest.fail("opened twice")
        assert signed_with(card.identities[0], inserted)


def test_a_wrong_pin_is_an_error_of_its_own_and_leaves_the_card_usable(inserted: Inserted) -> None:
    with pytest.raises(WrongPassphrase, match="PIN"), open_token(MODULE, LABEL, "1234"):
        pytest.fail("opened")
    with open_token(MODULE, LABEL, PIN) as card:
        assert card.label == LABEL


def test_a_card_that_is_not_in_is_named(inserted: Inserted) -> None:
    with pytest.raises(CardRefused, match="Bo’s card"), open_token(MODULE, "Bo’s card", PIN):
        pytest.fail("opened")


def test_what_is_no_card_library_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "library.so"
    text.write_text("no library")
    for path, said in ((tmp_path / "absent.so", "no card library"), (text, "not a card library")):
        with pytest.raises(CardRefused, match=said), open_token(path, LABEL, PIN):
            pytest.fail("opened")


def test_a_key_cannot_sign_after_the_card_was_closed(inserted: Inserted) -> None:
    with open_token(MODULE, LABEL, PIN) as card:
        identity = card.identities[0]
    with pytest.raises(CardRefused, match="did not sign"):
        signed_with(identity, inserted)


def test_a_certificate_of_another_key_is_found_out_before_anything_is_signed(inserted: Inserted, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", "")
        key, other = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        script = SWAPPED.format(module=str(MODULE), pin=PIN)
        new_card(tmp_path, "swapped", {"key": (key, certified("Ada", other, inserted.root))})
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=Path(__file__).parents[3])
    assert done.stdout.strip() == "The key on the card does not belong to the certificate on it. Nothing was signed.", done.stderr


def test_a_card_with_nothing_that_can_sign_says_why(inserted: Inserted, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", "")
        weak = rsa.generate_private_key(65537, 2048)
        new_card(tmp_path, "weak", {"weak": (weak, certified("Ada", weak, inserted.root))})
        put_certificate(tmp_path, "weak", inserted.root.certificate, "77")
        done = subprocess.run(
            [sys.executable, "-c", WEAK.format(module=str(MODULE), pin=PIN)], capture_output=True, text=True, cwd=Path(__file__).parents[3]
        )
    assert done.stdout.startswith("A key of the kind RSA 2048 cannot sign reports"), done.stderr


def test_without_the_card_library_everything_else_works() -> None:
    script = "import sys; sys.modules['pkcs11'] = None; import desktop.reports.signing, desktop.reports.signing_card as c\n" + WITHOUT
    done = subprocess.run(
        [sys.executable, "-c", script.format(module=str(MODULE))], capture_output=True, text=True, cwd=Path(__file__).parents[3]
    )
    assert done.stdout.startswith("This installation cannot read cards."), done.stderr


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (pkcs11.PinIncorrect, WrongPassphrase, "PIN is not the one"),
        (pkcs11.PinLocked, CardRefused, "is locked after too many wrong PINs"),
        (pkcs11.PinExpired, CardRefused, "wants a new PIN first"),
        (pkcs11.DeviceRemoved, CardRefused, "No card named"),
        (pkcs11.TokenNotPresent, CardRefused, "No card named"),
        (pkcs11.MechanismInvalid, CardRefused, "cannot make the kind of signature"),
        (pkcs11.KeyTypeInconsistent, CardRefused, "does not belong to the certificate"),
        (pkcs11.FunctionFailed, CardRefused, "did not sign"),
    ],
)
def test_what_a_card_says_while_it_signs_is_said_in_words(error: type[Exception], kind: type[KeyRefused], said: str) -> None:
    """A card in software knows no locked PIN, and nobody can pull it out: its answers are given here."""

    class Answering(dict[object, object]):
        def sign(self, *_anything: object, **_more: object) -> bytes:
            raise error

    held = Answering({pkcs11.Attribute.ALWAYS_AUTHENTICATE: True, pkcs11.Attribute.KEY_TYPE: pkcs11.KeyType.EC})
    key = CardKey(held, ec.generate_private_key(ec.SECP256R1()).public_key(), PIN, LABEL)
    with pytest.raises(kind, match=said):
        key.sign(b"x")


def test_each_refusal_is_a_refused_key() -> None:
    assert issubclass(CardRefused, KeyRefused)
    assert issubclass(WrongPassphrase, KeyRefused)


WITHOUT = """
try:
    with c.open_token("{module}", "any", "1"): pass
except c.CardRefused as refused:
    print(refused)
"""

SWAPPED = """
from desktop.reports.signing_card import open_token, CardRefused
with open_token("{module}", "swapped", "{pin}") as card:
    try:
        card.identities[0].key.sign(b"x")
    except CardRefused as refused:
        print(refused)
"""

WEAK = """
from desktop.reports.signing_card import open_token
from desktop.reports.signing_keys import KeyRefused
try:
    with open_token("{module}", "weak", "{pin}"): pass
except KeyRefused as refused:
    print(refused)
"""
