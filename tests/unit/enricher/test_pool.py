import asyncio

import pytest
from tenacity import AsyncRetrying, stop_after_delay, wait_fixed

from schemas.headers import Origin, Rejection
from services.enricher.pipeline import Enriched
from services.enricher.pool import Pool, Try, in_one_task, time_limit
from services.runtime.lane import Delivery
from services.runtime.watermark import Ticket
from tests.builders import raw_article
from tests.faults.work import DIE, HANG, marked


def delivery(text: str) -> Delivery:
    article = raw_article(text=text)
    key = str(article.article_id).encode()
    return Delivery(key, article.to_json(), (), Origin("news-raw", 0, 0, 0), Ticket(0))


@pytest.mark.parametrize(
    ("size", "seconds"), [(0, 10.0), (20_000, 10.0), (40_000, 20.0), (900_000, 450.0)]
)
def test_a_large_article_gets_time_in_proportion(size, seconds):
    assert time_limit(10.0, size) == seconds


@pytest.mark.parametrize(
    ("sizes", "alone", "wanted"),
    [
        ([3_000], [], 1),
        ([3_000, 7_000, 10_000], [], 3),
        ([3_000, 7_000, 10_001], [], 2),
        ([50_000, 1], [], 1),
        ([1, 50_000, 1], [], 1),
        ([1, 1, 1], [0], 1),
        ([1, 1, 1], [2], 2),
    ],
)
async def test_articles_are_one_task_while_the_time_of_one_is_enough(sizes, alone, wanted):
    loop = asyncio.get_running_loop()
    record = b"key", b"value", ()
    waiting = [Try(record, size, loop.create_future(), i in alone) for i, size in enumerate(sizes)]
    assert in_one_task(waiting) == wanted


async def test_what_hangs_or_dies_is_a_dead_letter_alone_and_the_pool_lives_on():
    texts = [f"Anne Martin saw {i} people in Paris." for i in range(12)]
    texts[5], texts[7] = HANG, DIE
    with Pool(processes=1, time_limit=2.0, work=marked) as pool:
        await pool.warm_up()
        outcomes = await asyncio.gather(*(pool.process(delivery(text)) for text in texts))
        assert not pool.busy()
        assert isinstance(await pool.process(delivery("She was in Paris.")), Enriched)
    reasons = {5: "enrichment_timeout", 7: "enrichment_crashed"}
    for i, outcome in enumerate(outcomes):
        if i in reasons:
            assert isinstance(outcome, Rejection)
            assert outcome.reason == reasons[i]
        else:
            assert isinstance(outcome, Enriched)
            assert texts[i] in outcome.value.decode()


async def test_it_enriches():
    with Pool(processes=1, time_limit=20.0) as pool:
        await pool.warm_up()
        assert isinstance(await pool.process(delivery("Anne Martin was in Paris.")), Enriched)


async def test_it_is_busy_while_a_process_has_an_article_and_its_time_is_not_up():
    with Pool(processes=1, time_limit=0.5, work=marked) as pool:
        await pool.warm_up()
        assert not pool.busy()
        work = asyncio.create_task(pool.process(delivery(HANG)))
        async for attempt in AsyncRetrying(wait=wait_fixed(0.02), stop=stop_after_delay(10)):
            with attempt:
                assert pool.busy()
        assert isinstance(await work, Rejection)
        assert not pool.busy()
