"""Undo and redo on a real vault: whatever was done, taking it back and bringing it forward gives the same bytes."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.operations import answering
from desktop.operations.undo import UndoHistory
from forms.answers import Answer
from forms.canonical import canonical_json
from models.answering import AnswerVersion

INSTRUMENT = "all-kinds"
VALUES = {
    "board.meets": st.integers(0, 4),
    "board.plan": st.sampled_from(["yes", "partly", "no"]),
    "means.staff": st.integers(0, 900),
    "means.turnover": st.integers(0, 10**9).map(lambda minor: f"{minor} SEK"),
}
KNOWN = st.sampled_from([None, "said", "seen", "verified"])
WORDS = st.sampled_from(["", "Läst.", "två\nrader  ", "“citat” – ⇒ é"])


def _answers(question):
    answered = st.builds(
        lambda value, known, comment: Answer("answered", value, known=known, comment=comment), VALUES[question], KNOWN, WORDS
    )
    open_ = st.builds(lambda comment: Answer("dont_know", comment=comment), WORDS)
    final = st.builds(lambda reason: Answer("not_established", reason=reason), WORDS.filter(bool))
    return st.tuples(st.just(question), st.one_of(st.none(), answered, open_, final))


ACTS = st.lists(st.sampled_from(sorted(VALUES)).flatmap(_answers), min_size=1, max_size=8)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, back=st.integers(1, 8))
def test_undo_then_redo_gives_the_same_bytes_and_history_only_grows(case, acts, back):
    def bytes_now():
        return canonical_json(
            [[key.question, answer] for key, answer in sorted(case.file().answers.items(), key=lambda one: one[0].question)]
        )

    def versions():
        return case.do(lambda: [row.id for row in AnswerVersion.select().order_by(AnswerVersion.created_at, AnswerVersion.number)])

    history = UndoHistory(case.id, INSTRUMENT)
    seen, kept = [bytes_now()], versions()
    for question, answer in acts:
        change = case.do(
            lambda question=question, answer=answer: answering.give_answer(
                actor=case.asa, assessment_id=case.id, instrument=INSTRUMENT, question=question, answer=answer
            )
        )
        before = len(history.done)
        history.push(change)
        if len(history.done) > before:
            seen.append(bytes_now())
    steps = min(back, len(history.done))
    for at in range(1, steps + 1):
        case.do(lambda: history.undo(actor=case.asa))
        assert bytes_now() == seen[-1 - at]
    for at in range(steps, 0, -1):
        case.do(lambda: history.redo(actor=case.asa))
        assert bytes_now() == seen[len(seen) - at]
    assert bytes_now() == seen[-1]
    grown = versions()
    assert set(kept) <= set(grown)
    assert len(grown) == len(kept) + len(seen) - 1 + 2 * steps
