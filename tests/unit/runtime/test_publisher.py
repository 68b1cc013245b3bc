import pytest
from aiokafka import errors

from schemas.topics import RAW
from services.runtime.publisher import Publisher, Record, TooLarge, remedy


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
    publisher = Publisher("127.0.0.1:1", [RAW])
    record = Record(RAW.name, b"key", b"x" * RAW.max_message_bytes)
    with pytest.raises(TooLarge, match=f"{record.size:,} bytes") as refused:
        await publisher.send(record)
    assert refused.value.size == record.size > refused.value.limit == RAW.max_message_bytes


def test_the_size_of_a_record_counts_key_value_and_headers() -> None:
    bare = Record("t", b"k", b"v")
    assert Record("t", b"k", b"v", (("h", b"x" * 100),)).size > bare.size + 100
    assert Record("t", None, None).size < bare.size
