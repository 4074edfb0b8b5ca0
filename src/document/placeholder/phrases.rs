//! What people write who have nothing to say: that something is not there or not done yet (`暂未聘请`, `派出所尚未指派`), is under
//! way (`办理中`), or stands elsewhere (`见附件1`).

use super::{Asked, core};
use bulou_syntax::built_in::Format;

/// What such a phrase is not longer than, in bytes.
pub(super) const LONGEST: usize = 48;

/// Whether a text may be one: most texts are done with after one look.
pub(super) fn may_be_one(text: &str) -> bool {
    text.contains(|c: char| {
        matches!(
            c,
            '未' | '没' | '无' | '待' | '缺' | '空' | '拟' | '等' | '正' | '另' | '请' | '见' | '同' | '中' | '附'
        ) || matches!(c, '不' | '此' | '将' | '准' | '计' | '后' | '再' | '照')
    })
}

/// What is said of the time or the way.
#[rustfmt::skip]
const HEDGES: &[&str] = &[
    "目前", "现在", "暂时", "当前", "暂", "尚", "还", "仍", "再", "最终", "正式", "具体", "统一", "进一步", "并", "均", "皆", "全", "都", "了", "过",
    "我", "本", "之后", "后", "近期", "下周", "下月", "下学期", "开学后", "来",
];

/// What says that there is nothing, or not yet.
#[rustfmt::skip]
const NOT: &[&str] = &[
    "未", "没有", "没", "无", "无需", "不需", "不用", "待", "缺", "空", "拟", "等", "等待", "另行", "正在", "未曾", "不设", "将", "即将", "准备", "计划", "打算", "再说", "以后", "今后", "稍后",
];

/// What may be said not to be done, or to be under way.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "聘", "聘任", "聘请", "聘用", "任命", "任", "上任", "到任", "确定", "定", "落实", "安排", "配备", "配", "配置", "设", "设立",
    "设置", "成立", "建立", "组建", "筹建", "筹备", "明确", "指定", "指派", "委派", "选派", "派", "填", "填写", "填报", "补",
    "补充", "补发", "到位", "到岗", "提供", "公布", "公示", "制定", "制订", "拟定", "起草", "草拟", "印发", "下发", "下达", "发",
    "下", "发文", "下文", "出文", "出", "出具", "签订", "签", "签字", "完成", "开展", "联系", "协调", "协商", "商定", "研究", "讨论",
    "登记", "核实", "核查", "更新", "确认", "批", "批准", "批复", "报批", "报", "上报", "审批", "审核", "审议", "办", "办理", "备案",
    "申请", "申报", "招", "招聘", "选聘", "选", "回复", "答复", "反馈", "通知", "查", "查究", "追究", "调查", "查明", "立案", "处理",
    "处理完", "调查完", "排查", "检查", "摸底", "盯办", "负责", "整理", "归档", "建档", "编号", "盖章", "收到", "找到", "有", "完善", "编制",
    "选举", "推选", "担任", "办证", "换证", "补办", "办结", "核", "考", "遴选", "物色", "对接", "沟通", "招录", "竞聘", "推荐", "建", "做", "弄", "搞", "写", "定下来", "整理好",
];

/// What is done with a form, and to find out what goes into it: who has not done so tells nothing.
#[rustfmt::skip]
const FILLING: &[&str] = &[
    "填", "填写", "填报", "补", "补充", "补填", "补报", "录入", "提供", "检查", "自查", "核查", "排查", "对照", "核实", "摸底", "开展", "整理", "编写", "撰写", "起草", "说",
];

/// What may be said not to be there, and by whom it is not done.
#[rustfmt::skip]
const NOUNS: &[&str] = &[
    "人", "合适", "他人", "人员", "人选", "此人", "专人", "编", "编制", "岗", "岗位", "文", "文号", "文件", "此文件", "此文", "文书", "材料", "手续",
    "结论", "结果", "意见", "名单", "档案", "上级", "派出所", "教育局", "教体局", "公安局", "公安", "校方", "学校", "领导", "校长", "民警",
    "教师", "老师", "职工", "法治", "法制", "校", "机构", "制度", "流程", "预案", "办法", "措施", "单位", "部门",
];

/// How it is said that nothing was found, where what was found is asked for if there is any.
const FOUND_NOTHING: [&str; 19] = [
    "未发现",
    "未发现问题",
    "未发现隐患",
    "未发现异常",
    "未发现明显问题",
    "未发现薄弱环节",
    "没有发现",
    "没发现",
    "没有发现问题",
    "没发现问题",
    "无问题",
    "没问题",
    "没有问题",
    "无隐患",
    "没有隐患",
    "无异常",
    "一切正常",
    "无薄弱环节",
    "没有薄弱环节",
];

/// What is said behind whom or what is not known yet: `民警(暂缺)`.
const OPEN: [&str; 7] = ["待定", "待聘", "待补", "空缺", "暂缺", "待确定", "待落实"];

