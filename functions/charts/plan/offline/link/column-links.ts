import { isShortFor } from "../language/abbreviations.ts";
import { operatorAt } from "../language/lexicon.ts";
import { remembered } from "../language/remembered.ts";
import { isCountable } from "../language/row-words.ts";
import { wordSimilarity } from "../language/similarity.ts";
import { stem } from "../language/stem.ts";
import { stopWords } from "../language/stop-words.ts";
import { type Token, wordsIn } from "../language/tokens.ts";
import { type Field, type FieldWord, isOwnRowNoun, isRowNoun, type Table } from "./fields.ts";
import { impliedColumn, takings } from "./implied-columns.ts";
import { isWord, type Link } from "./links.ts";
import { factorBetween } from "./units.ts";

const longestName = 8;

/** Words that may stand inside a name without being in it: "amount of each payment". */
const skippable = new Set("of the in for a an each s its their made is was to".split(" "));

const least = 0.45;

const called = new Set(["name", "id", "no", "number", "code"]);

interface Coverage {
  to: number;
  score: number;
  words: number;
  corrected: boolean;
  synonym?: boolean;
  sameRoot?: boolean;
  unsaid: Link["unsaid"];
}

/** Words that end the names of quantities without saying of what: "sales amount". */
const amounts = new Set("amount value total sum figure".split(" ").map(stem));

/** Which part of a name was left out; its last word says what the column is. */
function unsaid(name: (FieldWord & { used: boolean })[]): Link["unsaid"] {
  const telling = name.filter(({ weight, stem }) => weight >= 1 && !amounts.has(stem));
  if (telling.length === 0 || telling.every(({ used }) => used)) return null;
  return telling.at(-1)?.used ? "modifier" : "head";
}

/** The last word of a name that was said. */
const lastOf = (name: { used: boolean }[]) => name.findLastIndex(({ used }) => used);

/** How far the tokens from `start` go on naming a column, and how well. */
function cover(tokens: Token[], start: number, name: Field["names"][number], typos: boolean): Coverage | null {
  const left = name.map((word) => ({ ...word, used: false }));
  // A unit in brackets and words like "on" need not be said.
  const telling = left.filter(({ weight, stem }) => weight > 0.1 || called.has(stem));
  const total = (telling.length > 0 ? telling : left).reduce((sum, { weight }) => sum + weight, 0);
  let matched = 0;
  let best: Coverage | null = null;
  let words = 0;
  let corrected = false;
  let synonym = false;
  let sameRoot = true;
  for (let at = start; at < Math.min(tokens.length, start + longestName); at++) {
    const token = tokens[at];
    if (token?.kind === "number") {
      const word = left.find((one) => !one.used && one.stem === String(token.value));
      if (!word) break;
      word.used = true;
      matched += word.weight;
    } else if (isWord(token)) {
      // The 2 of "CO2" is no `q2_price`.
      if (at === start && /^\d+$/.test(token.lower)) return null;
      let found: { word: (typeof left)[number]; quality: number } | null = null;
      for (const word of left) {
        if (word.used) continue;
        const quality = wordSimilarity(token.stem, word.stem, typos);
        if (quality === 0.7 && word.done) continue;
        // A "time gift" is no "gift date".
        const turned = words === at - start && left.indexOf(word) < lastOf(left);
        if (turned && (synonym || quality === 0.7)) continue;
        if (quality > (found?.quality ?? 0)) found = { word, quality };
      }
      // A unit alone is no name: "minimum" is not the (min) of a running time.
      if (found && at === start && found.word.weight < 0.2) return null;
      if (found && stopWords.has(token.lower) && (found.quality < 1 || found.word.weight < 0.2) && at === start)
        return null;
      if (!found) {
        if (at > start && skippable.has(token.lower)) continue;
        break;
      }
      if (found.quality < 1 && stopWords.has(token.lower)) {
        if (at > start && skippable.has(token.lower)) continue;
        break;
      }
      found.word.used = true;
      matched += found.word.weight * found.quality;
      corrected ||= found.quality === 0.78;
      synonym ||= found.quality === 0.7 || found.quality === 0.74;
      sameRoot &&= found.quality !== 0.7;
    } else break;
    words++;
    best = {
      to: at + 1,
      score: Math.min(1, matched / total),
      words,
      corrected,
      synonym,
      sameRoot,
      unsaid: unsaid(left),
    };
  }
  return best;
}

const acronymsIn = remembered((name) => wordsIn(name).filter((word) => word.length > 1 && word === word.toUpperCase()));

const isStop = (token: Token) => isWord(token) && stopWords.has(token.lower);

