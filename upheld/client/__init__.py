"""How the command and the demo speak with a running installation: each service's HTTP API, and Kafka."""

from shared.consumer.tail import KafkaError
from upheld.client.http import Client, wait_for_key
from upheld.client.kafka import (
    SOURCE,
    Read,
    no_kafka,
    publish_events,
    publish_issue,
    read_topic,
    require_fits,
    require_topics,
)

__all__ = [
    "SOURCE",
    "Client",
    "KafkaError",
    "Read",
    "no_kafka",
    "publish_events",
    "publish_issue",
    "read_topic",
    "require_fits",
    "require_topics",
    "wait_for_key",
]
