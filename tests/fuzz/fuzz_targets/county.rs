//! Any text as the partial state of a county: it is refused, or it makes a report, whatever it is merged with and when.
#![no_main]

use std::sync::LazyLock;

use bulou_api::county::County;
use bulou_county::text;
use bulou_fuzz::{PACK, no_gb18030, options};
use bulou_messages::diagnostic::Lang;
use libfuzzer_sys::fuzz_target;

const OWN: &str = include_str!("../../county/全县.json");
const SCHOOL: &str = include_str!("../../samples/南街小学.json");

/// The state of a county in which one school's document has come in.
static OTHER: LazyLock<String> = LazyLock::new(|| {
    let mut county = empty();
    // Not the bytes of the seed: two states that differ about the same bytes have no order.
    county.add("南街小学.json", format!("{SCHOOL}\n").as_bytes(), &no_gb18030).expect("the options fit");
    county.partial().expect("JSON")
});

fn empty() -> County {
    County::new(&PACK, options(Lang::Zh)).expect("the options fit")
}

fuzz_target!(|state: &str| {
    let mut first = empty();
    if first.merge(state).is_err() {
        return;
    }
    first.merge(&OTHER).expect("the same rules");
    let mut second = empty();
    second.merge(&OTHER).expect("the same rules");
    second.merge(&first_part(state)).expect("what was written is read");
    let finished =
        |county: &County| county.finish("全县.json", OWN.as_bytes(), None, &no_gb18030).expect("county rules");
    let (report, again) = (finished(&first), finished(&second));
    assert_eq!(serde_json::to_string(&report).expect("JSON"), serde_json::to_string(&again).expect("JSON"));
    for lang in [Lang::Zh, Lang::En] {
        let _ = text::render(&report, lang, true);
        let _ = text::matrix(&report, lang);
    }
});

/// The state as it is written again.
fn first_part(state: &str) -> String {
    let mut county = empty();
    county.merge(state).expect("it was merged before");
    county.partial().expect("JSON")
}
