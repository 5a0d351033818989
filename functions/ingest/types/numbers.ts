/** How a column writes its numbers. */
export interface NumberStyle {
  decimal: "." | ",";
  /** What groups thousands; empty for nothing. */
  group: "" | "," | "." | " " | "'";
}

/** A number as people write it, in every way in which it can be read. */
export interface WrittenNumber {
  /** Currency sign or code, `%`, a unit of measure, or empty. */
  unit: string;
  negative: boolean;
  styles: NumberStyle[];
  /** Digits after the decimal separator, for the first of the styles. */
  decimals: number;
}

// Old Japanese encodings have the yen where others have the backslash.
const signs = "$€£¥￥\\\\₹₽₩₺₪฿₫₴₦₱¢";
const codes =
  "USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|CNY|INR|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|TRY|RUB|BRL|MXN|ZAR|SGD|HKD|KRW|THB|AED|SAR|ILS|US\\$|A\\$|C\\$|R\\$|kr\\.?|zł|Kč|Ft|Fr\\.?|Rs\\.?";
const unit = `[${signs}%]|${codes}`;
/** Units of measure that stand behind numbers; no single capitals, which more often tell flats, grades and sizes apart. */
const measures =
  "[kmµ]?g|t|lbs?|oz|[kcmµn]?m|mi|ft|yd|[kcm]?m[²2]|ha|c?m[³3]|[mcdh]?l|°[CF]?|[kMG]?Wh|[kMG]W|[kM]?Hz|GHz|h?Pa|[kM]Pa|m?bar|psi|k?cal|kJ" +
  "|ms|s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|yrs?|years?|[kKMGT]i?B|bytes|px|rpm|mph|km/h|kmh|m/s|pp[mb]|dB|pcs|pieces|Stk\\.?|Stück";
const measure = new RegExp(`^(?:${measures})$`);
/** Blanks that people and programs put into numbers: space, no-break, narrow no-break and thin space. */
const blank = "[ \\u00a0\\u202f\\u2009]";

/** Minus or plus, unit, digits with separators, unit; or all of it in parentheses. The same text serves RE2 and JavaScript. */
const whole = new RegExp(
  `^(\\()?([-+−])?${blank}?(${unit})?${blank}?([-+−])?(\\d(?:[\\d.,'’\\u00a0\\u202f\\u2009 ]*[\\d.,])?|[.,]\\d+)([eE][-+]?\\d+)?${blank}?(${unit}|${measures})?(-)?(\\))?$`,
);

/** Reads a number that is not plain digits with a point. Undefined for what is no number. */
export function readNumber(cell: string): WrittenNumber | undefined {
  if (cell.length > 40) return undefined;
  const match = whole.exec(cell);
  if (!match) return undefined;
  const [, open, sign, before = "", signAfter, digits = "", exponent, after = "", trailing, close] = match;
  if ((open === undefined) !== (close === undefined)) return undefined;
  if ([open, sign, signAfter, trailing].filter((mark) => mark !== undefined).length > 1) return undefined;
  if (before !== "" && after !== "") return undefined;
  const body = digits.replace(/[’]/g, "'").replace(/[\u00a0\u202f\u2009]/g, " ");
  const styles = stylesOf(body);
  if (styles.length === 0 || (exponent !== undefined && styles.every(({ group }) => group !== ""))) return undefined;
  const [style] = styles;
  const at = style ? body.lastIndexOf(style.decimal) : -1;
  return {
    unit: usualUnit(before || after),
    negative: open !== undefined || trailing === "-" || /[-−]/.test(`${sign ?? ""}${signAfter ?? ""}`),
    styles,
    decimals: at < 0 ? 0 : body.length - at - 1,
  };
}

/** One of several ways to write a unit, for all. */
function usualUnit(written: string): string {
  if (written === "\\" || written === "￥") return "¥";
  return /^(day|week|month|year|yr|hour|hr|minute|min|second|sec|lb)s?$/.test(written)
    ? `${written.replace(/s$/, "")}s`
    : written;
}

const grouped = {
  ",": /^\d{1,3}(,\d{2,3})*,\d{3}$/,
  ".": /^\d{1,3}(\.\d{3})+$/,
  " ": /^\d{1,3}( \d{3})+$/,
  "'": /^\d{1,3}('\d{3})+$/,
};

function stylesOf(body: string): NumberStyle[] {
  const styles: NumberStyle[] = [];
  for (const decimal of [".", ","] as const) {
    const parts = body.split(decimal);
    if (parts.length > 2) continue;
    const [integer = "", fraction] = parts;
    if (fraction !== undefined && !/^\d*$/.test(fraction)) continue;
    if (fraction === "" && integer === "") continue;
    if (/^\d*$/.test(integer)) {
      styles.push({ decimal, group: "" });
      continue;
    }
    for (const group of [",", ".", " ", "'"] as const) {
      if (group !== decimal && grouped[group].test(integer)) styles.push({ decimal, group });
    }
  }
  return styles;
}

/** Whether a unit is one of measure, and neither a currency nor a part of a hundred. */
export function isMeasure(one: string): boolean {
  return measure.test(one);
}

/** A pattern, for RE2, of all numbers that a column of this style holds, its unit and sign included. */
export function numberPattern({ decimal, group }: NumberStyle): string {
  const point = decimal === "." ? "\\." : ",";
  const between = { "": "", ",": ",", ".": "\\.", " ": "[ \\x{00a0}\\x{202f}\\x{2009}]", "'": "['’]" }[group];
  const integer =
    between === ""
      ? "\\d+"
      : group === ","
        ? `(?:\\d+|\\d{1,3}(?:,\\d{2,3})*,\\d{3})`
        : `(?:\\d+|\\d{1,3}(?:${between}\\d{3})+)`;
  const space = "[ \\x{00a0}\\x{202f}\\x{2009}]?";
  return `\\s*\\(?[-+−]?${space}(?:${unit})?${space}[-+−]?(?:${integer}(?:${point}\\d*)?|${point}\\d+)(?:[eE][-+]?\\d+)?${space}(?:${unit}|${measures})?-?\\)?\\s*`;
}
