// Reads a JSON array of AsyncAPI documents from standard input; prints what the specification's own parser says of each.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const parser = new Parser();
const names = (items) => [...items.all()].map((item) => item.id());
const said = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  const { document, diagnostics } = await parser.parse(text);
  said.push({
    valid: document !== undefined,
    faults: diagnostics
      .filter((found) => found.severity < 2)
      .map((found) => `${found.path.join(".")}: ${found.message} (${found.code})`),
    channels: document && names(document.channels()),
    operations: document && names(document.operations()),
  });
}
console.log(JSON.stringify(said));
