//! Mistakes planted one at a time in a copy of the campus-safety pack: each must be reported with its code where ⟦…⟧
//! marks it, with a help line that names the fix; the pack itself has none of them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test reads its files and fails by panic"
)]

mod packs_support;

use bulou_messages::codes::Code;
use bulou_pack::{Files, load};
use packs_support::files;

struct Mistake {
    file: &'static str,
    /// What stands in the pack.
    right: &'static str,
    /// What is written instead; the place to be marked stands in ⟦…⟧.
    wrong: &'static str,
    code: Code,
    /// What the help line says.
    help: &'static str,
}

const fn mistake(
    file: &'static str,
    right: &'static str,
    wrong: &'static str,
    code: Code,
    help: &'static str,
) -> Mistake {
    Mistake { file, right, wrong, code, help }
}

const PACK: &str = "pack.bulou";
const DATA: &str = "data.bulou";
const ONE: &str = "1-responsibility.bulou";
const TWO: &str = "2-campaign.bulou";
const THREE: &str = "3-nothing-left-out.bulou";
const FOUR: &str = "4-survey.bulou";
const FIVE: &str = "5-places-and-times.bulou";
const SIX: &str = "6-people.bulou";
const EIGHT: &str = "8-county.bulou";
const COUNTY: &str = "county.bulou";
const ASSERTIONS: &str = "assertions.bulou";
const SEVEN: &str = "7-standing.bulou";

