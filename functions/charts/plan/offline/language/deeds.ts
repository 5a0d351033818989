/** By what somebody who does something does most of it: the words that such columns have in their names. */
const measured: [deed: RegExp, scale: string[]][] = [
  [
    /^(drives?|drove|driven|driving|travel(s|l?ed|l?ing)?|rides?|rode|ridden|riding|cycle[sd]?|cycling|walk(s|ed|ing)?|runs?|ran|running|fly|flies|flew|flown|flying|sail(s|ed|ing)?|haul(s|ed|ing)?)$/i,
    ["distance", "km", "kms", "miles", "mileage", "kilometres", "kilometers", "mi"],
  ],
  [/^(work(s|ed|ing)?)$/i, ["hours", "hrs", "labour", "labor", "shifts"]],
  [/^(wait(s|ed|ing)?)$/i, ["wait", "waiting", "queue", "delay"]],
  [/^(stay(s|ed|ing)?)$/i, ["nights", "stay", "duration"]],
  [/^(weigh(s|ed|ing)?)$/i, ["weight", "mass", "kg"]],
  [/^(scores?|scored|scoring)$/i, ["goals", "points", "score", "runs"]],
  [
    /^(produces?|produced|producing|harvest(s|ed|ing)?)$/i,
    ["output", "production", "produced", "yield", "units", "pieces"],
  ],
  [/^(delivers?|delivered|delivering|ships?|shipped)$/i, ["parcels", "packages", "deliveries", "drops", "stops"]],
  [
    /^(uses?|used|using|consumes?|consumed|burns?|burnt|burned|burning)$/i,
    ["usage", "consumption", "kwh", "fuel", "litres", "liters", "energy"],
  ],
];

/** Words in the names of columns that tell how much of a deed there was. Null: no deed of which there is much or little. */
export function scaleOfDeed(word: string): string[] | null {
  return measured.find(([deed]) => deed.test(word))?.[1] ?? null;
}

const dealing =
  /^(buys?|bought|buying|orders?|ordered|ordering|purchase[sd]?|purchasing|sells?|sold|selling|spends?|spent|spending|brings?|brought|makes?|made|making|earns?|earned|earning|generates?|generated|takes?|took|taking|pays?|paid|paying|donate[sd]?|gives?|gave|contribute[sd]?)$/i;

/** Whether a deed is one by which money or goods change hands. */
export const isDeal = (word: string) => dealing.test(word);
