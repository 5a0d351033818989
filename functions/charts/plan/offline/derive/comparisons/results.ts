import { wordsIn } from "../../language/tokens.ts";
import type { Field, Table } from "../../link/fields.ts";
import type { Comparison } from "../../query.ts";
import type { Reading } from "../../read/reading.ts";
import { computedField, textOf } from "../computed-field.ts";
import { valueItem } from "../ratios/rates.ts";

const scores = /^(goals?|scores?|points?|runs?)$/i;

/** The scores of both sides of a match: `home_goals` and `away_goals`. Null: the table has none, or several. */
function sidesOf({ fields }: Table): { home: Field; away: Field } | null {
  const of = (side: string) => {
    const found = fields.filter(({ id, numeric, role }) => {
      const words = wordsIn(id).map((word) => word.toLowerCase());
      return numeric && role === "measure" && words.includes(side) && words.some((word) => scores.test(word));
    });
    return found.length === 1 ? (found[0] ?? null) : null;
  };
  const [home, away] = [of("home"), of("away")];
  return home && away && home !== away ? { home, away } : null;
}

/** "draws", "home wins", "away wins": how a match ended, told by the scores of both sides. */
export function takeResults(reading: Reading): void {
  const { items, table, assumptions } = reading;
  const sides = sidesOf(table);
  if (!sides) return;
  const { home, away } = sides;
  const results: [name: string, comparison: Comparison][] = [
    ["Home win", ">"],
    ["Draw", "="],
    ["Away win", "<"],
  ];
  const field = computedField(
    table,
    "Result",
    {
      kind: "cases",
      cases: results.map(([name, comparison]) => ({
        name,
        when: [{ kind: "compare-columns", column: home.id, comparison, other: away.id }],
      })),
      otherwise: null,
    },
    { role: "dimension", numeric: false, distinct: results.length },
  );
  for (let at = 0; at < items.length; at++) {
    const [one, two] = [items[at], textOf(items, at, at + 2)];
    if (one?.used) continue;
    const drawn =
      /^(draws?|ties?|tied|drawn)$/i.test(one?.text ?? "") && one?.kind !== "column" && one?.kind !== "value";
    // "which team draws the largest crowd"
    const does = /^(the|a|an|more|most|largest|biggest|fewest|least)$/i.test(items[at + 1]?.text ?? "");
    const won = /^(home|away)( team)? (wins?|won|victory|victories)$/i.exec(two);
    const name = drawn && !does ? "Draw" : won ? (/^home/i.test(two) ? "Home win" : "Away win") : null;
    if (name === null) continue;
    const text = won ? two : (one?.text ?? "");
    items.splice(at, won ? 2 : 1, valueItem(field, name, text));
    const told = { Draw: "equal to", "Home win": "over", "Away win": "under" }[name];
    assumptions.add(`“${text}” is read as: ${home.name} is ${told} ${away.name}.`);
  }
}
