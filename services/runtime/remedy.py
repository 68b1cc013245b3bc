"""What a send that failed needs, by aiokafka's error."""

from typing import Literal

from aiokafka import errors

Remedy = Literal["again", "rebuild", "raise"]
"""The same producer again, a new one, or a person."""

_SEQUENCE_LOST = (
    errors.OutOfOrderSequenceNumber,
    errors.UnknownProducerId,
    errors.ProducerFenced,
    errors.InvalidProducerEpoch,
    errors.InvalidProducerIdMapping,
    errors.DuplicateSequenceNumber,
    errors.CorruptRecordException,
)
_NEVER_SENT = (errors.KafkaTimeoutError, errors.ProducerClosed)


def remedy(error: errors.KafkaError) -> Remedy:
    """Decide what a failed send needs.

    aiokafka itself repeats what is retriable, for ever; a retriable error that reaches us means
    that it gave a batch up, so the batch's sequence numbers are lost as well.
    """
    if isinstance(error, _NEVER_SENT):
        return "again"
    if isinstance(error, _SEQUENCE_LOST) or error.retriable or type(error) is errors.KafkaError:
        return "rebuild"
    return "raise"
