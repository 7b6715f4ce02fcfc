"""What a verification found, as plain facts and sentences."""

from __future__ import annotations

from typing import Literal

import msgspec

from models.document_kind import CHAIR

Status = Literal["valid", "invalid", "incomplete", "unreadable"]
#: The field that closes the file: after it nothing but archive data may be added.
LAST_FIELD = CHAIR
EXIT_CODES: dict[Status, int] = {"valid": 0, "invalid": 1, "incomplete": 2, "unreadable": 66}


class Finding(msgspec.Struct, frozen=True):
    """One sentence about the file: an English message (the catalogue's key) and what fills its places.

    ``problem`` makes the report invalid, ``missing`` incomplete, ``unreadable`` says why nothing can be said; ``good`` and
    ``remark`` only inform.
    """

    kind: Literal["problem", "missing", "unreadable", "good", "remark"]
    message: str
    params: dict[str, str | int] = {}


class SignatureFacts(msgspec.Struct, frozen=True):
    """One signature; times are ISO 8601 in UTC, digests hexadecimal."""

    field: str
    name: str
    subject: str
    issuer: str
    serial: str
    certificate_sha256: str
    public_key_sha256: str
    valid_from: str
    valid_until: str
    claimed_at: str | None
    intact: bool
    #: None: there was no root certificate to judge by
    trusted: bool | None
    certifies: bool
    #: offset of the first byte after what it covers
    covers_to: int
    covers_revision: bool
    lawful_later_changes: bool
    #: the CMS object holds what Gedigen writes and nothing else
    plain_container: bool
    #: the certificate is one that issues certificates, not a person's
    is_authority: bool = False
    #: another program made it, in a revision of its own
    is_outside: bool = False


class FileFacts(msgspec.Struct, frozen=True):
    """The file as bytes; ``registered`` is None where no register was at hand."""

    name: str
    size: int
    sha256: str
    registered: bool | None = None
    uncovered_bytes: int = 0
    conformance: str = ""
    attachment_sha256: str | None = None


class Verdict(msgspec.Struct, frozen=True):
    """The judgement on one file, with everything it rests on."""

    status: Status
    sentences: tuple[Finding, ...]
    file: FileFacts
    signatures: tuple[SignatureFacts, ...] = ()
    missing_signers: tuple[str, ...] = ()
    unexpected_fields: tuple[str, ...] = ()
    anchor_sha256: str | None = None
    judged_at: str = ""
    revocation: str = "not checked"
    #: the kind of file whose rule was applied; empty for none of Gedigen's
    kind: str = ""
    #: the policy it was judged by; the second one bears with another program's way of writing the last revision
    policy: Literal["report", "outside signer, last revision only"] = "report"
    #: whether the record inside adds up and the pages print its numbers
    record: Literal["agrees", "differs", "not compared"] = "not compared"
    format: int = 1

    @property
    def exit_code(self) -> int:
        """Give what the command line ends with."""
        return EXIT_CODES[self.status]

    def to_json(self) -> str:
        """Give the verdict as JSON, for other programs."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2).decode()


def verdict_from_json(text: bytes | str) -> Verdict:
    """Read what ``to_json`` wrote. Raises msgspec.ValidationError or msgspec.DecodeError for anything else."""
    return msgspec.json.decode(text, type=Verdict)
