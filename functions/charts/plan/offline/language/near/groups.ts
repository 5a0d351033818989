/** Words for kinds of things and places, each with what columns of them are called, written as {@link quantities} are. */
export const groups = `
channel platform medium booking_channel sales_channel route : channel booked_via via source platform medium booked_through > agency referral referrer heard origin
source referral marketing hear_about heard_about hear_of heard_of hear find_us found_us find_out found_out came_across
  come_across learn_of : heard how_heard source referral referrer referred found via > channel campaign medium
method way means mode : method means mode way how via > paid_by type
payment_method payment_type payment payment_mode pay_method way_of_paying tender : paid_by payment pay_method pay_type method tender paid_via paid_with > how
cause reason root_cause culprit motive grounds excuse : reason cause why root > fault issue problem diagnosis complaint defect
problem issue fault trouble complaint gripe moan : problem issue fault complaint symptom > reason cause defect category type
kind type category sort class group line family range : type category kind class group cat
status stage progress : status state stage progress
state condition shape : condition state shape > status
outcome result verdict decision acceptance success : outcome result decision verdict accepted > status state response
answer response reply : answer response reply outcome
shift session slot sitting service_period part_of_day : shift session slot sitting service period daypart
supplier vendor provider merchant wholesaler distributor : supplier vendor provider merchant wholesaler distributor
manufacturer maker brand make : manufacturer maker make brand
contractor tradesman trader tradespeople builder : contractor supplier vendor > company trade
trade job_type work_type type_of_work skill craft : trade skill craft discipline > type category
company firm business organisation organization employer charity : company firm organisation organization employer business charity > customer client account name
building house property block estate premises home : property building house block estate premises > site address location
flat apartment unit : unit flat apartment apt suite
room bedroom accommodation : room bedroom cabin suite pitch > unit
table : table tbl
address street : address street
area district neighbourhood neighborhood patch zone : area district neighbourhood neighborhood zone ward postcode region > town
branch store shop outlet office : branch store shop outlet office > site location town
venue hall space location place site : venue hall space site location place > room town branch
depot warehouse hub yard : depot warehouse hub yard whse > site location
nationality country homeland : country ctry nationality nation origin cntry
machine equipment kit asset device appliance apparatus : machine equipment asset device appliance press line > oven station cell tool
tool instrument : tool instrument > machine equipment
line production_line : line cell > machine
vehicle van truck lorry car bus coach taxi fleet : vehicle veh van truck lorry car bus reg > registration plate unit
bike bicycle : bike bicycle model
boat ship vessel : boat ship vessel
writer novelist : author writer
material metal alloy : material matl alloy metal
subject topic lesson course class activity workshop : subject course class lesson activity workshop topic module > title
class form group set : form class group set
year_group school_year : yr year form
department team unit : department dept team unit division
role job position post job_title vacancy : role position job post title vacancy
age_group age_band generation age : age band
gender sex : gender sex m_f mf
plan package membership tier subscription product_type : plan package membership tier subscription > level type
species kind_of_animal : species animal pet type > breed
breed : breed
crop produce plant : crop produce plant variety
variety grape kind_of_grape : variety grape cultivar
field plot vineyard parcel_of_land : field plot vineyard parcel block
priority urgency severity importance : priority urgency severity importance prio
appeal fundraiser campaign fund drive : campaign appeal fund fundraiser > event source
project programme program scheme : project programme program scheme fund
theme sector focus : theme sector focus area > category
event occasion function : event occasion function
weather : weather conditions
language : language lang
diagnosis illness disease ailment condition : diagnosis condition illness disease
treatment procedure therapy operation : treatment procedure therapy service
ward clinic surgery practice hospital : ward clinic surgery practice hospital > department site
size : size
colour color : colour color
format : format type
sport discipline : sport discipline activity
skill_level level ability grade : level grade ability
carrier courier shipper haulier delivery_company : carrier courier shipper haulier
destination : destination dest to
origin : origin from source
term semester : term semester
document file : document file
certificate qualification : certificate qualification
`;

/** Words for things of which each row may be one more: where they are counted, rows are. */
export const things = `
book novel reading : title book
film movie picture : title film movie
song track tune : title song track
dish meal menu_item plate : dish menu item product
product item article merchandise good stuff thing : product item article sku dish part > title description desc
part component : part component item
pet animal : species animal pet breed type
`;

/** Words for persons, by what they do and are; what they do serves as well to tell who did it. */
export const persons = `
staff employee colleague worker person team_member member_of_staff staff_member assistant associate handled handle dealt deal_with deals_with looked_after
  : staff employee worker assigned assignee handler agent rep owner operator handled_by > name
manager boss supervisor in_charge charge foreman : manager mgr supervisor boss lead duty foreman
customer client buyer shopper punter account : customer cust client buyer shopper account acct guest > company contact name
guest visitor holidaymaker : guest visitor > name customer
teacher tutor instructor trainer coach leader facilitator lecturer teach taught teaching lead led run
  : teacher tutor instructor trainer coach leader led facilitator lecturer taught run_by host
student pupil learner child kid schoolchild reader borrower borrow borrowed borrowing
  : pupil student learner borrower reader child > member name
doctor physician dentist vet clinician consultant practitioner therapist nurse see saw seen treat treated
  : doctor dr physician dentist vet clinician consultant practitioner therapist nurse provider seen_by
patient : patient > name client
driver courier rider chauffeur drive drove : driver courier rider
mechanic engineer technician fitter fixer repairer fix fixed repair repaired mend mended
  : mechanic engineer technician tech fitter > contractor staff
salesperson seller rep agent dealer sell sold : rep salesperson seller agent consultant advisor adviser sold_by owner
donor giver supporter benefactor donate donated give gave given : donor supporter giver > name contact
requester reporter submitter claimant raiser submit submitted raise raised report reported request requested
  : requester requestor reporter submitter claimant raised_by reported_by submitted_by requested_by opened_by > customer client employee tenant name
applicant candidate apply applied : applicant candidate > name
tenant renter occupier resident lodger : tenant renter occupier resident
landlord : landlord owner
waiter waitress server serve served : server waiter waitress served_by
cook chef baker bake baked cooked : chef cook baker
operator machinist maker make makes made produce produced : operator machinist maker made_by > worker staff
picker pick picked packer packed : picker packer picked_by
inspector auditor checker check checked inspect inspected : inspector auditor checker checked_by inspected_by
member subscriber join joined : member subscriber > name
volunteer helper : volunteer helper
player athlete runner swimmer : player athlete runner swimmer > name
parent guardian : parent guardian
judge referee : judge referee
recruiter interviewer interview interviewed : recruiter interviewer
landlady host : host
singer musician band artist act : artist performer
speaker presenter : speaker presenter
`;
