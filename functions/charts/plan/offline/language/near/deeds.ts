/**
 * What is done with a row, each with what tables of such rows and their columns are called: to say that guests stayed says
 * nothing of a booking that it does not say itself. "What is said : what the table or a column is called".
 */
export const deeds = `
stay stayed staying book booked booking reserve reserved check_in checked_in : booking reservation stay night arrival guest room
attend attended attending came come turned_up turn_up showed_up show_up took_part take_part go went : attendee attendance event class session workshop visit visitor course
visit visited visiting drop_in dropped_in pop_in : visit visitor appointment session
donate donated donating give gave given giving pledge pledged contribute contributed : donation donor gift supporter pledge
submit submitted submitting raise raised raising log logged logging report reported reporting open opened lodge lodged file filed
  send_in sent_in put_in : ticket request claim report issue case incident idea application complaint expense job
apply applied applying put_in : application applicant candidate grant vacancy
borrow borrowed borrowing take_out took_out taken_out lend lent loan loaned went_out gone_out : loan borrower library checkout
buy bought buying order ordered ordering purchase purchased : order sale purchase invoice transaction
rent rented renting hire hired hiring hire_out : rental hire
repair repaired fix fixed mend mended : repair job maintenance workorder fault
call called ring rang phone phoned : call
deliver delivered ship shipped send sent : delivery shipment parcel consignment order
join joined joining sign_up signed_up enrol enrolled register registered : member membership signup registration subscriber
teach taught teaching lead led run ran hold held : class lesson session workshop course
treat treated treating see saw seen : appointment patient visit consultation treatment
play played : match game fixture
work worked working : shift timesheet rota
drive drove driven travel travelled : trip journey route
eat ate dine dined eating dining : cover reservation meal
complain complained complaining moan moaned : complaint
return returned send_back sent_back bring_back brought_back : return
answer answered respond responded reply replied fill_in filled_in : survey response respondent answer
train trained training : session training workout
interview interviewed : interview candidate
pick picked harvest harvested : harvest picking
adopt adopted rehome rehomed : adoption animal
inspect inspected audit audited check checked : inspection audit check
`;
