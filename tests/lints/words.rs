//! What words say beside what a rule asks: bounds of quotes and titles, reasons to keep a field, quoted options, lists that
//! something else asks elements of.

use super::{codes, found};

const HEAD: &str = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 外部 \"文\"\n选项 级 { 一般, 重大 }\n记录 项 { 号: 文本 级: 级 好: 是否 收: 日期 已发生 发: 日期 已发生 }\n\
表 满(人: 整数) → 整数 { | 人 | 结果 | | ≥ 600 | 2 | | < 600 | 1 | }
表 超(人: 整数) → 整数 { | 人 | 结果 | | > 600 | 2 | | ≤ 600 | 1 | }
表 满段(人: 整数) → 整数 { | 人 | 结果 | | 600 至 9999 | 2 | | > 9999 | 3 | | < 600 | 1 | }
表 超段(人: 整数) → 整数 { | 人 | 结果 | | < 0 | 0 | | 0 至 600 | 1 | | > 600 | 2 | }
定义 满配 = 满(人数) + 0
定义 超配 = 超(人数) + 0

数据 学校 { 数: 整数 人数: 整数 率: 小数 级: 级 甲: 日期 已发生 乙: 日期 已发生 列: [项] 足列: [项] 至少 1 项 }\n参数 下限: 整数 = 3 范围 1 至 9\n";

fn said(title: &str, asked: &str) -> Vec<&'static str> {
    codes(&format!("{HEAD}规则 一 \"{title}\" {{ 依据 文 要求 {asked} 不符 \"不行\" 整改 \"改\" }}\n"), "")
}

/// 民法典, article 1259: 以上, 以下 and 以内 include the number, 不满 and 超过 do not.
#[test]
fn a_bound_is_that_of_the_words() {
    for (title, same, other) in [
        ("数不高于 8", "数 ≤ 8", "数 < 8"),
        ("至少3项", "数 ≥ 3", "数 > 3"),
        ("至少3项", "数 ≥ 下限", "数 ≤ 下限"),
        ("至少开展3次", "3 ≤ 数", "3 < 数"),
        ("每班最多招收 55 人", "数 ≤ 55", "数 < 55"),
        ("超过 55 人的分班", "非 (数 > 55)", "非 (数 ≥ 55)"),
        ("不满 6 岁的不收", "没有 列 满足 数 < 6", "没有 列 满足 数 ≤ 6"),
        ("100 人以上的学校有保安", "若 数 ≥ 100 则 人数 > 1", "若 数 > 100 则 人数 > 1"),
        ("三日内告知", "乙 - 甲 ≤ 3日", "乙 - 甲 < 3日"),
        ("三日内告知", "乙 ≤ 甲 + 3日", "乙 < 甲 + 3日"),
        ("不迟于 3 日告知", "乙 - 甲 ≤ 3日", "乙 - 甲 ≥ 3日"),
        ("近视率不超过40%", "数 ≤ 人数 * 40%", "数 < 人数 * 40%"),
        ("在 3 项以上", "数 在 3 至 9 之间", "数 < 3 + 0 且 数 ≤ 3"),
        ("三日告知", "乙 须在 甲 起 3日 内", "乙 须在 甲 起 3个工作日 内"),
        ("at least 3 guards", "数 ≥ 3", "数 > 3"),
        ("no more than 55 pupils", "数 ≤ 55", "数 < 55"),
        // A row of a table compares as well.
        ("满六百人的配 2 名", "数 ≥ 满(人数)", "数 ≥ 超(人数)"),
        ("满 600 人的配 2 名", "数 ≥ 满段(人数)", "数 ≥ 超段(人数)"),
        ("600 人以上的配 2 名", "数 ≥ 满配", "数 ≥ 超配"),
        ("超过六百人的配 2 名", "数 ≥ 超段(人数)", "数 ≥ 满段(人数)"),
        ("三日之内告知", "乙 - 甲 ≤ 3日", "乙 - 甲 < 3日"),
        ("在三天内告知", "乙 - 3日 ≤ 甲", "乙 - 3日 < 甲"),
        ("三日以内告知", "甲 ≥ 乙 - 3日", "甲 > 乙 - 3日"),
        ("三日内告知", "数量(列[收 - 发 ≤ 3日]) ≥ 1", "数量(列[收 - 发 < 3日]) ≥ 1"),
        ("两周内告知", "乙 - 甲 ≤ 14日", "乙 - 甲 < 14日"),
        ("一周内告知", "乙 - 甲 ≤ 1周", "乙 - 甲 < 1周"),
        ("24小时内告知", "乙 - 甲 ≤ 1日", "乙 - 甲 < 1日"),
    ] {
        assert!(!said(title, same).contains(&"W144"), "{title}: {same}");
        assert!(said(title, other).contains(&"W144"), "{title}: {other}");
    }
}

