/**
 * Column names from header cells: trimmed and on one line, an empty one named by its position (`column3`), a repeated one
 * numbered (`amount`, `amount_2`). Unique without regard to case, as SQL sees names.
 */
export function uniqueNames(header: readonly (string | null)[]): string[] {
  const given = header.map((cell) => (cell ?? "").replace(/\s+/g, " ").trim().slice(0, 200));
  const taken = new Set<string>();
  const reserved = new Set(given.map((name) => name.toLowerCase()));
  return given.map((name, index) => {
    const base = name === "" ? `column${index + 1}` : name;
    let unique = base;
    for (
      let count = 2;
      taken.has(unique.toLowerCase()) || (unique !== name && reserved.has(unique.toLowerCase()));
      count += 1
    ) {
      unique = `${base}_${count}`;
    }
    taken.add(unique.toLowerCase());
    return unique;
  });
}
