import asyncio

import pytest
from tenacity import AsyncRetrying, stop_after_delay, wait_fixed

from schemas.headers import Origin, Rejection
from services.enricher.pipeline import Enriched
from services.enricher.pool import Pool, time_limit
from services.runtime.lane import Delivery
from services.runtime.watermark import Ticket
from tests.builders import raw_article
from tests.faults.work import HANG, marked


def delivery(text: str) -> Delivery:
    article = raw_article(text=text)
    key = str(article.article_id).encode()
    return Delivery(key, article.to_json(), (), Origin("news-raw", 0, 0, 0), Ticket(0))


@pytest.mark.parametrize(
    ("size", "seconds"), [(0, 10.0), (20_000, 10.0), (40_000, 20.0), (900_000, 450.0)]
)
def test_a_large_article_gets_time_in_proportion(size, seconds):
    assert time_limit(10.0, size) == seconds


async def test_it_enriches_and_what_hangs_is_a_dead_letter_and_the_pool_lives_on():
    with Pool(processes=1, time_limit=20.0) as pool:
        await pool.warm_up()
        assert isinstance(await pool.process(delivery("Anne Martin was in Paris.")), Enriched)
    with Pool(processes=1, time_limit=0.001) as pool:
        await pool.warm_up()
        outcome = await pool.process(delivery("Anne Martin was in Paris. " * 500))
        assert isinstance(outcome, Rejection)
        assert outcome.reason == "enrichment_timeout"
        await pool.warm_up()


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
