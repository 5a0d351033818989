import { StartError } from "../start-error.ts";

/** The template, or the cloud assembly around it, declares something that cannot be played here. */
export class TemplateError extends StartError {
  override name = "TemplateError";

  /** `subject` is the logical id of the resource, or the file, that is at fault. */
  constructor(subject: string, problem: string, options?: ErrorOptions) {
    super(`${subject}: ${problem}`, options);
  }
}
