import { readDate, readTimeOfDay } from "./dates.ts";
import { FirstsOfMonths } from "./firsts-of-months.ts";
import { isNullAmongValues } from "./null-words.ts";
import { type NumberStyle, readNumber } from "./numbers.ts";
import { isSerialDay } from "./serial-days.ts";

/** Integers of more digits are account numbers and the like, and no longer exact as JSON numbers. */
const mostDigits = 15;
/** After so many cells of text, in a column that is mostly text, only plain numbers are still looked for. */
const enoughText = 1_000;

/** How many cells can be read in a set of number styles, and the most decimals they have if `.` or `,` begins them. */
export interface StyledNumbers {
  styles: NumberStyle[];
  count: number;
  decimals: { ".": number; ",": number };
}

export interface WrittenDates {
  pattern: string;
  hasTime: boolean;
  zone: boolean;
  /** Some are written with words that `plainDate` replaces. */
  worded: boolean;
  count: number;
}

const plainInteger: NumberStyle[] = [
  { decimal: ".", group: "" },
  { decimal: ",", group: "" },
];
const plainDecimal: NumberStyle[] = [{ decimal: ".", group: "" }];
const perhapsGrouped: NumberStyle[] = [...plainDecimal, { decimal: ",", group: "." }];

/** What the cells of one column look like: everything that its type is decided by, without the cells. */
export class ColumnEvidence {
  /** Cells with a value, among them `nullWords`. */
  filled = 0;
  empty = 0;
  /** Cells that are no value in a column of numbers or dates, such as `none`. */
  nullWords = 0;
  /** Of these, `NA`. */
  na = 0;
  /** Cells of two capital letters: country codes, states. */
  letterPairs = 0;
  /** Digits that are no quantity: leading zeros, very long ones, phone numbers with a plus. */
  codes = 0;
  /** Cells with blanks around them. */
  padded = 0;
  booleans = 0;
  text = 0;
  /** Numbers, by the styles in which they can be read. Plain ones (`-12.5`) are counted in `plain` too. */
  plain = 0;
  exponents = 0;
  readonly numbers = new Map<string, StyledNumbers>();
  readonly units = new Map<string, number>();
  readonly dates = new Map<string, WrittenDates>();
  /** Eight digits that are a date of the calendar. */
  compactDates = 0;
  /** Numbers that as days of spreadsheet programs are dates from 1970 to 2099, and those among them with a time. */
  serialDays = 0;
  serialTimes = 0;
  readonly times = new Map<string, number>();
  readonly firstsOfMonths = new FirstsOfMonths();
  /** Cells that are a date in any order; one cell may count in several patterns. */
  dated = 0;

  /** Takes one cell into account; null for none. */
  add(cell: string | null): void {
    if (cell === null) {
      this.empty += 1;
      return;
    }
    this.filled += 1;
    const trimmed = isPadded(cell) ? cell.trim() : cell;
    if (trimmed.length !== cell.length) this.padded += 1;
    if (this.addPlain(trimmed)) return;
    if (isNullAmongValues(trimmed)) {
      this.nullWords += 1;
      if (trimmed === "NA") this.na += 1;
      return;
    }
    if (this.text > enoughText && this.text > this.filled / 2) this.text += 1;
    else if (!this.addWritten(trimmed)) this.text += 1;
    if (trimmed.length === 2 && /^[A-Z]{2}$/.test(trimmed)) this.letterPairs += 1;
  }

  /** Digits with at most a minus before and a point between them. */
  private addPlain(cell: string): boolean {
    const { length } = cell;
    const start = cell.charCodeAt(0) === 45 ? 1 : 0;
    if (length === start || length > 40) return false;
    let point = -1;
    for (let at = start; at < length; at += 1) {
      const code = cell.charCodeAt(at);
      if (code >= 48 && code <= 57) continue;
      if (code !== 46 || point >= 0 || at === start || at === length - 1) return false;
      point = at;
    }
    const wholeDigits = (point < 0 ? length : point) - start;
    const leadingZero = cell.charCodeAt(start) === 48 && wholeDigits > 1;
    if (wholeDigits > mostDigits || (leadingZero && point < 0)) {
      this.codes += 1;
      return true;
    }
    this.plain += 1;
    if (wholeDigits === 5 && start === 0 && isSerialDay(Number(cell))) {
      this.serialDays += 1;
      if (point >= 0) this.serialTimes += 1;
    }
    if (point < 0) {
      this.count("i", plainInteger, 0, 0);
      if (length === 8 && start === 0 && readDate(cell)) this.compactDates += 1;
    } else {
      const decimals = length - point - 1;
      const groupable = decimals === 3 && wholeDigits <= 3 && cell.charCodeAt(start) !== 48;
      if (groupable) this.count("g", perhapsGrouped, 3, 0);
      else this.count("d", plainDecimal, decimals, 0);
    }
    return true;
  }

  private addWritten(cell: string): boolean {
    if (cell.length > 45) return false;
    const first = cell.charCodeAt(0);
    const digit = first >= 48 && first <= 57;
    if (/^(true|false)$/i.test(cell)) {
      this.booleans += 1;
      return true;
    }
    if (digit || /^\p{L}.*\d/u.test(cell)) {
      const date = readDate(cell);
      if (date) {
        this.dated += 1;
        if (date.datePatterns.length > 1) this.firstsOfMonths.add(cell);
        for (const datePattern of date.datePatterns) {
          const pattern = datePattern + date.timePattern;
          const key = date.zone ? `${pattern}z` : pattern;
          const known = this.dates.get(key);
          const worded = date.worded === true;
          if (known) {
            known.count += 1;
            known.worded ||= worded;
          } else this.dates.set(key, { pattern, hasTime: date.timePattern !== "", zone: date.zone, worded, count: 1 });
        }
        return true;
      }
      const time = readTimeOfDay(cell);
      if (time !== undefined) {
        this.times.set(time, (this.times.get(time) ?? 0) + 1);
        return true;
      }
    }
    const number = /\d/.test(cell) ? readNumber(cell) : undefined;
    if (!number) return false;
    // A plus before many digits is a phone number.
    if (/^\+\d{7,}$/.test(cell) || /^[-+]?0\d+$/.test(cell) || (/^[^\d.,]*0\d+\D*$/.test(cell) && number.unit === "")) {
      this.codes += 1;
      return true;
    }
    if (/[eE][-+]?\d+/.test(cell)) this.exponents += 1;
    const key = number.styles.map(({ decimal, group }) => decimal + group).join(" ");
    const after = (mark: string) =>
      cell.includes(mark) ? (cell.slice(cell.lastIndexOf(mark) + 1).match(/^\d*/)?.[0].length ?? 0) : 0;
    this.count(key, number.styles, after("."), after(","));
    if (number.unit !== "") this.units.set(number.unit, (this.units.get(number.unit) ?? 0) + 1);
    return true;
  }

  private count(key: string, styles: NumberStyle[], afterPoint: number, afterComma: number): void {
    const known = this.numbers.get(key);
    if (!known) {
      this.numbers.set(key, { styles, count: 1, decimals: { ".": afterPoint, ",": afterComma } });
      return;
    }
    known.count += 1;
    if (afterPoint > known.decimals["."]) known.decimals["."] = afterPoint;
    if (afterComma > known.decimals[","]) known.decimals[","] = afterComma;
  }
}

function isPadded(cell: string): boolean {
  return cell.charCodeAt(0) <= 32 || cell.charCodeAt(cell.length - 1) <= 32 || cell.charCodeAt(0) === 160;
}
