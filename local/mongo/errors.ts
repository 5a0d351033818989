/** MongoDB's own error codes, by code name (src/mongo/base/error_codes.yml); drivers branch on these numbers. */
const CODES = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  InvalidIdField: 53,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CannotIndexParallelArrays: 171,
  NotImplemented: 238,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  UnrecognizedExpression: 168,
  InvalidPipelineOperator: 168,
  UnrecognizedStage: 40324,
  MissingField: 40414,
  UnknownField: 40415,
  ChangeStreamNeedsReplicaSet: 40573,
} as const;

export type CodeName = keyof typeof CODES;

/** What a command answers when it fails: `{ok: 0, code, codeName, errmsg, ...details}`. */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly details: Record<string, unknown>;

  constructor(
    codeName: CodeName,
    message: string,
    options: { details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "CommandError";
    this.code = CODES[codeName];
    // Codes without a name of their own are called Location<number> by the server.
    this.codeName = this.code > 16000 ? `Location${this.code}` : codeName;
    this.details = options.details ?? {};
  }
}

/** The error for something that MongoDB can do and this server can't. Names it, and says what to do instead. */
export function notSupported(what: string): CommandError {
  return new CommandError(
    "NotImplemented",
    `${what} is not supported by the embedded database; set MONGODB_URI to use a MongoDB server`,
  );
}

/** Why the database file could not be opened; `message` is one line that says what to do. */
export class MongoStorageError extends Error {
  readonly reason: "locked" | "corrupt" | "newer" | "unusable";

  constructor(reason: MongoStorageError["reason"], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "MongoStorageError";
    this.reason = reason;
  }
}
