import { DataError } from "../data-error.ts";

/** No single file or part may unpack to more. It is also the most that is ever written to disk for one upload. */
export const maxUnpackedBytes = 4 * 1024 ** 3;
/**
 * Repetitive spreadsheets shrink to a fiftieth, the tightest that was seen in practice to a hundredth; the format's own
 * limit, which only bombs come near, is 1:1032.
 */
const maxRatio = 250;
/** So much may come out of however little. */
const harmlessBytes = 64 * 1024 ** 2;

/** Throws `DataError` when what comes out of a compressed stream has outgrown what a table could be. */
export function refuseBomb(packedBytes: number, unpackedBytes: number): void {
  if (unpackedBytes > maxUnpackedBytes) {
    throw new DataError(
      "unpacks-too-large",
      `The file unpacks to more than ${maxUnpackedBytes / 1024 ** 3} GB. Split the table and upload the parts.`,
    );
  }
  if (unpackedBytes > harmlessBytes && unpackedBytes > packedBytes * maxRatio) {
    throw new DataError(
      "suspicious-compression",
      "The file is compressed far beyond what a table can be, as in an attack. Save it again from the program it comes from.",
    );
  }
}
