import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import busboy from "busboy";
import { S3Error } from "./error.ts";

/** S3's limit for everything before the file. */
const MAX_FIELD_BYTES = 20 * 1024;

/** A browser's form up to its file, which has yet to be read. */
export interface PostForm {
  /** Lower-case names, in the order of the form; fields after the file do not count. */
  fields: Map<string, string>;
  fileName: string;
  /** Throws at its end if the form breaks off or holds a second file. */
  file: AsyncIterable<Buffer>;
}

/**
 * Reads a `multipart/form-data` body as far as the file named `file`, which must be last. Throws `MalformedPOSTRequest`,
 * `MaxPostPreDataLengthExceeded`, or `InvalidArgument` when there is no file. A caller that stops early must call
 * {@link abandonForm} to leave the connection in a state in which it can be answered.
 */
export function readPostForm(http: IncomingMessage): Promise<PostForm> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>();
    let fieldBytes = 0;
    let files = 0;
    let parser: busboy.Busboy;
    try {
      parser = busboy({
        headers: http.headers,
        fileHwm: 256 * 1024,
        defParamCharset: "utf8",
        limits: { fieldNameSize: 1024, fieldSize: MAX_FIELD_BYTES },
      });
    } catch (cause) {
      reject(malformed(cause));
      return;
    }
    const finished = new Promise<void>((finish, fail) => {
      parser.once("close", finish);
      parser.once("error", (cause) => fail(malformed(cause)));
    });
    finished.then(() => reject(noFile()), reject);
    http.once("error", (error) => parser.destroy(error));
    http.once("aborted", () => parser.destroy());

    parser.on("field", (name, value, info) => {
      if (files > 0) return;
      fieldBytes += Buffer.byteLength(name) + Buffer.byteLength(value);
      if (fieldBytes > MAX_FIELD_BYTES || info.valueTruncated || info.nameTruncated) {
        reject(
          new S3Error(
            "MaxPostPreDataLengthExceeded",
            "Your POST request fields preceding the upload file were too large.",
            { MaxPostPreDataLengthBytes: String(MAX_FIELD_BYTES) },
          ),
        );
        return;
      }
      fields.set(name.toLowerCase(), value);
    });
    parser.on("file", (name, stream, info) => {
      files += 1;
      if (name.toLowerCase() !== "file" || files > 1) {
        stream.resume();
        reject(noFile());
        return;
      }
      // The form may break off before anybody reads; whoever reads then is told.
      stream.on("error", () => undefined);
      const file = readFile(stream, finished, () => files);
      resolve({ fields, fileName: info.filename ?? "", file });
    });
    http.pipe(parser);
  });
}

/** Stops parsing; what is still to come is left for whoever reads the request next. */
export function abandonForm(http: IncomingMessage): void {
  http.unpipe();
}

async function* readFile(stream: Readable, finished: Promise<void>, files: () => number): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream) yield chunk;
  } catch (cause) {
    throw malformed(cause);
  }
  await finished;
  if (files() !== 1) throw noFile();
}

function malformed(cause: unknown): S3Error {
  return new S3Error(
    "MalformedPOSTRequest",
    "The body of your POST request is not well-formed multipart/form-data.",
    {},
    { cause },
  );
}

function noFile(): S3Error {
  return new S3Error("InvalidArgument", "POST requires exactly one file upload per request.", { ArgumentName: "file" });
}