#[rustfmt::skip]
const MISTAKES: &[Mistake] = &[
    // Names
    mistake(FOUR, "要求 摸底排查.完成日期 须在", "要求 摸底排查.⟦完成日起⟧ 须在", Code::UnknownName, "完成日期"),
    mistake(FOUR, "会议日期 起 3日 内", "⟦会义日期⟧ 起 3日 内", Code::UnknownName, "会议日期"),
    mistake(TWO, "≥ 应配保安 不符", "≥ ⟦应配的保安⟧ 不符", Code::UnknownName, "应配保安"),
    mistake(FIVE, "有效值守[时段 = 上学]", "有效值守[时段 = ⟦早读⟧]", Code::UnknownOption, "上学"),
    mistake(DATA, "  部位: 部位 留存", "  部位: ⟦部门⟧ 留存", Code::UnknownType, "部位"),
    mistake(THREE, "规则 隐患有措施 ", "规则 ⟦建立安全档案⟧ ", Code::Duplicate, "名"),
    mistake(PACK, "参数 每日巡查下限: 整数", "参数 ⟦会议日期⟧: 整数", Code::Duplicate, "名"),
    mistake(DATA, "选项 培训对象 { 学生, 教职工 }", "选项 培训对象 { 学生, 教职工, ⟦学生⟧ }", Code::Duplicate, "名"),
    mistake(PACK, "  否则 按寄宿应配保安(学校.寄宿, 学校.寄宿生数)\n", "  否则 ⟦应配保安⟧\n", Code::Cycle, ""),
    // Sources
    mistake(FOUR, "依据 会议 \"三日内必需完成", "依据 会议 ⟦\"三日内必须完成对各类学校、幼儿园设置、管理情况的摸底排查\"⟧\n  # \"", Code::QuoteNotFound, "三日内必需完成"),
    mistake(THREE, "依据 会议 \"坚决完全整改到位\"\n  责任 \"学校\"\n  分组 \"三、六个不漏\"\n  严重 提示", "依据 会议 ⟦\"校园平安\"⟧\n  严重 提示", Code::QuoteAmbiguous, "只有一处"),
    mistake(SEVEN, "依据 视频条例 \"第七条、第八条\"", "依据 ⟦视频条列⟧ \"第七条、第八条\"", Code::UnknownSource, "视频条例"),
    mistake(PACK, "来源 会议 \"source/meeting.txt\"", "来源 会议 ⟦\"source/meetings.txt\"⟧", Code::FileMissing, ""),
    // Types and units
    mistake(TWO, "要求 消防.灭火器数 ≥ 1", "要求 ⟦消防.灭火器数 ≥ \"1\"⟧", Code::TypeMismatch, ""),
    mistake(TWO, "今天 - 消防.设施检测日期 ≤ 消防检测周期", "⟦今天 - 消防.设施检测日期 ≤ 366⟧", Code::UnitMismatch, "366日"),
    mistake(TWO, "食堂.留样克数 ≥ 留样克数下限 且", "⟦食堂.留样克数 ≥ 食堂.留样小时⟧ 且", Code::UnitMismatch, ""),
    mistake(THREE, "每个 隐患[有 整改期限] 满足 销号日期 须在 整改期限 前", "每个 隐患 满足 销号日期 须在 ⟦整改期限⟧ 前", Code::Unguarded, "有 整改期限"),
    mistake(TWO, "要求 有 食堂 且 食堂.许可证有效期至 ≥ 今天", "要求 ⟦食堂.许可证有效期至⟧ ≥ 今天", Code::Unguarded, "有 食堂"),
    mistake(FOUR, "没有 隐患 满足 等级 = 重大 且 缺 销号日期", "没有 隐患 满足 等级 = 重大 且 ⟦销号日期 须在 今天 前⟧", Code::RequirementAsCondition, ""),
    mistake(PACK, "若 按人数应配保安(学校.学生数) ≥", "若 ⟦按人数应配保安(学校.学生数, 学校.寄宿)⟧ ≥", Code::Arguments, "人数"),
    // Tables
    mistake(PACK, "  | 100 至 999  |", "  ⟦| 99 至 999   | 中档应配保安              |⟧\n  # |", Code::TableOverlap, ""),
    mistake(PACK, "表 按人数应配保安(人数: 整数) -> 整数 {\n  | 人数        | 结果                       |\n  | 不满 100    |", "表 ⟦按人数应配保安⟧(人数: 整数) -> 整数 {\n  | 人数        | 结果                       |\n  | 不满 99     |", Code::TableGap, "99"),
    mistake(PACK, "  | 寄宿 | 寄宿人数 |", "  | 寄宿 | ⟦寄宿生⟧ |", Code::TableShape, ""),
    // Spelling
    mistake(THREE, "满足 有 整改措施 且 有 责任人", "满足 有 整改措施 且 ⟦有责任人⟧", Code::UnknownName, "有 责任人"),
    mistake(SEVEN, "要求 有 法治副校长 不符", "要求 ⟦(⟧有 法治副校长 不符", Code::Unclosed, ")"),
    mistake(FOUR, "会议日期 起 3日 内 不符 \"摸底排查没有在三日内完成\"", "会议日期 起 3日 内 不符 ⟦\"⟧摸底排查没有在三日内完成", Code::Unclosed, "\""),
    mistake(SEVEN, "规则 护校队有器械 \"护校队配有防护器械\" {", "规则 护校队有器械 \"护校队配有防护器械\"⟦⟧", Code::Unclosed, "{"),
    mistake(SEVEN, "没有 护校队.器械 满足 名称 = 电警棍", "没有 护校队.器械 满足 名称 ⟦==⟧ 电警棍", Code::Syntax, "="),
    mistake(PACK, "日期 = 2022-06-24 范围", "日期 = ⟦2022-6-24⟧ 范围", Code::DateForm, "2022-06-24"),
    mistake(PACK, "参数 视频保存下限: 整数 = 30", "参数 视频保存下限: 整数 = ⟦99999999999999999999⟧", Code::NumberSize, ""),
    mistake(SIX, "心理.辅导室 且 心理", "心理.辅导室 ⟦并且⟧ 心理", Code::Syntax, "且"),
    mistake(FIVE, "要求 没有 事件 满足 地点", "要求 ⟦没有事件⟧ 满足 地点", Code::Syntax, "没有 事件"),
    mistake(TWO, "  适用 学校.有食堂\n  要求 有 食堂 且", "  适用 ⟦有食堂⟧\n  要求 有 食堂 且", Code::UnknownName, "学校.有食堂"),
    mistake(EIGHT, "护学岗\" 范围 全县 {", "护学岗\" {", Code::UnknownName, "范围 全县"),
    mistake(FOUR, "有 学校.复开验收日期 且", "有 ⟦销号日期⟧ 且", Code::UnknownName, "每个 隐患 满足"),
    mistake(FOUR, "停办整顿 则 没有 隐患 满足 等级 = 重大 且 缺 销号日期", "停办整顿 则 没有 隐患 满足 等级 = 重大 且 缺 ⟦销号⟧", Code::UnknownName, "销号"),
    mistake(SEVEN, "没有 护校队.器械 满足 名称", "⟦除非⟧ 护校队.器械 满足 名称", Code::Syntax, "若 非"),
    mistake(TWO, "  适用 学校.有食堂\n  要求 有 食堂 且", "  适用 ⟦有 学校.有食堂⟧\n  要求 有 食堂 且", Code::GuardRequired, "直接写 `学校.有食堂`"),
    // Bounds, options and numbers that nobody looks at
    mistake(DATA, "整改期限: 日期? 计划 范围 最早可填 至 今天 + 5年", "⟦整改期限⟧: 日期? 计划", Code::Unbounded, "今天 + 2年"),
    mistake(COUNTY, "等级: { 一般, 较大, 重大 }", "等级: { 一般, 较大, 重大, ⟦特别重大⟧ }", Code::SilentOption, "允许 W140"),
    mistake(DATA, "选项 办学类型 { 幼儿园, ", "选项 办学类型 { 幼儿园, ⟦培训机构⟧, ", Code::SilentOption, "培训机构"),
    mistake(ASSERTIONS, "会议日期 > 3日", "会议日期 > 30日", Code::QuoteNumber, "断言"),
    mistake(EIGHT, "安委会.会议日期 须在 会议日期 起 1日 内", "安委会.会议日期 须在 会议日期 前", Code::QuoteNumber, "允许 W132"),
    mistake(EIGHT, "满足 摸底表报送日期 须在 会议日期 起 3日 内", "满足 摸底表报送日期 须在 会议日期 起 ⟦3个工作日⟧ 内", Code::QuoteBound, "工作日"),
    mistake(DATA, "记录 保卫项 {", "记录 保卫项 {\n  ⟦上年保安数⟧: 整数? 单位 \"人\" 范围 0 至 1000 留存 \"与专职保安数比较,不得减少\"", Code::UnusedField, "由谁"),
    mistake(PACK, "| 是   | 任意     | 寄宿", "| 是   | 不满 0   | 1 |\n  | 是   | 不少于 0 | 寄宿", Code::DeadRow, "删去"),
    // The roster
    mistake(COUNTY, "  名册: [名册项] \"学校名册\" 至少 1 项", "  名册: [名册项] \"学校名册\"", Code::EmptyPasses, "至少 1 项"),
    mistake(COUNTY, "  名册 名册.标识码", "  名册 名册.⟦名称⟧", Code::DataPath, "名册.标识码"),
    mistake(EIGHT, "要求 各校.学校.标识码 不漏 名册.标识码", "要求 ⟦名册.标识码 不漏 各校.学校.标识码⟧", Code::OwnList, "各校.学校.标识码 不漏 名册.标识码"),
    // Clauses, messages, attributes
    mistake(FOUR, "  严重 重大\n  要求 摸底排查", "  严重 ⟦特大⟧\n  要求 摸底排查", Code::Clause, "重大"),
    mistake(FOUR, "  要求 摸底排查.完成日期 须在 会议日期 起 3日 内 不符 \"摸底排查没有在三日内完成\"\n", "", Code::Clause, "要求"),
    mistake(THREE, "「{整改措施}」太空泛", "「{⟦整改办法⟧}」太空泛", Code::TemplateName, "整改措施"),
    mistake(THREE, "责任书不是管理人「{g.管理人}」签的", "责任书不是管理人「{⟦责任.分管负责人⟧}」签的", Code::PrintsOther, "条件里比"),
    mistake(FOUR, "不符 \"摸底排查没有在三日内完成\"", "不符 ⟦\"摸底排查没有在五日内完成\"⟧", Code::QuoteNumber, "提示语"),
    mistake(SEVEN, "不符 \"没有联系民警、派出所或电话\"", "不符 \"电话 {⟦警校联动.电话⟧}\"", Code::TemplateSensitive, ""),
    mistake(DATA, "  标识 学校.标识码", "  标识 学校.⟦编码⟧", Code::DataPath, "学校.标识码"),
    mistake(DATA, "  零报告: 是否 \"本期没有发生事件(零报告)\"", "  零报告: 是否 ⟦范围 0 至 1⟧", Code::Attribute, ""),
    // What is decided already
    mistake(SEVEN, "要求 数量(护校队.成员) ≥ 护校队人数下限", "要求 ⟦数量(护校队.成员) ≥ 0⟧", Code::AlwaysSame, "≥ 1"),
    mistake(THREE, "每个 隐患[有 完成日期] 满足 有 销号日期", "每个 隐患[有 销号日期] 满足 ⟦有 销号日期⟧", Code::SaysNothing, "筛选"),
    mistake(TWO, "技防.视频保存天数 ≥ 视频保存下限\n", "技防.视频保存天数 ≥ 视频保存下限 且 ⟦技防.视频保存天数 < 1⟧\n", Code::SaysNothing, "写错了数"),
    mistake(SIX, "  整改 \"对全部", "  要求 ⟦学校.教职工数 ≤ 从业查询.教职工查询数⟧ 不符 \"没有查全\"\n  整改 \"对全部", Code::AskedTwice, "删去"),
    mistake(SEVEN, "  整改 \"配备钢叉、", "  要求 ⟦数量(去重(防护器械.名称)) ≥ 1⟧ 不符 \"没有\"\n  整改 \"配备钢叉、", Code::AskedTwice, "删去"),
    mistake(ONE, "则 非 填报.零报告", "则 填报.零报告", Code::SaysNothing, "去掉 `若`"),
    mistake(THREE, "不漏 {暴力侵害, 火灾, 踩踏}", "不漏 {}", Code::Settled, ""),
];

