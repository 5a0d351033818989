/**
 * Words for how much or how many of something there is, which is added up, each with what columns of it are called: "who
 * or what is said : how columns are named". After `>` come names that are looked for where nothing is called by those
 * before; of those after `+`, all that a table has are meant together. `_` joins words that stand beside one another.
 */
export const quantities = `
guest visitor people person patron punter customer diner eater head crowd audience turnout attendance attendee footfall
  spectator participant occupant passenger traveller holidaymaker party party_size group_size bum goer concertgoer
  : guest visitor pax attendee attended attendance cover diner headcount head people participant spectator footfall
    passenger turnout audience crowd occupant came
  + adult child kid infant baby toddler teen teenager youth junior senior concession pensioner student
adult grownup : adult
kid child youngster toddler little_one under_16 : kid child junior youth infant under
family_member dependant dependent : dependant dependent
new_face newbie newcomer first_timer joiner starter new_starter new_member : first new joined joiner starter newcomer
leaver dropout quitter : leaver left dropout
no_show absentee missed_appointment : no_show absent dna
volunteer helper : volunteer helper
staff crew people_on member_of_staff staff_member : staff crew headcount fte

waste wasted wastage scrap scrapped spoilage spoiled binned thrown_away thrown_out throw_away throw_out chucked rubbish
  trash garbage leftover : waste wasted wastage thrown binned scrap scrapped spoiled spoilage discarded disposed writeoff
  unsold leftover rubbish trash residual
defect defective reject rejected dud faulty failure rework bad_part bad_piece bad_unit bad_one breakage seconds
  : defect defective reject rejected scrap faulty fault fail failed rework breakage ng nok
output production produced throughput make made : made produced output good built packed finished yield > qty quantity pieces units
loss losing lose lost lost_money money_lost shrinkage : lost loss shrinkage writeoff written_off
downtime stoppage standstill outage stopped lost_time idle_time breakdown : down downtime stop stopped stoppage idle outage standstill
setup setup_time changeover preparation prep : setup set changeover prep

litre liter liquid fluid volume : litre liter l ltr gallon gal ml m3 volume
fuel diesel petrol gas gasoline : fuel diesel petrol gasoline litre liter gallon gal > l ltr
electricity power energy current juice : electricity elec kwh mwh power energy > consumption usage used
water : water m3
heating heat : gas heat heating
usage consumption used use : usage used consumption consumed kwh units
mileage distance kilometre kilometer km mile drive driving driven travelled traveled far
  : km mile mileage distance kilometre kilometer odometer
weight tonnage load kilo heavy : weight wt kg kilo tonne ton lb load
harvest crop picked picking yield grape fruit : harvest picked picking yield tonne kg ton
milk : milk litre liter yield
egg : egg laid
rain rainfall wet : rain rainfall precip precipitation mm
feed : feed kg
emission carbon co2 footprint : co emission carbon

busy how_busy workload : cover guest visitor footfall attendance run running > hrs hour hours
piece unit good parcel box carton pallet bottle crate bag case product_sold item_sold copy sold
  : qty quantity pcs piece unit item box carton pallet bottle crate bag case sold copy
stock inventory : stock inventory on_hand in_stock onhand remaining balance
seat place capacity space bed : capacity place seat max bed
ticket admission entry : ticket admission sold qty
night night_sold room_night bed_night overnight : night los
session lesson class_taken visit : session lesson visit attended
page : page
renewal extension : renewal renewed extension
call phone_call : call
click : click
view viewing : view viewing
follower fan like : follower fan like
mistake error slip : error mistake
go try attempt retry : attempt try retries
accident injury incident : accident injury incident
complaint moan grumble : complaint
vote ballot : vote
goal point : goal point pts

hour time_spent man_hour working_time work_time time effort : hrs hour time duration mins min minutes h
overtime extra_hour : overtime ot extra
absence sick_day sick_leave sickness day_off days_off time_off day_missed : absence absent sick sickness off missed lost leave
holiday vacation annual_leave leave : holiday vacation leave

donation donated donate gift pledge contribution contributed giving gave raised raise fundraising collection
  : donation donated gift given raised pledge pledged contribution > amount amt total value sum
grant funding award : grant award awarded funding granted > amount amt
asked requested request_amount ask applied_for : asked requested request applied
booze alcohol drink beverage bar wet_sale : drink bar bev beverage alcohol wet beer wine
food meal kitchen grub eat : food kitchen meal
tip gratuity : tip gratuity
refund refunded money_back gave_back given_back give_back paid_back cash_back : refund refunded reimbursed
discount reduction money_off knocked_off rebate markdown : discount disc rebate off reduction markdown
fine penalty late_fee : fine penalty
deposit downpayment : deposit
rent rental_income : rent
tax vat : tax vat gst
postage delivery_charge carriage freight shipping : shipping postage freight carriage delivery
wage pay salary payroll staff_cost : wage pay salary payroll gross
labour labor work_cost : labour labor
part material supply bit : part material matl supply
commission cut : commission comm
subscription membership_fee due : fee due subscription
insurance premium : premium insurance
debt owed owe owing arrears unpaid still_due outstanding : owed owing arrear balance outstanding due
interest : interest
expected due_in supposed_to target planned : expected target planned due budget
collected received got_in came_in paid_in : collected received paid
claim claimed payout paid_out settlement : claim claimed payout paid settled settlement
`;

/** Words for how good, long or large things are, which is averaged. */
export const degrees = `
rating score mark satisfaction happiness mood sentiment customer_satisfaction feedback review star opinion popularity
  : rating csat satisfaction satisfied star score nps happy happiness smiley feedback review stars mood
grade mark result test_score exam_result attainment : mark score grade result pct
wait waiting waiting_time queue queueing : wait waiting queue
response reply replying get_back getting_back come_back coming_back respond : resp response reply replied
reaction_time answer_time : resp response answer
turnaround lead_time notice : lead turnaround notice
repair_time fix_time time_to_fix : resolve resolution repair fix
stay length_of_stay stay_length staying : night los stay
temperature heat warmth : temp temperature
size area floor_space surface : size area sqm m2 sqft
noise loudness : noise db
speed pace : speed pace
occupancy fill fullness utilisation utilization how_full : occupancy occupied utilisation utilization fill load
experience seniority service_length : experience tenure service
distance_travelled commute : distance km mile commute
difficulty : difficulty
quality : quality grade
fitness : fitness
condition : condition
`;
