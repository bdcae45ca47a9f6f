"""AsyncAPI 3: the topics, who says what on them and who reads it; for one service, or for all and the command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING

import yaml
from pydantic.json_schema import models_json_schema

from shared.contracts.messages import SCHEMAS, messages_of
from shared.contracts.schemas import Json, plain
from shared.events import EVENTS, AccessChanged, AccountChanged, Event, IssueReported, PolicyPublished
from shared.settings import Settings
from shared.topics import TOPICS

if TYPE_CHECKING:
    from shared.service.app import Service

_ABOUT = """\
Events are CloudEvents 1.0 in the Kafka binding. Upheld writes binary mode; `issues` and `detections` are read in
binary mode, structured mode and as plain JSON.

- Delivery is at least once. Drop what you have seen by (`source`, `id`).
- Records of one key are in order. A ticket's events carry `sequence` 1..n for each service that speaks of it; compare
  events of different services by `time`, never by arrival.
- Read over fields, types and enum members that you do not know: they are added without a new version. Nothing is
  removed or changes its type within a version.
- Partitions are chosen by murmur2 of the key, as Java's default partitioner does.
- Topics and groups may have a prefix of the installation's (`UPHELD_TOPIC_PREFIX`).
"""


_SCHEMES = {"scramSha512": "SCRAM-SHA-512", "scramSha256": "SCRAM-SHA-256", "plain": "PLAIN"}
_RIGHTS = (
    "A user needs rights to read the topics and the group of the operations that receive, and to write the topics of "
    "those that send."
)


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who takes part: what it reads, topic by topic in which consumer group, and what it says."""

    name: str
    reads: tuple[type[Event], ...]
    says: tuple[type[Event], ...]
    groups: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, service: Service) -> Party:
        groups = {topic: group for group, topics in service.groups.items() for topic in topics}
        return cls(service.name, (*service.handles, *service.keeps), tuple(service.emits), groups)


COMMAND = Party("command", (), (AccountChanged, PolicyPublished, AccessChanged, IssueReported))


def asyncapi(title: str, parties: Sequence[Party]) -> Json:
    """The document for these parties: their channels, their operations, every message with an example."""
    events = [kind for kind in EVENTS if any(kind in (*party.reads, *party.says) for party in parties)]
    topics = [topic for topic in TOPICS if any(topic == kind.TOPIC for kind in events)]
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": title,
            "version": version("upheld"),
            "description": _ABOUT,
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "kafka": _server(
                "kafka",
                "The cluster of the installation; the connection is neither encrypted nor has a "
                "user (UPHELD_KAFKA_SECURITY_PROTOCOL is PLAINTEXT).",
            ),
            "kafkaSecure": {
                **_server("kafka-secure", "The same with TLS (SSL) and, with SASL_SSL, a user and a password."),
                "security": [{"$ref": f"#/components/securitySchemes/{name}"} for name in _SCHEMES],
            },
        },
        "channels": {topic: _channel(topic, events) for topic in topics},
        "operations": dict(_operations(parties, topics)),
        "components": {
            "messages": {name: message for kind in events for name, message in messages_of(kind).items()},
            "schemas": _schemas(events),
            "securitySchemes": {
                name: {"type": name, "description": f"UPHELD_KAFKA_SASL_MECHANISM is {mechanism}. {_RIGHTS}"}
                for name, mechanism in _SCHEMES.items()
            },
        },
    }


def as_yaml(document: Json) -> str:
    """The document as it is kept and served."""
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


class _Dumper(yaml.SafeDumper):
    """Without anchors, and with long texts as blocks."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def _server(protocol: str, says: str) -> Json:
    return {
        "host": "{bootstrap}",
        "protocol": protocol,
        "description": says,
        "variables": {
            "bootstrap": {
                "default": Settings.model_fields["kafka_bootstrap_servers"].default,
                "description": "UPHELD_KAFKA_BOOTSTRAP_SERVERS",
            }
        },
    }


def _channel(topic: str, events: Iterable[type[Event]]) -> Json:
    return {
        "address": topic,
        "description": TOPICS[topic].says,
        "servers": [{"$ref": "#/servers/kafka"}, {"$ref": "#/servers/kafkaSecure"}],
        "messages": {
            name: {"$ref": f"#/components/messages/{name}"}
            for kind in events
            if topic == kind.TOPIC
            for name in messages_of(kind)
        },
        "bindings": {
            "kafka": {
                "topic": topic,
                "partitions": 1 if TOPICS[topic].compacted else Settings.model_fields["partitions"].default,
                "replicas": Settings.model_fields["replication"].default,
                "topicConfiguration": _kept(TOPICS[topic].settings),
                "bindingVersion": "0.5.0",
            }
        },
    }


def _kept(settings: dict[str, str]) -> Json:
    """Kafka's settings with the types that the binding asks for; what it does not know is an extension."""
    shown: Json = {}
    for name, value in settings.items():
        match name:
            case "cleanup.policy":
                shown[name] = value.split(",")
            case "retention.ms" | "retention.bytes" | "max.message.bytes":
                shown[name] = int(value)
            case _:
                shown[f"x-{name}"] = value
    return shown


def _operations(parties: Sequence[Party], topics: Sequence[str]) -> Iterable[tuple[str, Json]]:
    for party in parties:
        for topic in topics:
            for verb, action, kinds in (("Reads", "receive", party.reads), ("Says", "send", party.says)):
                if here := [kind for kind in EVENTS if kind in kinds and topic == kind.TOPIC]:
                    yield f"{_camel(party.name)}{verb}{topic.capitalize()}", _operation(party, action, topic, here)


def _operation(party: Party, action: str, topic: str, kinds: Sequence[type[Event]]) -> Json:
    names = [name for kind in kinds for name in (messages_of(kind) if action == "receive" else [kind.__name__])]
    operation: Json = {
        "action": action,
        "title": f"{party.name} {'reads' if action == 'receive' else 'says'} "
        + ", ".join(kind.__name__ for kind in kinds),
        "channel": {"$ref": f"#/channels/{topic}"},
        "messages": [{"$ref": f"#/channels/{topic}/messages/{name}"} for name in names],
    }
    if action == "receive":
        group = {"type": "string", "const": party.groups[topic], "description": "Replicas share it."}
        operation["bindings"] = {"kafka": {"groupId": group, "bindingVersion": "0.5.0"}}
    return operation


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(part.capitalize() for part in rest)


def _schemas(events: Sequence[type[Event]]) -> Json:
    _, made = models_json_schema([(kind, "validation") for kind in events], ref_template=SCHEMAS + "{model}")
    schemas: Json = plain(made.get("$defs", {}))
    if IssueReported in events:
        whole = schemas[IssueReported.__name__]
        schemas["IssueReportedPlain"] = {**whole, "required": [n for n in whole["required"] if n != "issue_id"]}
    return dict(sorted(schemas.items()))
