"""How well the search ranks on the judged queries of tests/ranking, on real Elasticsearch."""

from statistics import mean

import pytest
from elasticsearch import Elasticsearch

from tests.ranking.corpus import enriched
from tests.ranking.judged import judged
from tests.ranking.rankings import RANKINGS, index, ours, plain, scores

FLOOR = 0.92
"""Of nDCG@10 over all queries, a little below what is measured."""


@pytest.mark.elasticsearch
def test_the_ranking_stays_above_its_floor_and_beats_one_field(elasticsearch_url, prefix):
    queries = judged()
    with Elasticsearch(elasticsearch_url, request_timeout=60) as client:
        ours_index, plain_index = index(client, prefix.strip("-"), enriched()).values()
        try:
            measured = mean(scores(client, ours_index, ours, queries).values())
            beaten = mean(scores(client, plain_index, plain, queries).values())
        finally:
            client.indices.delete(index=[f"{ours_index}-000001", plain_index])
    assert len(RANKINGS) == 2
    assert measured >= FLOOR
    assert measured >= beaten
