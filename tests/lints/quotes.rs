//! What rules quote: sentences and clauses of a source that no words cite, and numbers of quotes that rules do not use.

use super::{codes, found};

/// Rules with one quote each.
fn quoted(quotes: &[&str], source: &str) -> Vec<&'static str> {
    let mut text =
        "规则集 甲 \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 { 数: 整数 }\n".to_owned();
    for (number, quote) in quotes.iter().enumerate() {
        text += &format!("规则 规{number} \"规则\" {{ 依据 文 \"{quote}\" 要求 数 > 1{number} 整改 \"改\" }}\n");
    }
    let mut codes = codes(&text, source);
    // The rules are about no number.
    codes.retain(|code| *code != "W132");
    codes.sort_unstable();
    codes
}

#[test]
fn every_sentence_of_an_english_text_counts() {
    let doors = "Doors shall be closed. Extinguishers shall be checked monthly. Drills shall be held twice a year.";
    assert_eq!(quoted(&["Doors shall be closed"], doors), ["W102", "W102"]);
    assert_eq!(quoted(&["Doors shall be closed. Extinguishers shall be checked monthly"], doors), ["W102"]);
    assert_eq!(
        quoted(
            &["Drills shall be held twice a year", "Doors shall be closed", "Extinguishers shall be checked monthly"],
            doors
        ),
        [""; 0]
    );
    // Numbers, marks of items and what stands within a word end no sentence.
    for one in [
        "At least 3.5 litres shall be held",
        "1. Doors shall be closed by 2022.6.24 at the latest",
        "See www.example.org for v1.2 of it",
    ] {
        assert_eq!(quoted(&[one], one), [""; 0], "{one}");
    }
}

#[test]
fn a_quote_has_to_tell_what_it_quotes() {
    let text = "第一句说安全。第二句说消防,要有灭火器。第三句说三日内完成。";
    for short in ["火", "一", "说消防", "防,要有"] {
        let found = quoted(&[short], text);
        assert!(
            found.contains(&"W123") && found.iter().filter(|code| **code == "W102").count() == 3,
            "{short}: {found:?}"
        );
    }
    // A mark at its beginning belongs to the sentence before, and a sentence that is only touched is not cited.
    assert_eq!(quoted(&["。第二句说消防,要有灭火器。第三句"], text), ["W102", "W102", "W124"]);
    assert_eq!(quoted(&["第二句说消防,要有灭火器。第三句说三日内完成"], text), ["W102"]);
    // What a quote only reaches into it does not cover: `第二` and `火器` are left.
    for (clause, open) in [
        ("要有灭火器", 1),
        ("第二句说消防", 1),
        ("句说消防,要有灭", 2),
        ("第二句说消防,要", 1),
        ("第二句说消防,要有灭火器", 0),
    ] {
        let found = quoted(&["第一句说安全", clause, "第三句说三日内完成"], text);
        assert_eq!(found, vec!["W102"; open], "{clause}");
    }
}

#[test]
fn a_clause_is_covered_by_quotes_of_all_its_words() {
    let text = "校门要有人守,夜里要巡逻到天亮。要做好:(一)关门落锁(二)巡查到天黑";
    let first = ["校门要有人守,夜"];
    assert_eq!(quoted(&first, text), ["W102", "W102"]);
    assert_eq!(quoted(&["校门要有人守,夜", "里要巡逻到天亮", "要做好:(一)关门落锁(二)巡"], text), ["W102"]);
    // The marks of items say nothing, and two quotes may cover a clause together.
    assert_eq!(quoted(&["校门要有人守,夜里要", "巡逻到天亮", "要做好", "关门落锁", "(二)巡查到天黑"], text), [""; 0]);
    // What one quotes of a clause, another may excuse the rest of.
    let excused = |rest: &str| {
        let rule = "规则 一 \"一\" { 依据 文 \"校门要有人守\" 要求 数 > 1 整改 \"改\" }\n";
        let head = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 { 数: 整数 }\n";
        codes(&format!("{head}{rule}不查 文 \"{rest}\" 理由 \"另有安排\"\n"), "校门要有人守好看牢管住。")
    };
    assert_eq!(excused("好看牢管住"), [""; 0]);
    assert_eq!(excused("守好看牢管住"), ["W128"]);
}

#[test]
fn what_is_settled_twice_is_told() {
    let pack = |more: &str| {
        let text = format!(
            "规则集 甲 \"甲\" {{ 版本 1 }}\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 {{ 数: 整数 }}\n规则 一 \"一\" {{ 依据 文 \"三日内完成\" 要求 数 > 3 }}\n不查 文 \"思想上要重视\" 理由 \"没有数据可证\"\n{more}"
        );
        codes(&text, "三日内完成,全体动员起来。思想上要重视。")
    };
    let excuse = |quote: &str| format!("不查 文 \"{quote}\" 理由 \"另一个理由\"\n");
    // Who cites one clause has not cited the sentence.
    assert_eq!(pack(""), ["W102"]);
    // A sentence of two clauses may be checked in one and not in the other.
    assert_eq!(pack(&excuse("全体动员起来")), [""; 0]);
    for (quote, more) in [("三日内完成", true), ("三日内完成,全体动员起来", false), ("思想上要重视", true)]
    {
        let expected: &[&str] = if more { &["W128", "W102"] } else { &["W128"] };
        assert_eq!(pack(&excuse(quote)), expected, "{quote}");
    }
}

