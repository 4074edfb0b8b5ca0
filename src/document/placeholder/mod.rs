//! Texts that only say that there is nothing to say: `无`, `/`, `待定`. Where something has to be filled in they are no
//! answer. Which words these are, a pack may say itself (`占位`), and a field may take one as an answer (`可填`).

mod forms;
mod list;
mod persons;
mod phrases;
mod words;

use std::sync::OnceLock;

use super::normalize::normal;
use bulou_base::order;
use bulou_syntax::built_in::Format;
use forms::{is_error_value, is_template, is_wordless};
pub use words::BUILT_IN;

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

/// What is asked for, as far as it decides what says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'f> {
    /// Placeholders that are answers here (`可填`), as [`core`] writes them.
    pub allowed: &'f [String],
    /// The names of what is asked for, which say nothing in an answer.
    pub names: [&'f str; 2],
    /// Whether anybody is asked for, or what is the case, of which something may be lacking.
    pub format: Option<Format>,
    /// Whether it need not be filled in, so that a text may say that nothing was found.
    pub optional: bool,
}

impl Asked<'_> {
    fn is_person(&self) -> bool {
        self.format == Some(Format::Person)
    }
}

/// Who somebody is without what is said beside a name, where that is another text than it: `校长` of `校长(兼)`.
#[must_use]
pub fn person(normal: &str) -> Option<String> {
    persons::key(normal)
}

/// The placeholders of a pack, in a form that tells at once that a text is none.
#[derive(Debug)]
pub struct Placeholders<'s> {
    cores: &'s [String],
    /// Beginnings of the cores.
    begin: Beginnings,
    /// In bytes; what is much longer is no placeholder.
    longest: usize,
}

impl<'s> Placeholders<'s> {
    /// `cores` are those of a pack's words.
    pub fn new(cores: &'s [String]) -> Self {
        let begin = Beginnings::of(cores.iter().filter_map(|core| core.chars().next()));
        Self { cores, begin, longest: cores.iter().map(String::len).max().map_or(0, |longest| longest * 3 + 12) }
    }

    /// Whether a text that is in its normal form is one of them, and none that is allowed.
    #[inline]
    pub fn hold(&self, normal: &str, asked: &Asked<'_>) -> bool {
        let Some(first) = normal.chars().next() else { return false };
        let begins = self.begin.may_hold(first.to_ascii_lowercase());
        let ends = || normal.ends_with(|c: char| !is_plain(c));
        let is_serial = || first.is_ascii_digit() && normal.chars().nth(1).is_some_and(|c| !c.is_alphanumeric());
        let may_be_one = || {
            begins || is_serial() || !is_plain(first) || ends() || phrases::may_be_one(normal) || is_template(normal)
        };
        (is_asked(normal, asked) || may_be_one()) && self.found(normal, asked)
            || asked.is_person() && self.name_nobody(normal, asked)
    }

    /// Whether a text names nobody where somebody is asked for, or one of its parts says so: `王芳(未到岗)`.
    fn name_nobody(&self, normal: &str, asked: &Asked<'_>) -> bool {
        let parts = normal.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        let mut parts = parts.filter(|part| part.len() <= self.limit()).map(core);
        let has_letters = normal.contains(char::is_alphabetic);
        (has_letters && !persons::name_somebody(normal)
            || parts.any(|part| part != normal && self.is_word(&part, asked, &[])))
            && !asked.allowed.contains(&core(normal))
    }

    /// Whether a text that they hold says that there is nothing, by its form or a word and by no phrase. Of any other nobody
    /// knows whether it says something: what is lacking ([`LACKS`]), or a tick; and where what is the case is asked for, any but
    /// those of [`ABSENCES`], for `待落实` or `见附件` may be what is wrong.
    pub fn say_nothing_is_there(&self, normal: &str, format: Option<Format>) -> bool {
        let narrative = format == Some(Format::Narrative);
        let is_word = |word: &String| {
            let lists: [&[&str]; 2] = [&ABSENCES, &LACKS];
            let [absences, lacks] = lists.map(|list| list.contains(&word.as_str()));
            if narrative { absences } else { self.cores.contains(word) && !lacks }
        };
        // A tick, a star or a question may say that something is wrong.
        let is_dash =
            |c: char| c.is_whitespace() || "/\\|-—–―_~.。·…、,;:*()[]{}<>\"'“”‘’「」『』【】〔〕《》〇○□".contains(c);
        let is_form = normal.chars().all(is_dash) || !narrative && (is_error_value(normal) || is_template(normal));
        let is_error = normal.starts_with('#') || normal.contains('?');
        let mut words = normal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(core);
        let are_words = is_word(&core(normal)) || !is_wordless(normal) && words.all(|word| is_word(&word));
        is_form || are_words && !(narrative && is_error)
    }

