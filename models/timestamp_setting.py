"""Which timestamp authority the organisation uses: kept as acts, the latest stands; none until an administrator sets one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from forms.text import N_
from models import body, organisation_act
from models.actor import Actor, require_role
from models.database import write_tx
from models.errors import RecordRefused

_SET, _OFF = "timestamp_authority.set", "timestamp_authority.off"


@dataclass(frozen=True)
class AuthoritySetting:
    """The authority's address, its root certificates (PEM text each), and what the trial showed: the name in the certificate that answered,
    and the certificates above that one.
    """

    url: str
    roots_pem: tuple[str, ...]
    answered_as: str = ""
    issuers_pem: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeptSetting:
    """The setting that stands, who made it and when; ``setting`` is ``None`` while there is no authority."""

    setting: AuthoritySetting | None = None
    by_name: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class _Off:
    was: str


def kept() -> KeptSetting:
    """Give what stands."""
    rows = organisation_act.acts(_SET, _OFF)
    if not rows:
        return KeptSetting()
    last = rows[-1]
    return KeptSetting(body.read(last.body, AuthoritySetting) if last.name == _SET else None, last.person_name, last.at)


def roots_ever() -> tuple[bytes, ...]:
    """Give the root certificates (PEM) of every authority that was ever set, since old reports bear their timestamps."""
    return tuple(dict.fromkeys(root.encode("ascii") for setting in _ever() for root in setting.roots_pem))


def certificates_ever() -> tuple[bytes, ...]:
    """Give the certificates (PEM) of every authority that was ever set, roots first: those whose revocation lists are kept here."""
    above = (issuer.encode("ascii") for setting in _ever() for issuer in setting.issuers_pem)
    return tuple(dict.fromkeys((*roots_ever(), *above)))


def _ever() -> Iterator[AuthoritySetting]:
    return (body.read(one.body, AuthoritySetting) for one in organisation_act.acts(_SET))


def put(*, actor: Actor, setting: AuthoritySetting) -> None:
    """Use an authority from now on, which has been tried. Raises ``ActRefused``, or ``RecordRefused`` for certificates that are none."""
    try:
        found = [x509.load_pem_x509_certificate(one.encode("ascii")) for one in setting.roots_pem]
    except ValueError:
        found = []
    if not found or not setting.url.startswith(("http://", "https://")):
        raise RecordRefused(N_("A timestamp authority needs an address and the certificate of its root. Nothing was changed."))
    with write_tx():
        require_role(actor, "administrator")
        organisation_act.add(actor=actor, name=_SET, card=setting)


def turn_off(*, actor: Actor) -> None:
    """Use no authority any more; what was timestamped stays so. Raises ``ActRefused``; without an authority it does nothing."""
    with write_tx():
        require_role(actor, "administrator")
        now = kept().setting
        if now is not None:
            organisation_act.add(actor=actor, name=_OFF, card=_Off(now.url))
