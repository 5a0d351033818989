import { isNumeric } from "../../../render/column-kinds.ts";
import type { EarlierChart, Plan, PlanRequest } from "../../planner.ts";
import { readTable, type Table } from "../link/fields.ts";
import { operatorOf } from "../link/items.ts";
import { type AskedOfTable, planOf, type Replan, readBest } from "../plan-question.ts";
import type { Condition } from "../query.ts";
import { doubt } from "../read/reading.ts";
import { noteOutside } from "../read/time-conditions.ts";
import { missingText, Refusal } from "../refusal.ts";
import { chartTypeOf } from "../write/chart-type.ts";
import { filterText } from "../write/describe.ts";
import { identifier } from "../write/names.ts";
import { settle } from "../write/settle.ts";
import { columnOf } from "./changed-filters.ts";
import { applyFollowUp, onlyShows, readFollowUp } from "./follow-up.ts";
import { type Shifted, shiftedPeriod } from "./periods.ts";

/** Where a conversation stands: at a logical query, or at SQL that only can be wrapped. */
type Standing =
  | { kind: "asked"; asked: AskedOfTable; question: string; note: string }
  | { kind: "sql"; chart: EarlierChart; explanation: string; notes: string[] };

/**
 * Plans a question that follows others: the conversation is planned anew from its first question, so that the same
 * questions always give the same chart, and each follow-up changes what was asked before.
 *
 * @throws {Refusal}
 */
export function planFollowUp(request: PlanRequest, earlier: EarlierChart[], replan?: Replan): Plan {
  let standing: Standing | null = null;
  for (const chart of earlier) standing = standingAt(chart, standing, request);
  const after = standing ? advance(standing, request) : startAt(request);
  if (after.kind === "asked") {
    // Title and explanation tell the whole; how the latest question was read is what may be doubted.
    if (after.note) after.asked.reading.assumptions.add(after.note);
    return planOf(after.asked, request, replan);
  }
  const { chart, explanation, notes } = after;
  const { sql, title, type } = chart;
  return { sql, title, type, explanation, assumptions: notes, doubts: [], additive: false };
}

/** A chart whose SQL is not that of its question, or whose question this planner can't answer, stands for its SQL. */
function standingAt(chart: EarlierChart, before: Standing | null, { tables }: PlanRequest): Standing {
  const sql: Standing = { kind: "sql", chart, explanation: "", notes: [] };
  if (chart.question === null) return sql;
  const request = { question: chart.question, type: undefined, tables };
  try {
    const after = before ? advance(before, request) : startAt(request);
    if (after.kind === "sql") return { ...after, chart };
    const { reading, asked } = after.asked;
    const planned = chartTypeOf(settle({ ...reading, assumptions: new Set(), doubts: new Map() }, asked));
    // A type other than the planner's own was wished for, and stays.
    if (planned !== chart.type) after.asked.asked = { ...asked, chart: chart.type };
    return after;
  } catch (error) {
    if (error instanceof Refusal) return sql;
    throw error;
  }
}

function startAt(request: PlanRequest): Standing {
  return { kind: "asked", asked: readBest(request), question: request.question, note: "" };
}

function advance(standing: Standing, request: PlanRequest): Standing {
  const { question, type } = request;
  if (standing.kind === "sql") return wrapped(standing, request);
  const { reading, asked, countNoun } = standing.asked;
  const shifted = shiftedPeriod(question, asked, reading.table);
  if (shifted === "none")
    throw new Refusal(
      `“${standing.question}” is about no such period, so there is none before or after it: name one.`,
      reading,
    );
  if (shifted) return moved(standing, question, shifted);
  const followUp = readFollowUp(question, type, reading.table);
  if (followUp.complete) return aside(request, asked.filters.where.length > 0);
  const { asked: now, changes } = applyFollowUp(asked, followUp);
  if (changes.length === 0 || now.unknown.length > changes.length) {
    throw new Refusal(
      now.unknown.length > 0
        ? missingText(now.unknown)
        : `The question changes nothing of “${standing.question}”: name another column, value, period or type of chart.`,
      followUp.reading,
      now.unknown,
    );
  }
  const kept = stillTrue(reading.assumptions, asked.filters.where, now.filters.where, reading.table);
  const assumptions = new Set([...kept, ...followUp.reading.assumptions]);
  const doubts = new Map([...reading.doubts, ...followUp.reading.doubts]);
  for (const { kind, used, text } of followUp.reading.items)
    if (!used && (kind === "number" || kind === "quoted"))
      doubt({ assumptions, doubts }, `“${text}” was not understood and is not part of the answer.`);
  // What the earlier question named was in its own answer, and may be gone from this one.
  const remeasured = now.parts.measures !== asked.parts.measures;
  const earlier = reading.items.filter(
    (item) => item.kind !== "column" && !(remeasured && operatorOf(item)?.op === "aggregate"),
  );
  const items = [...earlier, ...followUp.reading.items.filter(({ kind }) => kind === "column")];
  return {
    kind: "asked",
    asked: { reading: { ...reading, items, assumptions, doubts }, asked: now, countNoun },
    question: standing.question,
    note: `“${question}” is read as a follow-up to “${standing.question}”: ${changes.join("; ")}.`,
  };
}