/// Whether a text says only that something is not there or not done yet, or that it stands elsewhere. `names` are what is asked
/// for may be called ([`names`]): `没有法治副校长`.
pub(super) fn says_nothing(text: &str, asked: &Asked<'_>, names: &[String]) -> bool {
    let words = Words::of(asked, names);
    let whose = OPEN.iter().find_map(|open| text.strip_suffix(open));
    let is_open =
        whose.is_some_and(|whose| whose.chars().count() <= 6 && !whose.contains(|c: char| c.is_ascii_digit()));
    let finds_nothing = asked.optional && words.narrative && FOUND_NOTHING.iter().any(|said| text.ends_with(said));
    let is_word = NOT.contains(&text);
    finds_nothing
        || is_open && !words.narrative
        || is_elsewhere(text)
        || is_request(text)
        || !is_word && words.say_nothing(text, false)
        || asked.is_person() && words.name_nobody(text)
}

/// A name as [`core`] writes it, and what it may be shortened to: `文号` of `任命文号`.
pub(super) fn names(name: &str) -> Vec<String> {
    let name = core(name);
    let count = name.chars().count();
    (0..count.saturating_sub(1)).map(|from| name.chars().skip(from).collect()).collect()
}

/// The words that such a phrase is made of.
struct Words<'n> {
    /// Those of what is asked for.
    names: &'n [String],
    /// What is lacking is an answer, so that of verbs and nouns only those of the form say nothing.
    narrative: bool,
}

impl<'n> Words<'n> {
    fn of(asked: &Asked<'_>, names: &'n [String]) -> Self {
        Self { names, narrative: asked.format == Some(Format::Narrative) }
    }

    fn verbs(&self) -> &'static [&'static str] {
        if self.narrative { FILLING } else { VERBS }
    }

    /// Whether it is made of such words, and what was read says that there is nothing (`is_said`), or one of these does.
    fn say_nothing(&self, text: &str, is_said: bool) -> bool {
        let then = |words: &[&str], is_said| {
            words.iter().filter_map(|word| text.strip_prefix(word)).any(|rest| self.say_nothing(rest, is_said))
        };
        let verbs = || self.verbs().iter().filter_map(|verb| Some((verb, text.strip_prefix(verb)?)));
        // `办理中`, but `任中` is a person.
        let is_under_way = |(verb, rest): (&&str, &str)| {
            verb.len() > '中'.len_utf8() && rest.strip_prefix('中').is_some_and(|rest| self.say_nothing(rest, true))
        };
        let others = if self.narrative { &[][..] } else { NOUNS };
        text.is_empty() && is_said
            || then(NOT, true)
            || is_said && then(&["中"], true)
            || verbs().any(is_under_way)
            || [HEDGES, self.verbs(), others].into_iter().any(|words| then(words, is_said))
            || self
                .names
                .iter()
                .filter_map(|name| text.strip_prefix(&**name))
                .any(|rest| self.say_nothing(rest, is_said))
    }

    /// Whether a text that has to say who somebody is says of anything ahead that it has nobody (`城关派出所尚未指派`); what is
    /// as short as a name is one: `马未都`.
    fn name_nobody(&self, text: &str) -> bool {
        let mut ends = text.char_indices().skip(1).filter_map(|(at, _)| text.get(at..));
        text.chars().nth(3).is_some() && ends.any(|end| self.has_nobody(end))
    }

    /// Whether a text begins by saying that there is nobody, and says no more: not the end of `王小未`, or of `张三等人`.
    fn has_nobody(&self, text: &str) -> bool {
        const LACKS: [&str; 7] = ["未", "没", "缺", "空缺", "不设", "无", "待"];
        let is_waited_for = |rest: &str| VERBS.iter().any(|verb| rest.starts_with(verb));
        let mut after = LACKS.iter().filter_map(|word| Some((word, text.strip_prefix(word)?)));
        after.any(|(word, rest)| {
            !rest.is_empty() && (*word != "待" || is_waited_for(rest)) && self.say_nothing(rest, true)
        })
    }
}

/// `见附件1`, `详见附表`, `见纸质材料`, `同H05`.
fn is_elsewhere(text: &str) -> bool {
    if text.strip_prefix('同').is_some_and(|of| !of.is_empty() && of.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    {
        return true;
    }
    let is_number = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
    let place = ["详", "参", "请", "可"]
        .iter()
        .find_map(|way| text.strip_prefix(way))
        .unwrap_or(text)
        .strip_prefix(['见', '如', '按', '照']);
    let is_appended = |said| ["附件", "附表", "附页", "附录", "附后", "附图"].contains(&said);
    let at_hand = [
        "文件", "材料", "台账", "档案", "原件", "纸质", "上", "上表", "下", "下表", "书", "证", "照片", "记录", "报告",
        "名单", "表", "所示", "背面",
    ];
    let named = place.unwrap_or(text).trim_end_matches(is_number);
    is_appended(named)
        || place.is_some_and(|place| place.chars().count() <= 6 && at_hand.iter().any(|end| place.ends_with(end)))
}

/// What a form asks: `请填写姓名`.
fn is_request(text: &str) -> bool {
    let asked =
        ["请填写", "请输入", "请选择", "请填", "此处填写"].iter().find_map(|request| text.strip_prefix(request));
    asked.is_some_and(|what| what.chars().count() <= 6)
}
