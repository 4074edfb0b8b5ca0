//! Letters are not seen on a ground of their colour, in whatever way either is written.

use rust_xlsxwriter::{Color, Format};

use super::beside::changed;
use super::pack;
use super::unseen::{told, with_text};

const STYLES: &str = "xl/styles.xml";
const THEME: &str = "xl/theme/theme1.xml";
const LETTERS: &str = "<color rgb=\"FF123456\"/>";
const FILL: &str =
    "<patternFill patternType=\"solid\"><fgColor rgb=\"FF654321\"/><bgColor indexed=\"64\"/></patternFill>";
const NONE: &str = "<patternFill patternType=\"none\"/>";

/// Whether an answer is seen whose letters and ground are written so.
fn is_seen(letters: &str, fill: &str, more: &[(&str, &str, &str)]) -> bool {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本 }\n");
    let look = Format::new().set_font_color(Color::RGB(0x12_34_56)).set_background_color(Color::RGB(0x65_43_21));
    let book = with_text(|sheet| {
        sheet.write_string_with_format(0, 1, "南街小学", &look).expect("a cell");
    });
    let changes = [&[(STYLES, LETTERS, letters), (STYLES, FILL, fill)], more].concat();
    let told = told(&rules, &changed(&book, &changes, &[]));
    assert!(told.is_empty() || told == ["D052 fault 填报表!B1 这一格的字看不见"], "{told:?}");
    told.is_empty()
}

fn solid(colour: &str) -> String {
    format!("<patternFill patternType=\"solid\"><fgColor {colour}/></patternFill>")
}

#[test]
fn colours_are_held_against_each_other_however_they_are_written() {
    let white_accent = "<a:accent1><a:srgbClr val=\"4F81BD\"/></a:accent1>";
    let accent = [(THEME, white_accent, "<a:accent1><a:srgbClr val=\"FFFFFF\"/></a:accent1>")];
    let dark = "<a:dk1><a:sysClr val=\"windowText\" lastClr=\"000000\"/></a:dk1>";
    let dark_is = |colour: &'static str| [(THEME, dark, colour)];
    for (letters, fill, more, seen) in [
        ("<color rgb=\"FF000000\" tint=\"1\"/>", NONE.to_owned(), &[][..], false),
        ("<color indexed=\"8\" tint=\"1\"/>", NONE.to_owned(), &[], false),
        ("<color rgb=\"FF000000\" tint=\"0.3\"/>", NONE.to_owned(), &[], true),
        ("<color indexed=\"10\"/>", solid("rgb=\"FFFF0000\""), &[], false),
        ("<color rgb=\"FFFF0000\"/>", solid("indexed=\"10\""), &[], false),
        ("<color indexed=\"22\"/>", solid("rgb=\"FFC0C0C0\""), &[], false),
        ("<color indexed=\"22\"/>", solid("rgb=\"FF0000FF\""), &[], true),
        ("<color rgb=\"FF4F81BD\"/>", solid("theme=\"4\""), &[], false),
        ("<color theme=\"4\" tint=\"0.8\"/>", solid("theme=\"4\" tint=\"0.79\""), &[], false),
        ("<color theme=\"4\" tint=\"-0.5\"/>", solid("theme=\"4\" tint=\"0.6\""), &[], true),
        ("<color theme=\"3\"/>", solid("theme=\"2\""), &[], true),
        ("<color theme=\"2\"/>", NONE.to_owned(), &[], false),
        ("<color theme=\"4\"/>", NONE.to_owned(), &accent, false),
        ("<color theme=\"4\"/>", NONE.to_owned(), &[], true),
        ("<color theme=\"1\"/>", NONE.to_owned(), &dark_is("<a:dk1><a:srgbClr val=\"FFFFFF\"/></a:dk1>"), false),
        (
            "<color theme=\"1\"/>",
            NONE.to_owned(),
            &dark_is("<a:dk1><a:sysClr val=\"window\" lastClr=\"FFFFFF\"/></a:dk1>"),
            false,
        ),
        // What nobody can work out may be any colour.
        (
            "<color theme=\"1\"/>",
            NONE.to_owned(),
            &dark_is("<a:dk1><a:srgbClr val=\"000000\"><a:lumOff val=\"100000\"/></a:srgbClr></a:dk1>"),
            false,
        ),
        ("<color theme=\"77\"/>", NONE.to_owned(), &[], false),
        // Letters of no colour are black, whatever the theme.
        ("<color auto=\"1\"/>", NONE.to_owned(), &dark_is("<a:dk1><a:srgbClr val=\"FFFFFF\"/></a:dk1>"), true),
        ("", NONE.to_owned(), &dark_is("<a:dk1><a:srgbClr val=\"FFFFFF\"/></a:dk1>"), true),
        ("", solid("theme=\"1\""), &[], false),
        // One that is written twice is either.
        ("<color rgb=\"FF000000\" theme=\"0\"/>", NONE.to_owned(), &[], false),
    ] {
        assert_eq!(is_seen(letters, &fill, more), seen, "{letters} {fill} {more:?}");
    }
}

#[test]
fn a_workbook_may_have_a_palette_of_its_own() {
    let own = |colour: &str| {
        format!("<colors><indexedColors><rgbColor rgb=\"00{colour}\"/></indexedColors></colors></styleSheet>")
    };
    for (colour, seen) in [("FFFFFF", false), ("800000", true)] {
        let more = own(colour);
        let more = [(STYLES, "</styleSheet>", more.as_str())];
        assert_eq!(is_seen("<color indexed=\"0\"/>", NONE, &more), seen, "{colour}");
    }
    // The colours that somebody used last are no letters of a style.
    let used = "<colors><mruColors><color rgb=\"FFFFFFFF\"/></mruColors></colors></styleSheet>";
    assert!(is_seen("<color rgb=\"FF000000\"/>", NONE, &[(STYLES, "</styleSheet>", used)]));
}

#[test]
fn a_ground_of_more_than_one_colour_hides_what_is_seen_on_none() {
    let black = "<color rgb=\"FF000000\"/>";
    let run = |ends: [&str; 2]| {
        let stop = |colour: &str| format!("<stop position=\"0\"><color rgb=\"FF{colour}\"/></stop>");
        format!("<gradientFill degree=\"90\">{}</gradientFill>", ends.map(stop).concat())
    };
    let pattern = |kind: &str, colours: &str| format!("<patternFill patternType=\"{kind}\">{colours}</patternFill>");
    let both = "<fgColor rgb=\"FF000000\"/><bgColor rgb=\"FF000000\"/>";
    for (fill, seen) in [
        (run(["000000", "0A0A0A"]), false),
        (run(["000000", "FFFFFF"]), true),
        (pattern("solid", ""), false),
        (pattern("darkGray", both), false),
        (pattern("gray125", both), false),
        (pattern("gray125", ""), true),
        (pattern("lightUp", "<bgColor rgb=\"FF000000\"/>"), false),
        (pattern("none", both), true),
    ] {
        assert_eq!(is_seen(black, &fill, &[]), seen, "{fill}");
    }
}
