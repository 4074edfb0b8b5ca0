//! What each keyword means, in a line.

use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use bulou_syntax::keywords::{KEYWORDS, Keyword};

/// By the keyword's rule in the grammar.
const MEANINGS: &[(&str, Phrase)] = &[
    ("kw_pack", texts::packs_id_title_version()),
    ("kw_source", texts::text_rules_cite_external()),
    ("kw_param", texts::value_bureau_may_change()),
    ("kw_options", texts::set_options()),
    ("kw_record", texts::group_fields()),
    ("kw_data", texts::all_fields_one_document()),
    ("kw_define", texts::names_expression()),
    ("kw_table", texts::decision_table_proved_without()),
    ("kw_calendar", texts::rest_days_make_up()),
    ("kw_rule", texts::rule_what_rests_what()),
    ("kw_excuse", texts::sentence_no_data_can()),
    ("kw_allow", texts::warning_may_stand_why()),
    ("kw_assert", texts::what_rules_must_come()),
    ("kw_version", texts::packs_version()),
    ("kw_publisher", texts::who_publishes()),
    ("kw_effective", texts::force_from_day_another()),
    ("kw_external", texts::cited_text_not_held()),
    ("kw_scope", texts::field_least_greatest_rule()),
    ("kw_reason", texts::why()),
    ("kw_hint", texts::how_field_filled()),
    ("kw_unit", texts::what_number_counts()),
    ("kw_happened", texts::day_what_happened_not()),
    ("kw_planned", texts::planned_day_any()),
    ("kw_unique", texts::not_repeated_within_list()),
    ("kw_sensitive", texts::value_appears_no_report()),
    ("kw_format", texts::built_format_such_school()),
    ("kw_example", texts::example_what_fill()),
    ("kw_keep", texts::why_asked_though_no()),
    ("kw_vouched", texts::who_vouches_2()),
    ("kw_forbid", texts::keys_must_not_appear()),
    ("kw_identity", texts::field_says_whom_document()),
    ("kw_title", texts::field_subjects_name()),
    ("kw_date", texts::field_documents_date()),
    ("kw_edition", texts::days_documents_later()),
    ("kw_roster", texts::rosters_ids()),
    ("kw_fold", texts::documents_all_schools()),
    ("kw_placeholders", texts::localizedtext_count_not_filled()),
    ("kw_constraint", texts::what_must_hold_within()),
    ("kw_min_items", texts::how_many_elements_list()),
    ("kw_items", texts::ends_least_n_items()),
    ("kw_may_be", texts::placeholder_counts_answer_here()),
    ("kw_cites", texts::words_rule_rests_character()),
    ("kw_shortfall", texts::what_words_ask_rule()),
    ("kw_responsible", texts::who_responsible()),
    ("kw_group", texts::heading_reports()),
    ("kw_severity", texts::major_serious_minor_hint()),
    ("kw_applies", texts::when_rule_applies()),
    ("kw_requires", texts::what_must_hold()),
    ("kw_message", texts::what_say_when_does()),
    ("kw_remedy", texts::what_do_about()),
    ("kw_rolled", texts::due_day_rest_day()),
    ("kw_early", texts::done_before_start_counts()),
    ("kw_any", texts::any_value()),
    ("kw_if", texts::if_then_b_asks()),
    ("kw_then", texts::when_condition_holds()),
    ("kw_else", texts::when_does_not()),
    ("kw_or", texts::least_one_holds()),
    ("kw_and", texts::all_hold()),
    ("kw_not", texts::does_not_hold()),
    ("kw_every", texts::every_element_list_satisfies()),
    ("kw_some", texts::least_one_element_satisfies()),
    ("kw_none", texts::no_element_satisfies()),
    ("kw_satisfies", texts::condition_each_element()),
    ("kw_as", texts::names_lists_element()),
    ("kw_has", texts::filled_3()),
    ("kw_lacks", texts::left_out_4()),
    ("kw_default", texts::value_where_left_out()),
    ("kw_covers", texts::every_element_second_list()),
    ("kw_due", texts::deadline_due_within_3()),
    ("kw_by", texts::day_must_hold_e()),
    ("kw_from", texts::from_day_itself_not()),
    ("kw_within", texts::within_time()),
    ("kw_before", texts::until_day_itself_included()),
    ("kw_each", texts::how_often_each_day()),
    ("kw_since", texts::from_when()),
    ("kw_except", texts::months_do_not_count()),
    ("kw_in", texts::one_list()),
    ("kw_between", texts::between_b_inclusive_both()),
    ("kw_to", texts::up_itself_included()),
    ("kw_between_end", texts::ends_between_b_inclusive()),
    ("kw_contains", texts::holds_piece_text_element()),
    ("kw_at_least", texts::mark_5()),
    ("kw_at_most", texts::mark_4()),
    ("kw_more_than", texts::mark_3()),
    ("kw_less_than", texts::mark_2()),
    ("kw_int_div", texts::divided_rounded_down()),
    ("kw_all", texts::all_options_set()),
    ("kw_today", texts::day_check_2()),
    ("kw_yes", texts::true_word_2()),
    ("kw_no", texts::false_word_2()),
    ("kw_day", texts::each_day()),
    ("kw_week", texts::each_week_from_monday()),
    ("kw_month", texts::each_month()),
    ("kw_quarter", texts::each_quarter()),
];

/// The meaning of a keyword, by its rule in the grammar.
pub(super) fn meaning(which: &str) -> Option<LocalizedText> {
    let (_, meaning) = MEANINGS.iter().find(|(known, _)| *known == which)?;
    Some(meaning.text())
}

/// The keyword of a spelling, in either language.
pub(super) fn keyword(word: &str) -> Option<&'static Keyword> {
    KEYWORDS.iter().find(|keyword| keyword.zh == word || keyword.en == word)
}

#[cfg(test)]
mod tests {
    use super::meaning;
    use bulou_syntax::keywords::KEYWORDS;

    #[test]
    fn every_keyword_has_a_meaning() {
        let words = KEYWORDS.iter().map(|keyword| keyword.rule);
        let missing: Vec<&str> = words.filter(|word| meaning(word).is_none()).collect();
        assert_eq!(missing, [""; 0]);
    }
}
