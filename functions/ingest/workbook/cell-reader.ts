import type { NumberMeaning } from "./number-format.ts";
import { dateOfSerial, durationOfSerial, hoursOfSerial, isSerialDate, timeOfSerial } from "./serial-dates.ts";
import type { SharedStrings } from "./shared-strings.ts";
import type { SheetCell } from "./sheet-rows.ts";

/** What a cell is to its reader. `fault` is one that can't become data: an error value, or a date that never was. */
export type CellKind =
  | "blank"
  | "text"
  | "integer"
  | "decimal"
  | "date"
  | "timestamp"
  | "time"
  | "duration"
  | "boolean"
  | "fault";

const plain: NumberMeaning = { kind: "number" };

/** Reads cells with what the workbook says about them elsewhere: shared strings, styles and the date system. */
export class CellReader {
  private readonly strings: SharedStrings;
  private readonly styles: NumberMeaning[];
  private readonly date1904: boolean;

  constructor(strings: SharedStrings, styles: NumberMeaning[], date1904: boolean) {
    this.strings = strings;
    this.styles = styles;
    this.date1904 = date1904;
  }

  /** What the number of a cell with this style means. */
  meaning(style: number): NumberMeaning {
    return this.styles[style] ?? plain;
  }

  kind(cell: SheetCell): CellKind {
    const { type, value } = cell;
    switch (type) {
      case "shared": {
        const index = Number(value);
        if (!(index < this.strings.size)) return "fault";
        return this.strings.isBlank(index) ? "blank" : "text";
      }
      case "number":
        return this.numberKind(value, this.meaning(cell.style));
      case "text":
        return value.trim() === "" ? "blank" : "text";
      case "date":
        return isoKind(value);
      case "boolean":
        return "boolean";
      case "error":
      case "formula":
        return "fault";
    }
  }

  /** The cell as text that conversion reads, for every kind but `blank` and `fault`. A duration is in hours if `hours` says so. */
  text(cell: SheetCell, kind: CellKind, hours = false): string {
    switch (kind) {
      case "text":
        if (cell.type === "shared") return this.strings.at(Number(cell.value)) ?? "";
        return cell.type === "number" ? this.padded(cell) : cell.value;
      case "integer":
      case "decimal":
        return exactly(cell.value);
      case "date":
      case "timestamp":
        if (cell.type === "date") return isoTimestamp(cell.value);
        return dateOfSerial(Number(cell.value), this.date1904, kind === "timestamp") ?? "";
      case "time":
        return cell.type === "date" ? cell.value : (timeOfSerial(Number(cell.value)) ?? "");
      case "duration": {
        const serial = Number(cell.value);
        return hours ? String(hoursOfSerial(serial)) : durationOfSerial(serial);
      }
      default:
        return cell.value;
    }
  }

  /** Why a cell of kind `fault` is none, for its owner. */
  fault(cell: SheetCell): string {
    if (cell.type === "error") return `The sheet shows the error ${cell.value} here.`;
    if (cell.type === "formula") {
      return "The file holds the formula without its result. Open and save the workbook in a spreadsheet program, which works it out.";
    }
    if (cell.type === "shared") return "The workbook refers to a text that it does not contain.";
    const { kind } = this.meaning(cell.style);
    return kind === "number" || kind === "padded"
      ? "The workbook says that this is a number, and it is none."
      : "The sheet's number here is formatted as a date, and there is no such date.";
  }

  private numberKind(value: string, { kind }: NumberMeaning): CellKind {
    const integer = isInteger(value);
    if (kind === "number") {
      if (integer) return "integer";
      const number = Number(value);
      if (!Number.isFinite(number)) return "fault";
      // Some programs write every number with decimals, as 1952.0.
      return Number.isSafeInteger(number) ? "integer" : "decimal";
    }
    const number = Number(value);
    if (!Number.isFinite(number)) return "fault";
    switch (kind) {
      case "padded":
        return integer ? "text" : "decimal";
      case "duration":
        return "duration";
      case "time":
        // Beyond a day, or with a date that the format does not show, it is a point in time after all.
        if (timeOfSerial(number) !== undefined) return "time";
        return isSerialDate(number, this.date1904) ? "timestamp" : "fault";
      default:
        if (!isSerialDate(number, this.date1904)) return "fault";
        return kind === "timestamp" || !integer ? "timestamp" : "date";
    }
  }

  private padded({ value, style }: SheetCell): string {
    const meaning = this.meaning(style);
    if (meaning.kind !== "padded") return value;
    return value.startsWith("-") ? value : value.padStart(meaning.digits, "0");
  }
}

function isInteger(value: string): boolean {
  let at = value.charCodeAt(0) === 0x2d ? 1 : 0;
  if (at === value.length) return false;
  for (; at < value.length; at += 1) {
    const digit = value.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return false;
  }
  return true;
}

/** The number in its shortest form: programs write `22.222200000000001` for the 22.2222 that they mean and show. */
function exactly(value: string): string {
  const isShort = value.length <= 15 && !value.endsWith("0") && !/e/i.test(value);
  return isShort || isInteger(value) ? value : String(Number(value));
}

const isoDate = /^-?\d{4,5}-\d\d-\d\d$/;
const isoTime = /^\d\d:\d\d(:\d\d(\.\d+)?)?$/;
const isoDateTime = /^(-?\d{4,5}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)Z?$/;

function isoKind(value: string): CellKind {
  if (isoDate.test(value)) return "date";
  if (isoDateTime.test(value)) return "timestamp";
  return isoTime.test(value) ? "time" : "text";
}

function isoTimestamp(value: string): string {
  return value.replace(isoDateTime, "$1 $2");
}
