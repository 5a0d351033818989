import type { ChartType } from "../../../../contract/index.ts";
import type { Aggregate, Comparison, Grain } from "./query.ts";

/** What a word or phrase of the question asks to be done; columns and values are linked elsewhere. */
export type Operator =
  | { op: "aggregate"; aggregate: Aggregate }
  /** "how many", "number of": counts what follows. */
  | { op: "count" }
  | { op: "distinct" }
  /** What follows is a dimension. */
  | { op: "group" }
  /** What follows splits the chart into series. */
  | { op: "series" }
  | { op: "axis"; axis: "x" | "y" }
  | { op: "versus" }
  | { op: "sort" }
  | { op: "direction"; direction: "asc" | "desc" }
  | { op: "alphabetical" }
  /** `about` are words for the scale, if the phrase names it: "older than". `after`: it follows its number ("or more"). */
  | { op: "compare"; comparison: Comparison; time: boolean; about: string[]; after: boolean }
  | { op: "between" }
  | { op: "upto" }
  /** "highest", "oldest": the end of a scale; `about` are words for the scale itself, if the word names it. */
  | { op: "superlative"; end: "max" | "min"; about: string[] }
  | { op: "top"; end: "max" | "min" }
  | { op: "chart"; chart: ChartType }
  | { op: "grain"; grain: Grain }
  | { op: "trend" }
  | { op: "relation" }
  | { op: "distribution" }
  | { op: "share" }
  | { op: "not" }
  | { op: "or" }
  | { op: "and" }
  | { op: "text"; match: "contains" | "starts" | "ends" }
  | { op: "missing"; negated: boolean }
  | { op: "which" }
  | { op: "list" }
  | { op: "since" }
  | { op: "in" };

const phrases = new Map<string, Operator>();

function say(operator: Operator, ...wordings: string[]): void {
  for (const wording of wordings) phrases.set(wording, operator);
}

function superlative(end: "max" | "min", about: string[], ...wordings: string[]): void {
  say({ op: "superlative", end, about }, ...wordings);
}

say({ op: "aggregate", aggregate: "avg" }, "average", "averages", "averaged", "avg", "mean", "on average", "averag");
say({ op: "aggregate", aggregate: "sum" }, "total", "totals", "sum", "sum of", "summed", "overall", "altogether");
say({ op: "aggregate", aggregate: "median" }, "median");
say({ op: "aggregate", aggregate: "min" }, "minimum", "min", "minimal");
say({ op: "aggregate", aggregate: "max" }, "maximum", "max", "maximal");
say(
  { op: "count" },
  "how many",
  "number of",
  "count",
  "counts",
  "count of",
  "counts of",
  "total number",
  "number",
  "numbers of",
);
say({ op: "count" }, "total number of", "total count", "total count of", "frequency", "frequencies", "amount of");
say(
  { op: "count" },
  "rowcount",
  "row count",
  "record count",
  "how often",
  "how many times",
  "number of times",
  "numbers",
  "count the number of",
  "counting",
  "count up",
);
say({ op: "distinct" }, "distinct", "unique");

say(
  { op: "group" },
  "by",
  "per",
  "each",
  "every",
  "for each",
  "for every",
  "in each",
  "of each",
  "from each",
  "at each",
  "with each",
);
say(
  { op: "group" },
  "across",
  "among",
  "grouped by",
  "group by",
  "grouping by",
  "broken down by",
  "by each",
  "on each",
  "across all",
);
say(
  { op: "group" },
  "for different",
  "from different",
  "by different",
  "across different",
  "for all the different",
  "based on",
);
say(
  { op: "group" },
  "depending on",
  "according to",
  "within each",
  "over",
  "for the different",
  "all the different",
  "against each",
);
say(
  { op: "group" },
  "each of",
  "for each of",
  "group by attribute",
  "aggregated by",
  "categorized by",
  "in every",
  "from every",
  "into",
);
say(
  { op: "group" },
  "of every",
  "with different",
  "of different",
  "in different",
  "different",
  "per each",
  "among different",
  "various",
);
say(
  { op: "series" },
  "split by",
  "colored by",
  "coloured by",
  "color by",
  "colour by",
  "stacked by",
  "facet by",
  "faceted by",
  "coloring by",
);
say(
  { op: "series" },
  "separated by",
  "partitioned by",
  "broken out by",
  "small multiples by",
  "colouring by",
  "and color by",
  "split on",
);
say(
  { op: "axis", axis: "x" },
  "x axis",
  "x - axis",
  "on x axis",
  "on x - axis",
  "on the x - axis",
  "on the x axis",
  "x",
);
say(
  { op: "axis", axis: "y" },
  "y axis",
  "y - axis",
  "on y axis",
  "on y - axis",
  "on the y - axis",
  "on the y axis",
  "y",
);
say(
  { op: "versus" },
  "vs",
  "versus",
  "v/s",
  "v / s",
  "against",
  "compared to",
  "compared with",
  "relative to",
  "as a function of",
);