#[test]
fn a_number_is_in_the_unit_of_what_it_is_compared_with() {
    let data = |unit: &str| {
        let field = format!("距离: 小数 单位 \"{unit}\" 范围 0 至 9999");
        HEAD.replace("级: 级 甲: 日期", &format!("级: 级 {field} 甲: 日期"))
            .replace("好: 是否", &format!("好: 是否 远{field}"))
    };
    let told = |unit: &str, title: &str, asked: &str| {
        let rule = format!("规则 一 \"{title}\" {{ 依据 文 要求 {asked} 不符 \"不行\" 整改 \"改\" }}\n");
        codes(&(data(unit) + &rule), "").contains(&"W144")
    };
    for (unit, other, title) in [
        ("米", "千米", "距离污染源25米以上"),
        ("公里", "米", "离学校至少 25 公里"),
        ("克", "千克", "每样不少于25克"),
        ("元", "万元", "25元以上的入账"),
        ("分钟", "小时", "消毒25分钟以上"),
        ("分钟", "秒", "消毒二十五分钟以上"),
    ] {
        for asked in [
            "距离 ≥ 25",
            "25 ≤ 距离",
            "没有 列 满足 远距离 < 25",
            "每个 列 满足 非 (远距离 < 25)",
            "距离 在 25 至 9999 之间",
        ] {
            assert!(!told(unit, title, asked), "{title}: {asked}, {unit}");
            assert!(told(other, title, asked), "{title}: {asked}, {other}");
        }
    }
    assert!(!told("千米", "距离污染源25米以上", "距离 ≥ 0.025"), "the number was converted");
    assert!(!told("千米", "25以上,即25米以上", "距离 ≥ 25"), "which of both is meant is not known");
    assert!(!told("公里", "每班25人以上", "距离 ≥ 25"), "persons are no length");
    assert!(
        !told("千米", "25千米以上", "距离 ≥ 25") && !told("公斤", "25千克以上", "距离 ≥ 25"),
        "other words for one unit"
    );
}

#[test]
fn a_list_that_something_asks_to_have_elements_is_none_that_an_empty_one_passes() {
    let with = |other: &str| {
        let rule = "规则 一 \"一\" { 依据 文 要求 每个 列 满足 好 不符 \"不好\" 整改 \"改\" }\n";
        let other = format!("规则 二 \"二\" {{ 依据 文 要求 {other} 不符 \"没有\" 整改 \"改\" }}\n");
        found(&format!("{HEAD}{rule}{other}"), "")
            .iter()
            .any(|one| one.code.as_str() == "W139" && one.message.zh.contains("一"))
    };
    for asks in [
        "数量(列) > 0",
        "数量(列) ≠ 0",
        "数量(列) = 2",
        "数量(列) 在 2 至 4 之间",
        "非 数量(列) < 2",
        "非 (数量(列) = 0)",
    ] {
        assert!(!with(asks), "{asks}");
    }
    for asks in ["数量(列) ≥ 0", "数量(列) = 0", "数量(列) ≠ 2", "数量(列) < 3"] {
        assert!(with(asks), "{asks}");
    }
    assert!(!said("题", "数 / 数量(足列) ≤ 55").contains(&"W143"));
    assert!(said("题", "数 / 数量(列) ≤ 55").contains(&"W143"));
}

#[test]
fn a_reason_to_keep_a_field_says_who_compares() {
    let kept = |reason: &str| {
        let data = format!(
            "规则集 甲 \"甲\" {{ 版本 1 }}\n来源 文 外部 \"文\"\n数据 学校 {{ 数: 整数 余: 整数 留存 \"{reason}\" }}\n"
        );
        codes(&format!("{data}规则 一 \"一\" {{ 依据 文 要求 数 ≥ 3 整改 \"改\" }}\n"), "").contains(&"W103")
    };
    for promise in
        ["与学生数对照", "不得比去年少", "看和在册数是否一致", "用来校验在册数", "must be less than the roster"]
    {
        assert!(kept(promise) != promise.contains('用'), "{promise}");
    }
    for told in [
        "督学到校时核对",
        "由审计人员与支出对照",
        "供督导现场核对",
        "家长查询用,不作比较",
        "体检对照组的抽样要用",
        "统计用",
    ] {
        assert!(!kept(told), "{told}");
    }
}

#[test]
fn what_is_written_otherwise_is_no_option() {
    let none = "没有 列 满足 级 = \"重大\"";
    let data = format!("{HEAD}规则 一 \"一\" {{ 依据 文 要求 {none} 不符 \"有\" 整改 \"改\" }}\n");
    let all: Vec<&str> = found(&data, "").iter().map(|one| one.code.as_str()).collect();
    assert!(!all.contains(&"W138"), "{all:?}");
    let text = data.replace("级 = \"重大\"", "号 = \"重大\"");
    assert!(found(&text, "").iter().any(|one| one.code.as_str() == "W138"));
}

#[test]
fn what_is_turned_round_is_told_how_it_stands() {
    let turned = found(
        &format!("{HEAD}规则 一 \"一\" {{ 依据 文 要求 全部 级 不漏 列.级 不符 \"{{遗漏}}\" 整改 \"改\" }}\n"),
        "",
    );
    let fix = turned.iter().find(|one| one.code.as_str() == "W105").and_then(|one| one.fix.clone());
    assert_eq!(fix.map(|fix| fix.replacement), Some("列.级 不漏 全部 级".to_owned()));
    assert!(said("题", "列.级 不漏 列.级").contains(&"W134"));
    // A slip in a record makes no options of others the same.
    let slip = HEAD.replace("级: 级 好", "级: 级 必填 好");
    let cascade = codes(
        &format!("{slip}规则 一 \"一\" {{ 依据 文 要求 级 属于 {{一般, 重大}} 不符 \"不行\" 整改 \"改\" }}\n"),
        "",
    );
    assert!(!cascade.contains(&"W125"), "{cascade:?}");
}
