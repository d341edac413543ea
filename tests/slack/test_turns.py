"""Whose turn it is in a conversation."""

from __future__ import annotations

import asyncio

from bot.slack.turns import Turns


async def run(turns: Turns, done: list[str], conversation: str, ts: str, gate: asyncio.Event) -> None:
    async with turns.turn(conversation, ts):
        await gate.wait()
        done.append(ts)


async def test_those_who_wait_go_by_when_they_were_written_and_others_do_not_wait() -> None:
    turns, done, gate, opened = Turns(), list[str](), asyncio.Event(), asyncio.Event()
    opened.set()
    first = asyncio.create_task(run(turns, done, "a", "1.0", gate))
    await asyncio.sleep(0)
    late = asyncio.create_task(run(turns, done, "a", "3.0", gate))
    await asyncio.sleep(0)
    early = asyncio.create_task(run(turns, done, "a", "2.0", gate))
    await run(turns, done, "b", "9.0", opened)
    assert done == ["9.0"]
    gate.set()
    await asyncio.gather(first, late, early)
    assert done == ["9.0", "1.0", "2.0", "3.0"]


async def test_one_that_is_given_up_while_waiting_or_working_lets_the_next_in() -> None:
    turns, done, gate = Turns(), list[str](), asyncio.Event()
    tasks = []
    for ts in ("1.0", "2.0", "3.0"):
        tasks.append(asyncio.create_task(run(turns, done, "a", ts, gate)))
        await asyncio.sleep(0)
    tasks[1].cancel()
    tasks[0].cancel()
    gate.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert done == ["3.0"]
    await run(turns, done, "a", "4.0", gate)
    assert done == ["3.0", "4.0"]


async def test_one_that_is_given_up_at_the_moment_of_its_turn_passes_it_on() -> None:
    turns, done, gate = Turns(), list[str](), asyncio.Event()
    tasks = []
    for ts in ("1.0", "2.0", "3.0"):
        tasks.append(asyncio.create_task(run(turns, done, "a", ts, gate)))
        await asyncio.sleep(0)
    gate.set()
    tasks[0].add_done_callback(lambda _: tasks[1].cancel())
    await asyncio.gather(*tasks, return_exceptions=True)
    assert done in (["1.0", "3.0"], ["1.0", "2.0", "3.0"])
    assert tasks[2].done()
