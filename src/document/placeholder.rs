//! Texts that only say that there is nothing to say: `无`, `/`, `待定`. Where something has to be filled in they are no
//! answer. Which words these are, a pack may say itself (`占位`), and a field may take one as an answer (`可填`).

use super::normalize::normal;

/// The words of packs that name none. Marks around a word, its case and repetitions make no other word of it: `(无)`,
/// `无。` and `n.a.` are among these.
pub const BUILT_IN: &[&str] = &[
    "无",
    "没有",
    "暂无",
    "无内容",
    "无此项",
    "空",
    "空白",
    "待定",
    "待补",
    "待补充",
    "待填",
    "待完善",
    "待成立",
    "待确定",
    "待落实",
    "待核实",
    "待更新",
    "同上",
    "同前",
    "略",
    "不详",
    "未知",
    "未填",
    "未填写",
    "未定",
    "未确定",
    "尚未确定",
    "未落实",
    "没填",
    "暂缺",
    "没有人",
    "无人",
    "空缺",
    "否",
    "请填写",
    "请选择",
    "请输入",
    "不清楚",
    "不知道",
    "不适用",
    "某",
    "暂定",
    "见附件",
    "详见附件",
    "另附",
    "见附表",
    "没",
    "缺",
    "缺失",
    "缺岗",
    "从缺",
    "無",
    "暫無",
    "暫缺",
    "從缺",
    "略去",
    "从略",
    "省略",
    "同上行",
    "同上一行",
    "同左",
    "如上",
    "附后",
    "后附",
    "后补",
    "稍后补充",
    "不填",
    "免填",
    "无需填写",
    "此处空白",
    "作废",
    "已作废",
    "废",
    "void",
    "cancelled",
    "n/a",
    "none",
    "nil",
    "null",
    "tbd",
    "todo",
    "tbc",
    "to be confirmed",
    "to be determined",
    "unknown",
    "undefined",
    "nan",
    "x",
    "/",
    "\\",
    "-",
    "—",
    "–",
    "_",
    "~",
    "*",
    ".",
    "。",
    "、",
    "?",
    "×",
    "…",
    "#",
];

/// What makes a placeholder the word that it is: its letters and digits without case and repetition, or of a text without
/// any its marks.
///
/// ```
/// use bulou_document::placeholder::core;
/// assert_eq!(core("(无)。"), core("无"));
/// assert_eq!(core("N/A"), core("n.a."));
/// assert_eq!(core("———"), core("—"));
/// assert_ne!(core("无锡"), core("无"));
/// ```
#[must_use]
pub fn core(text: &str) -> String {
    let text = normal(text);
    let mut core: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if core.is_empty() {
        core = text.chars().filter(|c| *c != ' ').collect();
    }
    core.dedup();
    core.into_iter().collect()
}

/// The placeholders of a pack, in a form that tells at once that a text is none.
#[derive(Debug)]
pub struct Placeholders<'s> {
    cores: &'s [String],
    /// Beginnings of the cores, as bits.
    begin: u64,
    /// In bytes; what is much longer is no placeholder.
    longest: usize,
}

impl<'s> Placeholders<'s> {
    /// `cores` are those of a pack's words.
    pub fn new(cores: &'s [String]) -> Self {
        let begin = cores.iter().filter_map(|core| core.chars().next()).fold(0, |bits, c| bits | bit(c));
        Self { cores, begin, longest: cores.iter().map(String::len).max().map_or(0, |longest| longest * 3 + 12) }
    }

    /// Whether a text that is in its normal form is one of them, and none of `allowed`.
    #[inline]
    pub fn hold(&self, normal: &str, allowed: &[String]) -> bool {
        let Some(first) = normal.chars().next() else { return false };
        let begins = self.begin & bit(first.to_ascii_lowercase()) != 0;
        let ends = || normal.ends_with(|c: char| !is_plain(c) || END_FORMS.contains(c));
        (begins || !is_plain(first) || BEGIN_FORMS.contains(first) || ends() || is_template(normal))
            && self.found(normal, allowed)
    }

    #[cold]
    fn found(&self, normal: &str, allowed: &[String]) -> bool {
        let by_form = is_wordless(normal) || is_error_value(normal) || is_template(normal);
        if !by_form && normal.len() > self.longest.max(LONGEST_FORM) {
            return false;
        }
        let core = core(normal);
        let is_one = || self.cores.contains(&core) || is_not_yet(&core) || self.is_made_of(normal);
        (by_form || is_one()) && !allowed.contains(&core)
    }

    /// Nothing but placeholders between marks: `无(暂无)`.
    fn is_made_of(&self, normal: &str) -> bool {
        let mut words = normal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(core);
        normal.chars().any(|c| !c.is_alphanumeric())
            && words.all(|word| self.cores.contains(&word) || is_not_yet(&word))
    }
}

/// The plain characters with which what is none by its form begins: errors, and what is not there or not done yet.
const BEGIN_FORMS: &str = "错未没无待缺空目现暂当尚还仍拟正见详";
/// Those in which it ends.
const END_FORMS: &str = "中定缺聘补实";

