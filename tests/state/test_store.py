"""What survives a restart, with several threads and processes at once."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.state.store import AuditEntry, State
from tests.state.conftest import Where

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)


def test_a_question_is_taken_once(state: State) -> None:
    assert state.claim("C1:1.0", NOW, LEASE) is not None
    assert state.claim("C1:1.0", NOW + SECOND, LEASE) is None


def test_every_name_of_a_question_counts(state: State) -> None:
    state.claim("C1:1.0", NOW, LEASE, names=["Ev1"])
    assert state.claim("C1:1.0", NOW, LEASE, names=["Ev2"]) is None
    assert state.claim("C9:9.0", NOW, LEASE, names=["Ev2"]) is None


def test_an_answered_question_is_never_taken_again_even_after_a_restart(where: Where) -> None:
    state = State(where)
    state.claim("C1:1.0", NOW, LEASE, payload="what did orion spend?")
    state.finish("C1:1.0")
    state.close()
    again = State(where)
    assert again.claim("C1:1.0", NOW + timedelta(days=3), LEASE) is None
    assert again.unfinished(NOW + timedelta(days=3), LEASE) == []
    again.close()


def test_a_question_whose_holder_died_comes_back_with_its_payload(state: State) -> None:
    state.claim("C1:1.0", NOW, LEASE, payload="the question")
    assert state.unfinished(NOW + LEASE - SECOND, LEASE) == []
    (claim,) = state.unfinished(NOW + LEASE, LEASE)
    assert (claim.key, claim.attempt, claim.payload, claim.doubtful) == ("C1:1.0", 2, "the question", True)
    assert state.unfinished(NOW + LEASE, LEASE) == []


def test_a_living_holder_keeps_its_question(state: State) -> None:
    claim = state.claim("C1:1.0", NOW, LEASE)
    assert claim is not None
    assert state.renew(claim, NOW + LEASE)
    assert state.unfinished(NOW + LEASE + SECOND, LEASE) == []


def test_a_holder_that_was_taken_for_dead_learns_that_its_question_is_anothers(state: State) -> None:
    first = state.claim("C1:1.0", NOW, LEASE)
    (second,) = state.unfinished(NOW + LEASE, LEASE)
    assert first is not None
    assert not state.renew(first, NOW + LEASE)
    assert state.renew(second, NOW + LEASE)


def test_a_released_question_can_be_taken_at_once(state: State) -> None:
    state.claim("C1:1.0", NOW, LEASE)
    state.release("C1:1.0")
    claim = state.claim("C1:1.0", NOW + SECOND, LEASE)
    assert claim is not None
    assert claim.attempt == 2


def test_the_text_of_an_answered_question_is_not_kept(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    state.claim("C1:1.0", NOW, LEASE, payload="a-secret-plan-of-ours")
    state.finish("C1:1.0")
    state.close()
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"a-secret-plan-of-ours" not in kept


def test_the_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    State(tmp_path / "state.sqlite").close()
    assert (tmp_path / "state.sqlite").stat().st_mode & 0o077 == 0


def test_one_digest_a_channel_and_week(state: State) -> None:
    assert state.digest_claim("C1", "2026-W48", NOW) is not None
    assert state.digest_claim("C1", "2026-W48", NOW + SECOND) is None
    assert state.digest_claim("C2", "2026-W48", NOW) is not None
    assert state.digest_claim("C1", "2026-W49", NOW) is not None


def test_a_posted_digest_stays_posted(state: State) -> None:
    state.digest_claim("C1", "2026-W48", NOW)
    assert state.digest_last("C1") is None
    state.digest_posted("C1", "2026-W48", "1.0")
    assert state.digest_last("C1") == "2026-W48"
    assert state.digest_claim("C1", "2026-W48", NOW + timedelta(days=2)) is None


def test_a_digest_refused_for_certain_waits_and_is_then_not_in_doubt(state: State) -> None:
    state.digest_claim("C1", "2026-W48", NOW)
    state.digest_release("C1", "2026-W48", NOW + timedelta(minutes=2), doubtful=False)
    assert state.digest_claim("C1", "2026-W48", NOW + timedelta(minutes=1)) is None
    claim = state.digest_claim("C1", "2026-W48", NOW + timedelta(minutes=2))
    assert claim is not None
    assert (claim.attempt, claim.doubtful) == (2, False)


def test_a_digest_whose_poster_died_is_in_doubt(state: State) -> None:
    state.digest_claim("C1", "2026-W48", NOW)
    claim = state.digest_claim("C1", "2026-W48", NOW + timedelta(minutes=10))
    assert claim is not None
    assert claim.doubtful


def test_a_thread_is_remembered(state: State) -> None:
    assert not state.is_in_thread("C1", "1.0")
    state.thread_joined("C1", "1.0", NOW)
    state.thread_joined("C1", "1.0", NOW)
    assert state.is_in_thread("C1", "1.0")
    assert not state.is_in_thread("C2", "1.0")


def test_the_last_verdict_of_a_person_counts(state: State) -> None:
    state.record_feedback("C1:1.0", "U1", "good", NOW)
    state.record_feedback("C1:1.0", "U2", "good", NOW + SECOND)
    state.record_feedback("C1:1.0", "U1", "bad", NOW + 2 * SECOND)
    assert state.feedback() == [("C1:1.0", "U2", "good"), ("C1:1.0", "U1", "bad")]


def test_the_audit_log_gives_back_what_was_written(state: State) -> None:
    entry = AuditEntry(NOW, "U1", "C1", "answered", ("spend_total",), ("orion",))
    state.audit(entry)
    assert state.audited(NOW - SECOND) == [entry]
    assert state.audited(NOW + SECOND) == []


def test_old_answered_questions_are_forgotten_and_open_ones_kept(state: State) -> None:
    state.claim("C1:1.0", NOW, LEASE)
    state.finish("C1:1.0")
    state.claim("C1:2.0", NOW, LEASE, payload="open")
    state.forget(NOW + timedelta(days=30))
    assert state.claim("C1:1.0", NOW + timedelta(days=30), LEASE) is not None
    assert [claim.key for claim in state.unfinished(NOW + timedelta(days=30), LEASE)] == ["C1:2.0"]


CLAIMER = """
import json, sys
from datetime import UTC, datetime, timedelta
from bot.state.store import State

state = State(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
won = [n for n in range(200) if state.claim(f"C1:{n}", now, timedelta(seconds=60)) is not None]
digests = [n for n in range(50) if state.digest_claim("C1", f"2026-W{n:02}", now) is not None]
print(json.dumps([won, digests]), flush=True)
"""


def test_of_two_processes_claiming_at_once_exactly_one_wins_each(where: Where) -> None:
    claimers = [
        subprocess.Popen(
            [sys.executable, "-c", CLAIMER, str(where)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(2)
    ]
    for claimer in claimers:
        assert claimer.stdout is not None
        assert claimer.stdout.readline() == "ready\n"
    for claimer in claimers:
        assert claimer.stdin is not None
        claimer.stdin.write("go\n")
        claimer.stdin.flush()
    outputs = [json.loads(claimer.communicate(timeout=60)[0]) for claimer in claimers]
    won = [number for output in outputs for number in output[0]]
    digests = [number for output in outputs for number in output[1]]
    assert sorted(won) == list(range(200))
    assert sorted(digests) == list(range(50))
