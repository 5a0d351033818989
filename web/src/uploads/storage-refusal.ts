/** Why the storage refused an upload, in plain words, from its status and its XML answer. */
export function storageRefusal(status: number, xml: string): string {
  const code = /<Code>([^<]*)<\/Code>/.exec(xml)?.[1];
  const message = /<Message>([^<]*)<\/Message>/.exec(xml)?.[1];
  if (code === "EntityTooLarge") return "The file is larger than announced. Choose it again.";
  if (code === "EntityTooSmall") return "The file is smaller than announced: it may have changed. Choose it again.";
  if (code === "AccessDenied" && /expired/i.test(message ?? "")) return "The upload took too long to begin. Try again.";
  if (message) return `The storage refused the file: ${message}`;
  return status >= 500 ? "The storage has a problem right now." : `The storage refused the file (HTTP ${status}).`;
}
