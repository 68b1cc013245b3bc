"""Creates the Kafka topics, and brings the settings of existing ones up to date."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import TopicAlreadyExistsError, for_code

from schemas.topics import Topic
from services.provision.report import Done, ProvisioningError

SET_ON_THE_TOPIC = 1
"""Kafka's code for a setting that is the topic's own and no default."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A topic as it is on the broker: its partitions and the settings that are its own."""

    partitions: int
    config: Mapping[str, str]


async def provide_topics(
    admin: AIOKafkaAdminClient,
    topics: Sequence[Topic],
    replication_factor: int,
    *,
    add_partitions: bool,
) -> list[Done]:
    """Create each topic or bring it up to date; nothing is ever deleted.

    Raises `ProvisioningError` when the broker refuses.
    """
    standing = await _standing(admin, {topic.name for topic in topics})
    done = []
    for topic in topics:
        there = standing.get(topic.name)
        if there is None:
            done.append(await _create(admin, topic, replication_factor))
            continue
        done.append(await _configure(admin, topic, there))
        if there.partitions < topic.partitions and add_partitions:
            done.append(await _add_partitions(admin, topic, there))
        elif there.partitions != topic.partitions:
            done.append(kept_partitions(topic, there))
    return done


def kept_partitions(topic: Topic, there: Standing) -> Done:
    """Say why a topic keeps another number of partitions than is wanted."""
    if there.partitions > topic.partitions:
        why = "Kafka cannot take partitions away"
    else:
        why = (
            "more would move articles to other partitions, where a new version can overtake an "
            "old one; --add-partitions adds them"
        )
    detail = f"{there.partitions} partitions, not {topic.partitions}: {why}"
    return Done(f"topic {topic.name}", "kept", detail)


def differing(wanted: Mapping[str, str], there: Mapping[str, str]) -> dict[str, str]:
    """Return the wanted settings that a topic does not have."""
    return {name: value for name, value in wanted.items() if there.get(name) != value}


async def _standing(admin: AIOKafkaAdminClient, names: set[str]) -> dict[str, Standing]:
    # All topics are listed, because asking for one by name can create it.
    partitions = {
        topic["topic"]: len(topic["partitions"])
        for topic in await admin.describe_topics()
        if topic["topic"] in names
    }
    configs = await _configs(admin, partitions)
    return {name: Standing(count, configs[name]) for name, count in partitions.items()}


async def _configs(
    admin: AIOKafkaAdminClient, names: Iterable[str]
) -> dict[str, Mapping[str, str]]:
    asked = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    configs: dict[str, Mapping[str, str]] = {}
    for response in await admin.describe_configs(asked) if asked else ():
        for resource in response.to_object()["resources"]:
            _raise(resource["error_code"], resource["resource_name"], resource["error_message"])
            configs[resource["resource_name"]] = {
                entry["config_names"]: entry["config_value"]
                for entry in resource["config_entries"]
                if entry["config_source"] == SET_ON_THE_TOPIC
            }
    return configs


async def _create(admin: AIOKafkaAdminClient, topic: Topic, replication_factor: int) -> Done:
    new = NewTopic(topic.name, topic.partitions, replication_factor, topic_configs=topic.config)
    response = await admin.create_topics([new])
    for name, code, message in response.topic_errors:
        if code == TopicAlreadyExistsError.errno:  # another run was faster
            return Done(f"topic {name}", "unchanged")
        _raise(code, name, message)
    return Done(f"topic {topic.name}", "created", f"{topic.partitions} partitions")


async def _configure(admin: AIOKafkaAdminClient, topic: Topic, there: Standing) -> Done:
    changes = differing(topic.config, there.config)
    if not changes:
        return Done(f"topic {topic.name}", "unchanged")
    # The request replaces all of a topic's settings: those that an operator made are sent along.
    configs = {**there.config, **changes}
    resource = ConfigResource(ConfigResourceType.TOPIC, topic.name, configs=configs)
    for response in await admin.alter_configs([resource]):
        for code, message, _, name in response.resources:
            _raise(code, name, message)
    changed = ", ".join(f"{name}={value}" for name, value in changes.items())
    return Done(f"topic {topic.name}", "changed", changed)


async def _add_partitions(admin: AIOKafkaAdminClient, topic: Topic, there: Standing) -> Done:
    await admin.create_partitions({topic.name: NewPartitions(topic.partitions)})
    detail = f"{topic.partitions} partitions, before {there.partitions}"
    return Done(f"topic {topic.name}", "changed", detail)


def _raise(code: int, topic: str, message: str | None) -> None:
    if code:
        error = for_code(code).__name__
        raise ProvisioningError(f"Kafka refuses topic {topic}: {error}: {message or 'no reason'}")
