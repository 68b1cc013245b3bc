"""Turns are had one at a time, in the order in which they were asked for."""

import asyncio

import pytest

from services.runtime.turns import Turns


async def test_a_turn_that_is_passed_on_can_not_be_taken_in_between() -> None:
    turns, had = Turns(), list[str]()
    assert turns.take("key")

    async def waits() -> None:
        async with turns.turn("key"):
            had.append("who waited")

    waiting = asyncio.create_task(waits())
    await asyncio.sleep(0)
    turns.give_back("key")
    assert not turns.take("key")
    await waiting
    assert had == ["who waited"]
    assert turns.take("key")


@pytest.mark.parametrize("passed_on", [False, True])
async def test_who_is_cancelled_while_waiting_keeps_nobody_waiting(*, passed_on: bool) -> None:
    turns = Turns()
    turns.take("key")

    async def waits() -> None:
        async with turns.turn("key"):
            pass

    first, second = asyncio.create_task(waits()), asyncio.create_task(waits())
    await asyncio.sleep(0)
    if passed_on:
        turns.give_back("key")
        first.cancel()
    else:
        first.cancel()
        turns.give_back("key")
    async with asyncio.timeout(5):
        await second
    assert first.cancelled() is True
    assert turns.take("key")