say(
  { op: "sort" },
  "sort",
  "sorted",
  "order",
  "ordered",
  "sorting",
  "ordering",
  "arrange",
  "arranged",
  "rank",
  "ranked",
  "ranking",
);
say(
  { op: "direction", direction: "asc" },
  "ascending",
  "asc",
  "ascending order",
  "asc order",
  "in ascending order",
  "low to high",
);
say(
  { op: "direction", direction: "asc" },
  "increasing",
  "increasing order",
  "from low to high",
  "smallest first",
  "lowest first",
);
say(
  { op: "direction", direction: "asc" },
  "lowest to highest",
  "smallest to largest",
  "oldest first",
  "from low to high order",
  "least to most",
);
say(
  { op: "direction", direction: "desc" },
  "descending",
  "desc",
  "descending order",
  "desc order",
  "in descending order",
  "high to low",
);
say(
  { op: "direction", direction: "desc" },
  "decreasing",
  "decreasing order",
  "from high to low",
  "largest first",
  "highest first",
);
say(
  { op: "direction", direction: "desc" },
  "highest to lowest",
  "largest to smallest",
  "newest first",
  "from high to low order",
  "most to least",
);
say(
  { op: "direction", direction: "desc" },
  "biggest first",
  "from old to young",
  "most recent first",
  "reversed",
  "reverse order",
);
say({ op: "direction", direction: "asc" }, "from young to old");
say(
  { op: "alphabetical" },
  "alphabetical",
  "alphabetically",
  "alphabetical order",
  "lexicographical order",
  "lexicographically",
);
say(
  { op: "direction", direction: "desc" },
  "reverse alphabetical order",
  "reversed lexicographical order",
  "reverse alphabetical",
);

function compare(comparison: Comparison, ...wordings: string[]): void {
  for (const wording of wordings)
    say({ op: "compare", comparison, time: false, about: [], after: /^(or|and) /.test(wording) }, wording);
}
function compareOf(comparison: Comparison, about: string[], ...wordings: string[]): void {
  say({ op: "compare", comparison, time: false, about, after: false }, ...wordings);
}
compare(
  ">",
  ">",
  "more than",
  "greater than",
  "over",
  "above",
  "higher than",
  "larger than",
  "bigger than",
  "exceeding",
  "exceeds",
);
compare(">", "better than", "in excess of", "later than", "exceed");
compare(
  "<",
  "<",
  "less than",
  "fewer than",
  "under",
  "below",
  "lower than",
  "smaller than",
  "worse than",
  "earlier than",
);
compareOf(">", ["age"], "older than");
compareOf("<", ["age"], "younger than");
compareOf(">", ["length", "duration", "time"], "longer than");
compareOf("<", ["length", "duration", "time", "height"], "shorter than");
compareOf(">", ["height"], "taller than");
compareOf(">", ["weight", "mass"], "heavier than");
compareOf("<", ["weight", "mass"], "lighter than");
compareOf("<", ["price", "cost"], "cheaper than");
compareOf(">", ["price", "cost"], "more expensive than");
compare(
  ">=",
  ">=",
  "at least",
  "no less than",
  "not less than",
  "no fewer than",
  "not lower than",
  "or more",
  "minimum of",
  "or above",
);
compare(">=", "and above", "and over", "or higher", "or over", "and more", "and up");
compare(
  "<=",
  "<=",
  "at most",
  "no more than",
  "not more than",
  "not higher than",
  "up to",
  "or less",
  "maximum of",
  "or below",
  "or fewer",
);
compare("<=", "not greater than", "not over", "and below", "or under", "and under");
compare("=", "=", "equals", "equal to", "exactly", "is equal to");
compare("!=", "!=", "<>", "not equal to", "different from", "other than");
say({ op: "compare", comparison: "<", time: true, about: [], after: false }, "before", "prior to", "until", "till");
say({ op: "compare", comparison: ">", time: true, about: [], after: false }, "after");
say({ op: "since" }, "since", "from", "starting in", "starting from", "beginning in");
say({ op: "between" }, "between");
say({ op: "upto" }, "to", "-", "through");
say({ op: "in" }, "in", "during", "for", "on", "of", "within");

