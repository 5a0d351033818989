import "./quiet.ts";
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import OpenAI from "openai";
import { z } from "zod";
import type { Sentence } from "../../../contract/index.ts";
import { type ModelAccount, Narrator } from "../../../functions/reports/narrative/narrator.ts";
import { type AskedCompletion, type Reply, type Scripted, ScriptedOpenai } from "../../openai/scripted-server.ts";
import { Workshop } from "./workshop.ts";

const material = z.object({ facts: z.array(z.object({ id: z.string(), statement: z.string() })) });
type Facts = z.infer<typeof material>["facts"];

describe("a report written by a model", () => {
  let workshop: Workshop;
  let openai: ScriptedOpenai;
  let datasetId: string;
  before(async () => {
    workshop = await Workshop.open();
    openai = await ScriptedOpenai.start();
    datasetId = await workshop.dataset("SELECT * FROM (VALUES ('North', 60), ('South', 40)) t(region, amount)");
  });
  after(async () => {
    await openai.close();
    await workshop.close();
  });

  /** A report whose model answers so. */
  async function made(replies: [Scripted, ...Scripted[]], { mayAsk = true } = {}) {
    const spent: number[] = [];
    const account: ModelAccount = {
      mayAsk: async () => mayAsk,
      spend: async ({ prompt, completion }) => {
        spent.push(prompt + completion);
      },
    };
    openai.script(...replies);
    const client = new OpenAI({ apiKey: "key", baseURL: openai.baseUrl });
    const chart = await workshop.chart(
      datasetId,
      "SELECT region, sum(amount) AS amount FROM data GROUP BY 1 ORDER BY 2 DESC",
      "bar",
    );
    const queued = await workshop.request("Regions", [chart], "Be brief");
    const narrator = new Narrator({ client, name: "gpt-5-mini" });
    await workshop.work(await workshop.receive(), { narrator, accountOf: () => account });
    const asked = openai.asked.map(({ body }) => JSON.stringify(body));
    return { report: await workshop.report(queued), asked, spent };
  }

  /** The passage that the model writes of the facts that it is given. */
  const passage =
    (write: (facts: Facts) => Sentence[]) =>
    ({ body: { messages } }: AskedCompletion): Reply => {
      const { facts } = material.parse(JSON.parse(messages[1]?.content ?? ""));
      return { content: JSON.stringify({ sentences: write(facts) }) };
    };
  const id = (facts: Facts, kind: string) => facts.find((fact) => fact.id.includes(kind))?.id ?? "";

  const total = passage((facts) => [{ text: "In total there are 100.", facts: [id(facts, "total")] }]);
  const told = passage((facts) => [
    { text: "North is ahead of South with 60, or 60% of the total.", facts: [id(facts, "top"), id(facts, "bottom")] },
    { text: "In total there are 100.", facts: [id(facts, "total")] },
  ]);
  const allTold = "North is ahead of South with 60, or 60% of the total. In total there are 100.";

  it("keeps prose that its facts bear out, and counts what it cost", async () => {
    const { report, asked, spent } = await made([told, total]);
    assert.equal(report.narrative?.sections[0]?.text, allTold);
    assert.equal(report.narrative?.writtenBy, "model");
    assert.equal(report.model?.tokens, 2200);
    assert.deepEqual(spent, [1100, 1100]);
    assert.ok(!asked.join("").includes('\\"rows\\":['), "the model sees facts, not tables");
    assert.ok(asked[0]?.includes("Be brief"));
  });

  it("asks once more for what is false, then says it by template", async () => {
    const { report, asked } = await made([
      passage((facts) => [
        { text: "North towers over all with 75% of the total.", facts: [id(facts, "top")] },
        { text: "In total there are 100.", facts: [id(facts, "total")] },
      ]),
    ]);
    assert.equal(asked.length, 4);
    assert.ok(asked[1]?.includes("the number 75% is not in its facts"));
    const section = report.narrative?.sections[0];
    assert.doesNotMatch(section?.text ?? "", /75%/);
    assert.match(section?.sentences[0]?.text ?? "", /North.*60% of the total/);
    assert.equal(section?.sentences[1]?.text, "In total there are 100.");
  });

  it("asks again for what is no passage, and says why", async () => {
    const { report, asked } = await made([{ content: "Well, North is ahead." }, told, total]);
    assert.equal(asked.length, 3);
    assert.ok(asked[1]?.includes("The answer was not JSON."));
    assert.equal(report.narrative?.sections[0]?.text, allTold);
  });

  it("waits for a model that is busy", async () => {
    const { report, asked } = await made([{ status: 429, retryAfter: "0" }, { status: 503 }, told, total]);
    assert.equal(asked.length, 4);
    assert.equal(report.narrative?.sections[0]?.text, allTold);
  });

  it("says by template the passage that the model declines to write, and no other", async () => {
    const { report, asked } = await made([{ refusal: "No." }, total]);
    assert.equal(asked.length, 2);
    assert.match(report.narrative?.sections[0]?.text ?? "", /North/);
    assert.equal(report.narrative?.summary, "In total there are 100.");
  });

  it("does without a model that is down, and tries it for one passage only", async () => {
    const { report, asked } = await made([{ status: 500 }]);
    assert.equal(report.status, "completed");
    assert.equal(report.narrative?.writtenBy, "templates");
    assert.match(report.narrative?.sections[0]?.text ?? "", /North/);
    assert.equal(asked.length, 3);
  });

  it("asks no model where the workspace has used up its tokens", async () => {
    const { report, asked, spent } = await made([told], { mayAsk: false });
    assert.equal(report.narrative?.writtenBy, "templates");
    assert.deepEqual([asked, spent], [[], []]);
  });
});
