"""Apache Kafka from its Maven artifacts: one node, broker and controller in one (KRaft)."""

import base64
import shutil
import signal
import uuid
from pathlib import Path

from upheld.stack.answers import kafka_answers
from upheld.stack.cache import provide, run
from upheld.stack.home import Home
from upheld.stack.ports import free_port
from upheld.stack.progress import Progress, StackError
from upheld.stack.server import LocalServer

KAFKA_VERSION = "4.1.1"
_LOG4J_VERSION = "2.24.3"  # the one that Kafka's own artifacts ask for

TOOLS = {
    "kafka-console-consumer": "org.apache.kafka.tools.consumer.ConsoleConsumer",
    "kafka-console-producer": "org.apache.kafka.tools.ConsoleProducer",
    "kafka-consumer-groups": "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
    "kafka-topics": "org.apache.kafka.tools.TopicCommand",
}

_POM = f"""\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>upheld</groupId><artifactId>stack</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{KAFKA_VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>{KAFKA_VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId>
      <version>{_LOG4J_VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"

_LOGGING = """\
status = error
appender.out.type = Console
appender.out.name = out
appender.out.target = SYSTEM_ERR
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d{ISO8601} %p %c{1}: %m%n
rootLogger.level = ${sys:upheld.log:-info}
rootLogger.appenderRef.out.ref = out
"""

SETTINGS = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "BROKER",
    "listener.security.protocol.map": "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT",
    # A topic that nobody created is a mistake to be seen, not one partition made in silence.
    "auto.create.topics.enable": "false",
    # 2 MiB of record, as the topics take them, and the batch's own bytes.
    "message.max.bytes": "2162688",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "5",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "5",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "group.initial.rebalance.delay.ms": "0",
    "controlled.shutdown.enable": "false",
    # After kill -9 the broker may register again only once the session of its former life is over: 9 s by default.
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
    "log.cleaner.dedupe.buffer.size": "16777216",
    "num.network.threads": "2",
    "num.io.threads": "4",
}


def kafka_jars(java: Path | None, progress: Progress) -> Path:
    """The folder with Kafka's jars and `log4j2.properties`, downloaded by Maven on the first use."""

    home = java.resolve().parent.parent if java else None

    def download(scratch: Path) -> None:
        maven = shutil.which("mvn")
        if maven is None:
            raise StackError(
                "Install Maven (Debian: maven), which downloads Apache Kafka once; there is no mvn on the PATH"
            )
        pom = scratch / "pom.xml"
        pom.write_text(_POM)
        (scratch / "log4j2.properties").write_text(_LOGGING)
        # -U: an earlier failed download is no reason not to try. The second try has a repository of its own, since
        # the user's may hold broken files.
        for repository in (None, scratch / "repository"):
            command: list[str | Path] = [
                maven, "--batch-mode", "--quiet", "-U", "-f", pom, _COPY, "-DincludeScope=runtime",
                f"-DoutputDirectory={scratch}",
            ]  # fmt: skip
            if repository is not None:
                command.append(f"-Dmaven.repo.local={repository}")
            doing = f"downloading Apache Kafka {KAFKA_VERSION} (Maven)"
            failed = run(command, doing=doing, into=scratch, progress=progress, java_home=home)
            if repository is not None:
                shutil.rmtree(repository, ignore_errors=True)
            if failed is None:
                return
        raise StackError(f"Maven could not download Apache Kafka {KAFKA_VERSION}; is the network there?\n{failed}")

    return provide(f"kafka-{KAFKA_VERSION}", download, progress)


def java_command(java: Path, jars: Path, main: str, *options: str) -> list[str | Path]:
    """How to run a class of Kafka's."""
    return [java, *options, f"-Dlog4j2.configurationFile={jars / 'log4j2.properties'}", "-cp", f"{jars}/*", main]


class LocalKafka(LocalServer):
    """The broker."""

    name = "Kafka"
    stop_signal = signal.SIGKILL  # its data is thrown away

    def __init__(self, java: Path, jars: Path) -> None:
        super().__init__(Home("kafka"), free_port())
        self._java, self._jars = java, jars
        controller = free_port()
        self._config = self.home.path / "server.properties"
        settings = SETTINGS | {
            "listeners": f"BROKER://127.0.0.1:{self.port},CONTROLLER://127.0.0.1:{controller}",
            "controller.quorum.voters": f"1@127.0.0.1:{controller}",
            "log.dirs": str(self.home.path / "data"),
        }
        self._config.write_text("".join(f"{key}={value}\n" for key, value in settings.items()))

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def preparation(self) -> list[str | Path]:
        cluster = "U" + base64.urlsafe_b64encode(uuid.uuid4().bytes).decode()[1:22]
        options = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dupheld.log=warn")
        command = java_command(self._java, self._jars, "kafka.tools.StorageTool", *options)
        return [*command, "format", "--config", self._config, "--cluster-id", cluster]

    def command(self) -> list[str | Path]:
        # Compiled once and quickly: a stack lives for minutes, in which the better code is never paid back, and its
        # compiling takes a processor from the services.
        options = ("-Xms256m", "-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError")
        return [*java_command(self._java, self._jars, "kafka.Kafka", *options), self._config]

    def answers(self) -> bool:
        return kafka_answers("127.0.0.1", self.port)