superlative(
  "max",
  [],
  "highest",
  "most",
  "largest",
  "biggest",
  "greatest",
  "maximum",
  "max",
  "top",
  "best",
  "the most",
);
superlative("min", [], "lowest", "least", "smallest", "fewest", "minimum", "min", "worst");
superlative("max", ["price", "cost", "fee"], "most expensive", "priciest", "costliest");
superlative("min", ["price", "cost", "fee"], "cheapest", "least expensive");
superlative("max", ["age"], "oldest");
superlative("min", ["age"], "youngest");
superlative("max", ["height"], "tallest", "highest");
superlative("max", ["weight", "mass"], "heaviest");
superlative("min", ["weight", "mass"], "lightest");
superlative("max", ["length", "duration", "runtime", "time"], "longest");
superlative("min", ["length", "duration", "runtime", "time", "height"], "shortest");
superlative("max", ["speed"], "fastest", "quickest");
superlative("min", ["speed"], "slowest");
superlative("max", ["date", "year", "time"], "latest", "newest", "most recent", "last");
superlative("min", ["date", "year", "time"], "earliest", "first");
superlative("max", ["population"], "most populous");
superlative("max", ["popularity", "rating", "votes"], "most popular");
superlative("max", ["count"], "most common", "most frequent", "commonest");
superlative("min", ["count"], "least common", "least frequent", "rarest");
superlative("max", [], "highest");
say({ op: "top", end: "max" }, "top", "leading");
say({ op: "top", end: "min" }, "bottom");

const chart = (type: ChartType, ...wordings: string[]) => say({ op: "chart", chart: type }, ...wordings);
chart(
  "bar",
  "bar",
  "bars",
  "bar chart",
  "bar charts",
  "bar graph",
  "bar plot",
  "bargraph",
  "barchart",
  "column chart",
  "stacked bar chart",
);
chart(
  "bar",
  "stacked bar",
  "stacked bars",
  "grouped bar chart",
  "stacked bar graph",
  "bar diagram",
  "grouped bar",
  "multiple bar charts",
);
chart("line", "line", "line chart", "line graph", "line plot", "lines", "linechart", "multi line chart");
chart("area", "area chart", "area graph", "stacked area chart");
chart("pie", "pie", "pie chart", "pie graph", "piechart");
chart("doughnut", "doughnut", "donut", "doughnut chart", "donut chart", "ring chart");
chart(
  "scatter",
  "scatter",
  "scatter plot",
  "scatter plots",
  "scatterplot",
  "scatterplots",
  "scatter chart",
  "scatter graph",
  "xyplot",
);
chart(
  "scatter",
  "grouped scatter chart",
  "grouping scatter chart",
  "group scatter chart",
  "scatter diagram",
  "xy plot",
  "point chart",
);
chart("bubble", "bubble", "bubble chart", "bubble plot");
chart("histogram", "histogram", "histograms");
chart("table", "table", "as a table", "list of");