/** "horse power" for `Horsepower`, "miles per gallon" for `MPG`. */
function coverJoined(tokens: Token[], start: number, field: Field): Coverage | null {
  const joined = field.names.map((name) =>
    name
      .filter(({ weight }) => weight > 0.2)
      .map((word) => word.stem)
      .join(""),
  );
  const own = field.id.toLowerCase();
  let text = "";
  let initials = "";
  for (let at = start; at < Math.min(tokens.length, start + 5); at++) {
    const token = tokens[at];
    if (!isWord(token)) return null;
    text += token.lower;
    initials += token.lower[0] ?? "";
    if (at === start && !joined.includes(stem(text)) && !joined.includes(text) && own !== text) continue;
    const words = at - start + 1;
    if (joined.includes(stem(text)) || own === text || (joined.length > 0 && joined.includes(text)))
      return { to: at + 1, score: 0.98, words, corrected: false, unsaid: null };
    // "personal trainer" for `Has PT`
    const isAcronym = words > 1 && words === initials.length && acronymsIn(field.id).includes(initials.toUpperCase());
    if (isAcronym && !tokens.slice(start, at + 1).some(isStop))
      return { to: at + 1, score: 0.9, words, corrected: false, unsaid: null };
    const abbreviated = initials.slice(0, -1) + token.lower;
    // "between received and" is no `Brand`.
    const worded = isStop(token) || operatorAt([token.lower], 0) !== null;
    if ((own === abbreviated || own === initials.slice(0, -1) + token.stem) && (words === 1 || !worded))
      return { to: at + 1, score: 0.95, words, corrected: false, unsaid: null };
    if (words >= 3 && initials === own) return { to: at + 1, score: 0.9, words, corrected: false, unsaid: null };
  }
  return null;
}

/** "kwh by building": a unit that tells what is measured, where a name ends in it. */
const tellingUnits =
  /^([kmg]?wh|kg|kilos?|kilograms?|tons?|tonnes?|lit(er|re)s?|km|kilomet(er|re)s?|miles|acres|hectares)$/;

function unitAlone(tokens: Token[], at: number, field: Field): Link | null {
  const token = tokens[at];
  if (!isWord(token) || !tellingUnits.test(token.lower) || tokens[at - 1]?.kind === "number") return null;
  const last = wordsIn(field.id).at(-1)?.toLowerCase();
  const same = last !== undefined && (stem(last) === token.stem || factorBetween(token.lower, last) === 1);
  if (field.role !== "measure" || !same) return null;
  return { from: at, to: at + 1, field, score: 0.5, words: 1, corrected: false, alternatives: [] };
}

/** What is true where something else is not, by their stems. */
const opposites = new Map(
  [
    ["fail", "pass"],
    ["active", "discontinued"],
    ["absent", "present"],
    ["open", "close"],
  ].map(([one = "", other = ""]) => [stem(one), stem(other)]),
);

/** "unapproved" for a column `approved` of yes and no. */
function saysOpposite(word: string, { flag, names }: Field): boolean {
  const rest = opposites.get(word) ?? /^(?:un|non|in|dis)(.{4,})$/.exec(word)?.[1];
  if (flag === null || rest === undefined) return false;
  return names.some((name) => {
    const [main, ...more] = name.filter(({ weight }) => weight > 0.2);
    return main !== undefined && more.length === 0 && wordSimilarity(stem(rest), main.stem, false) >= 0.7;
  });
}

/** All readings of the tokens as columns, better or worse; {@link choose} picks among them. */
export function columnLinks(tokens: Token[], table: Table): Link[] {
  const links: Link[] = [];
  const exact = new Set(table.fields.flatMap(({ names }) => names.flat().map((word) => word.stem)));
  const words = tokens.map((token) => (isWord(token) ? token.lower : token.text));
  for (let start = 0; start < tokens.length; start++) {
    const token = tokens[start];
    if (token?.kind === "quoted") {
      const field = table.fields.find((one) => one.id.toLowerCase() === token.value.toLowerCase());
      if (field)
        links.push({ from: start, to: start + 1, field, score: 1, words: 1, corrected: false, alternatives: [] });
      continue;
    }
    if (!isWord(token)) continue;
    const typos =
      !exact.has(token.stem) &&
      !stopWords.has(token.lower) &&
      !operatorAt(words, start) &&
      !table.rowNouns.has(token.stem);
    for (const field of table.fields) {
      const opposite = saysOpposite(token.stem, field);
      if (opposite)
        links.push({
          from: start,
          to: start + 1,
          field,
          score: 0.9,
          words: 1,
          corrected: false,
          negated: true,
          alternatives: [],
        });
      const covers = [
        ...field.names.map((name) => cover(tokens, start, name, typos)),
        coverJoined(tokens, start, field),
      ];
      let best: Coverage | null = null;
      for (const one of covers) if (one && one.score * one.words > (best ? best.score * best.words : 0)) best = one;
      const unit = unitAlone(tokens, start, field);
      if (best && best.score >= least - 0.2) links.push({ from: start, ...best, field, alternatives: [] });
      else if (unit) links.push(unit);
    }
  }
  return withContext(links, tokens, table);
}

