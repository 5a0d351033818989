import { isHappening } from "../language/happenings.ts";
import { meantBy } from "../language/misspelt.ts";
import { nameSameRows } from "../language/row-words.ts";
import { wordSimilarity } from "../language/similarity.ts";
import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import type { Field, Table } from "../link/fields.ts";
import { operatorOf } from "../link/items.ts";
import type { Reading } from "../read/reading.ts";
import type { Gap } from "./gaps.ts";
import type { StandIn } from "./stand-ins.ts";

/** Words of speech that choose nothing of the data, wherever they stand. */
const idle =
  /^(actually|basically|really|exactly|roughly|approximately|usually|normally|typically|generally|mostly|altogether|honestly|simply|literally|keeps?|kept|keeping|tends?|ends?|ended|ending|turns?|turned|managed?|manages|seems?|goes|gone|brings?|brought|bringing|pulls?|pulled|racks?|racked|gets?|got|getting|puts?|put|right|away|back|usual|folks|guys|lads|stuff|things?|anything|something|bits?|pls|plz|anyway|though|again|sort|kinda|gonna|wanna|lots?)$/i;

/** What goes wrong with some rows: it is not what rows are where the table calls them otherwise. */
const mishaps = /^(complaint|refund|return|error|fine|accident|claim|defect|bug)s?$/i;

/** "refunds" in a table of workshops */
const isMishapOf = (word: string, { ownNouns }: Table) =>
  mishaps.test(word) &&
  [...ownNouns].some(isHappening) &&
  ![...ownNouns].some((noun) => noun === stem(word) || nameSameRows(stem(word), noun));

/**
 * What a word that nothing explains may be: a slip in a word of any question, the rows of which a value tells
 * ("placements" are those that are `Placed`), the rows themselves, which record what the word says, or a word of speech without which the question asks for the same.
 */
export function leftover(
  { words, worded, wants, narrows }: Gap,
  said: string,
  { items, table }: Reading,
): StandIn | null {
  const [word, ...more] = words;
  if (word === undefined) return null;
  const ranks = worded("") !== "";
  if (!ranks && words.every((one) => idle.test(one)))
    return { fields: [], others: [], text: "", told: `“${said}” is not part of the answer.` };
  const meant = words.map((one) => meantBy(one) ?? one).join(" ");
  if (!ranks && meant !== words.join(" "))
    return { fields: [], others: [], text: meant, told: `“${said}” is read as “${meant}”.` };
  // "how many pupils passed their exam": pupils are counted, and not exams.
  const counted = items.some(
    ({ kind }, at) => kind === "rows" || (kind === "column" && operatorOf(items[at - 1])?.op === "count"),
  );
  if (narrows || more.length > 0 || counted || wants === "value" || !isHappening(word) || isMishapOf(word, table))
    return null;
  // "delivery time": the noun after it names a quantity.
  if (items[items.findIndex(({ text }) => text === word) + 1]?.kind === "unknown") return null;
  const result = resultCalled(word, table);
  if (result) {
    const text = `${result.field.name} is ${result.value}`;
    return {
      fields: [result.field],
      others: [],
      text: worded(`rows where ${text}`),
      told: `“${said}” is read as: ${text}.`,
    };
  }
  const several = /[^su]s$/i.test(word);
  return {
    fields: [],
    others: [],
    text: worded(several ? "rows" : "row"),
    told: several ? `“${said}” are read as the rows of the table.` : `“${said}” is read as a row of the table.`,
  };
}

/** The one value of the table that is of a word's root. */
function resultCalled(word: string, { fields }: Table): { field: Field; value: string } | null {
  const found = fields.flatMap((field) => {
    if (field.role !== "dimension" || field.unique) return [];
    return field.column.profile.topValues.flatMap(({ value }) => {
      const [only = "", ...rest] = typeof value === "string" ? wordsIn(value) : [];
      return rest.length === 0 && wordSimilarity(stem(word), stem(only), false) >= 0.74 ? [{ field, value: only }] : [];
    });
  });
  const [one, ...others] = found;
  return one && others.length === 0 ? one : null;
}
