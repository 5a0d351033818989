import { stem } from "./stem.ts";

const stems = (words: string) => new Set(words.split(/\s+/).map(stem));
const words = (list: string) => new Set(list.split(/\s+/));

/** Which side of a deal or a service somebody is on: who does the work, or for whom it is done. */
export type Party = "doer" | "client";

const named: Record<Party, Set<string>> = {
  doer: stems(
    `rep representative seller salesperson salesman saleswoman agent technician tech mechanic engineer driver courier rider pilot
    captain skipper doctor dentist clinician physician nurse midwife therapist hygienist practitioner vet surgeon consultant advisor
    adviser counsellor manager owner handler assignee assigned operator clerk cashier teller waiter waitress server barista bartender
    cook chef host instructor trainer coach teacher tutor lecturer professor employee staff worker crew colleague inspector auditor
    recruiter interviewer responsible stylist hairdresser barber beautician cleaner housekeeper guide picker packer planner developer
    author editor reporter lawyer attorney solicitor realtor broker foreman supervisor carer caregiver groomer photographer
    artist contractor plumber electrician carpenter painter installer fitter gardener farmer butcher baker machinist welder guard
    officer librarian pharmacist optician provider practitioner sitter walker judge referee`,
  ),
  client: stems(
    `customer client guest patient member buyer shopper purchaser payer visitor student pupil passenger tenant resident donor
    subscriber borrower account user attendee participant applicant candidate company business firm organisation organization
    household family reader sponsor renter lodger traveller traveler policyholder complainant caller delegate learner`,
  ),
};

const deeds: Record<Party, Set<string>> = {
  doer: words(
    `sell sells sold selling fix fixes fixed repair repairs repaired mend mends mended work works worked drive drives drove driven
    deliver delivers delivered handle handles handled close closes closed resolve resolves resolved solve solves solved answer answers
    answered process processes processed serve serves served treat treats treated teach teaches taught do does did done perform performs
    performed complete completes completed finish finishes finished produce produces produced bring brings brought earn earns earned
    make makes made generate generates generated cook cooks cooked clean cleans cleaned ship ships shipped pack packs packed pick picks
    picked install installs installed inspect inspects inspected build builds built win wins won achieve achieves achieved write writes
    wrote run runs ran manage manages managed lead leads led`,
  ),
  client: words(
    `buy buys bought order orders ordered ordering purchase purchases purchased spend spends spent spending pay pays paid paying return
    returns returned visit visits visited come comes came stay stays stayed book books booked reserve reserves reserved cancel cancels
    cancelled canceled donate donates donated give gives gave owe owes owed complain complains complained rent rents rented borrow borrows
    borrowed attend attends attended miss misses missed forget forgets forgot subscribe subscribes subscribed renew renews renewed leave
    leaves left join joins joined travel travels travelled request requests requested`,
  ),
};

/** Whose column is called by some words: a `Technician` and what was "Sold by" somebody do the work. Null: no telling. */
export function partyNamed(names: readonly string[]): Party | null {
  const last = names.at(-1)?.toLowerCase() ?? "";
  if (names.length > 1 && last === "by" && /(ed|sold|done|made|written|taken|led)$/i.test(names.at(-2) ?? ""))
    return "doer";
  const parties: Party[] = ["doer", "client"];
  return parties.find((party) => names.some((word) => named[party].has(stem(word.toLowerCase())))) ?? null;
}

/** Who does what a verb says. Null: either may. */
export function partyDoing(verb: string): Party | null {
  const word = verb.toLowerCase();
  return deeds.doer.has(word) ? "doer" : deeds.client.has(word) ? "client" : null;
}
