import { z } from "zod";
import type { Template } from "./cloud-assembly.ts";
import { TemplateError } from "./template-error.ts";

export interface References {
  template: Template;
  /** `AWS::Region` and the like. */
  pseudoParameters: Record<string, string>;
  /** What `Ref` of a resource gives. */
  physicalId(logicalId: string): string;
  /** What `Fn::GetAtt` gives. */
  attribute(logicalId: string, name: string): string;
}

export interface Resolver {
  /** Replaces every intrinsic function in a value by its result. `subject` names the place in errors. */
  resolve(value: unknown, subject: string): unknown;
  /** Whether the named condition holds. */
  condition(name: string, subject: string): boolean;
}

const noValue = Symbol("AWS::NoValue");
const record = z.record(z.string(), z.unknown());
const strings = z.array(z.string());
const ssmParameter = /^AWS::SSM::Parameter::/;

/**
 * Evaluates CloudFormation's intrinsic functions
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html)
 * against this machine's names.
 */
export function createResolver({ template, pseudoParameters, physicalId, attribute }: References): Resolver {
  const resolve = (value: unknown, subject: string): unknown => {
    const resolved = evaluate(value, subject);
    return resolved === noValue ? undefined : resolved;
  };

  function evaluate(value: unknown, subject: string): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => evaluate(item, subject)).filter((item) => item !== noValue);
    }
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (entries.length === 1 && only !== undefined && (only[0] === "Ref" || only[0].startsWith("Fn::"))) {
      return call(only[0], only[1], subject);
    }
    return Object.fromEntries(
      entries
        .map(([key, item]): [string, unknown] => [key, evaluate(item, subject)])
        .filter(([, item]) => item !== noValue),
    );
  }

  function call(name: string, argument: unknown, subject: string): unknown {
    const read = <T>(schema: z.ZodType<T>, input: unknown): T => {
      const parsed = schema.safeParse(input);
      if (parsed.success) return parsed.data;
      throw new TemplateError(subject, `malformed ${name} ${JSON.stringify(argument)}`, { cause: parsed.error });
    };
    const resolved = <T>(schema: z.ZodType<T>) => read(schema, evaluate(argument, subject));

    switch (name) {
      case "Ref":
        return reference(read(z.string(), argument), subject);
      case "Fn::GetAtt": {
        const [logicalId, ...path] = typeof argument === "string" ? argument.split(".") : resolved(strings);
        return attributeOf(logicalId ?? "", path.join("."), subject);
      }
      case "Fn::Join": {
        const [separator, parts] = resolved(z.tuple([z.string(), z.array(z.union([z.string(), z.number()]))]));
        return parts.join(separator);
      }
      case "Fn::Sub": {
        const [text, variables] = Array.isArray(argument)
          ? read(z.tuple([z.string(), record]), argument)
          : [read(z.string(), argument), {}];
        return substitute(text, variables, subject);
      }
      case "Fn::Select": {
        const [index, items] = resolved(z.tuple([z.coerce.number(), z.array(z.unknown())]));
        if (!(index in items)) throw new TemplateError(subject, `Fn::Select finds no item ${index}`);
        return items[index];
      }
      case "Fn::Split": {
        const [separator, text] = resolved(z.tuple([z.string(), z.string()]));
        return text.split(separator);
      }
      case "Fn::FindInMap": {
        const [map, first, second] = resolved(z.tuple([z.string(), z.string(), z.string()]));
        const found = record.safeParse(record.safeParse(template.Mappings[map]).data?.[first]).data?.[second];
        if (found === undefined) throw new TemplateError(subject, `no ${map}.${first}.${second} among the mappings`);
        return found;
      }
      case "Fn::Base64":
        return Buffer.from(resolved(z.string())).toString("base64");
      case "Fn::If": {
        const [conditionName, then, otherwise] = read(z.tuple([z.string(), z.unknown(), z.unknown()]), argument);
        return evaluate(condition(conditionName, subject) ? then : otherwise, subject);
      }
      default:
        throw new TemplateError(subject, `${name} is not supported`);
    }
  }

  function reference(name: string, subject: string): unknown {
    if (name === "AWS::NoValue") return noValue;
    const pseudo = pseudoParameters[name];
    if (pseudo !== undefined) return pseudo;
    const parameter = template.Parameters[name];
    if (parameter !== undefined) {
      if (parameter.Default === undefined) throw new TemplateError(subject, `parameter ${name} has no default`);
      // The default is then a parameter's name, not its value.
      if (ssmParameter.test(parameter.Type)) {
        throw new TemplateError(subject, `parameter ${name} is read from AWS Systems Manager while deploying`);
      }
      return parameter.Default;
    }
    requireResource(name, subject);
    return physicalId(name);
  }

  function attributeOf(logicalId: string, name: string, subject: string): string {
    requireResource(logicalId, subject);
    return attribute(logicalId, name);
  }

  function requireResource(logicalId: string, subject: string): void {
    const resource = template.Resources[logicalId];
    if (resource === undefined) {
      throw new TemplateError(subject, `refers to ${logicalId}, which the template does not declare`);
    }
    if (resource.Condition !== undefined && !condition(resource.Condition, logicalId)) {
      throw new TemplateError(subject, `refers to ${logicalId}, whose condition ${resource.Condition} does not hold`);
    }
  }

  function substitute(text: string, variables: Record<string, unknown>, subject: string): string {
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal !== "") return `\${${name}}`;
      if (name in variables) return String(evaluate(variables[name], subject));
      const [logicalId, ...path] = name.trim().split(".");
      if (logicalId !== undefined && path.length > 0) return attributeOf(logicalId, path.join("."), subject);
      return String(reference(name.trim(), subject));
    });
  }

  function condition(name: string, subject: string): boolean {
    const definition = template.Conditions[name];
    if (definition === undefined) throw new TemplateError(subject, `there is no condition ${name}`);
    return holds(definition, name);
  }

  function holds(definition: unknown, subject: string): boolean {
    const [entry] = Object.entries(record.parse(definition));
    if (entry === undefined) throw new TemplateError(subject, "is an empty condition");
    const [name, argument] = entry;
    switch (name) {
      case "Condition":
        return condition(z.string().parse(argument), subject);
      case "Fn::Equals": {
        const [left, right] = z.tuple([z.unknown(), z.unknown()]).parse(resolve(argument, subject));
        return JSON.stringify(left) === JSON.stringify(right);
      }
      case "Fn::Not":
        return !holds(z.tuple([z.unknown()]).parse(argument)[0], subject);
      case "Fn::And":
        return z
          .array(z.unknown())
          .parse(argument)
          .every((part) => holds(part, subject));
      case "Fn::Or":
        return z
          .array(z.unknown())
          .parse(argument)
          .some((part) => holds(part, subject));
      default:
        throw new TemplateError(subject, `${name} is not supported in a condition`);
    }
  }

  return { resolve, condition };
}
