"""Settings from the environment (`UPHELD_...`), each with its unit; nothing else configures a service."""

import hashlib
import hmac
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

SERVICES = ("intake", "triage", "status-monitor", "notifier")


def schema_of(service: str) -> str:
    """The Postgres schema (and Python package) of a service."""
    return service.replace("-", "_")


class Settings(BaseSettings):
    """Every setting. Secrets are never printed."""

    model_config = SettingsConfigDict(env_prefix="UPHELD_", extra="ignore")

    kafka_bootstrap_servers: str = "127.0.0.1:9092"
    database_url: SecretStr = SecretStr("postgresql://postgres@127.0.0.1:5432/upheld")
    """The owner's address, for `upheld migrate`; services use their own role on the same database."""
    intake_database_url: SecretStr | None = None
    triage_database_url: SecretStr | None = None
    status_monitor_database_url: SecretStr | None = None
    notifier_database_url: SecretStr | None = None

    topic_prefix: str = ""
    """Set before every topic and group, so that two installations can share a cluster."""
    group_suffix: str = ""
    """Another consumer group, which reads from offset 0: for rebuilding what is folded from the topics."""
    partitions: int = Field(12, ge=1)
    """Of each topic, fixed when the topics are created: adding some later moves keys."""
    replication: int = Field(1, ge=1)

    host: str = "127.0.0.1"
    port: int | None = None
    """Of the service's HTTP server; 0 picks one. By default 8101 to 8104, in the order of `SERVICES`."""
    intake_url: str = "http://127.0.0.1:8101"
    triage_url: str = "http://127.0.0.1:8102"
    status_monitor_url: str = "http://127.0.0.1:8103"
    notifier_url: str = "http://127.0.0.1:8104"
    api_key: SecretStr | None = None
    """The key that the command uses."""

    support_phone: str | None = None
    """In each notification (SLA B.2); required unless the policy has one."""
    status_pages: str = ""
    """Statuspage v2 pages to read, separated by commas: URL or name=URL."""
    poll_seconds: float = Field(60, gt=0)
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_tls: Literal["none", "starttls", "tls"] = "none"
    mail_from: str = "Upheld <support@localhost>"
    webhook_allow_private: bool = False
    """Deliver webhooks to private addresses too; for tests and the demo."""
    delivery_give_up: float = Field(86_400, gt=0)
    """Seconds after which a delivery that never succeeded is given up."""
    delivery_lease: float = Field(30, ge=5)
    """Seconds that a process has for a delivery it claimed; after its death others take it over when they are over."""
    delivery_timeout: float = Field(10, gt=0)
    """Seconds for one attempt; at most half of the lease."""
    smtp_connections: int = Field(8, ge=1)
    webhook_connections: int = Field(32, ge=2)

    log_format: Literal["json", "console"] = "json"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    batch_records: int = Field(1000, ge=1, le=10_000)
    batch_bytes: int = Field(8 * 1024 * 1024, ge=1024)
    stalled_seconds: float = Field(120, gt=0)
    """Lag without progress for so long ends the process, which is then restarted."""

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
