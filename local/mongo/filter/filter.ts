import { compileExpression, isTrue } from "../aggregate/expression.ts";
import { CommandError, notSupported } from "../errors.ts";
import { type Document, isDocument } from "../values/types.ts";
import { compileConditions, holds } from "./operators.ts";
import { type MatchDetails, someValueAt } from "./path.ts";

/** Whether a document matches; tells in `details` where, if an array was passed. */
export type Filter = (document: Document, details?: MatchDetails) => boolean;

/**
 * Compiles a query filter with MongoDB's semantics. An unknown operator is BadValue, one that exists in MongoDB but not
 * here NotImplemented; none is ever ignored.
 */
export function compileFilter(filter: Document): Filter {
  const clauses = Object.entries(filter).map(([name, operand]) => clause(name, operand));
  return (document, details) => clauses.every((matches) => matches(document, details));
}

function clause(name: string, operand: unknown): Filter {
  if (!name.startsWith("$")) {
    const path = name.split(".");
    const conditions = compileConditions(operand);
    return (document, details) =>
      holds(conditions, (test, expand) => someValueAt(document, path, test, expand, details));
  }
  switch (name) {
    case "$and": {
      const branches = branchesOf(name, operand);
      return (document, details) => branches.every((matches) => matches(document, details));
    }
    case "$or": {
      const branches = branchesOf(name, operand);
      return (document, details) => branches.some((matches) => matches(document, details));
    }
    case "$nor": {
      const branches = branchesOf(name, operand);
      return (document) => !branches.some((matches) => matches(document));
    }
    case "$expr": {
      const evaluate = compileExpression(operand);
      return (document) => isTrue(evaluate({ root: document, variables: new Map() }));
    }
    case "$comment":
      return () => true;
    case "$where":
    case "$text":
    case "$jsonSchema":
      throw notSupported(`The query operator ${name}`);
    default:
      throw new CommandError("BadValue", `unknown top level operator: ${name}`);
  }
}

function branchesOf(name: string, operand: unknown): Filter[] {
  if (!Array.isArray(operand) || operand.length === 0) {
    throw new CommandError("BadValue", `${name} must be a nonempty array`);
  }
  return operand.map((branch) => {
    if (!isDocument(branch)) throw new CommandError("BadValue", `${name} entries need to be full objects`);
    return compileFilter(branch);
  });
}
