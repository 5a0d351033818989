import type { Reading } from "../read/reading.ts";
import { takeCalendar } from "./calendar.ts";
import { takeChanges, takeMainMeasure } from "./changes.ts";
import { takeContrasts } from "./contrasts.ts";
import { takeCountedRates } from "./counted-rates.ts";
import { refuseAbout, takeDegrees } from "./degrees.ts";
import { takeDelays } from "./delays.ts";
import { takeDirections } from "./directions.ts";
import { takeDurations } from "./durations.ts";
import { takeFamilies } from "./families.ts";
import { takeFlows } from "./flows.ts";
import { takeGaps } from "./gaps.ts";
import { takeGroupings } from "./groupings.ts";
import { takeGrowth } from "./growth.ts";
import { takeKeys } from "./keys.ts";
import { takeKinds } from "./kinds.ts";
import { takeMoments } from "./moments.ts";
import { takeMoney } from "./money.ts";
import { takePerPeriod } from "./per-period.ts";
import { takePerThing } from "./per-thing.ts";
import { takePercentages } from "./percentages.ts";
import { takePeriodPairs } from "./period-pairs.ts";
import { takeProducts } from "./products.ts";
import { takeDue } from "./punctuality.ts";
import { takeNouns, takeRateWords } from "./rates.ts";
import { takeRatios } from "./ratios.ts";
import { takeResults } from "./results.ts";
import { takeSince } from "./since.ts";
import { takeStates } from "./states.ts";
import { takeSurvey } from "./survey.ts";
import { takeTargets } from "./targets.ts";
import { takeTrends } from "./trends.ts";
import { takeUnits } from "./units.ts";
import { refuseUnknownTimes } from "./unknown-times.ts";
import { takeWhere } from "./where.ts";

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
