"""What a report must agree with: who had to sign it, and what is known of it from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from models.document_kind import DECISION, FULL_REPORT, DocumentKind

#: Whose data inside say who must sign.
_NAMING_SIGNERS = (FULL_REPORT, DECISION)
_DIGEST = re.compile(r"[0-9a-f]{64}")


class RequiredSigner(msgspec.Struct, frozen=True):
    """Somebody whose signature the sealed record asks for; empty texts leave name or certificate open."""

    field: str
    name: str = ""
    certificate_sha256: str = ""


@dataclass(frozen=True)
class Expectations:
    """What is known from elsewhere: digests of registered files and of sealed records, None where there is no register.

    ``now`` is naive UTC.
    """

    anchored: bool
    registered: Collection[str] | None
    sealed_records: Collection[str] | None
    now: datetime


def required_signers(kind: DocumentKind, attachment: bytes | None) -> tuple[RequiredSigner, ...]:
    """Give who must have signed, by the record inside or else by the kind of document.

    Raises ValueError for a record that is not JSON, or asks for signers in a way that makes no sense: such a record was not
    written by Gedigen. What stands for the whole names each of them by certificate; an extract for a partner names nobody.
    """
    usual = tuple(RequiredSigner(field) for field in kind.required)
    if attachment is None:
        return usual
    try:
        record: Any = msgspec.json.decode(attachment)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if kind not in _NAMING_SIGNERS:
        return usual
    if not isinstance(record, Mapping) or "required_signers" not in record:
        raise ValueError("nobody is named who must sign")
    signers = msgspec.convert(record["required_signers"], tuple[RequiredSigner, ...])
    fields = [signer.field for signer in signers]
    if len(set(fields)) != len(fields) or not set(kind.required) <= set(fields) <= set(kind.fields):
        raise ValueError("required signers must be those of the kind, and the chair at most")
    if not all(_DIGEST.fullmatch(signer.certificate_sha256) for signer in signers if signer.field in kind.required):
        raise ValueError("a required signer is not named by certificate")
    return signers