/** What was said of a period that is no longer asked for is no longer said. */
function stillTrue(assumptions: Set<string>, before: Condition[], after: Condition[], { fields }: Table): Set<string> {
  const timed = new Set(fields.filter(({ role }) => role === "time").map(({ id }) => id));
  const gone = before.some((one) => !after.includes(one) && timed.has(columnOf(one)));
  return new Set([...assumptions].filter((text) => !gone || !ofPeriod.test(text)));
}

const ofPeriod = /^“[^”]*” is (counted back from|that before) |: there is nothing at the time asked for\.$/;

/** The same of the period before, or after. */
function moved(
  standing: Extract<Standing, { kind: "asked" }>,
  question: string,
  { where, moved, range, column }: Shifted,
): Standing {
  const { reading, asked, countNoun } = standing.asked;
  const { table } = reading;
  const assumptions = stillTrue(reading.assumptions, asked.filters.where, where, table);
  const field = table.fields.find(({ id }) => id === column);
  if (field && range) noteOutside({ ...reading, assumptions }, field, range);
  return {
    kind: "asked",
    asked: {
      reading: { ...reading, assumptions },
      asked: { ...asked, filters: { ...asked.filters, where } },
      countNoun,
    },
    question: standing.question,
    note: `“${question}” is read as a follow-up to “${standing.question}”: only rows where ${filterText(moved, table)}.`,
  };
}

/** Of SQL only the type of the chart and the number of rows can be changed; anything else is asked of the data alone. */
function wrapped({ chart }: Extract<Standing, { kind: "sql" }>, request: PlanRequest): Standing {
  const [table] = request.tables;
  const followUp = table && readFollowUp(request.question, request.type, readTable(table));
  if (!followUp || !onlyShows(followUp) || followUp.clauses.unknown.length > 0)
    return alone(
      request,
      "The earlier chart was made from SQL, which this question can't change, so it is answered by itself.",
    );
  const { chart: type, end } = followUp.clauses;
  const measure = chart.columns.find((column, index) => index > 0 && isNumeric(column));
  const inner = chart.sql.trim().replace(/;+$/, "");
  const lines = [`SELECT * FROM (`, inner, `) AS earlier`];
  if (measure) lines.push(`ORDER BY ${identifier(measure.name)} ${end?.end === "min" ? "ASC" : "DESC"} NULLS LAST`);
  const limited = end?.limit ? [...lines, `LIMIT ${end.limit}`].join("\n") : inner;
  const which = end?.end === "min" ? "lowest" : "highest";
  const limit = end?.limit
    ? `: the ${end.limit} rows ${measure ? `with the ${which} \`${measure.name}\`` : "that come first"}`
    : "";
  return {
    kind: "sql",
    chart: { ...chart, sql: limited, type: type ?? chart.type },
    explanation: `The result of the earlier chart's SQL${limit}.`,
    notes: [`“${request.question}” is read as a follow-up to “${chart.title}”, whose SQL stays as it is.`],
  };
}

/** A whole question; that conditions of the chart it is asked of do not hold for it may surprise. */
function aside(request: PlanRequest, conditioned: boolean): Standing {
  const note = "The question is complete by itself, so nothing of the earlier chart is kept.";
  if (!conditioned) return alone(request, note);
  const standing = startAt(request);
  if (standing.kind === "asked") doubt(standing.asked.reading, note);
  return standing;
}

function alone(request: PlanRequest, note: string): Standing {
  return { kind: "asked", asked: readBest(request), question: request.question, note };
}
