//! Texts that look the same are the same, texts that nobody sees are not there, and placeholders are no answers.

use bulou_eval::Checker;
use bulou_ir::RuleSet;
use bulou_report::{Status, Verdict};
use serde_json::{Value, json};

use super::{check, faults, notices, only, options, pack, pack_with, rule, status, verdict};

const DATA: &str = "选项 部位 { 大门, 围墙 }
记录 项 { 编号: 文本 唯一 }
数据 学校 {
  标识 码
  码: 文本 格式 学校标识码
  甲: 文本
  乙: 文本?
  部位: 部位
  手机: 文本? 格式 手机号
  日: 日期? 已发生
  表: [项]
  名单: [文本]
}
";

fn with(requirement: &str) -> RuleSet {
    pack(&format!("{DATA}{}", rule(requirement)))
}

fn document(changes: Value) -> Value {
    let mut document = json!({"码": "2141000345", "甲": "校长", "部位": "大门", "表": [], "名单": ["张三"]});
    for (key, value) in changes.as_object().expect("changes") {
        document[key] = value.clone();
    }
    document
}

/// Other ways to write `校长(1)A`.
const ALIKE: [&str; 5] =
    ["校长(1)A", " 校长\u{FF08}１\u{FF09}Ａ", "校\u{200B}长(1)A\u{3000}", "校 长 (1)A", "校长(1)\u{FEFF}A"];

#[test]
fn texts_compare_in_their_normal_form() {
    for written in ALIKE {
        for (requirement, holds) in [
            ("甲 = \"校长(1)A\"", true),
            ("甲 ≠ \"校\u{3000}长\u{FF08}1)A\"", false),
            ("甲 属于 {\"园长\", \"校长(1)A\"}", true),
            ("甲 包含 \"长 (1\"", true),
            ("名单 包含 甲", true),
            ("名单 不漏 {\"校长(1)A\"}", true),
            ("数量(去重(名单)) = 1", true),
        ] {
            let wanted = if holds { Status::Pass } else { Status::Fail };
            let document = document(json!({"甲": written, "名单": ["校长(1)A", written]}));
            assert_eq!(status(&with(requirement), &document), wanted, "{requirement} {written}");
        }
    }
}

#[test]
fn what_was_written_is_what_is_shown() {
    let rules = pack(&format!("{DATA}规则 规 \"规则\" {{ 依据 文 要求 甲 = \"园长\" 不符 \"职务是「{{甲}}」\" }}"));
    let report = check(&rules, &document(json!({"甲": "校长\u{FF08}１\u{FF09}"})));
    assert_eq!(only(&report).findings[0].message, "职务是「校长\u{FF08}１\u{FF09}」");
}

#[test]
fn doubles_in_other_spellings_are_doubles() {
    let rules = with("有 甲");
    for other in ["Ｙ01", "Y01 ", "Y\u{200B}01", "Y０１"] {
        let report = check(&rules, &document(json!({"表": [{"编号": "Y01"}, {"编号": "Y02"}, {"编号": other}]})));
        assert_eq!(faults(&report), [("D011", "/表/2/编号")], "{other:?}");
    }
    let many: Vec<Value> =
        (0..20).map(|number| json!({"编号": format!("Y{number}")})).chain([json!({"编号": "Ｙ3"})]).collect();
    assert_eq!(faults(&check(&rules, &document(json!({"表": many})))), [("D011", "/表/20/编号")]);
}