fn read(files: &Files, name: &str) -> String {
    String::from_utf8(files.0[name].clone()).expect("UTF-8")
}

/// What went wrong with one mistake, if anything.
fn problem(mistake: &Mistake) -> Option<String> {
    let mut files = files();
    let text = read(&files, mistake.file);
    if text.matches(mistake.right).count() != 1 {
        return Some(format!("`{}` does not stand once in {}", mistake.right, mistake.file));
    }
    let changed = text.replace(mistake.right, mistake.wrong);
    let (before, rest) = changed.split_once('⟦').unwrap_or((&changed, "⟧"));
    let (inside, after) = rest.split_once('⟧').expect("a closing mark");
    let marked = before.len()..before.len() + inside.len();
    files.0.insert(mistake.file.to_owned(), format!("{before}{inside}{after}").into_bytes());
    let loaded = load(&files);
    let hit = loaded.diagnostics.iter().find(|found| {
        let span = found.primary.span;
        let here = loaded.sources[span.source.0 as usize].name == mistake.file;
        let place = mistake.wrong.contains('⟦').then_some(marked.clone());
        found.code == mistake.code
            && here
            && place.is_none_or(|place| (span.start as usize..span.end as usize) == place)
    });
    match hit {
        Some(hit) if hit.help.zh.contains(mistake.help) && !hit.help.zh.is_empty() => None,
        Some(hit) => Some(format!("`{}`: help `{}` does not say `{}`", mistake.wrong, hit.help.zh, mistake.help)),
        None => {
            let found = loaded.diagnostics.iter().filter(|found| found.code != Code::Uncovered).map(|found| {
                let span = found.primary.span;
                let source = &loaded.sources[span.source.0 as usize];
                format!(
                    "  {} {} `{}` {} / {}",
                    found.code.as_str(),
                    source.name,
                    source.slice(span),
                    found.message.zh,
                    found.help.zh
                )
            });
            Some(format!(
                "`{}`: {} not there but\n{}",
                mistake.wrong,
                mistake.code.as_str(),
                found.collect::<Vec<_>>().join("\n")
            ))
        }
    }
}

#[test]
fn each_planted_mistake_is_caught_in_its_place() {
    let problems: Vec<String> = MISTAKES.iter().filter_map(problem).collect();
    assert!(problems.is_empty(), "{} of {}\n{}", problems.len(), MISTAKES.len(), problems.join("\n"));
}

#[test]
fn the_pack_itself_is_clean() {
    let loaded = load(&files());
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
}
