//! Whether a waiver says why and who approved it, by the form of what it says: that it was approved cannot be known, that
//! it says it was not can.

use crate::data::normalize::normal;
use crate::data::placeholder::{Placeholders, core};

/// What fills the place of a reason or of a name without being one, alone or together.
const FILLERS: &[&str] = &[
    "测试",
    "test",
    "如题",
    "如上",
    "批准",
    "审批",
    "批复",
    "批示",
    "核准",
    "同意",
    "许可",
    "通过",
    "签字",
    "签章",
    "报批",
    "说明",
    "理由",
    "原因",
    "依据",
    "确认",
    "核实",
    "落实",
    "研究",
    "完善",
    "口头",
    "标识码",
    "规则",
    "没有",
    "正在",
    "以后",
    "稍后",
    "随后",
    "回头",
    "另行",
    "待",
    "后",
    "补",
    "再",
    "另",
    "未",
    "尚",
    "没",
    "不",
    "无",
    "拟",
    "已",
    "经",
    "获",
    "得",
    "予",
    "签",
    "批",
    "准",
    "报",
    "填",
    "写",
    "定",
    "人",
    "者",
    "是",
    "的",
    "了",
    "中",
    "自",
    "至",
];

/// What says that something was not done, or not yet.
const NOT: &[&str] = &["未", "没", "不", "尚", "待", "拟", "正在", "无人", "准备", "即将"];
/// To approve.
const APPROVE: &[&str] =
    &["批", "同意", "许可", "核准", "签字", "签章", "签署", "审核", "审定", "准许", "准予", "答复", "通过"];
/// Between [`NOT`] and [`APPROVE`] stand at most so many characters: `没有经过批准`.
const BETWEEN: usize = 4;
/// What says so by itself, wherever it stands.
const PENDING: &[&str] = &[
    "报批",
    "送审",
    "报审",
    "呈批",
    "后补",
    "补签",
    "补批",
    "补办",
    "拒绝",
    "驳回",
    "否决",
    "退回",
    "反对",
    "撤销",
    "撤回",
    "暂缓",
    "审批中",
    "审核中",
    "申请中",
    "上报中",
    "办理中",
    "研究中",
    "会签中",
    "无人批",
    "没人批",
];
/// Words in which one of [`NOT`] or [`PENDING`] says nothing of the kind.
const NAMES: &[&str] =
    &["未央", "未成年", "未检", "接待", "招待", "优待", "审批中心", "审核中心", "研究中心", "办理中心", "无人机"];
/// The same in English.
const ENGLISH: &[&str] =
    &["not", "no", "never", "unapproved", "pending", "awaiting", "denied", "rejected", "disapproved", "refused"];

/// Whether a text gives no reason and names nobody.
pub(super) fn says_nothing(said: &str, placeholders: &[String]) -> bool {
    let plain = normal(said);
    let mut letters: Vec<char> = plain.chars().filter(|c| c.is_alphabetic()).collect();
    letters.sort_unstable();
    letters.dedup();
    // The longer fillers come first, so that none is cut by a shorter.
    let rest = FILLERS.iter().fold(plain.to_lowercase(), |rest, filler| rest.replace(filler, " "));
    letters.len() < 2
        || Placeholders::new(placeholders).hold(&plain, &[])
        || placeholders.contains(&core(said))
        || !rest.chars().any(char::is_alphanumeric)
}

/// Whether a text says that something was not approved, or is still to be.
pub(super) fn is_denied(said: &str) -> bool {
    let plain = NAMES.iter().fold(normal(said).to_lowercase(), |rest, name| rest.replace(name, "某处某某"));
    let english = plain.split(|c: char| !c.is_ascii_alphabetic()).any(|word| ENGLISH.contains(&word));
    english || plain.split(['\u{FF0C}', ',', '。', ';', '\u{FF1B}', '、', '.']).any(denies)
}

fn denies(clause: &str) -> bool {
    let clause: String = clause.chars().filter(|c| c.is_alphanumeric()).collect();
    let negated = |word: &str| {
        clause.match_indices(word).any(|(at, _)| {
            let after = clause.get(at + word.len()..).unwrap_or_default();
            let approved = APPROVE.iter().filter_map(|word| after.find(word)).min();
            approved.is_some_and(|at| after.get(..at).is_some_and(|between| between.chars().count() <= BETWEEN))
        })
    };
    PENDING.iter().any(|word| clause.contains(word)) || NOT.iter().any(|word| negated(word))
}

#[cfg(test)]
mod tests {
    use super::{is_denied, says_nothing};
    use crate::data::placeholder::cores;

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
        ] {
            assert!(!is_denied(said), "{said}");
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
        ] {
            assert!(says_nothing(said, &placeholders), "{said}");
        }
        for said in
            ["县教体局", "李四", "教学楼整修", "停课", "待验收后启用", "维修中", "按县政府2022年5号文", "校车报废"]
        {
            assert!(!says_nothing(said, &placeholders), "{said}");
        }
    }
}