#[test]
fn what_stands_twice_is_named_unless_it_is_sensitive() {
    for (kind, value, shown) in [
        ("文本", json!("Y73519"), "Y73519"),
        ("整数", json!(73519), "73519"),
        ("日期 已发生", json!("2021-03-21"), "2021-03-21"),
        ("部位", json!("围墙"), "围墙"),
    ] {
        let said = |field: &str, list: &str, before: usize| {
            let data = DATA.replace("编号: 文本 唯一", &format!("编号: {kind} 唯一 {field}"));
            let data = data.replace("表: [项]", &format!("表: [项] {list}"));
            let rules = pack(&format!("{data}{}", rule("有 甲")));
            let mut items = vec![json!({"编号": null}); before];
            items.extend([json!({"编号": value}), json!({"编号": value})]);
            let report = check(&rules, &document(json!({"表": items})));
            let doubles: Vec<&str> =
                report.structure.iter().filter(|one| one.code == "D011").map(|one| one.message.as_str()).collect();
            assert_eq!(doubles.len(), 1, "{kind} {field} {list}");
            doubles[0].to_owned()
        };
        // Few are compared one by one, many by their hashes.
        for before in [0, 20] {
            let open = said("", "", before);
            assert!(open.contains(shown) && open.contains(&format!("第 {} 项", before + 1)), "{open}");
            for (field, list) in [("敏感", ""), ("", "敏感"), ("敏感", "敏感")] {
                let silent = said(field, list, before);
                assert!(!silent.contains(shown) && !silent.contains('第'), "{kind} {field} {list}: {silent}");
            }
        }
    }
}

#[test]
fn of_what_is_written_twice_neither_is_known() {
    let data = format!("{DATA}记录 谁项 {{ 名: 文本 }}\n").replace("甲: 文本", "甲: 文本 谁: 谁项");
    let plain = document(json!({"谁": {"名": "张三"}})).to_string();
    for (requirement, once, again, path) in [
        ("甲 = \"校长\"", "\"甲\":\"校长\"", "\"甲\":\"园长\"", "/甲"),
        ("甲 = \"校长\"", "\"甲\":\"校长\"", "\"甲\":\"校长\"", "/甲"),
        ("谁.名 = \"张三\"", "\"谁\":{\"名\":\"张三\"}", "\"谁\":{\"名\":\"李四\"}", "/谁"),
        ("谁.名 = \"张三\"", "\"谁\":{\"名\":\"张三\"}", "\"谁\":null", "/谁"),
    ] {
        let rules = pack(&format!("{data}{}", rule(requirement)));
        let mut checker = Checker::new(&rules, &options()).expect("a checker");
        assert_eq!(only(&checker.check("a.json", plain.as_bytes())).status, Status::Pass, "{requirement}");
        for (first, second) in [(once, again), (again, once)] {
            let text = plain.replace(once, &format!("{first},{second}"));
            let report = checker.check("a.json", text.as_bytes());
            assert!(faults(&report).contains(&("D007", path)), "{text}");
            assert_eq!((only(&report).status, report.verdict), (Status::Undetermined, Verdict::Undetermined), "{text}");
        }
    }
}

#[test]
fn options_dates_and_formats_read_the_normal_form() {
    let rules = with("部位 = 大门 且 有 手机 且 有 日");
    let report = check(
        &rules,
        &document(json!({
            "码": "２１４１０００３４５", "部位": " 大\u{200B}门", "手机": "１３８００１３８０００ ", "日": "２０２２-06-25 "
        })),
    );
    assert_eq!((faults(&report), only(&report).status), (vec![], Status::Pass));
    assert_eq!(report.subject.id, "2141000345", "a school is told by its code however it is typed");
}

#[test]
fn a_date_of_a_year_that_nobody_means_is_none() {
    let rules = with("有 日 且 日 ≤ 2022-06-28");
    for slip in ["0202-06-25", "0000-12-31", "0001-01-01", "1899-12-31", "2200-01-01"] {
        let report = check(&rules, &document(json!({"日": slip})));
        assert_eq!((faults(&report), only(&report).status), (vec![("D005", "/日")], Status::Undetermined), "{slip}");
        assert!(report.structure[0].message.contains("1900"), "{}", report.structure[0].message);
    }
}

#[test]
fn an_option_that_only_looks_right_is_told_apart() {
    let rules = with("部位 = 大门");
    let report = check(&rules, &document(json!({"部位": "⼤门"})));
    assert_eq!(faults(&report), [("D004", "/部位")]);
    let message = &report.structure[0].message;
    assert!(message.contains("大门") && message.contains("U+2F24") && message.contains("U+5927"), "{message}");
}

