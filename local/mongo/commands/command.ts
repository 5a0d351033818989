import type { Arguments } from "../arguments.ts";
import type { Catalog } from "../catalog.ts";
import type { Cursors } from "../cursors.ts";
import { CommandError } from "../errors.ts";
import type { Document } from "../values/types.ts";

/** What a command works on. */
export interface Context {
  catalog: Catalog;
  cursors: Cursors;
  db: string;
  args: Arguments;
}

/** Executes one command and returns its reply, without `ok`. Throws CommandError. */
export type Command = (context: Context) => Document;

/** The collection that the command names, `{insert: "users", …}`. */
export function collectionName({ args }: Context): string {
  const name = args.string(args.command);
  if (name === "") throw new CommandError("InvalidNamespace", `Invalid namespace specified for ${args.command}`);
  return name;
}

/** Results are ordered by bytes only, which is the collation `simple`. */
export function rejectCollation(collation: Document | undefined): void {
  if (collation !== undefined && collation.locale !== "simple") {
    throw new CommandError(
      "NotImplemented",
      "A collation other than {locale: 'simple'} is not supported by the embedded database",
    );
  }
}
