// Reports an issue on the topic `issues`, as a CloudEvent in binary mode, and prints its id.
const { randomUUID } = require("node:crypto");
const { Kafka, logLevel } = require("kafkajs");

const brokers = (process.env.UPHELD_KAFKA_BOOTSTRAP_SERVERS || "127.0.0.1:9092").split(",");
const topic = (process.env.UPHELD_TOPIC_PREFIX || "") + "issues";
const issue = {
  issue_id: `case-${randomUUID()}`, // as your system knows it: the same one is the same ticket
  reporter: { name: "Cy", account: "acme" },
  description: "WhatsApp messages are late",
  services: ["whatsapp"],
  environment: "production",
  impact: "degraded",
};
const headers = {
  ce_specversion: "1.0",
  ce_type: "upheld.issuereported.v1",
  ce_source: "crm",
  ce_id: randomUUID(),
};

async function main() {
  const producer = new Kafka({ brokers, logLevel: logLevel.ERROR }).producer({ idempotent: true });
  await producer.connect();
  await producer.send({ topic, messages: [{ key: "acme", value: JSON.stringify(issue), headers }] });
  await producer.disconnect();
  console.log(issue.issue_id);
}
main();
