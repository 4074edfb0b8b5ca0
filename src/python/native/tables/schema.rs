//! The columns of the tables.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef};

use super::{STATUSES, status};

/// The columns of a table.
pub(super) fn schema(kind: usize) -> SchemaRef {
    let words = || DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let few = || DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8));
    let texts = || DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true)));
    let (int, text, day) = (|| DataType::Int64, || DataType::Utf8, || DataType::Date32);
    let sure = |name: &str, ty| Field::new(name, ty, false);
    let maybe = |name: &str, ty| Field::new(name, ty, true);
    let fields = match kind {
        0 => {
            let mut fields = vec![
                sure("document", int()),
                sure("name", text()),
                sure("sha256", text()),
                sure("id", text()),
                sure("school", text()),
                maybe("as_of", day()),
                sure("verdict", few()),
                sure("is_submission", DataType::Boolean),
            ];
            fields.extend(STATUSES.map(|one| sure(status(one), DataType::Int32)));
            fields.push(sure("faults", DataType::Int32));
            fields
        }
        1 => vec![
            sure("document", int()),
            sure("id", words()),
            sure("rule", words()),
            sure("status", few()),
            sure("vacuous", DataType::Boolean),
            maybe("because", text()),
            maybe("due", day()),
            maybe("days_left", int()),
        ],
        _ => vec![
            sure("document", int()),
            sure("name", text()),
            sure("id", words()),
            sure("school", words()),
            maybe("code", words()),
            maybe("rule", words()),
            maybe("title", words()),
            maybe("severity", few()),
            sure("status", few()),
            sure("message", text()),
            sure("paths", texts()),
            sure("cells", texts()),
            maybe("line", int()),
            maybe("due", day()),
            maybe("days_left", int()),
            maybe("done", day()),
            maybe("responsible", words()),
            maybe("remedy", words()),
            maybe("more", int()),
        ],
    };
    Arc::new(Schema::new(fields))
}
