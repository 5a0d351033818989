import type { Operator } from "./lexicon.ts";

/** What each word or phrase of the question asks to be done. */
export const phrases = new Map<string, Operator>();

/** @param wordings separated by `|` */
function say(operator: Operator, wordings: string): void {
  for (const wording of wordings.split("|")) phrases.set(wording.trim(), operator);
}

say({ op: "aggregate", aggregate: "avg" }, "average | averages | averaged | avg | mean | on average | averag");
say({ op: "aggregate", aggregate: "sum" }, "total | totals | sum | sum of | summed | overall | altogether");
say({ op: "aggregate", aggregate: "median" }, "median");
say({ op: "aggregate", aggregate: "min" }, "minimal");
say({ op: "aggregate", aggregate: "max" }, "maximal | peak");

say(
  { op: "count" },
  `headcount | how many | number of | count | counts | count of | counts of | total number | number | numbers of |
  total number of | total count | total count of | frequency | frequencies | amount of | rowcount | row count |
  record count | how often | how many times | number of times | numbers | count the number of | counting |
  count up`,
);

say({ op: "amount" }, "how much");

say({ op: "distinct" }, "distinct | unique");

say(
  { op: "group" },
  `by | per | each | every | for each | for every | in each | of each | from each | at each | with each | across |
  among | grouped by | group by | grouping by | broken down by | by each | on each | across all | for different |
  from different | by different | across different | for all the different | based on | depending on |
  according to | within each | for the different | all the different | against each | each of | for each of |
  group by attribute | aggregated by | categorized by | in every | from every | into | of every | with different |
  of different | in different | different | per each | among different | various`,
);

say(
  { op: "series" },
  `split by | colored by | coloured by | color by | colour by | stacked by | facet by | faceted by | coloring by |
  separated by | partitioned by | broken out by | small multiples by | distinguished by | differentiated by | segmented by | colouring by | and color by | split on`,
);

say({ op: "axis", axis: "x" }, "x axis | x - axis | on x axis | on x - axis | on the x - axis | on the x axis | x");
say({ op: "axis", axis: "y" }, "y axis | y - axis | on y axis | on y - axis | on the y - axis | on the y axis | y");

say(
  { op: "versus" },
  `vs | versus | v/s | v / s | against | compared to | compared with | relative to | as a function of`,
);

say(
  { op: "sort" },
  `sort | sorted | order | ordered | sorting | ordering | arrange | arranged | rank | ranked | ranking`,
);

say(
  { op: "direction", direction: "asc" },
  `ascending | asc | ascending order | asc order | in ascending order | low to high | increasing |
  increasing order | from low to high | smallest first | lowest first | worst first | shortest first | lowest to highest | smallest to largest |
  oldest first | from low to high order | least to most | from young to old`,
);
say(
  { op: "direction", direction: "desc" },
  `descending | desc | descending order | desc order | in descending order | high to low | decreasing |
  decreasing order | from high to low | largest first | highest first | highest to lowest | largest to smallest |
  newest first | best first | longest first | from high to low order | most to least | biggest first | from old to young | most recent first |
  reversed | reverse order | reverse alphabetical order | reversed lexicographical order | reverse alphabetical`,
);

say(
  { op: "alphabetical" },
  `alphabetical | alphabetically | alphabetical order | lexicographical order | lexicographically`,
);