#[test]
fn clauses_that_nothing_quotes_are_told_as_they_stand() {
    let text = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 { 数: 整数 }\n规则 一 \"一\" { 依据 文 \"门卫要值班\" 要求 数 > 3 }\n";
    let source = "校门要关,门卫要值班,夜里要巡逻:逐处登记。";
    let said = found(text, source);
    let open: Vec<&str> = said
        .iter()
        .filter(|one| one.code.as_str() == "W102")
        .map(|one| &source[one.primary.span.start as usize..one.primary.span.end as usize])
        .collect();
    assert_eq!(open, ["校门要关,", "夜里要巡逻:逐处登记。"]);
}

#[test]
fn a_number_of_a_quote_is_known_however_it_is_written() {
    let told = |quote: &str, asks: &str| {
        let head = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 { 数: 整数 率: 小数 甲: 日期 乙: 日期 次: [日期] }\n";
        let rule = format!("规则 一 \"一\" {{ 依据 文 \"{quote}\" 要求 {asks} 整改 \"改\" }}\n");
        codes(&format!("{head}{rule}"), &format!("{quote}。")).contains(&"W132")
    };
    for (quote, same, other) in [
        ("应当在１５日内办完", "乙 须在 甲 起 15日 内", "乙 须在 甲 起 30日 内"),
        ("应当在半个月内办完", "乙 须在 甲 起 15日 内", "乙 须在 甲 起 10日 内"),
        ("应当在廿日内全部办完", "乙 须在 甲 起 20日 内", "乙 须在 甲 起 10日 内"),
        ("应当在10个工作日内办完", "乙 须在 甲 起 10个工作日 内", "乙 须在 甲 起 10个月 内"),
        ("应当在十日内全部办完", "乙 须在 甲 起 10日 内", "乙 须在 甲 起 10个工作日 内"),
        ("参加人员要达到七成以上", "率 ≥ 70%", "率 ≥ 80%"),
        ("参加人员要达到百分之七十", "率 ≥ 70%", "率 ≥ 80%"),
        ("参加人员要达到三分之二", "率 ≥ 2/3", "率 ≥ 80%"),
        ("参加人员要超过半数才行", "率 > 1/2", "率 ≥ 80%"),
        ("发放标准不少于1,200元", "数 ≥ 1200", "数 ≥ 200"),
        ("半年内要全部办完手续", "乙 - 甲 ≤ 183日", "乙 - 甲 ≤ 100日"),
        ("应当在三个月内全部办完", "乙 须在 甲 起 90日 内", "乙 须在 甲 起 100日 内"),
        ("应当在三个月内全部办完", "乙 须在 甲 起 92日 内", "乙 须在 甲 起 3日 内"),
        ("应当在一年内全部办完", "乙 须在 甲 起 366日 内", "乙 须在 甲 起 367日 内"),
        ("应当在十个工作日内办完", "乙 须在 甲 起 10个工作日 内", "乙 须在 甲 起 10日 内"),
        ("学校应当每月都要演练", "乙 - 甲 ≤ 31日", "乙 - 甲 ≤ 183日"),
        ("学校应当每季都要演练", "乙 - 甲 ≤ 3个月", "乙 - 甲 ≤ 183日"),
        ("冷冻温度要到零下12度", "数 ≤ -12", "数 ≤ 12"),
        ("冷冻温度要到零下十二度", "数 ≤ -12", "数 ≤ 12"),
        ("全体会议要明天立即召开", "乙 须在 甲 起 1日 内", "乙 须在 甲 前"),
        ("学校应当次日报告情况", "乙 须在 甲 起 1日 内", "乙 须在 甲 起 3日 内"),
        ("学校应当当日报告情况", "乙 须在 甲 起 0日 内", "乙 须在 甲 起 3日 内"),
        ("学校应当当日报告情况", "乙 = 甲", "乙 须在 甲 起 3日 内"),
        ("应当在壹拾伍日内办完", "乙 须在 甲 起 15日 内", "乙 须在 甲 起 10日 内"),
        ("保卫室要有叁人值守", "数 ≥ 3", "数 ≥ 2"),
        ("保卫室要有十几人值守", "数 ≥ 10", "数 ≥ 2"),
        ("保卫室要有2-3人值守", "数 ≥ 2 且 数 ≤ 3", "数 ≥ 2"),
        ("保卫室要有双人值守", "数 ≥ 2", "数 ≥ 1"),
        ("参加人员要达到百分百", "率 ≥ 100%", "率 ≥ 80%"),
        ("应当在24小时内报告情况", "乙 须在 甲 起 1日 内", "乙 须在 甲 起 24日 内"),
        ("应当在24小时内报告情况", "数 ≤ 24", "乙 须在 甲 起 24个月 内"),
        ("保卫室要有三人值守", "数 ≥ 3", "乙 须在 甲 起 3日 内"),
        ("应当在三个工作日内办完", "乙 须在 甲 起 3个工作日 内", "乙 须在 甲 起 3日 内"),
        ("应当在三日内全部办完", "乙 须在 甲 起 3日 内", "乙 须在 甲 起 3个工作日 内"),
        ("参加人员要达到1,200人", "数 ≥ 1200", "数 ≥ 200"),
        ("学校应当每月演练一次", "乙 - 甲 ≤ 31日", "数量(次) ≥ 1"),
        ("学校应当每周至少一次检查", "次 每 周 不少于 1 次 自 甲", "数量(次) ≥ 1"),
        ("应当在两个星期内全部办完", "乙 须在 甲 起 14日 内", "乙 须在 甲 起 21日 内"),
        ("参加人员要达到2/3以上", "率 ≥ 2/3", "率 ≥ 1/2"),
        ("参加人员要达到八成五", "率 ≥ 85%", "率 ≥ 80%"),
        ("参加人员要达到80%-90%", "率 ≥ 80% 且 率 ≤ 90%", "率 ≥ 80%"),
        ("县里拨款一百多万元", "数 ≥ 1000000", "数 ≥ 100"),
        // By arithmetic that comes to the same.
        ("参加人员要达到三分之一", "数 ≥ 率 / 3", "数 ≥ 率 / 2"),
        ("参加人员要达到三分之一", "数 * 3 ≥ 率", "数 * 2 ≥ 率"),
        ("参加人员要达到三分之二", "数 ≥ 率 * 2 / 3", "数 ≥ 率 * 2 / 4"),
        ("参加人员要达到三分之二", "数 ≥ 率 / 3 * 2", "数 ≥ 率 / 3 * 4"),
        ("参加人员要达到三分之二", "数 * 3 ≥ 率 * 2", "数 * 3 ≥ 率 * 5"),
        ("参加人员要超过半数才行", "数 > 率 / 2", "数 > 率 / 3"),
        ("参加人员要超过半数才行", "数 * 2 > 率", "数 * 3 > 率"),
        ("参加人员要达到百分之七十", "数 ≥ 率 * 70%", "数 ≥ 率 * 80%"),
        ("参加人员要达到百分之七十", "数 ≥ 率 * 70 / 100", "数 ≥ 率 * 80 / 100"),
        ("学校应当每日都要巡查", "次 每 日 不少于 1 次 自 甲", "次 每 周 不少于 1 次 自 甲"),
    ] {
        assert!(!told(quote, same), "{quote}: {same}");
        assert!(told(quote, other), "{quote}: {other}");
    }
}

