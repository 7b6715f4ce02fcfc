"""What a verification found, as plain facts and sentences."""

from __future__ import annotations

from typing import Literal

import msgspec

from models.document_kind import CHAIR

Status = Literal["valid", "invalid", "incomplete", "unreadable"]
#: The field that closes the file: after it nothing but archive data may be added.
LAST_FIELD = CHAIR
#: What the fields of timestamps over the whole file are called, with a number after it.
TIMESTAMP_FIELD = "Timestamp"
EXIT_CODES: dict[Status, int] = {"valid": 0, "invalid": 1, "incomplete": 2, "unreadable": 66}


class Finding(msgspec.Struct, frozen=True):
    """One sentence about the file: an English message (the catalogue's key) and what fills its places.

    ``problem`` makes the report invalid, ``missing`` incomplete, ``unreadable`` says why nothing can be said; ``good`` and
    ``remark`` only inform.
    """

    kind: Literal["problem", "missing", "unreadable", "good", "remark"]
    message: str
    params: dict[str, str | int] = {}


class TimestampFacts(msgspec.Struct, frozen=True):
    """One timestamp, on a signature or over the whole file; times are ISO 8601 in UTC."""

    field: str
    #: "document": it covers the whole file so far; "signature": one signature
    covers: Literal["document", "signature"]
    at: str
    #: the name in the certificate of the authority's clock
    authority: str
    issuer: str
    serial: str
    certificate_sha256: str
    valid_until: str
    intact: bool
    plain_container: bool
    #: whether it counts, or else why not: see ``proven_time.Belief``
    belief: Literal["believed", "unknown", "other", "own", "ended", "revoked", "contrary", "broken"]
    covers_to: int


class RevocationFacts(msgspec.Struct, frozen=True):
    """What the newest list of the organisation says of a certificate. ``later``: revoked after the time that is proven."""

    standing: Literal["good", "revoked", "later", "not checked"] = "not checked"
    since: str | None = None
    #: somebody else may have had the key
    compromised: bool = False
    #: until when the list said that it was current
    current_until: str | None = None


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
    #: the certificate was issued for timestamps, servers or the like, not to sign documents with
    is_for_other_use: bool = False
    #: another program made it, in a revision of its own
    is_outside: bool = False
    #: what it carries for those who judge it later: nothing, a timestamp, certificates and lists too, a timestamp over all of that
    level: Literal["B-B", "B-T", "B-LT", "B-LTA"] = "B-B"
    #: the timestamp on this very signature
    timestamp: TimestampFacts | None = None
    #: the earliest time at which a timestamp that counts proves that the signature existed
    proven_at: str | None = None
    revocation: RevocationFacts = RevocationFacts()
    #: the fields that lawful revisions after it filled: further signatures and timestamps
    followed_by: tuple[str, ...] = ()


class FileFacts(msgspec.Struct, frozen=True):
    """The file as bytes; ``registered`` is None where no register was at hand."""

    name: str
    size: int
    sha256: str
    registered: bool | None = None
    uncovered_bytes: int = 0
    conformance: str = ""
    attachment_sha256: str | None = None
    #: the sealed record that the file says it is made from
    record_sha256: str | None = None
    #: all of them, where it is made from several
    records_sha256: tuple[str, ...] = ()


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
    #: the worst that the newest revocation lists say of the signers: revoked, later, not checked, good
    revocation: Literal["good", "revoked", "later", "not checked"] = "not checked"
    #: the kind of file whose rule was applied; empty for none of Gedigen's
    kind: str = ""
    #: the policy it was judged by; the second one bears with another program's way of writing the last revision
    policy: Literal["report", "outside signer, last revision only"] = "report"
    #: whether the record inside adds up and the pages print its numbers
    record: Literal["agrees", "differs", "not compared"] = "not compared"
    #: the timestamps over the whole file, in the order in which they were made
    timestamps: tuple[TimestampFacts, ...] = ()
    #: the roots of timestamp authorities that it was judged by
    clock_roots_sha256: tuple[str, ...] = ()
    #: the revocation lists (DER) from elsewhere than the file that it was judged by
    revocation_lists_sha256: tuple[str, ...] = ()
    #: nothing is ever fetched to verify a file
    network: Literal["offline"] = "offline"
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
