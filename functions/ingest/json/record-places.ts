import { eachElement, eachMember, endOfValue } from "./json-values.ts";

/** Where the values of a record stand in a text, and by what keys. */
export interface RecordPlaces {
  /** Names of members; of a member of a member, both names with a NUL between. */
  keys: string[];
  starts: number[];
  ends: number[];
  /** The place after the record. */
  end: number;
}

/** Finds the values of the record that begins here: of an object, flattened one level, of an array, or of a value alone. */
export function placesOf(text: string, at: number): RecordPlaces {
  const places: RecordPlaces = { keys: [], starts: [], ends: [], end: at };
  const put = (key: string, start: number, end: number) => {
    places.keys.push(key);
    places.starts.push(start);
    places.ends.push(end);
  };
  const opening = text.charCodeAt(at);
  if (opening === 0x7b) {
    places.end = eachMember(text, at, (key, start, end) => {
      if (text.charCodeAt(start) !== 0x7b) put(key, start, end);
      else eachMember(text, start, (inner, from, to) => put(`${key}\u0000${inner}`, from, to));
    });
  } else if (opening === 0x5b) {
    places.end = eachElement(text, at, (start, end) => put(`column${places.keys.length + 1}`, start, end));
  } else {
    places.end = endOfValue(text, at);
    put("value", at, places.end);
  }
  return places;
}