    /// What is longer is neither a word nor a phrase, in bytes: phrases are read in every way that they can be.
    fn limit(&self) -> usize {
        self.longest.max(phrases::LONGEST)
    }

    #[cold]
    fn found(&self, normal: &str, asked: &Asked<'_>) -> bool {
        let by_form = is_wordless(normal) || is_error_value(normal) || is_template(normal) || is_asked(normal, asked);
        if !by_form && normal.len() > self.limit() {
            return false;
        }
        let core = core(normal);
        let is_one = || {
            let names: Vec<String> = asked.names.iter().flat_map(|name| phrases::names(name)).collect();
            self.is_word(&core, asked, &names) || self.is_made_of(normal, asked, &names)
        };
        (by_form || is_one()) && !asked.allowed.contains(&core)
    }

    /// Whether it is a word or phrase; with a number it is the same, told apart from others: `空缺1`.
    fn is_word(&self, core: &str, asked: &Asked<'_>, names: &[String]) -> bool {
        let is_lack = asked.format == Some(Format::Narrative) && LACKS.contains(&core);
        let is_digit = |c: char| c.is_ascii_digit();
        let unnumbered = core.trim_matches(is_digit);
        let numberless: String = core.chars().filter(|c| !is_digit(*c)).collect();
        let is_numbered = numberless != core && numberless.starts_with(|c: char| !c.is_ascii());
        let is_one = self.cores.iter().any(|word| word == core || is_numbered && word == unnumbered)
            || phrases::says_nothing(core, asked, names)
            || is_numbered && phrases::says_nothing(&numberless, asked, names);
        is_one && !is_lack
    }

    /// Nothing but placeholders between marks, but for a serial number: `无(暂无)`, `1.TBD`.
    fn is_made_of(&self, normal: &str, asked: &Asked<'_>, names: &[String]) -> bool {
        let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
        let mut words = normal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(core);
        let is_parted = normal.chars().any(|c| !c.is_alphanumeric());
        let first = words.next().filter(|_| is_parted);
        let is_one = |word: String| self.is_word(&word, asked, names);
        first.is_some_and(|first| if is_number(&first) { words.next().is_some_and(is_one) } else { is_one(first) })
            && words.all(is_one)
    }
}

/// Placeholders that say that there is nothing, as [`core`] writes them.
#[rustfmt::skip]
const ABSENCES: [&str; 24] = [
    "无", "没有", "暂无", "无内容", "无此项", "空", "空白", "略", "否", "不适用", "无需", "不需要", "不填", "免填", "无需填写", "没",
    "無", "暫無", "na", "none", "nil", "nul", "blank", "empty",
];

/// Placeholders that may as well say what is wrong.
const LACKS: [&str; 5] = ["缺", "缺失", "缺岗", "空缺", "未落实"];

/// Whether a text repeats what is asked for: `副校长` where the 法治副校长 is.
fn is_asked(text: &str, asked: &Asked<'_>) -> bool {
    !text.is_ascii() && text.chars().nth(1).is_some() && asked.names.iter().any(|name| name.ends_with(text))
}

/// Characters as bits, far more than there are words, so that few others fall on the bits of these.
#[derive(Debug, Default)]
struct Beginnings([u64; 16]);

impl Beginnings {
    fn of(characters: impl Iterator<Item = char>) -> Self {
        let mut all = Self::default();
        for (word, bit) in characters.map(Self::place) {
            if let Some(word) = all.0.get_mut(word) {
                *word |= bit;
            }
        }
        all
    }

