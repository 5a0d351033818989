import { operatorAt } from "../language/lexicon.ts";
import { wordSimilarity } from "../language/similarity.ts";
import { stem } from "../language/stem.ts";
import { stopWords } from "../language/stop-words.ts";
import { type Token, wordsIn } from "../language/tokens.ts";
import { type Coverage, cover, coverJoined } from "./covers.ts";
import { isReading, isTheirs, isThingDone } from "./deeds.ts";
import { type Field, isOwnRowNoun, type Table } from "./fields.ts";
import { isWord, type Link } from "./links.ts";
import { fieldsHeadedBy, holdersOf, tellsKindOf } from "./name-holders.ts";
import {
  isDeed,
  isGrouped,
  isHappening,
  isHowMuch,
  isKindOfTime,
  isMeasured,
  isTakings,
  namesRows,
} from "./rows-or-columns.ts";
import { factorBetween } from "./units.ts";

const least = 0.45;

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
      isDeed(link, tokens) ||
      isHappening(link, tokens, table) ||
      namesRows(link, said, tokens, table) ||
      isThingDone(link, tokens) ||
      isReading(link, tokens) ||
      isTheirs(link, tokens) ||
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