say(
  { op: "compare", comparison: ">", time: false, about: [], after: false },
  `over | > | more than | greater than | above | higher than | larger than | bigger than | exceeding | exceeds |
  better than | in excess of | later than | exceed`,
);
say(
  { op: "compare", comparison: "<", time: false, about: [], after: false },
  `< | less than | fewer than | under | below | lower than | smaller than | worse than | earlier than`,
);
say({ op: "compare", comparison: ">", time: false, about: ["age"], after: false }, "older than");
say({ op: "compare", comparison: "<", time: false, about: ["age"], after: false }, "younger than");
say(
  {
    op: "compare",
    comparison: ">",
    time: false,
    about: ["length", "duration", "runtime", "minutes", "pages", "time"],
    after: false,
  },
  `longer than`,
);
say(
  {
    op: "compare",
    comparison: "<",
    time: false,
    about: ["length", "duration", "runtime", "minutes", "height", "pages", "time"],
    after: false,
  },
  `shorter than`,
);
say({ op: "compare", comparison: ">", time: false, about: ["height"], after: false }, "taller than");
say({ op: "compare", comparison: ">", time: false, about: ["weight", "mass"], after: false }, "heavier than");
say({ op: "compare", comparison: "<", time: false, about: ["weight", "mass"], after: false }, "lighter than");
say({ op: "compare", comparison: "<", time: false, about: ["price", "cost"], after: false }, "cheaper than");
say({ op: "compare", comparison: ">", time: false, about: ["price", "cost"], after: false }, "more expensive than");
say(
  { op: "compare", comparison: ">=", time: false, about: [], after: false },
  `>= | at least | no less than | not less than | no fewer than | not lower than | minimum of`,
);
say(
  { op: "compare", comparison: ">=", time: false, about: [], after: true },
  `or more | or above | and above | and over | or higher | or over | and more | and up`,
);
say(
  { op: "compare", comparison: "<=", time: false, about: [], after: false },
  `<= | at most | no more than | not more than | not higher than | up to | maximum of | not greater than |
  not over`,
);
say(
  { op: "compare", comparison: "<=", time: false, about: [], after: true },
  `or less | or below | or fewer | and below | or under | and under`,
);
say(
  { op: "compare", comparison: "=", time: false, about: [], after: false },
  `= | equals | equal to | exactly | is equal to`,
);
say(
  { op: "compare", comparison: "!=", time: false, about: [], after: false },
  `!= | <> | not equal to | different from | other than`,
);
say({ op: "compare", comparison: "<", time: true, about: [], after: false }, "before | prior to | until | till");
say({ op: "compare", comparison: ">", time: true, about: [], after: false }, "after");

say({ op: "since" }, "since | from | starting in | starting from | beginning in");

say({ op: "between" }, "between");

say({ op: "upto" }, "to | - | through");

say({ op: "in" }, "in | during | for | on | of | within");

say({ op: "superlative", end: "min", about: [] }, "minimum | min | lowest | least | smallest | fewest");
say(
  { op: "superlative", end: "max", about: [] },
  `maximum | max | highest | most | largest | biggest | greatest | the most`,
);
say(
  { op: "superlative", end: "max", about: ["price", "cost", "fee", "spend", "budget"] },
  "most expensive | the most expensive | priciest | costliest",
);
say({ op: "superlative", end: "min", about: ["price", "cost", "fee"] }, "cheapest | least expensive");
say({ op: "superlative", end: "max", about: ["age"] }, "oldest");
say({ op: "superlative", end: "min", about: ["age"] }, "youngest");
say({ op: "superlative", end: "max", about: ["height"] }, "tallest");
say({ op: "superlative", end: "max", about: ["weight", "mass"] }, "heaviest");
say({ op: "superlative", end: "min", about: ["weight", "mass"] }, "lightest");
say(
  {
    op: "superlative",
    end: "max",
    about: ["length", "duration", "runtime", "minutes", "distance", "pages", "time", "term"],
  },
  "longest",
);
say(
  { op: "superlative", end: "min", about: ["length", "duration", "runtime", "minutes", "height", "pages", "time"] },
  "shortest",
);
say({ op: "superlative", end: "max", about: ["speed"] }, "fastest | quickest");
say({ op: "superlative", end: "min", about: ["speed"] }, "slowest");
say({ op: "superlative", end: "max", about: ["date", "year", "time"] }, "latest | newest | most recent | last");
say({ op: "superlative", end: "min", about: ["date", "year", "time"] }, "earliest | first");
say({ op: "superlative", end: "max", about: ["population"] }, "most populous");
say({ op: "superlative", end: "max", about: ["popularity", "rating", "votes"] }, "most popular");
say({ op: "superlative", end: "min", about: ["popularity", "rating", "votes"] }, "least popular");
say(
  { op: "superlative", end: "max", about: ["count"] },
  "most common | most frequent | commonest | most often | most frequently",
);
say(
  { op: "superlative", end: "min", about: ["count"] },
  "least common | least frequent | rarest | least often | least frequently",
);