const grain = (step: Grain, ...wordings: string[]) => say({ op: "grain", grain: step }, ...wordings);
grain("year", "year", "years", "yearly", "annual", "annually", "year on year", "per annum");
grain("quarter", "quarter", "quarters", "quarterly");
grain("month", "month", "months", "monthly");
grain("week", "week", "weeks", "weekly");
grain("day", "day", "days", "daily");
grain("hour", "hour", "hours", "hourly");
grain(
  "weekday",
  "weekday",
  "weekdays",
  "day of week",
  "day of the week",
  "days of the week",
  "day of the day of the week",
);
grain("month-of-year", "month of year", "month of the year", "calendar month");
grain("hour-of-day", "hour of day", "hour of the day", "time of day");
say(
  { op: "trend" },
  "trend",
  "trends",
  "over time",
  "over the years",
  "across time",
  "through time",
  "trended",
  "timeline",
  "evolve",
);
say(
  { op: "trend" },
  "time series",
  "time series plot",
  "time series chart",
  "evolution",
  "evolved",
  "history",
  "development",
  "over the time",
  "with time",
);
say(
  { op: "relation" },
  "relation",
  "relationship",
  "correlation",
  "correlate",
  "correlated",
  "correlates",
  "relate",
  "relates",
);
say({ op: "distribution" }, "distribution", "breakdown", "distributed", "distributions", "spread", "break down");
say({ op: "share" }, "share", "proportion", "proportions", "percentage", "percentages", "shares", "fraction");
say(
  { op: "not" },
  "not",
  "except",
  "excluding",
  "without",
  "isn't",
  "aren't",
  "don't",
  "doesn't",
  "no",
  "exclude",
  "besides",
);
say({ op: "or" }, "or", "either");
say({ op: "and" }, "and", "as well as", "along with", "together with", "plus", "&");
say(
  { op: "text", match: "contains" },
  "contain",
  "contains",
  "containing",
  "contain the letter",
  "with the letter",
  "including",
);
say(
  { op: "text", match: "contains" },
  "contains the letter",
  "containing the letter",
  "includes",
  "has the letter",
  "contain the word",
);
say(
  { op: "text", match: "contains" },
  "containing the word",
  "contains the word",
  "with the word",
  "mentioning",
  "mention",
);
say(
  { op: "text", match: "starts" },
  "start with",
  "starts with",
  "starting with",
  "begin with",
  "begins with",
  "beginning with",
);
say(
  { op: "text", match: "starts" },
  "starts with the letter",
  "starting with the letter",
  "start with the letter",
  "begins with the letter",
);
say(
  { op: "text", match: "ends" },
  "end with",
  "ends with",
  "ending with",
  "ends in",
  "ending in",
  "end with the letter",
);
say({ op: "text", match: "ends" }, "ending with the letter", "ends with the letter", "is ending with the letter");
say({ op: "missing", negated: false }, "missing", "is null", "is empty", "are null", "is missing");
say({ op: "missing", negated: true }, "is not null", "are not null", "not missing", "is not empty");
say({ op: "which" }, "which", "who", "whose", "where", "what is the", "what 's the");
say({ op: "list" }, "list", "show all", "what are the", "what are");

const longest = Math.max(...[...phrases.keys()].map((phrase) => phrase.split(" ").length));

/** The longest phrase of the lexicon that begins at a word, with the number of tokens it takes. */
export function operatorAt(words: readonly string[], at: number): { operator: Operator; length: number } | null {
  for (let length = Math.min(longest, words.length - at); length > 0; length--) {
    const operator = phrases.get(words.slice(at, at + length).join(" "));
    if (operator) return { operator, length };
  }
  return null;
}

/** Words that carry no meaning of their own in a question about a table. */
export const stopWords = new Set(
  `a an the of in on at to for from with and or is are was were be been being am do does did done has have had having
  i me my we us our you your he she they them their it its his her this that these those there here what which who
  whom whose when where why how can could would should will shall may might must please show showing shows shown display displaying
  displayed displays draw drawing give giving gives get getting find finding tell telling return returning list listing listed see view visualize
  visualise visualizing visualization plot plotting plotted plots make making create creating generate chart charts graph graphs
  diagram axes axis report compute calculate calculating present want wanted like need let know about as so if then than
  also just only all any some both such same corresponding correspond corresponds respective respectively more
  many much use using used uses using based by into out up down over per each every across among versus vs compare
  comparing compared comparison comparisons different differ differs difference between data dataset table value values
  say look looks looking understand help prefer explore analyze analyse depict depicting represent representing represents indicate
  exist exists available belong belongs part total number numbers results result everything made produced came go them one ones
  vary varies varied variation change changes changed changing affect affects affected behave depend depends depending
  impact influence mean means does hi hello ok okay thanks thank now current currently there's well
  bin bins binned interval intervals group groups grouped grouping attribute attributes form terms term color colored coloured
  colour coloring legend facet facets separate separated separately small multiples side stacked stack vertical horizontal
  appear appears occur occurs happen happened held take takes place works working work whether against most least own no yes
  what's who's where's how's don't whole entire individual single multiple several various set add label labels include
  included including along together s t d ll re ve describe described process processed during within around through via`
    .split(/\s+/)
    .filter(Boolean),
);

/** Words for the rows of any table. */
export const rowWords = new Set(
  "row rows record records entry entries item items observation observations case cases line instance instances".split(
    " ",
  ),
);
