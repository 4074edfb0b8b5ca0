//! The sentences that the Python files say, from the program's catalogue: each in Chinese and in English.

use bulou::LocalizedText;
use bulou_messages::texts;
use pyo3::prelude::{Bound, PyModule, PyModuleMethods as _, PyResult, pyfunction, wrap_pyfunction};

/// A function of each sentence: texts that stand in it, and out of it the sentence in both languages.
macro_rules! words {
    ($(texts::$sentence:ident($($argument:ident),*);)*) => {
        $(
            #[pyfunction]
            fn $sentence($($argument: &str),*) -> (String, String) {
                let LocalizedText { zh, en } = texts::$sentence($(&$argument),*).text();
                (zh, en)
            }
        )*

        /// Adds all of them to the extension module.
        pub fn add(module: &Bound<'_, PyModule>) -> PyResult<()> {
            $(module.add_function(wrap_pyfunction!($sentence, module)?)?;)*
            Ok(())
        }
    };
}

words! {
    texts::day_no_date_or_text(kind);
    texts::param_value_unfit(name, kind);
    texts::these_no_waivers(error);
    texts::jobs_positive_whole_number(jobs);
    texts::tables_need_pyarrow();
    texts::column_of_documents_unfit(kind);
    texts::column_of_names_unfit(kind);
    texts::name_no_text(kind);
    texts::documents_and_names_unequal(documents, names);
    texts::one_document_several_wanted(kind);
    texts::no_iterable_of_documents(kind);
    texts::no_document_nothing_was_checked();
    texts::no_such_tables(unknown, known);
    texts::report_neither_true_nor_false();
}