/// What a text that says only that something is not done yet is not longer than, in bytes.
const LONGEST_FORM: usize = 36;

/// Whether a text says only that something is not there or not done yet: `暂未聘请`, `待安排`, `目前还没有`, `拟聘`, `筹建中`,
/// `人选待定`; or that it stands elsewhere: `见附件1`.
fn is_not_yet(core: &str) -> bool {
    let begins =
        |text: &str, words: &[&str]| words.iter().filter(|word| text.starts_with(**word)).map(|word| word.len()).max();
    let mut rest = core;
    for hedges in [&["目前", "现在", "暂时", "当前"][..], &["暂", "尚", "还", "仍"][..]] {
        rest = rest.get(begins(rest, hedges).unwrap_or(0)..).unwrap_or_default();
    }
    let verb = rest.strip_prefix("正在").unwrap_or(rest).trim_end_matches('中');
    let is_under_way = verb != rest && UNDER_WAY.contains(&verb);
    let whose = OPEN.iter().find_map(|open| rest.strip_suffix(open));
    let is_open =
        whose.is_some_and(|whose| whose.chars().count() <= 6 && !whose.contains(|c: char| c.is_ascii_digit()));
    if is_under_way || is_open || is_elsewhere(rest) {
        return true;
    }
    let Some(not) = begins(rest, &["未", "没有", "没", "无", "待", "缺", "空", "拟"]) else { return false };
    let verb = rest.get(not..).unwrap_or_default().trim_end_matches(['中', '了']);
    NOT_DONE.contains(&verb) || verb.is_empty() && rest != core
}

/// `见附件1`, `详见附表`.
fn is_elsewhere(text: &str) -> bool {
    let place = text.strip_prefix('详').unwrap_or(text).strip_prefix("见附");
    let number = place.and_then(|place| place.strip_prefix(['件', '表', '页', '录', '后', '图']));
    number.is_some_and(|number| number.chars().all(|c| c.is_numeric() || "一二三四五六七八九十".contains(c)))
}

/// What may be said not to be done or there.
const NOT_DONE: [&str; 61] = [
    "聘", "聘任", "聘请", "聘用", "任命", "确定", "定", "落实", "安排", "配备", "配", "配置", "设", "设立", "设置",
    "成立", "建立", "明确", "指定", "填", "填写", "填报", "补", "到位", "提供", "公布", "制定", "印发", "签订", "完成",
    "开展", "人", "编", "岗", "此人", "人员", "联系", "登记", "核实", "更新", "确认", "批", "批准", "批复", "报",
    "审批", "审核", "发文", "到岗", "任", "上任", "签", "签字", "办", "办理", "备案", "组建", "招", "招聘", "选聘",
    "人选",
];

/// What may be said to be under way, without saying that it is done.
const UNDER_WAY: [&str; 10] = ["办理", "申请", "招聘", "筹建", "筹备", "补充", "研究", "聘任", "聘请", "组建"];

/// What is said behind whom or what is not known yet: `民警(暂缺)`.
const OPEN: [&str; 7] = ["待定", "待聘", "待补", "空缺", "暂缺", "待确定", "待落实"];

/// Whether a text is a form that was not filled in: `教任〔〕号`, `XX小学`, `×××民警`. What stands behind a name hides it:
/// `张××`.
fn is_template(text: &str) -> bool {
    let is_blank = |c: char| matches!(c, '×' | '○' | '〇' | 'X' | 'x' | '＊' | '*' | '_');
    // Hardly any text has one of these.
    if !text.contains(|c: char| is_blank(c) || matches!(c, '〔' | '(' | '[' | '【' | '《')) {
        return false;
    }
    let mut rest = text;
    while let Some((ahead, run)) = rest.find(is_blank).map(|at| rest.split_at(at)) {
        let behind = run.trim_start_matches(is_blank);
        let is_run = run.chars().take_while(|c| is_blank(*c)).count() > 1;
        // Behind a name something may be hidden, and in front of it nothing is.
        if is_run && !ahead.ends_with(char::is_alphanumeric) && behind.starts_with(|c: char| !c.is_ascii()) {
            return true;
        }
        rest = behind;
    }
    ["〔〕", "()", "[]", "【】", "《》"].iter().any(|empty| text.contains(empty))
}

/// A text without any letter or digit: `○○○`, `********`. The zero that is a circle is none where it stands alone.
fn is_wordless(text: &str) -> bool {
    !text.chars().any(|c| c.is_alphanumeric() && c != '〇')
}

/// Errors that are known wherever they stand in a text, for no person writes so.
const ERRORS: [&str; 6] = ["#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"];
/// The names of errors that are written without a mark as well, and those in Chinese.
const ERROR_NAMES: [&str; 19] = [
    "ERROR",
    "NV",
    "溢出",
    "除/0",
    "N/A",
    "GETTING_DATA",
    "REF",
    "VALUE",
    "DIV/0",
    "NAME",
    "NUM",
    "NULL",
    "SPILL",
    "CALC",
    "名称",
    "值",
    "数值",
    "引用",
    "数字",
];

