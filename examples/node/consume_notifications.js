// Prints each notification once, however often it is delivered. Started again, it goes on where it was.
const fs = require("node:fs");
const { Kafka, logLevel } = require("kafkajs");

const brokers = (process.env.UPHELD_KAFKA_BOOTSTRAP_SERVERS || "127.0.0.1:9092").split(",");
const topic = (process.env.UPHELD_TOPIC_PREFIX || "") + "notifications";
// At least once: what is known by (source, id) was handled before. Better: where the effect is, in one transaction.
const seen = new Set(fs.existsSync("seen.txt") ? fs.readFileSync("seen.txt", "utf8").split("\n") : []);

async function main() {
  const consumer = new Kafka({ brokers, logLevel: logLevel.ERROR }).consumer({ groupId: "desk-node" });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  process.once("SIGINT", () => consumer.disconnect());
  await consumer.run({
    eachMessage: async ({ message }) => {
      const key = JSON.stringify([`${message.headers.ce_source}`, `${message.headers.ce_id}`]);
      if (seen.has(key)) return;
      const sent = JSON.parse(message.value);
      console.log(sent.number, sent.status, sent.channel, sent.outcome);
      fs.appendFileSync("seen.txt", key + "\n");
      seen.add(key);
    },
  });
}
main();
