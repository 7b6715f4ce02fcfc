"""The demonstration: the sample case from registration to a verified report, told on the terminal."""

from __future__ import annotations

import tempfile
from pathlib import Path

from desktop.language import Language
from desktop.operations import assessments, reporting, sealing, vaults
from desktop.operations.sample import PASSPHRASE, VAULT_NAME, make_sample
from desktop.reports.content_reader import Reader
from desktop.reports.verdict_words import verdict_lines
from desktop.reports.verifying_child import run_limited
from desktop.result.scores import held
from desktop.words import BANDS, DECISIONS, SUBJECTS, word
from forms.comparison import Assessed, Comparison, compare
from forms.text import N_, in_language
from models.cards import AssessmentFile
from models.report import registered_hashes

SHOWN_CHANGES = 6


def run_demo(*, folder: Path | None, words: Language) -> int:
    """Make the sample in a folder (default: a new one) and print where everything is and what it says; 0 when the report is valid."""
    place = Path(tempfile.mkdtemp(prefix="gedigen-demo-")) if folder is None else folder.resolve()
    place.mkdir(parents=True, exist_ok=True)
    print(words.text(N_("Working through two invented cases; this takes some seconds…")), flush=True)
    sample = make_sample(folder=place, language_code=words.code)
    try:
        file = assessments.assessment_file(assessment_id=sample.assessments["renewal"][-1])
        latest = [card for card in file.reports if card.language == words.code][-1]
        report_path = place / reporting.file_name(file, words.code)
        root_path = place / "organisation-root.pem"
        reporting.export_report(report_id=latest.id, path=report_path)
        vaults.export_root(path=root_path)
        recomputed = sealing.check_seal(assessment_id=file.card.id)
        registered = registered_hashes()
    finally:
        sample.vault.close()
    print()
    print(f"vault: {place / VAULT_NAME}")
    print(f"report: {report_path}")
    print(f"root certificate: {root_path}")
    print()
    print(words.text(N_("Everybody’s passphrase: {passphrase}"), passphrase=PASSPHRASE))
    print()
    for line in _told(file, words):
        print(line)
    print(
        words.text(N_("Scored again from the sealed record: the same result.") if recomputed else N_("Scored again: NOT the same result."))
    )
    verdict = run_limited(report_path, root_pem=root_path.read_bytes(), registered=registered)
    print()
    for line in verdict_lines(verdict, words):
        print(line)
    return 0 if recomputed and verdict.status == "valid" else 1


def _told(file: AssessmentFile, words: Language) -> list[str]:
    card, result = file.card, file.result
    lines = [f"{file.partner.name} · {card.project_title} · {card.case_number}"]
    for subject in result.subjects:
        if subject.score.percent is not None and subject.score.band is not None:
            percent = words.percent(subject.score.percent, digits=1)
            band = f"{word(SUBJECTS, subject.subject, words)}: {percent}, {word(BANDS, subject.score.band, words)}"
            why = held(Reader(file, words), subject.score, subject.subject, of_sections=True)
            lines.append(f"{band}. {why}" if why else band)
    gaps = sum(gap.key for gap in result.gaps)
    lines.append(
        words.text(
            N_("Below the requirement in {gaps} of {asked} questions, of which {keys} key (K)"),
            gaps=len(result.gaps),
            asked=result.required,
            keys=gaps,
        )
    )
    lines.append(words.text(N_("Stop criteria met: {count}"), count=len(result.stops)))
    if file.recommendation is not None:
        lines.append(words.text(N_("Recommendation: {decision}"), decision=word(DECISIONS, file.recommendation.decision, words)))
    if file.earlier is not None:
        earlier = Assessed(file.earlier.template, file.earlier.answers, file.earlier.result)
        lines += _changes(compare(before=earlier, now=Assessed(file.template, file.answers, result)), file, words)
    return lines


def _changes(comparison: Comparison, file: AssessmentFile, words: Language) -> list[str]:
    counts = {how: sum(1 for change in comparison.questions if change.how == how) for how in ("better", "worse")}
    lines = [words.text(N_("Since last year: {better} better, {worse} worse"), **counts)]
    moved = [change for change in comparison.changed if change.how == "worse"] + [
        change for change in comparison.changed if change.how == "better"
    ]
    for change in moved[:SHOWN_CHANGES]:
        text = in_language(file.template.question(change.question).text, words.code)
        old = change.before.value if change.before else "–"
        new = change.now.value if change.now else "–"
        lines.append(f"  {old} → {new}  {text} {change.reason}".rstrip())
    if len(moved) > SHOWN_CHANGES:
        lines.append(words.text(N_("  … and {count} more in the report"), count=len(moved) - SHOWN_CHANGES))
    return lines
