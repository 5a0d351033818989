import iconv from "iconv-lite";

/** Enough text to tell by. */
const judgedBytes = 40_000;

/**
 * Encodings from before Unicode by what can be told of them: how text in them looks once it is read. Few accents tell little,
 * so of those that fit equally well the first is taken.
 */
export function recognizeLegacy(bytes: Buffer): string {
  const judged = bytes.subarray(0, judgedBytes);
  const candidates = [...byLetters(judged), ...byScript(judged), ...byCharacters(judged)];
  return candidates.reduce((best, one) => (one.score > best.score + 1e-9 ? one : best)).name;
}

interface Candidate {
  name: string;
  /** From 0 to 1: the share of what is beyond ASCII that looks right. */
  score: number;
}

/** Letters beyond ASCII by language, with the encodings that its files come in. */
const alphabets: { letters: string; encodings: string[] }[] = [
  ...["äöüß", "éèêàçùâîôûëïœæ", "áéíóúñüïç", "ãõáéíóúâêôçà", "àèéìòù", "åäöøæéü", "ëïéèö"].map((letters) => ({
    letters,
    encodings: ["windows-1252", "iso-8859-15", "macintosh", "ibm850"],
  })),
  ...["ąćęłńóśźż", "áčďéěíňóřšťúůýžäľĺôŕ", "áéíóöőúüű", "ăâîşţ", "čćđšž"].map((letters) => ({
    letters,
    encodings: ["windows-1250", "iso-8859-2", "ibm852"],
  })),
  { letters: "çğıöşüâîİ", encodings: ["windows-1254"] },
  { letters: "ąčęėįšųūžāēģīķļņõäöü", encodings: ["windows-1257"] },
  { letters: "áéíóúýþæöð", encodings: ["windows-1252"] },
];
const signs = new Set("€£°§©®™“”„‘’‚«»–—…·•×±²³½µ¿¡ºª\u00a0");

function byLetters(bytes: Buffer): Candidate[] {
  const texts = new Map<string, string[]>();
  return alphabets.flatMap(({ letters, encodings }) => {
    const alphabet = new Set([...letters, ...letters.toUpperCase()]);
    return encodings.map((name) => {
      const beyond = texts.get(name) ?? iconv.decode(bytes, name).match(/.?[^\p{ASCII}]\p{L}?/gsu) ?? [];
      texts.set(name, beyond);
      const right = beyond.filter((cut) => {
        // Portuguese knows `õ` before `e` alone; otherwise it is the `ő` of Hungarian.
        if (name !== "windows-1257" && /õ(?!e)\p{L}/iu.test(cut)) return false;
        const characters = [...cut].filter((character) => character > "\u007f");
        // Signs stand by themselves, and capitals do not follow small letters.
        if (/\p{L}[¿¡½µ]\p{L}|[£³²ºª§©®±]\p{L}|\p{Ll}\p{Lu}/u.test(cut)) return false;
        return characters.every((character) => alphabet.has(character) || signs.has(character));
      }).length;
      return { name, score: beyond.length === 0 ? 0 : right / beyond.length };
    });
  });
}

/** Encodings of one byte a letter for scripts other than Latin. Hebrew first: its few letters are Cyrillic ones elsewhere. */
const scripts = [
  "windows-1255",
  "windows-1251",
  "windows-1253",
  "windows-1256",
  "koi8-r",
  "iso-8859-5",
  "iso-8859-6",
  "ibm866",
  "windows-874",
];

/** A small letter before a capital, what is no letter at all, a mark on no letter, letters of another script beside them. */
const oddInWords =
  /\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}|(?!\p{ASCII})[\p{C}\p{S}\ufffd]|(?<![\p{L}\p{M}])\p{M}|\p{Script=Latin}(?!\p{Script=Latin})\p{L}|(?!\p{Script=Latin})\p{L}\p{Script=Latin}/gu;

/** Text that reads like words: letters throughout, of one script, and capitals only where words begin. */
function byScript(bytes: Buffer): Candidate[] {
  if (!isOtherScript(bytes)) return [];
  return scripts.map((name) => {
    const text = iconv.decode(bytes, name);
    const beyond = text.match(/[^\p{ASCII}]/gu)?.length ?? 0;
    const letters = text.match(/(?!\p{ASCII})[\p{L}\p{M}]/gu)?.length ?? 0;
    const odd = text.match(oddInWords)?.length ?? 0;
    return { name, score: beyond === 0 ? 0 : (letters - 2 * odd) / beyond };
  });
}

/** Whether words are made of what is beyond ASCII, rather than having a letter of it here and there. */
function isOtherScript(bytes: Buffer): boolean {
  let letters = 0;
  let beyond = 0;
  for (const byte of bytes) {
    if (byte >= 0x80) beyond += 1;
    else if ((byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)) letters += 1;
  }
  return beyond > (letters + beyond) * 0.2;
}

/** Encodings of two bytes a character, and the characters that nearly all of a text is made of. */
const characterSets: { name: string; common: RegExp; isCommon(lead: number, trail: number): boolean }[] = [
  {
    name: "shift_jis",
    common: /[\u3000-\u30ff\uff01-\uff9f]/u,
    isCommon: (lead) => (lead >= 0x81 && lead <= 0x83) || (lead >= 0x88 && lead <= 0x97),
  },
  {
    name: "euc-kr",
    common: /[\uac00-\ud7a3]/u,
    isCommon: (lead, trail) => lead >= 0xb0 && lead <= 0xc8 && trail >= 0xa1,
  },
  {
    name: "euc-jp",
    common: /[\u3000-\u30ff]/u,
    isCommon: (lead, trail) =>
      (lead === 0xa1 || lead === 0xa4 || lead === 0xa5 || (lead >= 0xb0 && lead <= 0xcf)) && trail >= 0xa1,
  },
  {
    name: "gb18030",
    common: /[\u3000-\u303f\uff01-\uff5e]/u,
    isCommon: (lead, trail) => ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3) && trail >= 0xa1,
  },
  {
    name: "big5",
    common: /[\u3000-\u303f\uff01-\uff5e]/u,
    isCommon: (lead, trail) => lead >= 0xa4 && lead <= 0xc6 && (trail <= 0x7e || trail >= 0xa1),
  },
];

function byCharacters(bytes: Buffer): Candidate[] {
  if (!isOtherScript(bytes)) return [];
  return characterSets.map(({ name, isCommon }) => {
    const text = iconv.decode(bytes, name);
    const odd = text.match(/\ufffd|[a-z](?!\p{ASCII})\p{L}|(?!\p{ASCII})\p{L}[a-z]/giu)?.length ?? 0;
    let characters = 0;
    let common = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const lead = bytes[at] ?? 0;
      if (lead < 0x80) continue;
      characters += 1;
      // Japanese half-width letters have one byte.
      if (name === "shift_jis" && lead >= 0xa1 && lead <= 0xdf) continue;
      at += 1;
      if (isCommon(lead, bytes[at] ?? 0)) common += 1;
    }
    return { name, score: characters === 0 ? 0 : (common - 2 * odd) / characters };
  });
}
