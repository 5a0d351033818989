/** What people say beside what they ask: left out, a question asks the same. */
export const fillers = `
so_far right_now at_the_moment at_present these_days nowadays as_of_now up_to_now to_date
racked_up rack_up ran_up run_up clocked_up clock_up notched_up chalked_up built_up piled_up
ended_up end_up turned_out turns_out tend_to tends_to seem_to seems_to happen_to
anyone anybody someone somebody at_all in_all all_told in_general as_a_rule by_and_large roughly_speaking
do_you_know can_you_tell i_wonder just_curious
for_us for_me to_keep_up to_maintain to_run to_look_after
`;

/** What is said of those that something happens to again and again. */
export const repeated = `
keep_having keeps_having kept_having keep_getting keeps_getting kept_getting keep_needing keeps_needing keep_reporting
keep_giving_us keeps_giving_us keep_giving keeps_giving keep_causing keeps_causing
`;
