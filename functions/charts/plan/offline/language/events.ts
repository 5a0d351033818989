import { remembered } from "./remembered.ts";
import { stem } from "./stem.ts";

/**
 * Things that happen to a row once. Each line is one event in the words for it, so that "resolution" finds `closed_at`
 * and "shipping" `dispatched`. The first lines begin something, the others end it.
 */
const beginning = [
  "open create submit report raise log file request register enquire inquire incident complaint issue",
  "order place book purchase buy sale",
  "disburse disbursement lend lent grant",
  "list publish post advertise announce",
  "admit admission checkin arrive arrival intake enter",
  "hire join start begin employ employment onboard commence entry signup enrol enroll enrolment subscribe registration",
  "receive receipt",
  "pickup collect depart departure borrow rent loan",
  "born birth dob birthdate birthday",
  "found establish build built built",
  "invoice bill issued",
];
const ending = [
  "close resolve resolution complete completion finish end settle fix solve done solution",
  "ship dispatch send sent despatch",
  "deliver delivery arrive arrival receive receipt reach",
  "sell sold sale",
  "discharge release leave left depart departure checkout exit quit terminate termination resign resignation",
  "pay paid payment settle repay repaid repayment",
  "return bring back",
  "respond response reply answer react arrive arrival",
  "approve approval decide decision grant",
  "cancel cancellation expire expiry lapse churn end",
  "die death died",
  "pickup pickedup collect collected",
  "adopt adoption rehome rehomed",
  "repair mend restore fix",
];

/** What may follow the part that the words of one family share: "deliver-ed", "deliver-y", "resol-ution", "resol-ved". */
const endings =
  /^(|e|s|es|d|ed|y|ies|ied|t|ts|ted|tted|ting|tting|ing|ping|ped|pment|er|ers|or|ery|ion|ions|tion|tions|sion|sions|ssion|ssions|ution|utions|ation|ations|ption|ve|ves|ved|ving|al|als|ment|ments|ance|ances|ence|nce|ure|ures|se|ses|nses|nse|de|ded|ding|be|bed|ts?|nt|able|ive|ality|ant|ants|ents?|cy|ned|n|ction|cted|led|ling|lation|lations|red|ring)$/;

/** Words of one family, whose stems share no more than a letter or two. */
const irregular = [
  "sell sold sale sales selling",
  "pay paid payment payments",
  "repay repaid repayment repayments",
  "leave left leaver leavers leaving",
  "die died death deaths dead",
  "bear born birth",
  "win won wins",
  "lose lost loss losses",
  "send sent sending",
  "build built",
  "retain retained retention",
  "attrit attrition attrited",
].map((family) => new Set(family.split(" ").flatMap((word) => [word, stem(word)])));

/** Whether two words are of one family: "conversion" and "converted", "sold" and "sale". */
export function sameFamily(one: string, other: string): boolean {
  if (one === other || irregular.some((family) => family.has(one) && family.has(other))) return true;
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared++;
  const least = Math.min(one.length, other.length) <= 4 ? Math.min(one.length, other.length) : 4;
  return shared >= least && shared >= 3 && endings.test(one.slice(shared)) && endings.test(other.slice(shared));
}

const split = (lines: string[]) => lines.map((line) => line.split(" "));
const beginnings = split(beginning);
const ends = split(ending);
const events = [...beginnings, ...ends];

/** The events that a word tells of, by their place. */
const eventsOf = remembered((word) =>
  events.flatMap((event, at) => (event.some((one) => sameFamily(one, word)) ? [at] : [])),
);

/** Whether a word tells of something that begins. */
export const begins = (word: string) => eventsOf(word).some((at) => at < beginnings.length);

/** Whether a word tells of something that ends. */
export const endsIt = (word: string) => eventsOf(word).some((at) => at >= beginnings.length);

/** How well a word of a question names the event that a word of a column's name tells of: 1 the same word, 0.5 another word for it. */
export function sameEvent(asked: string, named: string): number {
  if (sameFamily(asked, named)) return 1;
  const told = eventsOf(named);
  return eventsOf(asked).some((at) => told.includes(at)) ? 0.5 : 0;
}