say({ op: "superlative", end: "max", about: ["rating", "stars", "score", "grade"] }, "best | top rated | best rated");
say({ op: "superlative", end: "min", about: ["rating", "stars", "score", "grade"] }, "worst | worst rated");
say({ op: "superlative", end: "max", about: ["temperature", "temp"] }, "hottest | warmest");
say({ op: "superlative", end: "min", about: ["temperature", "temp"] }, "coldest | coolest");
say({ op: "superlative", end: "max", about: ["precipitation", "rain", "rainfall"] }, "rainiest | wettest");
say({ op: "superlative", end: "min", about: ["precipitation", "rain", "rainfall"] }, "driest");
say({ op: "superlative", end: "max", about: ["wind", "windspeed"] }, "windiest");
say(
  { op: "superlative", end: "max", about: ["income", "wealth", "gdp", "salary"] },
  "richest | wealthiest | best paid | highest paid",
);
say(
  { op: "superlative", end: "min", about: ["income", "wealth", "gdp", "salary"] },
  "poorest | worst paid | lowest paid",
);
say({ op: "superlative", end: "max", about: ["passengers", "visitors", "visits", "sessions", "orders"] }, "busiest");
say({ op: "superlative", end: "max", about: ["depth"] }, "deepest");
say({ op: "superlative", end: "max", about: ["distance"] }, "farthest | furthest");
say({ op: "superlative", end: "min", about: ["distance"] }, "closest | nearest");
say({ op: "superlative", end: "max", about: ["magnitude", "strength", "power"] }, "strongest | most powerful");
say({ op: "superlative", end: "min", about: ["magnitude", "strength", "power"] }, "weakest");
say({ op: "superlative", end: "max", about: ["deaths", "fatalities"] }, "deadliest");
say({ op: "superlative", end: "max", about: ["profit", "margin"] }, "most profitable");
say({ op: "superlative", end: "min", about: ["profit", "margin"] }, "least profitable");
say({ op: "superlative", end: "max", about: ["views", "viewed"] }, "most viewed");
say(
  { op: "superlative", end: "max", about: ["sales", "units", "quantity", "sold"] },
  "best selling | bestselling | most sold",
);

say({ op: "top", end: "max" }, "top | leading");
say({ op: "top", end: "min" }, "bottom");

say(
  { op: "chart", chart: "bar" },
  `bar | bars | bar chart | bar charts | bar graph | bar plot | bargraph | barchart | column chart |
  stacked bar chart | stacked bar | stacked bars | grouped bar chart | stacked bar graph | bar diagram |
  grouped bar | multiple bar charts`,
);
say(
  { op: "chart", chart: "line" },
  `line | line chart | line graph | line plot | lines | linechart | multi line chart`,
);
say({ op: "chart", chart: "area" }, "area chart | area graph | stacked area chart");
say({ op: "chart", chart: "pie" }, "pie | pie chart | pie graph | piechart");
say({ op: "chart", chart: "doughnut" }, "doughnut | donut | doughnut chart | donut chart | ring chart");
say(
  { op: "chart", chart: "scatter" },
  `scatter | scatter plot | scatter plots | scatterplot | scatterplots | scatter chart | scatter graph | xyplot |
  grouped scatter chart | grouping scatter chart | group scatter chart | scatter diagram | xy plot | point chart`,
);
say({ op: "chart", chart: "bubble" }, "bubble | bubble chart | bubble plot");
say({ op: "chart", chart: "histogram" }, "histogram | histograms");
say({ op: "chart", chart: "table" }, "table | as a table | list of");

say({ op: "grain", grain: "year" }, "year | years | yearly | annual | annually | per annum");
say({ op: "grain", grain: "quarter" }, "quarter | quarters | quarterly");
say({ op: "grain", grain: "month" }, "month | months | monthly");
say({ op: "grain", grain: "week" }, "week | weeks | weekly");
say({ op: "grain", grain: "day" }, "day | days | daily");
say({ op: "grain", grain: "hour" }, "hour | hours | hourly");
say(
  { op: "grain", grain: "weekday" },
  `weekday | weekdays | night of the week | nights of the week | day of week | day of the week | days of the week | day of the day of the week`,
);
say({ op: "grain", grain: "month-of-year" }, "month of year | month of the year | calendar month");
say({ op: "grain", grain: "hour-of-day" }, "hour of day | hour of the day | time of day");

