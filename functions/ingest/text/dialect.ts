/** How a delimited text is written. */
export interface Dialect {
  /** One or more characters; empty where each line is one cell. */
  delimiter: string;
  /** Empty for none. */
  quote: string;
  /** What stands before a quote inside a quoted cell: the quote itself, or a backslash. */
  escape: string;
  /** A carriage return alone ends a line. */
  carriageReturns: boolean;
  /** What a line begins with that is a comment; empty for none. */
  comment: string;
  /** Comments also stand at the end of rows. */
  trailingComments: boolean;
}

/** A row as it stands in the text. */
export interface TextRow {
  cells: string[];
  /** Offset in the text after the row's line end. */
  end: number;
  /** What is wrong with its quotes, if anything. */
  fault?: "unclosed-quote" | "too-long";
}
