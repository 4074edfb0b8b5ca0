//! Keys that must not be in a document, however somebody types them: with blanks, marks or unseen characters within, in
//! full width or capitals, composed otherwise, or with letters that look like theirs.

use crate::normalize::seen;
use bulou_base::hash::HashMap;

/// What of a key tells it from others here: its letters and digits as the eye takes them.
#[must_use]
pub fn core(key: &str) -> String {
    seen(key).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The cores of names that were asked for, each worked out once.
pub type Cores<'n> = HashMap<&'n str, String>;

/// Finds among names the one that a key is.
pub fn named<'n, T>(
    cores: &mut Cores<'n>,
    names: impl IntoIterator<Item = &'n T>,
    name: impl Fn(&'n T) -> &'n str,
    key: &str,
) -> Option<&'n T> {
    let mut names = names.into_iter().peekable();
    names.peek()?;
    let key = core(key);
    let mut is_key = |name: &'n str| *cores.entry(name).or_insert_with(|| core(name)) == key;
    names.find(|one| !key.is_empty() && is_key(name(one)))
}

#[cfg(test)]
mod tests {
    use super::core;

    #[test]
    fn however_a_key_is_typed_it_is_the_same() {
        for key in [
            "身份证号",
            " 身份证号 ",
            "身份 证\u{3000}号",
            "身\u{200B}份证号",
            "身份证号\u{FE0F}",
            "身份证号:",
            "*身份证号",
            "「身份证号」",
            "身份_证-号",
        ] {
            assert_eq!(core(key), "身份证号", "{key}");
        }
        for key in ["ID卡", "ＩＤ卡", "id卡", "Id 卡", "I\u{AD}D卡"] {
            assert_eq!(core(key), "id卡", "{key}");
        }
        assert_eq!(core("e\u{301}t"), core("\u{E9}T"));
        assert_eq!(core("b\u{430}"), core("ba"));
        assert_ne!(core("身份证号"), core("证号"));
        assert_eq!(core("—:"), "");
    }
}
