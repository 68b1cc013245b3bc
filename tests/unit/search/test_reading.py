import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig, ObjectApiResponse
from elasticsearch import BadRequestError, NotFoundError

from services.runtime.settings import Elasticsearch
from services.search.reading import SearchFailedError, steady

SERVER = Elasticsearch(url="http://es:9200")


def meta(status):
    return ApiResponseMeta(status, "1.1", HttpHeaders(), 0.1, NodeConfig("http", "es", 9200))


class Client:
    """Opens a point in time and searches it, unless told to fail."""

    def __init__(self, *, opening=None, searching=None, closing=None):
        self.failures = {"open": opening, "search": searching, "close": closing}
        self.bodies = []
        self.closed = []

    def open_point_in_time(self, **_):
        self._fail("open")
        return {"id": "p1"}

    def search(self, *, body):
        self.bodies.append(body)
        self._fail("search")
        return ObjectApiResponse(body={"hits": {}}, meta=meta(200))

    def close_point_in_time(self, *, id):  # noqa: A002 - the client's word
        self.closed.append(id)
        self._fail("close")

    def _fail(self, step):
        if self.failures[step]:
            raise self.failures[step]


def test_every_page_is_asked_of_the_same_point_which_is_closed_at_the_end():
    client = Client(closing=NotFoundError("gone", meta(404), {}))
    with steady(client, SERVER) as ask:
        assert ask({"size": 1}) == {"hits": {}}
    assert client.bodies == [{"size": 1, "pit": {"id": "p1", "keep_alive": "5m"}}]
    assert client.closed == ["p1"]


def test_a_server_without_points_in_time_is_told_with_what_works_there():
    refused = BadRequestError("no handler found", meta(400), {})
    with (
        pytest.raises(SearchFailedError, match=r"can't page .* up to 100 with --size"),
        steady(Client(opening=refused), SERVER),
    ):
        pass


def test_a_point_that_the_server_forgot_is_no_missing_index():
    gone = {"error": {"type": "search_context_missing_exception"}}
    forgot = NotFoundError("search_context_missing_exception", meta(404), gone)
    client = Client(searching=forgot)
    with pytest.raises(SearchFailedError, match="forgotten"), steady(client, SERVER) as ask:
        ask({})
    assert client.closed == ["p1"]