#[test]
fn what_nobody_sees_is_not_there() {
    let (there, absent, any) = (with("有 甲"), with("缺 乙"), with("数量(名单) ≥ 1"));
    for blank in ["", " ", "\u{200B}", "\u{3000}\u{FEFF}", "\u{2800}", "\u{E0020}", "\t\n", "\u{AD}"] {
        let report = check(&there, &document(json!({"甲": blank})));
        assert_eq!((faults(&report), only(&report).status), (vec![("D031", "/甲")], Status::Fail), "{blank:?}");
        assert_eq!(status(&absent, &document(json!({"乙": blank}))), Status::Pass, "{blank:?}");
        let report = check(&any, &document(json!({"名单": ["甲", blank]})));
        assert_eq!(faults(&report), [("D031", "/名单/1")]);
    }
}

#[test]
fn a_formula_is_no_answer() {
    let there = with("有 甲");
    for text in ["=DISPIMG(\"ID_1\",1)", "=Sheet1!B6", " ＝B6 ", "=1+2"] {
        for (document, path) in [(json!({"甲": text}), "/甲"), (json!({"乙": text, "甲": "一"}), "/乙")] {
            let report = check(&there, &self::document(document));
            assert_eq!(faults(&report), [("D045", path)], "{text}");
            assert_ne!(report.verdict, Verdict::Pass, "{text}");
        }
        assert_eq!(faults(&check(&there, &document(json!({"甲": "一", "名单": [text]})))), [("D045", "/名单/0")]);
    }
    assert_eq!(verdict(&there, &document(json!({"甲": "=合格"}))), Verdict::Pass);
}

#[test]
fn a_placeholder_is_no_answer() {
    let (there, absent) = (with("有 甲"), with("缺 乙"));
    for word in ["无", "/", "—", "待定", "(待成立)", "同上。", "略", "N/A", "n.a.", "------", "无无", "待\u{3000}定"]
    {
        let report = check(&there, &document(json!({"甲": word})));
        assert_eq!(faults(&report), [("D030", "/甲")], "{word}");
        assert_eq!((only(&report).status, report.verdict), (Status::Fail, Verdict::Fail), "{word}");
        // Where it need not be filled in, it is as if it were not: neither measure nor excuse.
        let report = check(&absent, &document(json!({"乙": word})));
        assert_eq!((faults(&report), notices(&report)), (vec![], vec![("D030", "/乙")]), "{word}");
        assert_eq!(only(&report).status, Status::Pass, "{word}");
        assert_eq!(faults(&check(&there, &document(json!({"名单": [word]})))), [("D030", "/名单/0")]);
    }
    for word in ["无锡路", "张略", "没有发现问题", "Y-1", "一"] {
        assert_eq!(verdict(&there, &document(json!({"甲": word}))), Verdict::Pass, "{word}");
    }
}

#[test]
fn a_pack_has_its_own_placeholders_and_a_field_takes_one() {
    let data = "数据 学校 { 甲: 文本 可填 无 可填 \"/\" 表: [文本] 可填 无 }\n";
    let rules = pack(&format!("{data}{}", rule("甲 = \"无\" 且 表 包含 \"无\"")));
    let of = |first: &str, second: &str| json!({"甲": first, "表": [second]});
    assert_eq!(verdict(&rules, &of("无", "无")), Verdict::Pass);
    assert_eq!(faults(&check(&rules, &of("/", "无"))), []);
    assert_eq!(faults(&check(&rules, &of("略", "/"))), [("D030", "/甲"), ("D030", "/表/0")]);
    let rules = pack_with("占位 {\"缺\"}", &format!("数据 学校 {{ 甲: 文本 }}\n{}", rule("有 甲")));
    assert_eq!(verdict(&rules, &json!({"甲": "无"})), Verdict::Pass);
    // Its own words replace the words, and not the forms.
    for blank in ["缺", "○○○", "#REF!", "#DIV/0!"] {
        assert_eq!(faults(&check(&rules, &json!({"甲": blank}))), [("D030", "/甲")], "{blank}");
    }
}

