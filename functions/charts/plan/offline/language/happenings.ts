/**
 * What happens or is written down once a row, in tables of any trade. Persons, goods and places are none: a table may have
 * several rows of one. Nor are sums of money and quantities ("sales", "output"), which rows may hold any number of.
 */
const happenings = new Set(
  `order job ticket case call visit booking reservation appointment session shift trip ride run journey delivery shipment
  dispatch consignment invoice bill receipt payment transaction purchase deal quote quotation offer bid tender contract
  loan checkout borrowing rental hire lease claim complaint incident accident inspection audit test exam check repair service
  fault breakdown stoppage outage alarm alert request enquiry inquiry application submission registration enrolment
  enrollment signup donation gift grant award pledge return refund exchange entry record reading measurement sample sighting
  observation survey response review vote game match fixture event show performance screening lesson class course workshop
  training treatment procedure operation admission discharge stay consultation checkup fill fillup refill refuel stop fine
  citation violation offence offense crime arrest patrol flight voyage crossing task assignment activity interaction
  conversation chat campaign placement interview batch installation removal move transfer
  posting issue bug defect failure error problem fix adoption intake rescue
  departure arrival tour excursion hike dive race lap round attempt experiment trial pickup collection
  absence request timesheet meeting briefing hearing ruling permit licence certificate notice letter reminder`.split(
    /\s+/,
  ),
);

const singular = (word: string) =>
  [word, word.replace(/s$/, ""), word.replace(/es$/, ""), word.replace(/ies$/, "y")].map((one) => one.toLowerCase());

/** Whether a word names something that happens once a row, or several of it. */
export function isHappening(word: string): boolean {
  return singular(word).some((one) => happenings.has(one));
}
