import { endsIt } from "../language/events.ts";
import { isHappening } from "../language/happenings.ts";
import { isAhead } from "../language/states.ts";
import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import { type Field, isOwnRowNoun, type Table } from "./fields.ts";

/** How a row came to be known of, ahead of what it is about or after it. */
const arranging =
  /^(book|booked|booking|reserv(e|ed|ation)|creat(e|ed|ion)|list(ed|ing)|regist(er|ered|ration)|entered|entry|record(ed)?|logged|added|input|announced|published|advertised|request(ed)?|signup|submitted|submission)$/;
const arrangingAll = /^(on sale( date| since| from)?|signed up( on| at)?|sign ?up( date)?)$/;
const beginning = /^(arriv(e|es|al|als|ed)|checkin|check in|start|starts|started|begin|begins|when|travel|outbound)$/;
/** What comes after the thing itself, or is told about the row. */
const aside =
  /birth|born|[dy]ob(?![a-z])|follow|next|last|latest|previous|prev(?![a-z])|updat|modif|chang|edit|review|survey|feedback|remind|notice|end(?![a-z])|(^|[^a-z])to(?![a-z])/i;
const dateWords = /^(date|day|dt|on|at|of|the|time|datetime|timestamp|for)$/;

const words = ({ name }: Field) => wordsIn(name).map((word) => word.toLowerCase());

/** Whether a column tells when a row was booked, listed, registered or entered. */
export function isArranging(field: Field): boolean {
  return arrangingAll.test(words(field).join(" ")) || words(field).some((word) => arranging.test(word));
}

/** Whether a column tells when that takes place which a row is about: "Appt date", "Arrival", "Class date", "Date". */
function isOccasion(field: Field, table: Table): boolean {
  const { holds, name, id, column } = field;
  const day = holds === "date" || holds === "timestamp";
  const filled = column.profile.nullCount <= table.table.rowCount / 10;
  if (!day || !filled || isArranging(field) || isAhead(id) || aside.test(name.replaceAll("_", " "))) return false;
  const named = words(field).filter((word) => !dateWords.test(word));
  if (named.length === 0) return words(field).includes("date");
  if (beginning.test(named.join(" ")) || named.some((word) => beginning.test(word))) return true;
  if (named.some((word) => (endsIt(word) && !/^sale/.test(word)) || /ed$/.test(word))) return false;
  const dated = words(field).some((word) => /^(date|day|dt)$/.test(word));
  return dated || named.some((word) => isHappening(word) || isOwnRowNoun(stem(word), table));
}

/** The times of what the rows are about, where others tell when they were arranged. */
export function occasions(times: Field[], table: Table): Field[] {
  return times.some(isArranging) ? times.filter((field) => isOccasion(field, table)) : [];
}
