import { expressionOf } from "./sql-columns.ts";

/**
 * Whether the values of a result column may be added up to something that means the same: sums and counts may, means,
 * medians, extremes and ratios may not. Told by the expression that the SELECT names so, else by the column's name.
 */
export function isAdditive(column: string, sql: string): boolean {
  if (
    /\b(avg|average|mean|median|rate|ratio|share|percent|pct|per|price|score|rating|age|index|cumulative|running)\b|%/i.test(
      words(column),
    )
  ) {
    return false;
  }
  const expression = expressionOf(column, sql);
  if (expression === undefined)
    return /\b(sum|total|count|number of|amount|revenue|sales|quantity)\b/i.test(words(column));
  const bare = expression.replace(/^\s*(round|coalesce|cast|try_cast)\s*\(/i, "").trim();
  return /^(sum|count|count_if|countif)\s*\(/i.test(bare) && !/\/|\bover\s*\(|\bdistinct\b/i.test(bare);
}

/**
 * Whether sums of different moments may be added up, too. Levels may not: the people out of work in May and in June are no
 * total. Kimball and Ross, The Data Warehouse Toolkit (3rd ed.), ch. 3, call these semi-additive.
 */
export function addsOverTime(measure: string): boolean {
  return !/\b(balances?|capacity|customers|debts?|employees|employed|employment|headcount|households|inhabitants|inventory|members|open|outstanding|population|residents|staff|stocks?|subscribers|unemployed|unemployment|users|workforce)\b/i.test(
    words(measure),
  );
}

/**
 * Whether "twice as much" means something. On a scale whose zero is a convention it does not: 20 °C is not twice 10 °C.
 * Stevens, On the Theory of Scales of Measurement, Science 103 (1946).
 */
export function hasTrueZero(measure: string): boolean {
  return !/\b(temps?|temperatures?|celsius|fahrenheit|latitude|longitude|lat|lon|lng)\b|°/i.test(words(measure));
}

function words(column: string): string {
  return column.replace(/_/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2");
}
