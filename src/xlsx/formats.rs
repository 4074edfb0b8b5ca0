//! Number formats that show something else than a cell holds: `"未销号"` shows a date as words, `;;;` shows nothing.

/// Letters that stand between the numbers of a date or time.
const OF_DATES: &str = "年月日时分秒上下午星期周第季度号ampAMP";
/// A unit has at most so many letters.
const UNIT: usize = 3;

/// What a section of a format shows.
#[derive(Default)]
struct Section {
    /// Letters and digits that stand in it whatever the value is.
    words: String,
    has_number: bool,
    has_text: bool,
    is_date: bool,
    /// Its number is shown in thousands, or with letters around it.
    is_changed: bool,
}

impl Section {
    fn misleads(&self) -> bool {
        if self.is_changed || self.words.chars().any(|c| c.is_ascii_digit()) {
            return true;
        }
        match (self.has_number || self.has_text, self.words.is_empty()) {
            (_, true) => false,
            (false, false) => true,
            (true, false) if self.is_date => !self.words.chars().all(|c| OF_DATES.contains(c)),
            (true, false) => self.has_text || self.words.chars().count() > UNIT,
        }
    }
}

/// Whether what a format shows may be taken for another value than the cell's.
pub(super) fn misleads(format: &str) -> bool {
    let sections = sections(format);
    let shows = |section: &Section| section.has_number || section.has_text || !section.words.is_empty();
    !format.is_empty() && (sections.iter().any(Section::misleads) || !sections.iter().any(shows))
}

/// Whether what is seen of a number, date or truth value can be one, with a unit or the words of a date.
pub(super) fn shows_a_value(shown: &str) -> bool {
    let words: String = shown.chars().filter(|c| c.is_alphabetic()).collect();
    let is_truth = ["TRUE", "FALSE", "是", "否", "真", "假"].contains(&words.as_str());
    let fits = words.chars().count() <= UNIT || words.chars().all(|c| OF_DATES.contains(c));
    words.is_empty() || is_truth || fits && shown.chars().any(|c| c.is_ascii_digit())
}

fn sections(format: &str) -> Vec<Section> {
    let mut all = vec![Section::default()];
    let format = ["General", "GENERAL", "general"].iter().fold(format.to_owned(), |text, word| text.replace(word, "0"));
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(section) = all.last_mut() else { return all };
        let mut says = |c: char| section.words.extend(Some(c).filter(|c| c.is_alphanumeric()));
        match c {
            ';' => all.push(Section::default()),
            '"' => chars.by_ref().take_while(|c| *c != '"').for_each(says),
            '\\' => chars.next().into_iter().for_each(says),
            // Colours and conditions; a currency, with the place that it is written for.
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let currency = inside.strip_prefix('$').and_then(|rest| rest.split('-').next());
                currency.unwrap_or_default().chars().for_each(says);
            }
            // A blank as wide as a character, and a character that fills the cell.
            '_' => drop(chars.next()),
            '*' => section.is_changed |= chars.next().is_some_and(char::is_alphanumeric),
            ',' => section.is_changed |= section.has_number && !matches!(chars.peek(), Some('0' | '#' | '?')),
            '@' => section.has_text = true,
            '0' | '#' | '?' => section.has_number = true,
            'G' | 'y' | 'm' | 'd' | 'h' | 's' | 'e' | 'g' | 'Y' | 'M' | 'D' | 'H' | 'S' | 'E' => {
                (section.has_number, section.is_date) = (true, true);
            }
            'A' | 'P' | 'a' | 'p' | 'b' | 'B' => {}
            c => says(c),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{misleads, shows_a_value};

    #[test]
    fn words_that_stand_for_a_value_or_change_it_are_known() {
        for format in [
            "General",
            "0",
            "0.00",
            "#,##0",
            "yyyy-mm-dd",
            "yyyy\"年\"m\"月\"d\"日\"",
            "yyyy年m月d日;@",
            "0\"人\"",
            "[$-804]yyyy\\-m\\-d;@",
            "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
            "@",
            "0%",
            "¥#,##0",
            "0.00E+00",
            "[Red]0;[Blue]-0",
            "h:mm AM/PM",
            "general",
            "[$￥-804]#,##0.00",
            "0;;;@",
            "#\"平方米\"",
            "上午/下午h\"时\"mm\"分\"",
        ] {
            assert!(!misleads(format), "{format}");
        }
        for format in [
            "\"未销号\"",
            "[>50000]yyyy-mm-dd;\"未销\"",
            "\"还没有\"yyyy-mm-dd",
            "@\"/2141000347\"",
            "@\"、东关小学\"",
            ";;;",
            "0\"人以外的\"",
            "未销",
            "[$还没有]yyyy-mm-dd",
            "0\"00\"",
            "\"1\"0",
            "G\"未销号\"",
            "0*未",
            "0,",
        ] {
            assert!(misleads(format), "{format}");
        }
        for shown in ["2022-06-27", "2022年6月27日", "812人", "是", "TRUE", "", "-", "下午3时", "￥1,234.00"] {
            assert!(shows_a_value(shown), "{shown}");
        }
        for shown in ["未销号", "还没有写2022-06-27", "未销"] {
            assert!(!shows_a_value(shown), "{shown}");
        }
    }
}
