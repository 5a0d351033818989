const displayed = new Intl.DisplayNames("en", { type: "region" });

/** Lower-case names of countries, each with one canonical name; from the region codes of Unicode CLDR. */
const names = new Map([
  ["us", "united states"],
  ["usa", "united states"],
  ["america", "united states"],
  ["american", "united states"],
  ["uk", "united kingdom"],
  ["britain", "united kingdom"],
  ["england", "united kingdom"],
  ["holland", "netherlands"],
]);
const codes = new Map<string, string>();
for (let first = 65; first <= 90; first++)
  for (let second = 65; second <= 90; second++) {
    const code = String.fromCharCode(first, second);
    const name = displayed.of(code);
    if (name && name !== code) {
      names.set(name.toLowerCase(), name.toLowerCase());
      codes.set(code, name.toLowerCase());
    }
  }
codes.set("UK", "united kingdom");

/** What the people and things of a country are called, each with its name. */
const peoples = new Map<string, string>();
for (const pair of `american united states|british united kingdom|english united kingdom|german germany|french france|spanish spain|
  italian italy|dutch netherlands|belgian belgium|swiss switzerland|austrian austria|polish poland|czech czechia|danish denmark|
  swedish sweden|norwegian norway|finnish finland|irish ireland|portuguese portugal|greek greece|turkish türkiye|
  hungarian hungary|romanian romania|ukrainian ukraine|russian russia|chinese china|japanese japan|korean south korea|
  indian india|pakistani pakistan|indonesian indonesia|vietnamese vietnam|thai thailand|filipino philippines|
  australian australia|canadian canada|mexican mexico|brazilian brazil|argentinian argentina|chilean chile|
  colombian colombia|peruvian peru|egyptian egypt|moroccan morocco|nigerian nigeria|kenyan kenya|israeli israel|
  saudi saudi arabia`.split(/\|\s*/)) {
  const [people = "", ...name] = pair.split(" ");
  peoples.set(people, name.join(" "));
  peoples.set(`${people}s`, name.join(" "));
}
const continents = new Set(["europe", "asia", "africa", "north america", "south america", "oceania"]);

/** The one name for a country that has several ("USA", "United States"), in lower case; null for anything else. */
export function countryName(text: string): string | null {
  return names.get(text.toLowerCase()) ?? null;
}

/** The country that a word of a question speaks of: its name, or that of its people ("Germans"). */
export function countryAsked(text: string): string | null {
  return countryName(text) ?? peoples.get(text.toLowerCase()) ?? null;
}

/** The country that a code of two letters stands for: "DE" for Germany. */
export function countryOfCode(code: string): string | null {
  return codes.get(code) ?? null;
}

/** Whether a text is the name of a country or a continent. */
export function isCountry(text: string): boolean {
  return countryName(text) !== null || continents.has(text.toLowerCase());
}
