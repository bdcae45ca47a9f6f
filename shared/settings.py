"""Settings from the environment (`UPHELD_...`), each with its unit; nothing else configures a service."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import quote, urlsplit, urlunsplit

from pydantic import Field, FilePath, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SERVICES = ("intake", "triage", "status-monitor", "notifier")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a setting's number counts; with its default and docstring it makes its row of `docs/settings.md`."""

    name: str


def schema_of(service: str) -> str:
    """The Postgres schema (and Python package) of a service."""
    return service.replace("-", "_")


class Settings(BaseSettings):
    """Every setting. Secrets are never printed."""

    model_config = SettingsConfigDict(env_prefix="UPHELD_", env_ignore_empty=True, extra="ignore")

    kafka_bootstrap_servers: str = "127.0.0.1:9092"
    """Where Kafka is: host:port, several separated by commas."""
    kafka_security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    """Whether the connection is encrypted (SSL), and whether it has a user (SASL)."""
    kafka_sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "SCRAM-SHA-512"
    """How the user is proved to Kafka."""
    kafka_username: str | None = Field(None, validate_default=True)
    """Who we are to Kafka: for each service one of its own, with rights on what it reads and says."""
    kafka_password: SecretStr | None = Field(None, validate_default=True)
    """The user's password."""
    kafka_ca_file: FilePath | None = None
    """The certificates (PEM) of who signed Kafka's; none: those that the machine trusts."""
    database_url: SecretStr = SecretStr("postgresql://postgres@127.0.0.1:5432/upheld")
    """The owner's address, for `upheld migrate` and for commands that change accounts or policies, which take turns
    there; services use their own role on the same database."""
    intake_database_url: SecretStr | None = None
    """Of intake's own role, where it is not the one that `upheld migrate` made (its password is derived from the
    owner's)."""
    triage_database_url: SecretStr | None = None
    """The same for triage."""
    status_monitor_database_url: SecretStr | None = None
    """The same for status-monitor."""
    notifier_database_url: SecretStr | None = None
    """The same for notifier."""

    topic_prefix: str = ""
    """Set before every topic and group, so that two installations can share a cluster."""
    group_suffix: str = ""
    """Another consumer group, which reads from offset 0: for rebuilding what is folded from the topics."""
    partitions: Annotated[int, Unit("partitions")] = Field(12, ge=1)
    """Of each topic, fixed when the topics are created: adding some later moves keys."""
    replication: Annotated[int, Unit("copies")] = Field(1, ge=1)
    """Of each partition, fixed when the topics are created."""

    host: str = "127.0.0.1"
    """The address on which a service's HTTP server listens; the image sets 0.0.0.0."""
    port: int | None = None
    """Of the service's HTTP server; 0 picks one. None: 8101 intake, 8102 triage, 8103 status-monitor, 8104 notifier."""
    intake_url: str = "http://127.0.0.1:8101"
    """Where intake is, for the command."""
    triage_url: str = "http://127.0.0.1:8102"
    """Where triage is, for the command."""
    status_monitor_url: str = "http://127.0.0.1:8103"
    """Where status-monitor is, for the command."""
    notifier_url: str = "http://127.0.0.1:8104"
    """Where notifier is, for the command."""
    api_key: SecretStr | None = None
    """The key that the command uses."""

    support_phone: str | None = None
    """In each notification (SLA B.2); required unless the policy has one."""
    status_pages: str = ""
    """Statuspage v2 pages to read, separated by commas: URL or name=URL."""
    poll_seconds: Annotated[float, Unit("seconds")] = Field(60, gt=0)
    """How often each status page is read."""
    smtp_host: str = "127.0.0.1"
    """The mail server that takes what notifier sends."""
    smtp_port: int = 25
    """Its port."""
    smtp_user: str | None = None
    """Who notifier is there; none: it does not log in."""
    smtp_password: SecretStr | None = None
    """The user's password."""
    smtp_tls: Literal["none", "starttls", "tls"] = "none"
    """Whether the connection is encrypted: from its beginning (tls), by STARTTLS, or not."""
    mail_from: str = "Upheld <support@localhost>"
    """Whom mails come from; its domain stands in each Message-ID."""
    webhook_allow_private: bool = False
    """Deliver webhooks to private addresses too, and by http://; for tests and the demo."""
    delivery_give_up: Annotated[float, Unit("seconds")] = Field(86_400, gt=0)
    """After which a delivery that never succeeded is given up."""
    delivery_lease: Annotated[float, Unit("seconds")] = Field(30, ge=5)
    """That a process has for a delivery it claimed; if it dies, others take the delivery over after them."""
    delivery_timeout: Annotated[float, Unit("seconds")] = Field(10, gt=0)
    """For one attempt; at most half of the lease."""
    smtp_connections: Annotated[int, Unit("connections")] = Field(8, ge=1)
    """To the mail server, of each notifier process."""
    webhook_connections: Annotated[int, Unit("connections")] = Field(32, ge=2)
    """For webhooks, of each notifier process; one host gets at most half of them."""

    log_format: Literal["json", "console"] = "json"
    """Of the lines on stderr: for machines or for people."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """What is logged: this and what is worse."""
    traces: bool = False
    """Send OpenTelemetry traces, by OTLP as the standard `OTEL_` variables say; needs the extra `otel`."""
    batch_records: Annotated[int, Unit("records")] = Field(1000, ge=1, le=10_000)
    """The most that one transaction handles."""
    batch_bytes: Annotated[int, Unit("bytes")] = Field(8 * 1024 * 1024, ge=1024)
    """The most that one transaction handles, and one fetch brings."""
    stalled_seconds: Annotated[float, Unit("seconds")] = Field(120, gt=0)
    """Lag without progress for so long ends the process, which is then restarted."""

    @field_validator("kafka_username", "kafka_password")
    @classmethod
    def _needed_by_sasl(cls, value: str | SecretStr | None, info: ValidationInfo) -> str | SecretStr | None:
        protocol = info.data.get("kafka_security_protocol", "")
        if value is None and protocol.startswith("SASL"):
            raise ValueError(f"must be set, since UPHELD_KAFKA_SECURITY_PROTOCOL is {protocol}")
        return value

    def dsn(self, service: str) -> str:
        """The address of a service's own role; a derived password where none was given."""
        given: SecretStr | None = getattr(self, f"{schema_of(service)}_database_url")
        if given is not None:
            return given.get_secret_value()
        parts = urlsplit(self.database_url.get_secret_value())
        host = parts.netloc.rpartition("@")[2]
        user = f"upheld_{schema_of(service)}:{quote(self.role_password(service))}"
        return urlunsplit(parts._replace(netloc=f"{user}@{host}"))

    def role_password(self, service: str) -> str:
        """Derived from the owner's password, so that one secret is enough to begin with."""
        secret = urlsplit(self.database_url.get_secret_value()).password or "upheld"
        return hmac.new(secret.encode(), service.encode(), hashlib.sha256).hexdigest()[:32]

    def url_of(self, service: str) -> str:
        """Where the service's HTTP API is, for the command."""
        return str(getattr(self, f"{schema_of(service)}_url")).rstrip("/")

    def port_of(self, service: str) -> int:
        return 8101 + SERVICES.index(service) if self.port is None else self.port