/** "highest rent" of a `net_rent`, in a table of rents: how much it is, and not one of the rows. */
function isHowMuch({ field, from, to }: Link, tokens: Token[], table: Table): boolean {
  const [token, next] = [tokens[from], tokens[to]];
  const measured = field.role === "measure" && field.numeric && to === from + 1;
  // "rent income" is income.
  if (isWord(next) && impliedColumn(next.lower, table)) return false;
  return measured && isWord(token) && field.names.some((name) => isHead(name, token));
}

function isHead(name: FieldWord[], { lower, stem: said }: { lower: string; stem: string }): boolean {
  const last = name.findLast(({ weight }) => weight > 0.3);
  return !lower.endsWith("s") && last?.weight === 1 && last.stem === said;
}

/**
 * A name said in part is likelier where its other words are near ("the name of each player" for `Player_Name`), and
 * unlikely where all that was said is the word for the rows.
 */
function withContext(links: Link[], tokens: Token[], table: Table): Link[] {
  const stems = tokens.map((token) => (isWord(token) ? token.stem : ""));
  const kept: Link[] = [];
  for (const link of links) {
    const said = stems.slice(link.from, link.to).filter((word) => word !== "");
    const onlyRows = said.length > 0 && said.every((word) => isOwnRowNoun(word, table));
    // "harvest" is that of `harvest_tons`, though it is another word for crops.
    const named = link.field.names.some((name) => said.every((word) => name.some(({ stem }) => stem === word)));
    if (
      onlyRows &&
      link.score < 0.99 &&
      !(named && said.every((word) => !table.rowNouns.has(word))) &&
      !(named && link.field.role === "dimension" && isGrouped(link, tokens)) &&
      !isMeasured(link, tokens, table) &&
      !isHowMuch(link, tokens, table)
    )
      continue;
    if (
      isTakings(link, said) ||
      isHappening(link, tokens, table) ||
      namesRows(link, said, tokens, table) ||
      (link.synonym && isKindOfTime(link, tokens))
    )
      continue;
    let score = link.score;
    if (score < 0.99) {
      for (const name of link.field.names)
        for (const { stem: word, weight } of name) {
          if (weight < 0.2 || said.includes(word)) continue;
          const at = stems.indexOf(word);
          if (at >= 0 && (at < link.from || at >= link.to)) {
            const near = Math.min(Math.abs(at - link.from), Math.abs(at - link.to + 1)) <= 4;
            score += near ? 0.15 : 0.05;
          }
        }
      // A generic word says enough where only one column has it.
      const own = said.every((word) => {
        const holders = holdersOf(word, table, true);
        if (holders.length === 0) holders.push(...holdersOf(word, table, false));
        return holders.length === 1 && holders[0] === link.field;
      });
      const elsewhere = said.some((word) => {
        const exact = holdersOf(word, table, true).filter((field) => !tellsKindOf(field, said, table));
        return exact.length > 0 && !exact.includes(link.field);
      });
      const headed = fieldsHeadedBy(said.at(-1) ?? "", table);
      if (link.unsaid === "head" && said.length === 1 && headed.some((one) => one !== link.field)) score -= 0.15;
      // "which ship" is the vessel, and no `ship_type`, where both are there.
      if (link.unsaid === null && tellsKindOf(link.field, said, table)) score -= 0.4;
      if (link.unsaid === "modifier" && headed.length === 1 && headed[0] === link.field) score += 0.1;
      if (own) score += 0.2;
      // Another word for it stands back where the word itself is in another name.
      else if (elsewhere) score -= 0.3;
      score += said.some((word) => link.field.hints.has(word)) ? 0.05 : 0;
    }
    if (score >= least) kept.push({ ...link, score: link.score === 1 ? 1 : Math.min(0.99, score) });
  }
  return kept;
}

/** "downtime by line": rows are no lines here, if that is what they are grouped by. */
function isGrouped({ from }: Link, tokens: Token[]): boolean {
  const before = tokens[from - 1];
  return isWord(before) && /^(by|per|each|every|which|what)$/.test(before.lower);
}

const numbering = new Set(["id", "no", "number"]);

