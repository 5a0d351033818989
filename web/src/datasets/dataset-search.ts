import type { Dataset } from "../../../contract/index.ts";

/** Whether every word of a search stands in a dataset's name or its file's, whatever the case and the accents. */
export function matchesSearch({ name, fileName }: Pick<Dataset, "name" | "fileName">, search: string): boolean {
  const text = plain(`${name} ${fileName}`);
  return plain(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
