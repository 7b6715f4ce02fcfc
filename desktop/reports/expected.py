"""What a report must agree with: who had to sign it, and what is known of it from elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from models.document_kind import DocumentKind


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
    written by Gedigen.
    """
    usual = tuple(RequiredSigner(field) for field in kind.required)
    if attachment is None:
        return usual
    try:
        record: Any = msgspec.json.decode(attachment)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(record, Mapping) or "required_signers" not in record:
        return usual
    signers = msgspec.convert(record["required_signers"], tuple[RequiredSigner, ...])
    fields = [signer.field for signer in signers]
    if len(set(fields)) != len(fields) or not set(kind.required) <= set(fields) <= set(kind.fields):
        raise ValueError("required signers must be those of the kind, and the chair at most")
    return signers
