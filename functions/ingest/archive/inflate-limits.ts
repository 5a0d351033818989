import { maxUploadBytes } from "../../../contract/index.ts";
import { DataError } from "../data-error.ts";

/** What is unpacked to disk may be as large as an upload. */
export const maxFileBytes = maxUploadBytes;
/** The XML of a sheet is never written anywhere: it may be what a full sheet of a million rows has. */
export const maxPartBytes = 8_000_000_000;
/**
 * Repetitive spreadsheets shrink to a fiftieth, the tightest that was seen in practice to a hundredth; the format's own
 * limit, which only bombs come near, is 1:1032.
 */
const maxRatio = 250;
/** So much may come out of however little. */
const harmlessBytes = 64 * 1024 ** 2;

/** Throws `DataError` when what comes out of a compressed stream has outgrown `maxBytes` or what a table could be. */
export function refuseBomb(packedBytes: number, unpackedBytes: number, maxBytes: number): void {
  if (unpackedBytes > maxBytes) {
    throw new DataError(
      "unpacks-too-large",
      `The file unpacks to more than ${maxBytes / 1e9} GB. Split the table and upload the parts.`,
    );
  }
  if (unpackedBytes > harmlessBytes && unpackedBytes > packedBytes * maxRatio) {
    throw new DataError(
      "suspicious-compression",
      "The file is compressed far beyond what a table can be, as in an attack. Save it again from the program it comes from.",
    );
  }
}