/** "energy by building" in a table called energy: what there is no number of is a quantity, and no row. */
function isMeasured({ from, to, field, score, synonym }: Link, tokens: Token[], { table: { label } }: Table): boolean {
  const [before, last] = [tokens[from - 1], tokens[to - 1]];
  const one = isWord(before) && /^(a|an|per|each|every|this|that|which|one)$/.test(before.lower);
  const names = field.names.some((name) => name.some(({ stem }) => called.has(stem)));
  // "oldest unpaid invoice" of a table called invoices is no amount; "yield" of one called yields is a `yield_t`.
  const named =
    synonym === true && isWord(last) && isCountable(label) && stem(wordsIn(label).at(-1) ?? "") === last.stem;
  return (
    field.role === "measure" && !names && score >= 0.6 && !one && isWord(last) && !isCountable(last.lower) && !named
  );
}

/** "sales" and "revenue" are no `sales_rep`. */
function isTakings({ field, score, unsaid, synonym }: Link, said: string[]): boolean {
  const partly = score < 0.99 && (unsaid === "head" || synonym === true);
  return (
    partly &&
    !field.numeric &&
    field.role === "dimension" &&
    said.length === 1 &&
    said.every((word) => takings.has(word))
  );
}

/** "full time", "one time", "the first time": how, and not when. */
function isKindOfTime({ from, to }: Link, tokens: Token[]): boolean {
  const [before, token] = [tokens[from - 1], tokens[from]];
  const alone = to === from + 1 && isWord(token) && /^times?$/.test(token.lower);
  return alone && isWord(before) && /^(one|first|full|part|real|on|same|half|long|last)$/.test(before.lower);
}

/** "admissions" of an `admission_date` and "properties" of a `property_type` are rows, unless those are what is grouped by. */
function namesRows({ from, field, score }: Link, said: string[], tokens: Token[], table: Table): boolean {
  const before = tokens[from - 1];
  if (score >= 0.99 || field.role === "measure" || field.flag || said.length !== 1) return false;
  if (tokens[from]?.text.toLowerCase().endsWith("ed")) return false;
  if (isWord(before) && /^(by|per|each|every|versus|vs)$/.test(before.lower)) return false;
  // "which line": no chart is asked for so.
  const drawn = operatorAt([tokens[from]?.text.toLowerCase() ?? ""], 0)?.operator.op === "chart";
  if (drawn && isWord(before) && /^(which|what)$/.test(before.lower)) return false;
  const more = field.names.every((name) =>
    name.some(({ stem, weight }) => weight >= 0.5 && !said.includes(stem) && !numbering.has(stem)),
  );
  return more && said.every((word) => isRowNoun(word, table));
}

/** "longest stop" in a table of stops: the row, though its `stopped` tells when. */
function isHappening({ field, from, to }: Link, tokens: Token[], table: Table): boolean {
  const token = tokens[from];
  if (field.role !== "time" || to !== from + 1 || !isWord(token) || /(ed|ing)$/.test(token.lower)) return false;
  const called = wordsIn(field.id).some((word) => word.toLowerCase() === token.lower);
  return !called && isOwnRowNoun(token.stem, table);
}

/** The columns that have a word, or another word for it, in their names. */
function holdersOf(word: string, { fields }: Table, exactly: boolean): Field[] {
  return fields.filter(({ names }) =>
    names.some((name) =>
      name.some(({ stem }) => (exactly ? word === stem || isShortFor(word, stem) : says(word, stem))),
    ),
  );
}

const kinds = new Set("type kind class category status".split(" ").map(stem));

/** Whether a column only tells the kind of what is said, and another column names it. */
function tellsKindOf(field: Field, [word, ...more]: string[], { fields }: Table): boolean {
  if (word === undefined || more.length > 0 || !kinds.has(stem(wordsIn(field.id).at(-1) ?? ""))) return false;
  return fields.some(
    (other) =>
      other !== field &&
      other.role !== "measure" &&
      other.names.some((name) => {
        const [only, ...rest] = name.filter(({ weight }) => weight >= 0.5);
        return only !== undefined && rest.length === 0 && says(word, only.stem);
      }),
  );
}

/** The columns that are what a word says: `dep_delay_min` is a delay, `delayReason` a reason. */
function fieldsHeadedBy(word: string, { fields }: Table): Field[] {
  return fields.filter(({ names }) =>
    names.some((name) => name.filter(({ weight }) => weight >= 1).at(-1)?.stem === word),
  );
}

/** The word itself, or another word for it. */
function says(word: string, named: string): boolean {
  return word === named || [0.7, 0.74].includes(wordSimilarity(word, named, false));
}