#[test]
fn a_number_in_the_part_of_a_clause_that_nobody_quotes_is_told() {
    let pack = |quote: &str| {
        let text = format!(
            "规则集 甲 \"甲\" {{ 版本 1 }}\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 {{ 发现: 日期 已发生 销号: 日期 已发生 }}\n规则 一 \"一\" {{ 依据 文 \"{quote}\" 要求 销号 须在 发现 起 30日 内 整改 \"改\" }}\n"
        );
        codes(&text, "食堂隐患要在10日内整改销号。")
    };
    assert_eq!(pack("食堂隐患要在"), ["W119", "W102"]);
    assert_eq!(pack("食堂隐患要在10日内整改销号"), ["W132", "W119"]);
}

#[test]
fn working_days_may_be_days_where_the_pack_says_how_days_count() {
    let pack = |counting: &str| {
        let head = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 { 甲: 日期 乙: 日期 }\n";
        let rule = "规则 一 \"一\" { 依据 文 \"应当在十个工作日内办完\" 要求 乙 须在 甲 起 10日 内 整改 \"改\" }\n";
        codes(&format!("{head}{counting}{rule}"), "应当在十个工作日内办完。").contains(&"W132")
    };
    assert!(pack(""));
    assert!(!pack("参数 期间: 期间 = 工作日 \"定了\"\n"));
}

#[test]
fn a_day_by_which_something_is_due_is_told_where_it_is_not_quoted() {
    let pack = |text: &str| {
        let rule = "规则 一 \"一\" { 依据 文 \"各校要把自查表\" 要求 数 ≥ 1 整改 \"改\" }\n";
        let head = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 { 数: 整数 }\n";
        let found = found(&format!("{head}{rule}"), text);
        let told: Vec<_> = found.iter().filter(|one| one.code.as_str() == "W102").collect();
        (told.len(), told.iter().filter(|one| one.message.zh.contains("期限的日子")).count())
    };
    for due in ["在8月31日前报县里", "最迟八月底报县里", "截止到2022-08-31报县里"] {
        assert_eq!(pack(&format!("各校要把自查表{due}。")), (1, 1), "{due}");
    }
    assert_eq!(pack("各校要把自查表按2022年6月24日的样子填好。"), (1, 0));
    // The comma of a number ends no clause.
    assert_eq!(pack("各校要把自查表印1,200份报县里。"), (1, 0));
}