say(
  { op: "trend" },
  `trend | trends | over time | over the years | across time | through time | trended | timeline | evolve |
  time series | time series plot | time series chart | evolution | evolved | history | development |
  over the time | with time`,
);

say(
  { op: "relation" },
  `relation | relationship | correlation | correlate | correlated | correlates | relate | relates | related to |
  affect | affects | affected by | influence | influences | impact | impacts | effect | effect of | effects of |
  impact of | influence of | depend on | depends on | link between | connection between`,
);

say(
  { op: "distribution" },
  "distribution | breakdown | split | splits | distributed | distributions | spread | break down",
);

say({ op: "share", percent: false }, "share | proportion | proportions | shares | fraction");
say(
  { op: "share", percent: true },
  `percent | percentage | percentages | pct | % | as percentage | as percentages | as percent | in percent |
  percent of | percentage of | as a percentage | as a percent | percentage share | percent share`,
);
say(
  { op: "window", window: "running", grain: null },
  `running total | running totals | running sum | running count | running total of | cumulative | cumulative total |
  cumulative sum | cumulative count | cumulative number of | cumulated | accumulated | cumulatively`,
);
say(
  { op: "window", window: "growth", grain: null },
  `growth | growth rate | growth rates | growth of | growth in | grew | grow | grown | grows | growing | percent change |
  percentage change | % change | rate of change | percentage growth | percent growth | % growth`,
);
say(
  { op: "window", window: "growth", grain: "year" },
  `year over year | year - over - year | yoy | year on year | annual growth | yearly growth | year over year growth |
  yoy growth | year over year change | yoy change | annual growth rate`,
);
say(
  { op: "window", window: "growth", grain: "quarter" },
  "quarter over quarter | qoq | quarterly growth | quarter on quarter | qoq growth",
);
say(
  { op: "window", window: "growth", grain: "month" },
  "month over month | month - over - month | mom | monthly growth | month on month | mom growth | month over month growth",
);
say({ op: "window", window: "growth", grain: "week" }, "week over week | wow | weekly growth | week on week");

say(
  { op: "uncomputed" },
  `moving average | rolling average | rolling | moving | forecast | forecasts | predict | prediction | percentile |
  percentiles | variance | standard deviation | stddev | deviation | quartile | quartiles | outlier | outliers | ratio |
  ratio of | ratios | per capita | minus | divided by | multiplied by | times | subtract | difference | differences | gap | gap between | difference between | out of | decade |
  decades | correlation coefficient | weighted average | turnover rate | median absolute deviation | mode`,
);

say({ op: "range" }, "range | range of | ranges | ranges of");

say(
  { op: "not" },
  "not | never | except | excluding | without | isn't | aren't | don't | doesn't | no | exclude | besides",
);

say({ op: "or" }, "or | either");

say({ op: "and" }, "and | as well as | along with | together with | plus | &");

say(
  { op: "text", match: "contains" },
  `contain | contains | containing | contain the letter | with the letter | including | contains the letter |
  containing the letter | includes | has the letter | contain the word | containing the word | contains the word |
  with the word | mentioning | mention`,
);
say(
  { op: "text", match: "starts" },
  `start with | starts with | starting with | begin with | begins with | beginning with | starts with the letter |
  starting with the letter | start with the letter | begins with the letter`,
);
say(
  { op: "text", match: "ends" },
  `end with | ends with | ending with | ends in | ending in | end with the letter | ending with the letter |
  ends with the letter | is ending with the letter`,
);

say({ op: "missing", negated: false }, "missing | is null | is empty | are null | is missing");
say({ op: "missing", negated: true }, "is not null | are not null | not missing | is not empty");

say({ op: "which" }, "which | who | whose | where | what is the | what 's the");

say({ op: "list" }, "list | show all | what are the | what are");

// "heaviest first" is an order.
for (const [wording, operator] of [...phrases])
  if (operator.op === "superlative" && !phrases.has(`${wording} first`))
    phrases.set(`${wording} first`, { op: "direction", direction: operator.end === "max" ? "desc" : "asc" });
