import { CommandError, notSupported } from "../errors.ts";
import { isNumeric, toNumber } from "../values/numbers.ts";
import { type Document, field, isDocument, setField } from "../values/types.ts";
import { ARITHMETIC_OPERATORS } from "./arithmetic-operators.ts";
import { ARRAY_OPERATORS } from "./array-operators.ts";
import { DATE_OPERATORS } from "./date-operators.ts";
import { LOGIC_OPERATORS } from "./logic-operators.ts";
import { STRING_OPERATORS } from "./string-operators.ts";

/** What an expression sees: the document (`$$ROOT`) and the variables that `$let`, `$map` and their like have bound. */
export interface Scope {
  root: Document;
  variables: ReadonlyMap<string, unknown>;
}

/** A compiled aggregation expression; undefined is a missing value. */
export type Expression = (scope: Scope) => unknown;

/** Compiles the operand of one expression operator. */
export type ExpressionOperator = (operand: unknown, name: string) => Expression;

/** Compiles an expression: `"$path"`, `"$$variable"`, `{$operator: …}`, a document or array of these, or a literal. */
export function compileExpression(source: unknown): Expression {
  if (typeof source === "string" && source.startsWith("$")) return reference(source);
  if (Array.isArray(source)) {
    const items = source.map(compileExpression);
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  if (!isDocument(source)) return () => source;
  const names = Object.keys(source);
  const operator = names.find((name) => name.startsWith("$"));
  if (operator === undefined) return documentOf(source);
  if (names.length !== 1) {
    throw new CommandError("InvalidPipelineOperator", "an expression specification must contain exactly one field");
  }
  const compile = operatorNamed(operator);
  if (!compile) {
    throw new CommandError("UnrecognizedExpression", `Unrecognized or unsupported expression '${operator}'`);
  }
  return compile(source[operator], operator);
}

/** Looked up when an expression is compiled, because the tables import this module. */
function operatorNamed(name: string): ExpressionOperator | undefined {
  if (name === "$literal") return (operand) => () => operand;
  if (name === "$let") return letIn;
  const tables = [LOGIC_OPERATORS, ARITHMETIC_OPERATORS, STRING_OPERATORS, ARRAY_OPERATORS, DATE_OPERATORS];
  return tables.find((table) => Object.hasOwn(table, name))?.[name];
}

/** MongoDB's truth: false, null, missing and zero are false. */
export function isTrue(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return !isNumeric(value) || toNumber(value) !== 0;
}

/** Adds variables to a scope. */
export function bind(scope: Scope, variables: Record<string, unknown>): Scope {
  return { root: scope.root, variables: new Map([...scope.variables, ...Object.entries(variables)]) };
}

function documentOf(source: Document): Expression {
  const fields = Object.entries(source).map(([name, value]) => [name, compileExpression(value)] as const);
  return (scope) => {
    const result: Document = {};
    for (const [name, expression] of fields) {
      const value = expression(scope);
      if (value !== undefined) setField(result, name, value);
    }
    return result;
  };
}

function reference(source: string): Expression {
  if (!source.startsWith("$$")) {
    const path = source.slice(1).split(".");
    if (path.includes("")) throw new CommandError("BadValue", `FieldPath must not be empty: '${source}'`);
    return ({ root }) => valueAtPath(root, path, 0);
  }
  const [name = "", ...path] = source.slice(2).split(".");
  switch (name) {
    case "ROOT":
    case "CURRENT":
      return ({ root }) => valueAtPath(root, path, 0);
    case "NOW":
      return () => new Date();
    case "REMOVE":
      return () => undefined;
  }
  if (/^[A-Z]/.test(name)) throw notSupported(`The variable $$${name}`);
  return ({ variables }) => {
    if (!variables.has(name)) throw new CommandError("BadValue", `Use of undefined variable: ${name}`);
    return valueAtPath(variables.get(name), path, 0);
  };
}

/** A path in an expression: an array on the way yields the array of what its documents have there. */
export function valueAtPath(value: unknown, path: readonly string[], depth: number): unknown {
  if (depth === path.length) return value;
  if (Array.isArray(value)) {
    return value
      .filter((element) => isDocument(element) || Array.isArray(element))
      .map((element) => valueAtPath(element, path, depth))
      .filter((element) => element !== undefined);
  }
  return isDocument(value) ? valueAtPath(field(value, path[depth] ?? ""), path, depth + 1) : undefined;
}

function letIn(operand: unknown): Expression {
  const { vars, in: body } = namedOperands("$let", operand, ["vars", "in"]);
  if (!isDocument(vars)) throw new CommandError("BadValue", "$let needs 'vars', an object");
  const variables = Object.entries(vars).map(([name, value]) => [name, compileExpression(value)] as const);
  const result = compileExpression(body);
  return (scope) => result(bind(scope, Object.fromEntries(variables.map(([name, value]) => [name, value(scope)]))));
}

/** The named arguments of an operator such as `$let`; one that the operator does not have is an error. */
export function namedOperands(name: string, operand: unknown, allowed: readonly string[]): Document {
  if (!isDocument(operand)) throw new CommandError("FailedToParse", `${name} only supports an object as its argument`);
  const unknown = Object.keys(operand).find((key) => !allowed.includes(key));
  if (unknown) throw new CommandError("FailedToParse", `${name} found an unknown or unsupported argument: ${unknown}`);
  return operand;
}

/** The positional arguments of an operator; a single one may come without an array around it. */
export function positionalOperands(name: string, operand: unknown, least: number, most = least): Expression[] {
  const operands = Array.isArray(operand) ? operand : [operand];
  if (operands.length < least || operands.length > most) {
    throw new CommandError("FailedToParse", `Expression ${name} does not take ${operands.length} arguments`);
  }
  return operands.map(compileExpression);
}

/** An operator that is a function of its evaluated arguments. */
export function fixedArity(
  least: number,
  evaluate: (values: unknown[], name: string) => unknown,
  most = least,
): ExpressionOperator {
  return (operand, name) => {
    const operands = positionalOperands(name, operand, least, most);
    return (scope) =>
      evaluate(
        operands.map((expression) => expression(scope)),
        name,
      );
  };
}

/** The same, null when one of the arguments is null or missing. */
export function nullPropagating(
  least: number,
  evaluate: (values: unknown[], name: string) => unknown,
  most = least,
): ExpressionOperator {
  return fixedArity(
    least,
    (values, name) => (values.some((value) => value === null || value === undefined) ? null : evaluate(values, name)),
    most,
  );
}