#[test]
fn what_may_name_a_fault_where_none_need_be_named_is_not_known_to_be_none() {
    let data = "记录 项 { 名: 文本 弱: 文本? 措施: 文本? }\n数据 学校 { 甲: 文本 查: [项] }\n";
    let rules = pack(&format!("{data}{}", rule("每个 查[有 弱] 满足 有 措施")));
    for (weak, wanted) in [
        ("专职保安空缺", Status::Undetermined),
        ("门卫空缺", Status::Undetermined),
        ("未检查", Status::Undetermined),
        ("档案未建立", Status::Undetermined),
        ("缺岗", Status::Undetermined),
        ("未落实", Status::Undetermined),
        ("没有到位", Status::Undetermined),
        ("保安缺一名", Status::Fail),
    ] {
        let report = check(&rules, &json!({"甲": "一", "查": [{"名": "一", "弱": weak}]}));
        assert_eq!(only(&report).status, wanted, "{weak}");
        assert_ne!(report.verdict, Verdict::Pass, "{weak}");
        let told = if wanted == Status::Undetermined { vec![("D030", "/查/0/弱")] } else { vec![] };
        assert_eq!(faults(&report), told, "{weak}");
    }
    let nothing = check(&rules, &json!({"甲": "一", "查": [{"名": "一", "弱": "无"}]}));
    assert_eq!((nothing.verdict, faults(&nothing)), (Verdict::Pass, vec![]));
}

#[test]
fn what_says_nothing_by_its_form_or_in_other_words_is_a_placeholder() {
    let there = with("有 甲");
    let words = ["没填", "暂缺", "暂无", "尚未确定", "未确定", "未落实", "没有人", "不清楚", "不知道"];
    let errors = ["#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#N/A", "#SPILL!"];
    for text in words.iter().chain(&errors).chain(&["○○○", "********", "！！", "□□□"]) {
        assert_eq!(faults(&check(&there, &document(json!({"甲": text})))), [("D030", "/甲")], "{text}");
    }
}

#[test]
fn what_is_asked_for_decides_whether_a_text_says_nothing() {
    let data = "数据 学校 { 甲: 文本 格式 人员 乙: 文本 格式 叙述 丙: 文本? 格式 叙述 }\n";
    let rules = pack(&format!("{data}{}", rule("有 甲 且 有 乙")));
    let said = |person: &str, case: &str| {
        let report = check(&rules, &json!({"甲": person, "乙": case}));
        faults(&report).into_iter().map(|(code, path)| format!("{code} {path}")).collect::<Vec<_>>()
    };
    for case in ["门卫空缺", "缺岗", "资金待落实", "正在整改"] {
        assert_eq!(said("城关派出所民警李强", case), [""; 0], "{case}");
    }
    for person in ["有", "已聘任", "专人负责", "城关派出所尚未指派", "缺一名"] {
        assert_eq!(said(person, "门卫空缺"), ["D030 /甲"], "{person}");
    }
    assert_eq!(said("1", "2"), ["D010 /乙", "D010 /甲"]);
    assert_eq!(said("没人管", "好"), ["D030 /甲"]);
    assert_eq!(said("李强", "待补充"), ["D030 /乙"]);
    // A fault that may be left out is there.
    assert_eq!(faults(&check(&rules, &json!({"甲": "李强", "乙": "保安两名", "丙": "门卫空缺"}))), []);
}

#[test]
fn a_sensitive_text_is_not_told_by_what_is_wrong_with_it() {
    let data = "数据 学校 { 甲: 文本 敏感 乙: { 一, 二 } 敏感 丙: 文本? }\n";
    let rules = pack(&format!("{data}{}", rule("有 甲 且 有 乙")));
    for (first, second) in [("待定", "⼀"), ("N/A", "三千七百")] {
        let report = check(&rules, &json!({"甲": first, "乙": second}));
        let said = serde_json::to_string(&report).expect("JSON");
        assert!(!said.contains(first) && !said.contains(second) && !said.contains("U+"), "{said}");
    }
}

#[test]
fn a_forbidden_key_in_disguise_is_forbidden() {
    let rules = pack(&format!("数据 学校 {{ 甲: 文本 禁填 身份证号 理由 \"法\" }}\n{}", rule("有 甲")));
    for key in ["身份证号", "身份证号 ", "身份\u{200B}证号", "身 份证号"] {
        let report = check(&rules, &json!({"甲": "一", key: "41"}));
        assert_eq!((report.verdict, report.structure[0].code.as_str()), (Verdict::Fail, "D012"), "{key:?}");
    }
}