    fn may_hold(&self, c: char) -> bool {
        let (word, bit) = Self::place(c);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    fn place(c: char) -> (usize, u64) {
        let number = u32::from(c) as usize % 1024;
        (number / 64, 1 << (number % 64))
    }
}

/// Surely a letter or digit, and begins no error value. Of others it takes longer to tell.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') && c != '错' || (c.is_ascii_alphanumeric() && !matches!(c, 'E' | 'e'))
}

/// The cores of the words of packs that name none.
pub fn built_in() -> &'static [String] {
    static CORES: OnceLock<Vec<String>> = OnceLock::new();
    CORES.get_or_init(|| cores(Some(BUILT_IN.iter().copied())))
}

/// The cores of a pack's words: its own, or those of packs that name none.
pub fn cores<'w>(own: Option<impl Iterator<Item = &'w str>>) -> Vec<String> {
    let Some(words) = own else { return built_in().to_vec() };
    let mut cores: Vec<String> = words.map(core).collect();
    cores.retain(|core| !core.is_empty());
    order::sort(&mut cores);
    cores.dedup();
    cores
}

#[cfg(test)]
mod tests {
    use super::{Asked, BUILT_IN, Format, Placeholders, cores, normal};

    #[test]
    fn placeholders_are_told_from_answers() {
        let built_in = cores(None::<std::iter::Empty<&str>>);
        let known = Placeholders::new(&built_in);
        let variants =
            ["(无)", "无。", "「无」", "无无无", "N / A", "ＮＡ", "-----", "……", "——", "xxx", "待 定", "某某"];
        for word in BUILT_IN.iter().chain(&variants) {
            assert!(known.hold(&normal(word), &Asked::default()), "{word}");
        }
        let not_yet = "拟聘 拟聘任 拟聘中 拟任 见附件1 见附件一 详见附表 见附页 待确认 待批 待报 待审批 待发文 待到岗 待签 未签 未报 未办理 未发文 未到岗 未上任 办理中 正在聘任 正在办理 申请中 招聘中 筹建中 补充中 研究中 岗位空缺 暂无人选 无人选 人选待定 人员待定 民警待定 民警(暂缺) 派出所民警(待定) 教任〔〕号 教任〔XXXX〕X号 XX小学 ×××民警 xx号 無 暫無 同上行 附后 未聘任 未聘请 暂未聘请 尚未聘请 还没有 还没聘 待聘 待安排 空缺 缺编 无人 目前没有 暂时无人 没有聘请 无(暂无) 待定/无 尚未确定 空缺1 待补1 拟补1 待定2 人选待定2 1.待定 (1)待定 待定1 待定教师 待定(教师) 校长待任命 待派出所指派 派出所尚未指派 待指派 协调中 联系中 待回复 尚未最终确定 没有文号 无文号 没有文件 无此文件 文件未下 正在发文 审批中 报批中 制定中 起草中 待研究 待发 等通知 待通知 待上级任命 公示中 第号 教任〔2022〕号 教任〔2022〕×号 年月日 请填写姓名 见文件 见纸质材料 不明 待查 遗失 同H05 尚未查究 暂未查究 待查究 正在查究 正在调查 调查中 没查 未立案 拟立案 无需查究 未处理完 未下文书 未出文书 待补发 无人盯办 另行安排 没有排查 未排查 教育局办理中 暂缺校长 待选举 编制中 无人担任 无合适人选 附件1 见上 见下表 见纸质 2022年月日 此处填写 并无 均无 未有 补办中";
        for word in not_yet.split(' ') {
            assert!(known.hold(&normal(word), &Asked::default()), "{word}");
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
            "任中",
            "任正中",
            "等闲",
            "安全办公室",
            "未央区派出所",
            "空军",
            "待渡村小学",
            "无为市教育局",
            "同仁路派出所",
            "见山小学",
            "正在整改的电线",
            "缺少护栏",
            "没有上锁",
            "未上锁",
            "未配备灭火器",
            "一中",
            "文中",
            "教任〔2022〕12号",
            "第3号",
            "2号",
            "请示件",
            "没有校医室",
            "不锈钢",
            "此路不通",
            "上",
        ] {
            assert!(!known.hold(&normal(word), &Asked::default()), "{word}");
        }
        // Of what is asked for.
        fn allowed(words: &[String]) -> Asked<'_> {
            Asked { allowed: words, ..Asked::default() }
        }
        let any = Asked::default();
        fn of(words: &[String]) -> Asked<'_> {
            Asked { names: ["法治副校长", "任命文号"], ..allowed(words) }
        }
        for word in
            "没有法治副校长 未聘法治副校长 暂无法治副校长 法治副校长:无 空缺(副校长) 暂无副校长 无任命文号 副校长 文号"
                .split(' ')
        {
            assert!(known.hold(&normal(word), &of(&[])), "{word}");
        }
        assert!(!known.hold("副校长", &of(&["副校长".into()])));
        assert!(!known.hold("法治副校长李强", &of(&[])) && !known.hold("没有年检", &of(&[])));
        assert!(!known.hold("无", &allowed(&["无".into()])) && known.hold("/", &allowed(&["无".into()])));
        let own = cores(Some(["缺", "--"].into_iter()));
        let own = Placeholders::new(&own);
        assert!(own.hold("缺", &any) && own.hold("-", &any) && !own.hold("无", &any));
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
            assert!(
                own.hold(&normal(form), &Asked::default()) && known.hold(&normal(form), &Asked::default()),
                "{form}"
            );
        }
        assert!(!own.hold("/", &allowed(&["/".into()])));
    }

    #[test]
    fn what_can_be_read_in_many_ways_is_read_in_few_steps() {
        // Each of these words is read in two ways: in all 2^60.
        let text = format!("李强,{}甲", "报批".repeat(60));
        assert!(held(Some(Format::Person), &text).len() < 2);
        assert_eq!(held(None, &text), [""; 0]);
    }

    fn held(format: Option<Format>, words: &str) -> Vec<&str> {
        let built_in = cores(None::<std::iter::Empty<&str>>);
        let known = Placeholders::new(&built_in);
        let asked = Asked { format, names: ["法治副校长", "法治副校长姓名"], ..Asked::default() };
        words.split_whitespace().filter(|word| known.hold(&normal(word), &asked)).collect()
    }

    #[test]
    fn a_person_is_told_from_nobody_and_anybody() {
        let nobody = "城关派出所尚未指派 县公安局未指派 我校没有法治副校长 缺一名法治副校长 没有法制副校长 空缺1名 空缺一名 已聘任 有 \
                      见聘书 参见附件 遴选中 对接中 待遴选 第1项待定 1.TBD 没人管 已退休 下学期聘 由派出所指派 见值班表 某民警 一名民警 好 每月到校一次 \
                      vacant 拟聘派出所民警 王芳(未到岗) 专人负责 相关人员 有专人 学校老师 安排专人 已配备民警";
        assert_eq!(held(Some(Format::Person), nobody), nobody.split_whitespace().collect::<Vec<_>>());
        let persons = "李强 任老师 文静 副校长李强 张三等人 王小未 陈未央 未成年人保护办公室主任 接待室主任 无锡市公安局民警 教导主任 \
                       安全员 班主任 第一小组组长 老师傅 马未都 欧阳建国 张建国李卫东 张建国等三人 县教体局安全股 未检科检察官 待聘教师李明 退休民警 校长(兼) 张老师13800138000 扎西次仁 \
                       Mike 门卫老李 城关派出所民警李强 派出所民警 教体局 甲 阿依古丽·买买提 Li";
        assert_eq!(held(Some(Format::Person), persons), [""; 0]);
    }

    #[test]
    fn what_is_lacking_is_an_answer_where_what_is_the_case_is_asked_for() {
        let told = "保安空缺 门卫空缺 缺人 缺岗 空缺 未配备 档案未建立 有待完善 保安编制空缺 资金待落实 民警未到位 未落实到位 正在整改 \
                    加强管理 正在调查 招聘中 已整改 未落实";
        assert_eq!(held(Some(Format::Narrative), told), [""; 0]);
        let nothing =
            "无 暂无 待定 待补充 未填写 等待填写 未检查 尚未自查 正在补充 没有法治副校长 见附件1 请填写 / 1.无";
        assert_eq!(held(Some(Format::Narrative), nothing), nothing.split_whitespace().collect::<Vec<_>>());
    }
}
