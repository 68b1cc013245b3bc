import pytest
from aiokafka import errors
from aiokafka.record.default_records import DefaultRecordBatchBuilder
from hypothesis import given
from hypothesis import strategies as st

from schemas.topics import RAW
from services.runtime.publisher import Publisher
from services.runtime.record import Record, TooLarge
from services.runtime.remedy import remedy
from services.runtime.settings import Kafka


@pytest.mark.parametrize(
    "error",
    [
        errors.OutOfOrderSequenceNumber(),
        errors.UnknownProducerId(),
        errors.ProducerFenced(),
        errors.InvalidProducerEpoch(),
        errors.NotLeaderForPartitionError(),
        errors.KafkaConnectionError(),
        errors.KafkaError("Unexpected error during batch delivery"),
    ],
)
def test_a_batch_given_up_costs_the_producer(error: errors.KafkaError) -> None:
    assert remedy(error) == "rebuild"


@pytest.mark.parametrize("error", [errors.KafkaTimeoutError(), errors.ProducerClosed()])
def test_a_record_that_never_got_in_is_sent_again(error: errors.KafkaError) -> None:
    assert remedy(error) == "again"


@pytest.mark.parametrize(
    "error", [errors.TopicAuthorizationFailedError("t"), errors.InvalidTopicError()]
)
def test_what_only_a_person_can_mend_is_raised(error: errors.KafkaError) -> None:
    assert remedy(error) == "raise"


async def test_a_record_over_the_topics_limit_is_refused_without_a_broker() -> None:
    publisher = Publisher(Kafka(bootstrap_servers="127.0.0.1:1"), [RAW])
    record = Record(RAW.name, b"key", b"x" * RAW.max_message_bytes)
    with pytest.raises(TooLarge, match=f"{record.size:,} bytes") as refused:
        await publisher.send(record)
    assert refused.value.size == record.size > refused.value.limit == RAW.max_message_bytes


PARTS = st.none() | st.binary()
HEADERS = st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.binary())).map(tuple)


@given(PARTS, PARTS, HEADERS)
def test_what_fits_by_our_size_fits_by_the_clients(
    key: bytes | None, value: bytes | None, headers: tuple[tuple[str, bytes], ...]
) -> None:
    clients = DefaultRecordBatchBuilder.estimate_size_in_bytes(key, value, list(headers))
    assert clients <= Record("t", key, value, headers).size <= clients + 13 + 8 * len(headers)
