//! Whether two values are one. Of two texts that say who somebody is that cannot always be told.

use std::rc::Rc;

use bulou_base::value::{Text, Truth, Value};
use bulou_document::placeholder::Who;

/// Whether two known values are the same; unknown where both may say the same person.
pub(crate) fn alike(one: Value<'_>, other: Value<'_>) -> Truth {
    match (one, other) {
        (Value::Text(one), Value::Text(other)) if one != other && may_be_alike(one, other) => Truth::Unknown,
        _ => Truth::from(one == other),
    }
}

/// Whether two texts that differ may say one person: none but persons are compared with persons.
pub(crate) fn may_be_alike(one: Text<'_>, other: Text<'_>) -> bool {
    (one.person || other.person) && who(one).may_be(&who(other))
}

/// Who a text says.
pub(crate) fn who(text: Text<'_>) -> Rc<Who> {
    Who::known(text.normal, text.written)
}
