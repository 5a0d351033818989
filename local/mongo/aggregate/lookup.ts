import { CommandError, notSupported } from "../errors.ts";
import { valuesAt } from "../filter/path.ts";
import { type Document, setField } from "../values/types.ts";
import { compilePipeline, type OtherCollection, type Stage } from "./pipeline.ts";

/** `$lookup` by equality of two fields, with or without a pipeline on what was found; not with `let`. */
export function compileLookup(specification: Document, other: OtherCollection): Stage {
  const { from, localField, foreignField, as, pipeline = [], ...unknown } = specification;
  if ("let" in unknown) throw notSupported("$lookup with let");
  const [surplus] = Object.keys(unknown);
  if (surplus) throw new CommandError("FailedToParse", `unknown argument to $lookup: ${surplus}`);
  if (typeof from !== "string" || typeof as !== "string" || !Array.isArray(pipeline)) {
    throw new CommandError(
      "FailedToParse",
      "$lookup needs 'from' and 'as', strings, and 'pipeline', if given, an array",
    );
  }
  if (as.includes(".")) throw notSupported("$lookup into a dotted 'as'");
  const run = compilePipeline(pipeline, other);
  if (localField === undefined && foreignField === undefined)
    return (documents) => documents.map((document) => joined(document, {}));
  if (typeof localField !== "string" || typeof foreignField !== "string") {
    throw new CommandError("FailedToParse", "$lookup requires both or neither of 'localField' and 'foreignField'");
  }
  const path = localField.split(".");
  return (documents) =>
    documents.map((document) => {
      const { values } = valuesAt(document, path);
      // An empty array at localField joins nothing; what is missing joins what is null or missing.
      const wanted = values
        .filter((value) => !(Array.isArray(value) && value.length === 0))
        .map((value) => value ?? null);
      return joined(
        document,
        wanted.length === 1 ? { [foreignField]: { $eq: wanted[0] } } : { [foreignField]: { $in: wanted } },
      );
    });

  function joined(document: Document, filter: Document): Document {
    const copy = { ...document };
    setField(copy, String(as), run(other(String(from), filter)));
    return copy;
  }
}