/// What a spreadsheet shows where a formula has no value: `#REF!`, `#名称?`, `Err:502`, `错误:502`.
fn is_error_value(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    let is_named = |word: &str| {
        let name = word.trim_end_matches(['!', '?']);
        ERROR_NAMES.contains(&name) || word.strip_suffix(['!', '?']).is_some_and(is_in_capitals)
    };
    let number = upper.strip_prefix("ERR:").or_else(|| Some(upper.strip_prefix("错误:")?.trim_start()));
    let is_numbered = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    ERRORS.iter().any(|error| upper.contains(error))
        || upper.strip_prefix('#').is_some_and(is_named)
        || number.is_some_and(is_numbered)
}

/// What may be the name of an error in English: `CALC`, `DIV/0`.
fn is_in_capitals(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic() || b"/_0".contains(&byte))
}

fn bit(c: char) -> u64 {
    1 << (u32::from(c) % 61)
}

/// Surely a letter or digit, and begins no error value. Of others it takes longer to tell.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') || (c.is_ascii_alphanumeric() && !matches!(c, 'E' | 'e'))
}

/// The cores of a pack's words: its own, or those of packs that name none.
pub fn cores<'w>(own: Option<impl Iterator<Item = &'w str>>) -> Vec<String> {
    let mut cores: Vec<String> = match own {
        Some(words) => words.map(core).collect(),
        None => BUILT_IN.iter().copied().map(core).collect(),
    };
    cores.retain(|core| !core.is_empty());
    cores.sort();
    cores.dedup();
    cores
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, Placeholders, cores, normal};

    #[test]
    fn placeholders_are_told_from_answers() {
        let built_in = cores(None::<std::iter::Empty<&str>>);
        let known = Placeholders::new(&built_in);
        let variants =
            ["(无)", "无。", "「无」", "无无无", "N / A", "ＮＡ", "-----", "……", "——", "xxx", "待 定", "某某"];
        for word in BUILT_IN.iter().chain(&variants) {
            assert!(known.hold(&normal(word), &[]), "{word}");
        }
        let not_yet = "拟聘 拟聘任 拟聘中 拟任 见附件1 见附件一 详见附表 见附页 待确认 待批 待报 待审批 待发文 待到岗 待签 未签 未报 未办理 未发文 未到岗 未上任 办理中 正在聘任 正在办理 申请中 招聘中 筹建中 补充中 研究中 岗位空缺 暂无人选 无人选 人选待定 人员待定 民警待定 民警(暂缺) 派出所民警(待定) 教任〔〕号 教任〔XXXX〕X号 XX小学 ×××民警 xx号 無 暫無 同上行 附后 未聘任 未聘请 暂未聘请 尚未聘请 还没有 还没聘 待聘 待安排 空缺 缺编 无人 目前没有 暂时无人 没有聘请 无(暂无) 待定/无 尚未确定";
        for word in not_yet.split(' ') {
            assert!(known.hold(&normal(word), &[]), "{word}");
        }
        for word in [
            "校长",
            "无锡路派出所",
            "张无",
            "Y-01",
            "1",
            "0379-6123456",
            "同上级报告",
            "x1",
            "没有发现问题",
            "#3",
            "#3楼!",
            "Err:楼",
            "未来路派出所",
            "吴未",
            "待问",
            "没有发现隐患",
            "空军小学",
            "缺水",
            "无线电室",
            "无人机社团",
            "任命(2020)3号",
            "安排",
            "张××",
            "李**",
            "DS-2XX30",
            "XX3号",
            "拟定的方案见文件",
            "张三(拟聘)",
            "初中",
            "实验小学",
            "研究中心",
            "刘定",
            "中",
            "已聘",
            "1×1",
            "长×宽",
            "附件柜",
            "见义勇为",
            "详见方案第3页",
        ] {
            assert!(!known.hold(&normal(word), &[]), "{word}");
        }
        assert!(!known.hold("无", &["无".into()]) && known.hold("/", &["无".into()]));
        let own = cores(Some(["缺", "--"].into_iter()));
        let own = Placeholders::new(&own);
        assert!(own.hold("缺", &[]) && own.hold("-", &[]) && !own.hold("无", &[]));
        let forms = [
            "#REF!",
            "#VALUE!",
            "#DIV/0!",
            "#NAME?",
            "#NUM!",
            "#NULL!",
            "#SPILL!",
            "#ref!",
            "#N/A",
            "#GETTING_DATA",
            "#VALUE",
            "#名称?",
            "#值!",
            "#BLOCKED!",
            "错误:508",
            "错误：502",
        ];
        let marks = ["○○○", "********", "!", "〇〇〇", "✔", "—·—·—·—·—·—·—·—·—·—·—·—·—·—·—", "Err:502", "＃ＲＥＦ！"];
        for form in forms.iter().chain(&marks) {
            assert!(own.hold(&normal(form), &[]) && known.hold(&normal(form), &[]), "{form}");
        }
        assert!(!own.hold("/", &["/".into()]));
    }
}