#[test]
fn what_one_record_forbids_is_forbidden_everywhere() {
    let data = "记录 人 { 名: 文本 }\n记录 车 { 牌: 文本 唯一 禁填 姓名, 身份证号 理由 \"法\" }\n记录 校 { 姓名: 文本 }\n\
                数据 学校 { 甲: 文本 校: 校 人: [人] 车: [车] }\n";
    let rules = pack(&format!("{data}{}", rule("有 甲 且 每个 人 满足 名 ≠ \"\"")));
    let whole = json!({"甲": "一", "校": {"姓名": "张"}, "人": [{"名": "李"}], "车": [{"牌": "豫A"}]});
    assert_eq!(faults(&check(&rules, &whole)), []);
    for at in ["", "/校", "/人/0", "/车/0"] {
        let mut document = whole.clone();
        document.pointer_mut(at).expect("an object")["身份证号"] = json!("SECRET410");
        let report = check(&rules, &document);
        assert_eq!((report.verdict, faults(&report)), (Verdict::Fail, vec![("D012", &*format!("{at}/身份证号"))]));
        assert!(!serde_json::to_string(&report).expect("JSON").contains("SECRET410"), "{at}");
    }
    // So is it within what is no field at all, and where nothing else stands.
    let mut beside = whole.clone();
    beside["附"] = json!([{"乙": 1}, {"身份证号": "SECRET410"}]);
    let report = check(&rules, &beside);
    assert_eq!((report.verdict, faults(&report)), (Verdict::Fail, vec![("D006", "/附"), ("D012", "/附/1/身份证号")]));
    let report = check(&rules, &json!({"身份证号": "SECRET410"}));
    assert!(
        report.verdict == Verdict::Fail && faults(&report).contains(&("D012", "/身份证号")),
        "{:?}",
        faults(&report)
    );
    // A field of one record is not what another forbids, and neither is it when it is misspelt.
    let mut misspelt = whole;
    misspelt["校"]["姓名:"] = json!("张");
    assert_eq!(faults(&check(&rules, &misspelt)), [("D006", "/校/姓名:")]);
}

#[test]
fn a_document_number_of_next_year_is_one_next_year_only() {
    let rules = pack(&format!("数据 校 {{ 文号: 文本 格式 文号 }} {}", rule("文号 包含 \"教\"")));
    let document = json!({"文号": "教任〔2023〕1号"}).to_string();
    let mut checker = Checker::new(&rules, &options()).expect("the options fit");
    for (day, found) in
        [("2022-06-28", vec![("D010", "/文号")]), ("2023-06-01", vec![]), ("2022-06-28", vec![("D010", "/文号")])]
    {
        checker.set_today(bulou_base::date::parse(day).expect("a day"));
        assert_eq!(faults(&checker.check("a.json", document.as_bytes())), found, "{day}");
    }
}

#[test]
fn a_message_names_no_element_that_may_not_be_meant() {
    let rules = pack(&format!(
        "记录 子项 {{ 名: 文本  数: 整数 范围 0 至 1000 }} 数据 校 {{ 子: [子项] }} {}",
        "规则 规 \"多\" { 依据 文 要求 数量(子 记作 x [x.数 > 10]) = 0 不符 \"{子 记作 x [x.数 > 10].名} 超了\" 整改 \"减\" }"
    ));
    for (first, said) in [
        (json!({"名": "甲", "数": 3}), "乙 超了"),
        (json!({"名": "甲", "数": 30}), "甲、乙 超了"),
        (json!({"名": "甲", "数": "?"}), "乙、(还不知道) 超了"),
        (json!({"名": "甲"}), "乙、(还不知道) 超了"),
        (json!({}), "乙、(还不知道) 超了"),
        (json!({"名": "合计", "数": 11}), "乙、(还不知道) 超了"),
    ] {
        let report = check(&rules, &json!({"子": [first, {"名": "乙", "数": 11}]}));
        assert_eq!(only(&report).findings[0].message, said, "{first}");
    }
}
