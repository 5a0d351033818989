import { quoteLiteral } from "../../shared/engine/engine.ts";

/**
 * Names of months and their short forms, by month, where they differ from the English ones: German, French, Spanish, Portuguese,
 * Italian, Dutch. None stands for two months.
 */
const months: [english: string, others: string][] = [
  ["Jan", "januar|jänner|janvier|janv|enero|ene|janeiro|gennaio|gen|januari"],
  ["Feb", "februar|février|fevrier|févr|fevr|fév|febrero|fevereiro|fev|febbraio|februari"],
  ["Mar", "märz|maerz|mär|mrz|mars|marzo|março|marco|maart|mrt"],
  ["Apr", "avril|avr|abril|abr|aprile"],
  ["May", "mai|mayo|maio|maggio|mag|mei"],
  ["Jun", "juni|juin|junio|junho|giugno|giu"],
  ["Jul", "juli|juillet|juil|julio|julho|luglio|lug"],
  ["Aug", "août|aout|agosto|ago|augustus"],
  ["Sep", "sept|septembre|septiembre|setiembre|setembro|set|settembre"],
  ["Oct", "oktober|okt|octobre|octubre|outubro|out|ottobre|ott"],
  ["Nov", "novembre|noviembre|novembro"],
  ["Dec", "dezember|dez|décembre|decembre|déc|diciembre|dic|dezembro|dicembre"],
];
const weekdays =
  "mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday" +
  "|mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag" +
  "|lun|mer|jeu|ven|sam|dim|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche" +
  "|lunes|martes|miércoles|jueves|viernes|sábado|domingo|segunda|terça|quarta|quinta|sexta" +
  "|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag";

/** Replacements, in turn, of patterns that JavaScript and RE2 read alike. Letters beyond ASCII are no ends of words to RE2. */
const replacements: [pattern: string, by: string][] = [
  // A weekday says what the date says already.
  [`^(?:${weekdays})(?:-feira)?(?:\\.,|[.,])? +`, ""],
  ["([0-9]{4})[年년] ?([0-9]{1,2})[月월] ?([0-9]{1,2})[日일]", "$1-$2-$3"],
  ["^(\\d{1,2})(?:er|º|°) ", "$1 "],
  ...months.map(([english, others]): [string, string] => [
    `(^|[-/. 0-9])(?:${others})(?:\\.)?($|[-/., ]|[0-9])`,
    `$1${english}$2`,
  ]),
  // 15 de janeiro de 2024
  [" del? ", " "],
  // Zones, as forms on the web write them.
  [" ?(?:GMT|UTC)([+-])([0-9])$", "$10$2"],
  [" ?(?:GMT|UTC)([+-][0-9]{2}(?::?[0-9]{2})?)$", "$1"],
  ["([0-9] ?[AP])[.]M[.]?", "$1M"],
  // More digits of a second than `strptime` reads.
  ["(:[0-9]{2}[.][0-9]{6})[0-9]+", "$1"],
  ["(:[0-9]{2}(?:[.][0-9]+)?(?: ?[AP]M)?) ([+-][0-9]{2}(?::?[0-9]{2})?)$", "$1$2"],
  // A month that is cut short by a point.
  [`([0-9][-/. ]{1,2}(?:${months.map(([english]) => english).join("|")}))\\. `, "$1 "],
];
const compiled = replacements.map(([pattern, by]): [RegExp, string] => [new RegExp(pattern, "gi"), by]);
/** Quick to tell of the many dates that are digits alone. */
const isWorded = /[^-\d/.:, TZ+]/;
const perhaps = new RegExp(
  `[年년]|^(?:${weekdays})\\b|(?:^|[^a-z])(?:${months.map(([, others]) => others).join("|")})(?:$|[^a-z])|^1(?:er|º|°) |[a-z]\\. \\d{4}|(?:GMT|UTC)[-+]\\d`,
  "i",
);

/** A date with words of other languages, its weekday, or its zone apart, as `strptime` reads it; other text as it is. */
export function plainDate(cell: string): string {
  if (!isWorded.test(cell) || !perhaps.test(cell)) return cell;
  return compiled.reduce((text, [pattern, by]) => text.replace(pattern, by), cell);
}

/** SQL of the same. */
export function plainDateSql(text: string): string {
  return replacements.reduce(
    (sql, [pattern, by]) =>
      `regexp_replace(${sql}, ${quoteLiteral(pattern)}, ${quoteLiteral(by.replaceAll("$", "\\"))}, 'gi')`,
    text,
  );
}
