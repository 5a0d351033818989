const displayed = new Intl.DisplayNames("en", { type: "region" });

/** Lower-case names of countries, each with one canonical name; from the region codes of Unicode CLDR. */
const names = new Map([
  ["us", "united states"],
  ["usa", "united states"],
  ["america", "united states"],
  ["american", "united states"],
  ["uk", "united kingdom"],
  ["britain", "united kingdom"],
]);
for (let first = 65; first <= 90; first++)
  for (let second = 65; second <= 90; second++) {
    const code = String.fromCharCode(first, second);
    const name = displayed.of(code);
    if (name && name !== code) names.set(name.toLowerCase(), name.toLowerCase());
  }
const continents = new Set(["europe", "asia", "africa", "north america", "south america", "oceania"]);

/** The one name for a country that has several ("USA", "United States"), in lower case; null for anything else. */
export function countryName(text: string): string | null {
  return names.get(text.toLowerCase()) ?? null;
}

/** Whether a text is the name of a country or a continent. */
export function isCountry(text: string): boolean {
  return countryName(text) !== null || continents.has(text.toLowerCase());
}
