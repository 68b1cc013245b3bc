import asyncio

import pytest

from services.runtime.signals import result_unless, unless


async def one() -> int:
    return 1


async def for_ever() -> int:
    await asyncio.Event().wait()
    return 1


async def fails() -> int:
    raise ConnectionError


async def test_work_that_is_done_before_a_signal_gives_its_result():
    assert await result_unless(asyncio.Event(), one()) == 1
    assert await unless(asyncio.Event(), one())


async def test_a_signal_ends_work_that_waits():
    stopping = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, stopping.set)
    assert await result_unless(stopping, for_ever()) is None
    assert not await unless(stopping, for_ever())


@pytest.mark.parametrize("does", [unless, result_unless])
async def test_what_the_work_raises_is_raised(does):
    with pytest.raises(ConnectionError):
        await does(asyncio.Event(), fails())
