/** What is said of something that has begun and not ended, or has ended. */
export interface SaidState {
  /** How many words say it. */
  length: number;
  ended: boolean;
  /** Words for the event that ends it, the likeliest first; none: whichever the data has. */
  events: string[];
}

const leaving = ["leave", "cancel", "terminate", "exit", "expire", "end", "churn"];

const gone = ["leave", "discharge", "checkout", "depart"];

/** Whole phrases for what has not ended; each with the events that would end it. */
const phrases: [pattern: RegExp, events: string[]][] = [
  [/^(still )?(for sale|on the market|on sale|up for sale)\b/, ["sell"]],
  [/^((still|currently) )?(on loan|checked out|lent out|borrowed out)\b/, ["return"]],
  [/^still out\b/, ["return"]],
  [/^still (here|employed|with us|with the company|in post|enrolled|registered|subscribed)\b/, leaving],
  [/^(still|currently) running\b/, leaving],
  [/^(still )?in progress\b/, ["complete", "close", "end"]],
  [/^still (in(?! (stock|use|transit|production|progress|process))|inside|there|on site|admitted)\b/, gone],
  [/^(still )?(outstanding|owed|owing)\b/, ["pay", "return", "end"]],
  [/^(still )?(open|pending|ongoing|unfinished|unsettled|incomplete)\b/, []],
  [/^(still )?active\b/, leaving],
];

const past: [pattern: RegExp, events: string[]][] = [[/^(former|previous|inactive|lapsed|departed)\b/, leaving]];

/** "for sale", "still open", "active", "former", at the beginning of some words. */
export function stateSaid(words: string): SaidState | null {
  const text = words.toLowerCase();
  for (const [ended, list] of [
    [false, phrases],
    [true, past],
  ] as const)
    for (const [pattern, events] of list) {
      const found = pattern.exec(text)?.[0];
      if (found) return { length: found.split(" ").length, ended, events: [...events] };
    }
  return null;
}

/** "sold" of "unsold". */
export function undone(word: string): string | null {
  return /^un([a-z]{2,}(?:ed|id|ld|nt|ne|ut|en))$/i.exec(word)?.[1]?.toLowerCase() ?? null;
}

/** Names of columns that tell until when something ought to be done. */
export const dueWords =
  /(^|[^a-z])(due|deadlines?|maturity|expected|promised|scheduled|planned|target|required|estimated|eta)(?![a-z])/i;

/** Names of columns that tell until when something holds: `warranty_until`, "Expiry date", `valid_to`. */
export const untilWords =
  /(^|[^a-z])(until|till|expir(y|es|e|ing|ed|ation)|valid(ity)?|warranty|guaranteed?|renewals?|renews?|best before|use by|lapses?)(?![a-z])/i;

/** Whether a column tells what is to come, rather than what was: no end of the data. */
export const isAhead = (name: string) => dueWords.test(name) || untilWords.test(name.replaceAll("_", " "));
