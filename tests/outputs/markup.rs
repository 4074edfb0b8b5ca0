//! Pages and XML.

use super::{DAY, Folder, check, county, diff};

/// No element but the program's own, no attribute that runs something, nothing that turns text.
fn assert_inert(page: &str) {
    assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
    assert!(page.contains("Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\""));
    let known = [
        "!DOCTYPE",
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "article",
        "section",
        "div",
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "ol",
        "li",
        "small",
        "strong",
        "span",
        "code",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "col",
        "colgroup",
        "br",
        "a",
        "q",
        "blockquote",
        "nav",
        "details",
        "summary",
        "mark",
        "u",
        "b",
        "dl",
        "dt",
        "dd",
        "s",
    ];
    for tag in page.split('<').skip(1) {
        let name = tag.trim_start_matches('/').split(['>', ' ', '\n']).next().unwrap_or_default();
        assert!(known.contains(&name), "<{tag}");
        let inside = tag.split('>').next().unwrap_or_default();
        assert!(!inside.contains(" on") && !inside.contains("http:"), "<{inside}>");
    }
    for c in page.chars() {
        let turning = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!turning && (matches!(c, '\n' | '\t') || !c.is_control()), "{c:?}");
    }
}

#[test]
fn pages_show_markup_as_text() {
    let folder = Folder::new("html");
    for args in [check("html"), county("html"), diff("html"), ["trace", "rules", "--format", "html"].to_vec()] {
        let page = folder.text(&args, None);
        assert_inert(&page);
        assert!(page.contains("&lt;"), "{args:?}: something was hostile");
    }
    let notices = [&county("text")[..], &["--notices", "notices.html"]].concat();
    let page = folder.text(&notices, Some("notices.html"));
    assert_inert(&page);
    assert!(page.contains("缺") && page.contains("&lt;script&gt;"), "both kinds: {page}");
}

#[test]
fn junit_is_xml_of_the_characters_that_xml_has() {
    let folder = Folder::new("junit");
    let text = folder.text(&check("junit"), None);
    let xml = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let cases = xml.descendants().filter(|node| node.has_tag_name("testcase")).count();
    assert!(cases > 9 && xml.descendants().all(|node| !node.has_tag_name("script")));
    assert!(text.contains("alert(1)") && !text.contains('\u{1b}'));
}

#[test]
fn another_schema_that_refuses_a_value_does_not_repeat_it() {
    let folder = Folder::new("schema");
    let schema =
        r#"{"properties": {"电话": {"const": "x"}, "病名": false, "家": {"type": "string"}, "证号": {"maxItems": 0}}}"#;
    folder.write("schema.json", schema);
    for format in ["text", "json", "csv", "sarif", "junit", "html"] {
        let args = [&["check"][..], &DAY, &["--schema", "schema.json", "--format", format, "schools"]].concat();
        assert!(folder.text(&args, None).contains("JSON Schema"), "{format}");
    }
}
