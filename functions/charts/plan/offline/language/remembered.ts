/**
 * A pure function of a text that keeps its answers: names and values of a table come again with each question. When it
 * has kept `limit` of them, it starts afresh.
 */
export function remembered<Result>(answer: (text: string) => Result, limit = 20_000): (text: string) => Result {
  const kept = new Map<string, Result>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const result = answer(text);
    if (kept.size >= limit) kept.clear();
    kept.set(text, result);
    return result;
  };
}
