//! Whether a waiver says why and who approved it, by the form of what it says: that it was approved cannot be known, that
//! it says it was not can.
//!
//! The lists hold words between spaces, one line a group; where one word begins another, the longer comes first.

use bulou_document::normalize::normal;
use bulou_document::placeholder::{Asked, Placeholders, core};
use bulou_document::text::is_formula;

/// What fills the place of a reason or of a name without being one, alone or together.
const FILLERS: &[&str] = &[
    "批准 审批 批复 批示 核准 同意 许可 通过 签字 签章 报批 豁免 申请 确认 核实 落实 研究 完善",
    "测试 如题 如上 说明 理由 原因 依据 口头 标识码 规则 没有 暂无 随便 样例 示例 占位 草稿 草案 模板",
    "正在 以后 稍后 随后 回头 另行 待 后 补 再 另 未 尚 没 不 无 拟 已 经 获 得 予 暂",
    "签 批 准 报 填 写 定 人 者 是 的 了 中 自 至",
    "ok okay test sample draft todo tbc tbd lorem ipsum asdfgh asdf qwerty qwe zxcv",
    "placeholder whatever same as above no reason",
];
/// To approve, and what an approval is given by.
const APPROVE: &[&str] = &["批 审 准 签 盖章 同意 许可 授权 备案 回复 答复 通过"];
/// What says that something was not done, or not yet.
const NOT: &[&str] = &["未 没 不 尚 拟 正在 无人 准备 即将 取消 免 正 还"];
/// Between [`NOT`] and [`APPROVE`] stand at most so many characters: `没有经过批准`.
const BETWEEN: usize = 4;
/// What asks for something or waits for it.
const ASKING: &[&str] = &["等 候 待 请 报 呈 送 需 须 应"];
/// Between [`ASKING`] and [`APPROVE`] whoever is asked stands as well: `请县教育体育局局长批准`.
const WHOM: usize = 14;
/// What says so by itself, wherever it stands.
const PENDING: &[&str] = &[
    "报批 送审 报审 呈批 后补 补签 补批 补办 无人批 没人批",
    "审批中 审核中 申请中 上报中 办理中 研究中 会签中 讨论中 流程中",
    "拒绝 驳回 否决 退回 反对 撤销 撤回 暂缓 作废 取消",
    "草稿 草案 占位 样例 示例 模板",
];
/// Steps on the way to an approval, which has to follow them.
const STEPS: &[&str] = &["请示 流程 汇报 上报 研究 讨论 申请"];
/// What ends such steps as [`APPROVE`] does.
const DECIDE: &[&str] = &["决定"];
/// Words in which one of the others says nothing of the kind.
const NAMES: &[&str] = &[
    "未央 未成年 未检 未来 无人机 不动产 没收 豁免 减免 免费 免疫 免试 模拟 虚拟",
    "接待 招待 优待 对待 高等 中等 初等 平等 等级 等部门 等单位 等领导 等机关 等有关 等相关 等科室 等两 等三 等四 等五 等多",
    "应急 应用 应县 应城 供应 应届 需求 气候 候选 邀请 日报 晚报 通报 报社 接送",
    "正式 改正 正局 正职 正批准 正同意 正批复 正签",
    "审批中心 审核中心 研究中心 办理中心 研究室 研究院 研究所",
    "标准 水准 精准 批次 批量 审计 审判 标签 签约",
];
/// The same as [`NOT`] and [`PENDING`] in English.
const ENGLISH: &[&str] = &[
    "not no never be will without unapproved unsigned pending awaiting waiting requested submitted review reviewing",
    "denied declined rejected disapproved refused revoked withdrawn expired cancelled",
    "draft sample tbc tbd lorem ipsum asdf asdfgh qwe qwerty",
];
/// The school and its people, who do not approve what excuses the school.
const OWN: &[&str] = &["学校 本校 我校 本园 我园 校长 园长 校方 校领导 本单位 我单位 本人 自己 我"];
/// The same as [`OWN`] in English.
const OWN_ENGLISH: &[&str] = &["school principal headmaster headmistress headteacher myself self ourselves"];
/// The same as [`ABOVE`] in English.
const ABOVE_ENGLISH: &[&str] =
    &["county bureau district city province ministry department council board authority office"];
