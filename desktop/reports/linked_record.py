"""The reduced records that travel inside a partner's version and a decision: what they must say of the sealed record behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from forms.canonical import canonical_json
from models.document_kind import DECISION, PARTNER_DRAFT, PARTNER_FEEDBACK, DocumentKind

_PARTNER = ("gedigen-partner/1", "gedigen-partner/2")
#: The schemas that each kind has been written in; what was sent in an older one is still verified.
SCHEMAS: Mapping[str, tuple[str, ...]] = {
    PARTNER_DRAFT.name: _PARTNER,
    PARTNER_FEEDBACK.name: _PARTNER,
    DECISION.name: ("gedigen-decision/1",),
}
_DIGEST = re.compile(r"[0-9a-f]{64}")


class NotALinkedRecord(Exception):
    """An attachment that Gedigen did not write."""


def linked_record(kind: DocumentKind, attachment: bytes) -> str:
    """Give the digest of the sealed record that an attachment says it is about, empty when it names none (a draft's).

    Raises NotALinkedRecord for what is not canonical JSON of the schema that the kind has.
    """
    try:
        decoded: Any = msgspec.json.decode(attachment)
        written = canonical_json(decoded)
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError) as error:
        raise NotALinkedRecord from error
    if not isinstance(decoded, Mapping) or decoded.get("schema") not in SCHEMAS.get(kind.name, ()) or written != attachment:
        raise NotALinkedRecord
    if decoded.get("kind", kind.name) != kind.name:
        raise NotALinkedRecord  # a draft's data in a feedback, or the other way round
    about = decoded.get("about")
    named = decoded.get("record_sha256") or (about.get("record_sha256") if isinstance(about, Mapping) else None) or ""
    if named and not (isinstance(named, str) and _DIGEST.fullmatch(named)):
        raise NotALinkedRecord
    if kind == DECISION and "record_sha256" in decoded:
        raise NotALinkedRecord  # a decision names it in one place, and must not name another in a second
    return str(named)
