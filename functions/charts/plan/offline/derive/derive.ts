import type { Reading } from "../read/reading.ts";
import { takeChanges, takeMainMeasure } from "./comparisons/changes.ts";
import { takeContrasts } from "./comparisons/contrasts.ts";
import { takeGrowth } from "./comparisons/growth.ts";
import { takeResults } from "./comparisons/results.ts";
import { takeTargets } from "./comparisons/targets.ts";
import { takeTrends } from "./comparisons/trends.ts";
import { takeFlows } from "./money/flows.ts";
import { takeMoney } from "./money/money.ts";
import { takeProducts } from "./money/products.ts";
import { takeCountedRates } from "./ratios/counted-rates.ts";
import { takePerPeriod } from "./ratios/per-period.ts";
import { takePerThing } from "./ratios/per-thing.ts";
import { takePercentages } from "./ratios/percentages.ts";
import { takeNouns, takeRateWords } from "./ratios/rates.ts";
import { takeRatios } from "./ratios/ratios.ts";
import { takeUnits } from "./ratios/units.ts";
import { refuseAbout, takeDegrees } from "./things/degrees.ts";
import { takeDirections } from "./things/directions.ts";
import { takeFamilies } from "./things/families.ts";
import { takeGroupings } from "./things/groupings.ts";
import { takeKeys } from "./things/keys.ts";
import { takeKinds } from "./things/kinds.ts";
import { takeSurvey } from "./things/survey.ts";
import { takeWhere } from "./things/where.ts";
import { takeCalendar } from "./times/calendar.ts";
import { takeDelays } from "./times/delays.ts";
import { takeDurations } from "./times/durations.ts";
import { takeGaps } from "./times/gaps.ts";
import { takeMoments } from "./times/moments.ts";
import { takePeriodPairs } from "./times/period-pairs.ts";
import { takeDue } from "./times/punctuality.ts";
import { takeSince } from "./times/since.ts";
import { takeStates } from "./times/states.ts";
import { refuseUnknownTimes } from "./times/unknown-times.ts";

/**
 * Puts computed columns in the place of words for what is not in the table but follows from it, so that all later stages
 * treat them as they treat the columns that are there.
 */
export function derive(reading: Reading): void {
  refuseUnknownTimes(reading);
  takeWhere(reading);
  takeDirections(reading);
  takeTrends(reading);
  takeContrasts(reading);
  takeProducts(reading);
  takeResults(reading);
  takeFlows(reading);
  takeKinds(reading);
  takeFamilies(reading);
  takePeriodPairs(reading);
  takeGrowth(reading);
  takePercentages(reading);
  takeRateWords(reading);
  takeKeys(reading);
  takeTargets(reading);
  takeDelays(reading);
  takeDue(reading);
  takeGaps(reading);
  takeSince(reading);
  takeDurations(reading);
  takeDegrees(reading);
  refuseAbout(reading);
  takeSurvey(reading);
  takeStates(reading);
  takeChanges(reading);
  takeMoments(reading);
  takeUnits(reading);
  takeGroupings(reading);
  takeCalendar(reading);
  takeRatios(reading);
  takePerPeriod(reading);
  takePerThing(reading);
  takeNouns(reading);
  takeCountedRates(reading);
  takeMainMeasure(reading);
  takeMoney(reading);
}
