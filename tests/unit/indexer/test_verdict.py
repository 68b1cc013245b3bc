import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.indexer.verdict import Verdict, may_be_too_much, of_item, of_request

statuses = st.integers(200, 599)
kinds = st.sampled_from(["", "security_exception", "cluster_block_exception", "x_exception"])


def item(status: int, kind: str = "", reason: str = "") -> dict[str, object]:
    error = {"type": kind, "reason": reason}
    return {"index": {"status": status} | ({"error": error} if kind else {})}


@pytest.mark.parametrize(
    ("status", "kind", "verdict"),
    [
        (200, "", Verdict.INDEXED),
        (201, "", Verdict.INDEXED),
        (409, "version_conflict_engine_exception", Verdict.STALE),
        (429, "es_rejected_execution_exception", Verdict.RETRY),
        (429, "cluster_block_exception", Verdict.RETRY),
        (403, "cluster_block_exception", Verdict.RETRY),
        (404, "index_not_found_exception", Verdict.RETRY),
        (400, "index_closed_exception", Verdict.RETRY),
        (500, "exception", Verdict.RETRY),
        (502, "", Verdict.RETRY),
        (503, "unavailable_shards_exception", Verdict.RETRY),
        (504, "", Verdict.RETRY),
        (401, "security_exception", Verdict.REFUSED),
        (403, "security_exception", Verdict.REFUSED),
        (400, "document_parsing_exception", Verdict.REJECTED),
        (400, "strict_dynamic_mapping_exception", Verdict.REJECTED),
        (413, "", Verdict.REJECTED),
    ],
)
def test_an_item_is_judged_by_status_and_error(status: int, kind: str, verdict: Verdict) -> None:
    assert of_item(item(status, kind)).verdict is verdict


def test_an_alias_without_a_write_index_is_not_the_documents_fault() -> None:
    reason = "no write index is defined for alias [news-write]. The write index may be ..."
    assert of_item(item(400, "illegal_argument_exception", reason)).verdict is Verdict.RETRY


def test_the_reason_names_the_error_and_all_its_causes() -> None:
    cause = {"type": "inner", "reason": "b", "caused_by": {"type": "innermost", "reason": "c"}}
    error = {"type": "outer", "reason": "a", "caused_by": cause}
    answer = of_item({"index": {"status": 400, "error": error}})
    assert answer.reason == "outer: a; inner: b; innermost: c"


@pytest.mark.parametrize(
    ("status", "kind", "verdict"),
    [
        (None, "ConnectionError", Verdict.RETRY),
        (None, "ConnectionTimeout", Verdict.RETRY),
        (429, "circuit_breaking_exception", Verdict.RETRY),
        (503, "", Verdict.RETRY),
        (403, "cluster_block_exception", Verdict.RETRY),
        (404, "", Verdict.RETRY),
        (405, "", Verdict.RETRY),
        (200, "UnsupportedProductError", Verdict.RETRY),
        (401, "security_exception", Verdict.REFUSED),
        (403, "security_exception", Verdict.REFUSED),
        (413, "", Verdict.REJECTED),
        (400, "illegal_argument_exception", Verdict.REJECTED),
    ],
)
def test_a_failed_request_of_one_document_is_judged_by_its_status(
    status: int | None, kind: str, verdict: Verdict
) -> None:
    assert of_request(status, kind) is verdict


@given(statuses, kinds)
def test_only_an_item_of_the_documents_own_fault_is_rejected(status: int, kind: str) -> None:
    verdict = of_item(item(status, kind)).verdict
    assert verdict is not Verdict.REJECTED or 300 <= status < 500
    assert (verdict is Verdict.INDEXED) == (status < 300)


@given(st.none() | statuses, kinds)
def test_a_request_that_would_be_rejected_is_first_made_smaller(
    status: int | None, kind: str
) -> None:
    if of_request(status, kind) is Verdict.REJECTED:
        assert may_be_too_much(status, kind)


def test_a_request_that_took_too_long_is_made_smaller_but_a_refused_connection_is_not() -> None:
    assert may_be_too_much(None, "ConnectionTimeout")
    assert not may_be_too_much(None, "ConnectionError")
