/** Kinds of result columns, told by DuckDB's type names. */

export function isNumeric({ type }: { type: string }): boolean {
  return /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|BIGNUM|FLOAT|DOUBLE|DECIMAL)/.test(type);
}

export function isTemporal({ type }: { type: string }): boolean {
  return /^(DATE|TIMESTAMP)/.test(type);
}
