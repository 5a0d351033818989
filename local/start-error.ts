/** Why the runner cannot start, in one line that says what to do; printed without a stack, and the exit code is 1. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StartError";
  }
}
