import "./quiet.ts";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import OpenAI from "openai";
import { z } from "zod";
import type { Sentence } from "../../../contract/index.ts";
import { type ModelAccount, Narrator } from "../../../functions/reports/narrative/narrator.ts";
import { Workshop } from "./workshop.ts";

const request = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) });
const material = z.object({ facts: z.array(z.object({ id: z.string(), statement: z.string() })) });
type Facts = z.infer<typeof material>["facts"];

describe("a report written by a model", () => {
  let workshop: Workshop;
  let datasetId: string;
  before(async () => {
    workshop = await Workshop.open();
    datasetId = await workshop.dataset("SELECT * FROM (VALUES ('North', 60), ('South', 40)) t(region, amount)");
  });
  after(() => workshop.close());

  /** A report whose model answers by `script`, given the facts and how often it was asked for this passage before. */
  async function made(script: (facts: Facts, attempt: number) => Sentence[] | number, { mayAsk = true } = {}) {
    const asked: string[] = [];
    const spent: number[] = [];
    const account: ModelAccount = {
      mayAsk: async () => mayAsk,
      spend: async ({ prompt, completion }) => {
        spent.push(prompt + completion);
      },
    };
    const server = createServer(async (incoming, response) => {
      const body = await text(incoming);
      asked.push(body);
      const { messages } = request.parse(JSON.parse(body));
      const { facts } = material.parse(JSON.parse(messages[1]?.content ?? ""));
      const answer = script(facts, (messages.length - 2) / 2);
      if (typeof answer === "number") return response.writeHead(answer).end("{}");
      const message = { role: "assistant", content: JSON.stringify({ sentences: answer }) };
      const usage = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };
      return response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ choices: [{ index: 0, finish_reason: "stop", message }], usage }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      const client = new OpenAI({ apiKey: "key", baseURL: `http://127.0.0.1:${port}`, maxRetries: 0 });
      const chart = await workshop.chart(
        datasetId,
        "SELECT region, sum(amount) AS amount FROM data GROUP BY 1 ORDER BY 2 DESC",
        "bar",
      );
      const queued = await workshop.request("Regions", [chart], "Be brief");
      const narrator = new Narrator({ client, name: "gpt-5-mini" });
      await workshop.work(await workshop.receive(), { narrator, accountOf: () => account });
      return { report: await workshop.report(queued), asked, spent };
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const id = (facts: Facts, kind: string) => facts.find((fact) => fact.id.includes(kind))?.id ?? "";

  it("keeps prose that its facts bear out, and counts what it cost", async () => {
    const { report, asked, spent } = await made((facts) =>
      [
        {
          text: "North is ahead of South with 60, or 60% of the total.",
          facts: [id(facts, "top"), id(facts, "bottom")],
        },
        { text: "In total there are 100.", facts: [id(facts, "total")] },
      ].slice(facts.some((fact) => fact.id.includes("/")) ? 1 : 0),
    );
    assert.equal(
      report.narrative?.sections[0]?.text,
      "North is ahead of South with 60, or 60% of the total. In total there are 100.",
    );
    assert.equal(report.narrative?.writtenBy, "model");
    assert.equal(report.model?.tokens, 220);
    assert.deepEqual(spent, [110, 110]);
    assert.ok(!asked.join("").includes('"rows"'), "the model sees facts, not tables");
    assert.ok(asked[0]?.includes("Be brief"));
  });

  it("asks once more for what is false, then says it by template", async () => {
    const { report, asked } = await made((facts) => [
      { text: "North towers over all with 75% of the total.", facts: [id(facts, "top")] },
      { text: "In total there are 100.", facts: [id(facts, "total")] },
    ]);
    assert.equal(asked.length, 4);
    assert.ok(asked[1]?.includes("the number 75% is not in its facts"));
    const section = report.narrative?.sections[0];
    assert.doesNotMatch(section?.text ?? "", /75%/);
    assert.match(section?.sentences[0]?.text ?? "", /North.*60% of the total/);
    assert.equal(section?.sentences[1]?.text, "In total there are 100.");
  });

  it("does without a model that is down, and asks it once only", async () => {
    const { report, asked } = await made(() => 500);
    assert.equal(report.status, "completed");
    assert.equal(report.narrative?.writtenBy, "templates");
    assert.match(report.narrative?.sections[0]?.text ?? "", /North/);
    assert.equal(asked.length, 1);
  });

  it("asks no model where the workspace has used up its tokens", async () => {
    const { report, asked, spent } = await made(() => 500, { mayAsk: false });
    assert.equal(report.narrative?.writtenBy, "templates");
    assert.deepEqual([asked, spent], [[], []]);
  });
});
