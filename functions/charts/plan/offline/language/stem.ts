import { remembered } from "./remembered.ts";

/** Plurals that no rule below reaches. */
const irregular = new Map([
  ["people", "person"],
  ["men", "man"],
  ["women", "woman"],
  ["children", "child"],
  ["criteria", "criterion"],
  ["indices", "index"],
  ["lives", "life"],
  ["wives", "wife"],
  ["news", "news"],
  ["sold", "sell"],
  ["bought", "buy"],
  ["spent", "spend"],
  ["grew", "grow"],
  ["grown", "grow"],
  ["won", "win"],
  ["1st", "first"],
  ["2nd", "second"],
  ["3rd", "third"],
  ["lost", "lose"],
  ["heard", "hear"],
  ["fell", "fall"],
  ["fallen", "fall"],
  ["stole", "steal"],
  ["stolen", "steal"],
  ["caught", "catch"],
  ["wrote", "write"],
  ["drove", "drive"],
  ["rode", "ride"],
  ["flew", "fly"],
  ["ate", "eat"],
  ["taught", "teach"],
  ["swam", "swim"],
  ["froze", "freeze"],
  ["withdrew", "withdraw"],
  ["withdrawn", "withdraw"],
  ["lent", "lend"],
  ["earnings", "earning"],
  ["rating", "rating"],
  ["ratings", "rating"],
  ["rated", "rating"],
  ["uses", "use"],
  ["used", "use"],
  ["listing", "listing"],
  ["listings", "listing"],
]);

const doubled = /(b|d|f|g|m|n|p|r|t)\1$/;

/**
 * The part of an English word that its plural and its verb forms share, in lower case: "Countries" and "country" both
 * give "country". Not a word of the language ("movies" gives "movy"): for comparison only.
 *
 * The steps are 1a and 1b of Porter's algorithm (https://tartarus.org/martin/PorterStemmer/def.txt), made milder: column
 * names are short, and a stemmer that also strips "-ation" or "-er" makes different columns the same.
 */
export const stem = remembered(stemmedOf);

function stemmedOf(word: string): string {
  let stemmed = word.toLowerCase();
  const known = irregular.get(stemmed);
  if (known) return known;
  if (stemmed.length <= 2 || !/^[a-z]+$/.test(stemmed)) return stemmed;

  if (stemmed.length === 3) return /[^aeiousy]s$/.test(stemmed) ? stemmed.slice(0, -1) : stemmed;
  if (/(ss|x|z|ch|sh)es$/.test(stemmed)) stemmed = stemmed.slice(0, -2);
  else if (/(us|is)es$/.test(stemmed)) stemmed = stemmed.slice(0, -2);
  else if (/ies$/.test(stemmed)) stemmed = `${stemmed.slice(0, -3)}y`;
  else if (!/(ss|us|is)$/.test(stemmed)) stemmed = stemmed.replace(/s$/, "");
  if (/ie$/.test(stemmed)) stemmed = `${stemmed.slice(0, -2)}y`;

  if (/^[^aeiou]+eed$/.test(stemmed)) return stemmed;
  for (const ending of ["ing", "ed"]) {
    const rest = stemmed.slice(0, -ending.length);
    if (!stemmed.endsWith(ending) || rest.length < 3 || !/[aeiouy]/.test(rest)) continue;
    if (doubled.test(rest)) return rest.slice(0, -1);
    stemmed = isShort(rest) ? `${rest}e` : rest;
    break;
  }
  // "cancelled" and "canceled", "enroll" and "enrol"
  if (stemmed.length >= 6) stemmed = stemmed.replace(/ll$/, "l");
  return stemmed.length > 3 && !isShort(stemmed.slice(0, -1)) ? stemmed.replace(/e$/, "") : stemmed;
}

/** One syllable that ends in a single vowel and consonant keeps its "e": "planes" are no plans, "care" is no car. */
const isShort = (word: string) => /^[^aeiou]*[aeiouy][^aeiouwxy]$/.test(word);
