"""Signing reports with a key of one's own: from a key file, on a card or token, or the one in the vault again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography import x509
from cryptography.x509.oid import NameOID

from desktop.operations.change import Change
from desktop.operations.given_file import read_given
from desktop.reports.signing_card import open_token
from desktop.reports.signing_keys import HeldKey, Identity, KeyRefused, read_pkcs12
from forms.text import N_
from models import signing_choice
from models.actor import Actor
from models.brought_key import Proof, prove
from models.certificate import fingerprint
from models.signing_choice import Token

_LARGEST_FILE = 1024 * 1024


@dataclass(frozen=True)
class TokenKey:
    """A key found on a token, with its certificate there: what a person chooses from.

    ``proof`` is its trial signature, made while the token was open; ``None`` while it has not been chosen.
    """

    token: Token
    certificate: x509.Certificate
    proof: Proof | None = None

    @property
    def fingerprint(self) -> str:
        """The SHA-256 fingerprint of its certificate, by which it is chosen."""
        return fingerprint(self.certificate)

    @property
    def called(self) -> str:
        """What to call it: the names in its certificate, and the end of its term."""
        names = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return f"{' '.join(str(one.value) for one in names)} · {self.certificate.not_valid_after_utc:%Y-%m-%d}"


def read_key_file(*, path: Path, passphrase: str) -> Identity:
    """Read a key file (PKCS #12); nothing is kept. Raises ``RecordRefused``, ``KeyRefused``, and its ``WrongPassphrase``."""
    raw = read_given(path, most=_LARGEST_FILE)
    if len(raw) > _LARGEST_FILE:
        raise KeyRefused(N_("The file is not a key file (PKCS #12, usually .p12 or .pfx), or it is damaged."))
    return read_pkcs12(raw, passphrase)


def use_key_file(
    *, actor: Actor, passphrase: str, found: Identity, administrator: UUID | None = None, administrator_passphrase: str = ""
) -> Change:
    """Sign reports with the key of a file that ``read_key_file`` read; it is kept under the actor's own passphrase.

    Raises ``WrongPassphrase``, and ``PersonRefused`` when an administrator must issue a certificate for it.
    """
    if not isinstance(found.key, HeldKey):
        raise KeyRefused(N_("The key file holds no private key with a certificate of its own. Export both together."))
    signing_choice.use_file(
        actor=actor,
        passphrase=passphrase,
        key=found.key.secret,
        found=found.certificate,
        administrator=administrator,
        administrator_passphrase=administrator_passphrase,
    )
    return Change("signing_key")


def keys_on_token(*, module: Path, label: str, pin: str, wanted: str = "") -> tuple[TokenKey, ...]:
    """Give the keys on a token that can sign reports; asks the token, not the vault.

    The one whose certificate has the ``wanted`` fingerprint, or the only one there is, signs for trial while the token is open, so that it
    can be used: a card that is asked for a signature may lock the keys that nobody chose. Raises ``KeyRefused``, also when the wanted one
    is not there or its certificate is another key's, and its ``WrongPassphrase``.
    """
    with open_token(module, label, pin) as card:
        token, found = Token(str(module), label), card.identities
        chosen = [one for one in found if fingerprint(one.certificate) == wanted] if wanted else found[:1] if len(found) == 1 else ()
        if wanted and not chosen:
            raise KeyRefused(N_("The key that you chose is not on the card {label}. Nothing was signed."), label=label)
        proofs = {fingerprint(one.certificate): prove(one.certificate, one.key.sign) for one in chosen}
        return tuple(TokenKey(token, one.certificate, proofs.get(fingerprint(one.certificate))) for one in found)


def use_token_key(*, actor: Actor, found: TokenKey, administrator: UUID | None = None, administrator_passphrase: str = "") -> Change:
    """Sign reports with a key on a token; the PIN is asked for at each signature.

    Errors as in ``use_key_file``, and ``KeyRefused`` for a key that has not signed for trial.
    """
    if found.proof is None:
        raise KeyRefused(N_("The card holds several keys, and none was chosen. Nothing was changed."))
    signing_choice.use_token(
        actor=actor,
        token=found.token,
        found=found.certificate,
        proof=found.proof,
        administrator=administrator,
        administrator_passphrase=administrator_passphrase,
    )
    return Change("signing_key")


def use_vault_key(*, actor: Actor) -> Change:
    """Sign reports with the key in the vault again; a key from a file is forgotten."""
    signing_choice.use_vault(actor=actor)
    return Change("signing_key")