/// What stands in the names of those above a school.
const ABOVE: &[&str] = &["局 厅 委 府 县 市 省 镇 乡 区教 区政 教育部 督导 中心校 中心学校"];

fn words(groups: &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    groups.iter().flat_map(|group| group.split(' '))
}

/// Whether a text gives no reason and names nobody.
pub(super) fn says_nothing(said: &str, placeholders: &[String]) -> bool {
    let plain = normal(said);
    let mut letters = plain.chars().filter(|c| c.is_alphabetic());
    let first = letters.next();
    let rest = words(FILLERS).fold(plain.to_ascii_lowercase(), |rest, filler| rest.replace(filler, " "));
    letters.all(|letter| Some(letter) == first)
        || is_formula(&plain)
        || Placeholders::new(placeholders).hold(&plain, &Asked::default())
        || placeholders.contains(&core(said))
        || !rest.chars().any(char::is_alphabetic)
}

/// Whether a text names the school itself, and nobody above it.
pub(super) fn is_own(said: &str) -> bool {
    let plain = normal(said);
    let names = |groups| words(groups).any(|word| plain.contains(word));
    let english = plain.to_ascii_lowercase();
    let says =
        |groups| english.split(|c: char| !c.is_ascii_alphabetic()).any(|said| words(groups).any(|word| word == said));
    (names(OWN) || says(OWN_ENGLISH)) && !names(ABOVE) && !says(ABOVE_ENGLISH)
}

/// Whether a text names a school by its name, and nobody above it.
pub(super) fn is_by(said: &str, school: &str) -> bool {
    let (plain, school) = (normal(said), normal(school));
    let besides = plain.replace(&*school, " ");
    !school.is_empty() && besides.len() < plain.len() && !words(ABOVE).any(|word| besides.contains(word))
}

/// Whether a text says that something was not approved, or is still to be.
pub(super) fn is_denied(said: &str) -> bool {
    let plain = words(NAMES).fold(normal(said).to_ascii_lowercase(), |rest, name| rest.replace(name, "某处某某"));
    let mut english = plain.split(|c: char| !c.is_ascii_alphabetic());
    if english.any(|word| words(ENGLISH).any(|one| one == word)) {
        return true;
    }
    let clauses = plain.split(['\u{FF0C}', ',', '。', ';', '\u{FF1B}', '、', '.']);
    let clauses: Vec<String> = clauses.map(|clause| clause.chars().filter(|c| c.is_alphanumeric()).collect()).collect();
    clauses.iter().any(|clause| denies(clause)) || stops_short(&clauses.concat())
}

/// Whether a clause without signs speaks of an approval that there is none of.
fn denies(clause: &str) -> bool {
    let leads = |word: &str, between: usize| {
        clause.match_indices(word).any(|(at, _)| {
            let after = clause.get(at + word.len()..).unwrap_or_default();
            let approved = words(APPROVE).filter_map(|word| after.find(word)).min();
            approved.is_some_and(|at| after.get(..at).is_some_and(|text| text.chars().count() <= between))
        })
    };
    words(PENDING).any(|word| clause.contains(word))
        || words(NOT).any(|word| leads(word, BETWEEN))
        || words(ASKING).any(|word| leads(word, WHOM))
}

/// Whether the last step that a text without signs tells of is none that approves.
fn stops_short(text: &str) -> bool {
    let last = |groups| words(groups).filter_map(|word| text.rfind(word)).max();
    last(STEPS).is_some_and(|step| last(APPROVE).max(last(DECIDE)).is_none_or(|approved| approved < step))
}

#[cfg(test)]
mod tests {
    use super::{is_by, is_denied, is_own, says_nothing};
    use bulou_document::placeholder::cores;

