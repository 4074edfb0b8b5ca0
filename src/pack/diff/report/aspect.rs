//! What a change between two versions is about.

use serde::Serialize;

use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;

macro_rules! aspects {
    ($($variant:ident $name:path;)*) => {
        /// What a change is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
        pub enum Aspect {
            $(
                #[doc = stringify!($name)]
                $variant,
            )*
        }

        impl Aspect {
            /// Its name.
            #[must_use]
            pub fn words(self, lang: Lang) -> &'static str {
                let name = match self { $(Self::$variant => $name(),)* };
                name.get(lang)
            }
        }
    };
}

aspects! {
    Pack texts::pack;
    Version texts::version;
    Title texts::title;
    Publisher texts::publisher;
    Effective texts::force;
    Group texts::group;
    Severity texts::severity_2;
    Responsible texts::responsible;
    Remedy texts::remedy;
    Citation texts::citation;
    Shortfall texts::shortfall;
    Message texts::message;
    Applies texts::applies;
    Requirement texts::requirement;
    Condition texts::condition;
    Deadline texts::deadline;
    Duration texts::duration;
    Number texts::number_3;
    Date texts::date_2;
    Value texts::value_2;
    Counting texts::counting_days;
    Row texts::row_2;
    Options texts::options_2;
    Type texts::type_word_2;
    Optional texts::required_optional;
    Bounds texts::bounds;
    Unit texts::unit_2;
    Unique texts::unique;
    Sensitive texts::sensitive;
    Label texts::label;
    Hint texts::hint_2;
    Forbidden texts::forbidden_keys;
    Text texts::text_2;
    Reason texts::reason;
    Format texts::format;
    Days texts::days_2;
    Example texts::example;
    Keep texts::why_kept;
    Vouched texts::who_vouches;
    MinItems texts::least_2;
    MayBe texts::may;
    Constraint texts::constraint;
    Order texts::order;
    Identity texts::identity;
    Name texts::name_4;
    FilledOn texts::date_3;
    Edition texts::edition;
    Roster texts::roster;
    Placeholders texts::placeholders;
    Scope texts::whose;
    File texts::file;
}
