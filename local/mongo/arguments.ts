import { CommandError } from "./errors.ts";
import { isNumeric, toInteger, toNumber } from "./values/numbers.ts";
import { type Document, isDocument, typeOf } from "./values/types.ts";

/** What any command may carry. Preferences and concerns mean nothing with one node that applies one command at a time. */
const GENERIC = new Set(
  `$db lsid $clusterTime $readPreference readConcern writeConcern comment maxTimeMS apiVersion apiStrict
   apiDeprecationErrors`.split(/\s+/),
);

/** Reads the fields of a command, each with its type checked; the first field is the command's name. */
export class Arguments {
  readonly command: string;
  readonly #fields: Document;

  constructor(command: string, fields: Document) {
    this.command = command;
    this.#fields = fields;
  }

  /** Throws for a field that is not among these: an option is obeyed or refused, never ignored. */
  only(...allowed: string[]): this {
    const unknown = Object.keys(this.#fields).find(
      (name) => name !== this.command && !GENERIC.has(name) && !allowed.includes(name),
    );
    if (unknown === undefined) return this;
    throw new CommandError(
      "UnknownField",
      `BSON field '${this.command}.${unknown}' is an unknown or unsupported field.`,
    );
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined;
  }

  value(name: string): unknown {
    return this.#fields[name];
  }

  string(name: string): string {
    const value = this.#required(name);
    return typeof value === "string" ? value : this.#mismatch(name, value, "string");
  }

  document(name: string): Document {
    const value = this.#required(name);
    return isDocument(value) ? value : this.#mismatch(name, value, "object");
  }

  optionalDocument(name: string): Document | undefined {
    return this.#absent(name) ? undefined : this.document(name);
  }

  array(name: string): readonly unknown[] {
    const value = this.#required(name);
    return Array.isArray(value) ? value : this.#mismatch(name, value, "array");
  }

  documents(name: string): Document[] {
    return this.array(name).map((item) => (isDocument(item) ? item : this.#mismatch(name, item, "object")));
  }

  optionalArray(name: string): readonly unknown[] {
    return this.#absent(name) ? [] : this.array(name);
  }

  boolean(name: string, otherwise: boolean): boolean {
    const value = this.#fields[name];
    if (this.#absent(name)) return otherwise;
    if (typeof value === "boolean") return value;
    return isNumeric(value) ? toNumber(value) !== 0 : this.#mismatch(name, value, "bool");
  }

  /** A whole number, 0 or more. */
  count(name: string, otherwise: number): number {
    if (this.#absent(name)) return otherwise;
    const value = toInteger(this.#fields[name]);
    if (value === undefined) return this.#mismatch(name, this.#fields[name], "long");
    if (value < 0)
      throw new CommandError("BadValue", `BSON field '${name}' value must be >= 0, actual value '${value}'`);
    return value;
  }

  #absent(name: string): boolean {
    return this.#fields[name] === undefined || this.#fields[name] === null;
  }

  #required(name: string): unknown {
    const value = this.#fields[name];
    if (value !== undefined) return value;
    throw new CommandError("MissingField", `BSON field '${this.command}.${name}' is missing but a required field`);
  }

  #mismatch(name: string, value: unknown, expected: string): never {
    throw new CommandError(
      "TypeMismatch",
      `BSON field '${this.command}.${name}' is the wrong type '${typeOf(value)}', expected type '${expected}'`,
    );
  }
}
