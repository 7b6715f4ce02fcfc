"""What a report of another organisation was judged by, beside that organisation's root certificate."""

from __future__ import annotations

from desktop.digest_words import grouped
from desktop.language import Language
from desktop.reports.verdict import Verdict
from desktop.verify.state import moment
from desktop.words import SIGNER_FIELDS, word
from forms.text import N_


def judged_by(verdict: Verdict, language: Language) -> tuple[tuple[str, str], ...]:
    """Say what a verdict rests on beside the root certificate, and which signatures a timestamp that counts proves to have been there."""
    text, nothing = language.text, language.text(N_("none was given"))
    proven = [
        text(N_("{field}: {name}"), field=word(SIGNER_FIELDS, one.field, language), name=moment(one.proven_at, language))
        for one in verdict.signatures
        if one.proven_at
    ]
    return (
        (text(N_("Proven by a timestamp")), "\n".join(proven) or text(N_("no"))),
        (text(N_("Roots of timestamp authorities, SHA-256")), "\n".join(map(grouped, verdict.clock_roots_sha256)) or nothing),
        (text(N_("Revocation lists, SHA-256")), "\n".join(map(grouped, verdict.revocation_lists_sha256)) or nothing),
    )
