/** Words for values of columns, each with how tables write them: "what is said : what is written". */
export const values = `
cash coin : cash
card plastic contactless credit debit : card > credit_card debit_card
cheque check : cheque check
transfer wire : transfer bank bacs wire
online internet web website digital : online website web internet app
phone telephone telephoned rang called : phone telephone call
post mail letter : post mail letter
walkin walk_in walked_in dropped_in in_person passing : walk_in walkin in_person
friend recommendation word_of_mouth : friend word_of_mouth recommendation referral
social facebook instagram : social

told informed notified let_know : notified informed told

cancelled canceled called_off cancellation cancel : cancelled canceled called_off cancel
postponed moved rescheduled : postponed moved rescheduled
finished completed complete done sorted wrapped_up : completed complete done finished closed resolved
closed shut : closed
open unresolved unfinished : open
waiting on_hold stuck held_up : waiting on_hold pending hold
pending undecided awaiting : pending awaiting submitted in_progress under_review
ongoing underway in_hand : in_progress ongoing active underway
approved accepted granted successful agreed yes_to acceptance : approved accepted granted successful agreed
rejected declined refused turned_down unsuccessful denied knocked_back : rejected declined refused denied unsuccessful turned_down
hired recruited got_the_job : hired
withdrawn pulled_out dropped_out : withdrawn withdrew dropped_out
lost missing gone : lost missing
won : won
paid settled : paid settled
billed_back charged_back passed_on rebilled : recharged rebilled
unpaid owing outstanding : unpaid outstanding owing
late overdue behind : late overdue delayed
no_show didn_t_turn_up didn_t_show didn_t_come never_came : no_show dna
absent off away : absent
present there attended : present attended

broken faulty damaged defective bad busted cracked smashed : damaged broken faulty defective poor bad
bad_state bad_condition bad_shape poor_condition poor_state wrecked ruined : damaged poor bad broken
worn tatty shabby : worn
good_condition good_state good_nick fine : good
unhappy dissatisfied disappointed negative : unhappy dissatisfied poor bad negative
happy satisfied pleased positive : happy satisfied good positive
emergency urgent critical : emergency urgent critical > high
normal ordinary standard routine usual regular : normal standard routine regular
cheap budget basic : basic economy budget
posh premium deluxe luxury : premium deluxe luxury

new first_time first_timer newcomer newbie : new first_time first
returning repeat regular loyal returner existing : returning repeat existing regular return
member : member
family families : family
couple : couple
single solo alone : single solo
business corporate work_trip : business corporate company
leisure holiday pleasure : leisure holiday
kitten : kitten
puppy pup : puppy
dog canine : dog
cat feline : cat
full_time fulltime : full_time ft
part_time parttime : part_time pt
permanent : permanent perm
temp temporary casual agency : temporary temp casual agency
sick ill illness sickness : sick sickness illness
holiday vacation annual_leave : holiday annual_leave vacation
maternity : maternity
morning am : morning am
afternoon pm : afternoon pm
evening night nighttime : evening night dinner
brekkie breakfast : breakfast
tea supper : dinner
van : van
lorry truck : lorry truck hgv
car : car
bike bicycle cycle : bike bicycle
sunny sun : sun sunny
rainy rain wet : rain rainy wet
snow snowy : snow
power electric electricity : electricity electric
gas : gas
junior kid child children youth under_18 young : junior child youth
adult grown_up : adult
senior elderly oap pensioner old_people : senior pensioner concession
`;
