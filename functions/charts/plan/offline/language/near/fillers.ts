/** What people say beside what they ask: left out, a question asks the same. */
export const fillers = `
so_far right_now at_the_moment at_present these_days nowadays as_of_now up_to_now to_date
racked_up rack_up ran_up run_up clocked_up clock_up notched_up chalked_up built_up piled_up
ended_up end_up turned_out turns_out tend_to tends_to seem_to seems_to happen_to
keep_having kept_having keeps_having keep_getting keeps_getting keep_on
at_all in_all all_told in_general as_a_rule by_and_large roughly_speaking
do_you_know can_you_tell i_wonder just_curious
us_the for_us for_me
`;
