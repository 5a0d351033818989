import { stem } from "./stem.ts";

const stems = (words: string) => new Set(words.split(/\s+/).filter(Boolean).map(stem));
const asWritten = (words: string) => new Set(words.split(/\s+/).filter(Boolean));

/** What ends the names of columns that tell one thing from another, whatever their values look like. */
export const identifying = asWritten(
  `id ids key uuid guid index zip zipcode postcode phone telephone tel isbn issn doi sku ean upc gtin fax imei iban vin ssn mrn
  barcode ref refno reference serial`,
);

/** The same, where the values are whole numbers, or all differ: "Invoice No.", "Ticket #" (whose sign is read as a word). */
export const numbering = asWritten("code no nr nbr num number");

/** Things that are called by a number: what is done with the numbers of rooms is to group by them, and not to add them up. */
export const numberedThings = asWritten(
  `room table lane bay bed aisle shelf rack gate platform pitch court route bus tram plot lot batch ward zone seat slot locker
  till register pump tank paddock pen kennel cage hive machine press oven vehicle van truck lorry tractor boat aircraft
  store shop branch depot warehouse dept department team stand stall desk berth mooring cabin site
  ticket order invoice job case booking policy account customer client member employee patient student pupil
  sample receipt transaction invoice phone house account delivery shipment parcel docket consignment project animal pet folio
  reservation registration enquiry inquiry complaint incident permit licence license meter
  household respondent participant subject driver supplier vendor asset device item product article part`,
);

/** Amounts of money, and how many or how much there is of something: what adds up over rows. */
export const additive = stems(
  `sales sale revenue turnover amount quantity qty units unit cost costs profit income expense expenses expenditure
  expenditures spend spending budget gross total totals subtotal count counts votes deaths death killed injured population
  orders visits views clicks sessions users visitors passengers downloads installs goals production generation emissions
  volume enrollment enrolment transactions affected principal money pax amt donations payment payments tax fees fee hours hrs
  minutes unemployed employed employees births cases tickets tonnes consumption usage precipitation rainfall snowfall
  subscribers shipments attendance debt engineers debit credit debits credits stock inventory pageviews impressions conversions leads
  signups teachers students pupils staff headcount bookings calls messages emails purchases items pieces parcels packages
  deals offers registrations seats kwh mwh wh gwh energy water waste deposits withdrawals fines refunds refund claims premium
  premiums savings earnings wages losses wins runs points attempts kills medals saves showings returns incidents accidents
  crimes admissions discharges trips rides donated paid spent sold kilometers kilometres miles distance yield harvest output
  tons kg kilos kilograms km liters litres gallons likes violations shares comments followers streams plays hits logins
  errors requests responses takings receipts applications vacancies hires exits absences overtime downtime investment
  capex opex proceeds commission commissions billed invoiced charged received collected earned owed owing outstanding
  arrears refunded tip tips gratuity gratuities surcharge surcharges levy vat gst duty postage freight pledge pledges
  grant grants payout payouts footfall scrap breakage shrinkage catch landings doses calories kcal steps laps reps
  sent won lost eaten drunk thrown made driven flown given taken written built grown caught bought`,
);

/** Ends of words that are written as one: "pageviews", "netsales". */
export const compounds = "view sale revenue cost profit visit click payment sold".split(" ").map(stem);

/** Words beside which nothing adds up: sizes, times, prices and whatever is one of a kind for each row. */
export const notAdditive = stems(
  `average avg mean median rate ratio percent percentage pct share index score rating price age year temperature temp speed
  rank ranking level max min maximum minimum per time duration delay tenure term weight wt wgt height hgt length width depth mass
  cylinders bedrooms bathrooms floors doors gears stars years grades degrees days months weeks seconds points pages to inches
  acceleration position latency thickness ha acre radius diameter displacement axles wheels blades cores
  rrp msrp tariff salary wage odometer each nightly hourly bmi pulse humidity pressure altitude elevation voltage efficiency
  density purity concentration salinity moisture gpa wait waiting turnaround response csat nps satisfaction confidence limit
  threshold`,
);

/** Of those, the ones that are no amount of anything, however many rows are taken together. */
export const intensive = stems(
  `average avg mean median rate ratio percent percentage pct index score rating satisfaction ease likelihood age year temperature temp
  speed rank ranking level max min maximum minimum per stars grade degrees position latency acceleration quality mood happiness density
  csat nps ces sentiment tariff odometer bmi pulse humidity pressure altitude elevation voltage efficiency purity concentration
  salinity moisture gpa confidence`,
);

/** Of a time, what makes it one that was put in, so that there is a total of it: "time spent", "hours lost", "labour (h)". */
export const putIn = stems(
  `spent worked logged booked billed billable lost labour labor downtime overtime stoppage outage stopped trained training
  volunteered absence flown driven played watched practised practiced used`,
);

/** Endings of names that say what was done with things, which are counted; these end so by chance, or say how it was told. */
export const noDeeds = asWritten(
  `speed seed need feed weed bed shed breed red reed fed wed fixed listed estimated expected adjusted weighted rated mixed
  combined required speeded unused closed opened created updated`,
);

/** Sums that come on top of others or are taken off them, and are hardly what is meant where a question names none. */
export const beside = stems(
  `tip tips gratuity gratuities tax taxes vat gst duty levy discount rebate shipping freight postage surcharge deposit bonus fine
  penalty interest rounding adjustment`,
);
