//! Warnings that a pack allows with a reason.

use super::{HEAD, codes, found};

#[test]
fn a_warning_may_stand_where_somebody_says_why() {
    let pack = |allow: &str| {
        let rule = "规则 一 \"一\" { 依据 文 \"十五日内\" 要求 数 ≥ 3 整改 \"改\" }\n";
        codes(&format!("{HEAD}{rule}{allow}\n"), "")
    };
    assert_eq!(pack(""), ["W104", "W132"]);
    assert_eq!(pack("允许 W132 一 \"十五日另有规则查\""), ["W104"]);
    assert_eq!(pack("允许 W132 一 \"十五日另有规则查\"\nallow w104 够 \"留着\""), [""; 0]);
    for vain in [
        "允许 W131 一 \"还没有做\"",
        "允许 W132 二 \"写错了名\"",
        "允许 E098 一 \"错误\"",
        "允许 W132 校项.数 \"不在那里\"",
    ] {
        assert_eq!(pack(vain), ["W104", "W132", "W131"], "{vain}");
    }
    // A reason is one.
    assert_eq!(pack("允许 W132 一 \"无\""), ["E098"]);
}

/// A number or an option that came later was let stand with those before it.
#[test]
fn what_an_allowance_does_not_name_is_still_warned_of() {
    let about = |quote: &str, allow: &str| {
        let rule = format!("规则 一 \"一\" {{ 依据 文 \"{quote}\" 要求 数 ≥ 3 整改 \"改\" }}\n{allow}\n");
        codes(&format!("{HEAD}{rule}规则 用 \"用\" {{ 依据 文 要求 够 整改 \"改\" }}\n"), "")
    };
    assert_eq!(about("十五日内,每增加1人", "允许 W132 一 \"十五日和1人另有规则查\""), [""; 0]);
    assert_eq!(about("十五日内,每增加1人", "允许 W132 一 \"1人另有规则查\""), ["W132"]);
    assert_eq!(about("每增加1人", "允许 W132 一 \"10人、21人另有规则查\""), ["W132"]);
    let silent = |allow: &str| {
        let rule = "规则 一 \"一\" { 依据 文 要求 类 ≠ 小学 或 够 整改 \"改\" }\n";
        let said = found(&format!("{HEAD}{rule}{allow}\n"), "");
        let of_options = said.into_iter().filter(|one| ["W131", "W140"].contains(&one.code.as_str()));
        of_options.map(|one| format!("{} {}", one.code.as_str(), one.help.zh)).collect::<Vec<_>>()
    };
    assert_eq!(silent("允许 W140 类 \"初中和高中一样判\""), [""; 0]);
    let [left] = &silent("允许 W140 类 \"初中一样判\"")[..] else { panic!("one warning") };
    assert!(left.starts_with("W140") && left.contains("没有说到 高中"), "{left}");
    // What a longer name says is not said of the shorter.
    let list = |allow: &str| {
        let pack = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 外部 \"文\"\n选项 档 { 一般, 大, 重大 }\n数据 学校 { 档: 档 }
规则 一 \"一\" { 依据 文 要求 档 ≠ 一般 整改 \"改\" }\n";
        found(&format!("{pack}{allow}\n"), "").iter().filter(|one| one.code.as_str() == "W140").count()
    };
    assert_eq!([list("允许 W140 档 \"重大一样判\""), list("允许 W140 档 \"大和重大一样判\"")], [1, 0]);
}

#[test]
fn nothing_is_said_of_allowances_where_something_is_not_understood() {
    let rule = "规则 一 \"一\" { 依据 文 \"十五日内\" 要求 数 ≥ 3 整改 \"改\" }\n";
    let allow = "允许 W132 一 \"另有规则查\"\nallow w104 够 \"留着\"\n";
    for slip in ["规则 坏 {", "规则 二 \"二\" { 依据 文 要求 数 ≥≥ 3 }", "规则 三 \"三\" { 依据 文 要求 没有的 ≥ 3 }"]
    {
        let said = codes(&format!("{HEAD}{rule}{allow}{slip}\n"), "");
        assert!(!said.contains(&"W131") && said.iter().any(|code| code.starts_with('E')), "{slip}: {said:?}");
    }
}
