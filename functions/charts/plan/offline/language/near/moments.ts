/** What happens to things, said as people do, each with what columns of when it happened are called. */
export const moments = `
gone_out went_out out_the_door gone_out_the_door left_the_building sent_out gone_off on_its_way dispatched sent : ship shipped dispatch dispatched despatched sent
come_back came_back coming_back brought_back bring_back handed_back given_back back_in : returned return
sorted sorted_out get_sorted fixed dealt_with wrapped_up finished done_with : completed closed resolved finished fixed done
got_here turned_up arrived come_in came_in : arrived arrival received delivered
signed_up sign_up joined started_with_us : joined join registered signup
left gone quit walked_out : left leaving ended cancelled end
paid_up settled_up paid_off : paid settled
heard_back got_back replied answered : replied responded answered decision
moved_in : movein moved_in start
moved_out : moveout moved_out end
picked_up collected : collected pickup picked
`;