    #[test]
    fn what_was_not_approved_says_so_in_many_ways() {
        for said in [
            "尚未批准",
            "未获批准",
            "不同意",
            "正在报批",
            "拟同意",
            "县教体局未批准",
            "没有经过批准",
            "县教体局(待批)",
            "县局不予批准",
            "等县局批准后补签",
            "已报批",
            "县教体局审批中",
            "不同意,县教体局",
            "县局驳回",
            "not approved",
            "Pending approval",
            "未 获 批准",
            "县局没批",
            "等县局回复",
            "候批",
            "请县教体局批准",
            "请县教育体育局局长批准",
            "报县教体局审批",
            "呈局长签字",
            "送县局审",
            "需局长签字",
            "须经县教体局同意",
            "应由县局批准",
            "免批",
            "to be approved by the county",
            "declined by the county bureau",
            "will be approved",
            "without approval",
            "unsigned",
            "submitted to the county",
            "正审",
            "还没盖章",
            "还在走流程",
            "取消",
            "县局取消批准",
            "作废",
            "草稿",
            "草案",
            "县局草案",
            "占位",
            "样例",
            "示例",
            "模板",
            "局里讨论中",
            "已请示县局",
            "流程中",
            "已向县局汇报",
            "已上报县教体局",
            "研究",
            "县局研究",
            "学校申请",
            "申请县教体局批准",
            "未备案",
            "没授权",
            "不许可",
            "draft",
            "TBC",
            "tbd",
            "waiting for approval",
            "lorem ipsum",
            "asdf",
            "asdfgh",
            "qwe",
            "qwerty",
            "县局没有盖章",
            "待县局备案",
            "县教体局,待批",
        ] {
            assert!(is_denied(said), "{said}");
        }
        for said in [
            "县教体局",
            "县教体局 2022-06-20 同意",
            "未央区教育局批准",
            "县政务服务审批中心",
            "县政府接待办批准",
            "局长李不凡",
            "情况不明,县教体局批准",
            "学校申请,县教体局批准",
            "县教体局批准,不得延期",
            "Notting Bureau",
            "县教体局研究同意",
            "县教体局研究决定",
            "县应急管理局批准",
            "县应急管理局",
            "县教体局正式批准",
            "市高等教育处审批",
            "县教体局中等职业教育科同意",
            "县教体局 刘正",
            "局长办公会研究,同意",
            "学校请示,县教体局 2022-06-20 批复",
            "县行政审批局",
            "县教体局张局长签字",
            "县政府授权县教体局批准",
            "县教体局批准,已备案",
            "Drafting Office",
            "县教育研究室批准",
            "县市场监督管理局",
            "县标准化管理局",
        ] {
            assert!(!is_denied(said), "{said}");
        }
    }

    #[test]
    fn a_school_does_not_approve_its_own_waiver() {
        for said in [
            "the school",
            "the principal of the school",
            "Headmaster",
            "myself",
            "学校",
            "本校",
            "本人",
            "自己",
            "我",
            "我校",
            "学校批准",
            "本校校长同意",
            "校长",
            "本园",
        ] {
            assert!(is_own(said), "{said}");
        }
        for said in [
            "County bureau",
            "the school, approved by the county bureau",
            "县教体局",
            "我县教体局",
            "学校申请,县教体局批准",
            "县学校管理中心",
            "我是李四,县教体局",
        ] {
            assert!(!is_own(said), "{said}");
        }
    }

    #[test]
    fn a_school_is_known_by_its_name() {
        for (said, school) in [
            ("南街小学", "南街小学"),
            ("南街 小学 李四校长", "南街小学"),
            ("县实验小学", "县实验小学"),
            ("县实验小学批准", "县实验小学"),
        ] {
            assert!(is_by(said, school), "{said}");
        }
        for (said, school) in [
            ("县教体局", "南街小学"),
            ("南街小学申请,县教体局批准", "南街小学"),
            ("县教体局", ""),
            ("县实验小学", "南街小学"),
        ] {
            assert!(!is_by(said, school), "{said}");
        }
    }

    #[test]
    fn a_reason_and_a_name_say_something() {
        let placeholders = cores(None::<std::iter::Empty<&str>>);
        for said in [
            "批准",
            "理由",
            "待签字",
            "后补",
            "123",
            "啊啊啊",
            "1",
            "已批准",
            "同意",
            "批准人",
            "如题",
            "○○○",
            "暂缺",
            "待定",
            "测试",
            "暂无理由",
            "豁免",
            "申请豁免",
            "随便",
            "测试1",
            "test1",
            "豁免理由",
            "同意豁免 2022",
            "ok",
            "OK",
        ] {
            assert!(says_nothing(said, &placeholders), "{said}");
        }
        for said in [
            "县教体局",
            "李四",
            "教学楼整修",
            "停课",
            "待验收后启用",
            "维修中",
            "按县政府2022年5号文",
            "校车报废",
            "免费校车停运",
        ] {
            assert!(!says_nothing(said, &placeholders), "{said}");
        }
    }
}
