//! Lists of stable codes: each an enum whose variants have a code, by which reports and programs know them, and a title,
//! which is that of its explanation in English.

/// Makes the enum of a list of codes.
macro_rules! stable_codes {
    ($(#[$attribute:meta])* $name:ident { $($variant:ident $code:literal $title:literal;)* }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $(#[doc = concat!("`", $code, "` ", $title)] $variant,)*
        }

        impl $name {
            /// All codes in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            #[cfg(test)]
            pub(crate) const TITLES: &'static [&'static str] = &[$($title,)*];

            /// The code as it is written: a letter and three digits.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        /// What is read is a text: a case's `结构`, a program's own list.
        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use stable_codes;

#[cfg(test)]
mod tests {
    use crate::diagnostic::Lang;
    use crate::explain;
    use crate::problem_codes::ProblemCode;
    use crate::publication_codes::PublicationCode;

    #[test]
    fn each_has_an_explanation_with_its_title_and_no_other_code_has() {
        let written = |codes: &[&'static str], titles: &[&'static str]| {
            codes.iter().copied().zip(titles.iter().copied()).collect::<Vec<_>>()
        };
        let problems: Vec<_> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
        let publications: Vec<_> = PublicationCode::ALL.iter().map(|code| code.as_str()).collect();
        for (letter, known) in
            [('D', written(&problems, ProblemCode::TITLES)), ('P', written(&publications, PublicationCode::TITLES))]
        {
            let explained = explain::all(Lang::En).filter(|found| found.code.starts_with(letter));
            assert_eq!(known, explained.map(|found| (found.code, found.title)).collect::<Vec<_>>());
            let mut long = explain::all(Lang::Zh).filter(|found| found.code.starts_with(letter));
            assert!(long.all(|found| found.text.len() > 40), "{letter}");
        }
    }
}
