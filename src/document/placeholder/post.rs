//! The post that a text says somebody has, and whether two may be one post: one may be a short form of the other.

use bulou_base::order;

use super::is_word_letter;
use super::list::List;
use super::names::{OFFICES, POSTS};
use super::pieces::JOINING;

/// What a text says of somebody's post, class and body.
#[derive(Debug, Default)]
pub(super) struct Post {
    said: Words,
    /// The same without what makes a deputy of whoever leads.
    plain: Words,
    /// Whether it is a post that is known, and nothing else is said.
    known: Option<Known>,
}

/// Letters, for comparing.
#[derive(Debug, Default)]
struct Words {
    words: String,
    /// In one order, whatever stands first.
    sorted: Vec<char>,
    deputies: usize,
}

impl Words {
    fn new(words: String) -> Self {
        let (sorted, deputies) = (sorted(&words), words.matches('副').count());
        Self { words, sorted, deputies }
    }
}

/// How a post is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// One of the posts of schools and bodies.
    Listed,
    /// Who keeps a place, `大门管理人`: known from other keepers alone, for whoever has a post may keep a place.
    Keeper,
}

impl Post {
    /// Of what a text says besides a name.
    pub(super) fn new(text: &str) -> Self {
        let text = without_numbers(text);
        let (told, is_one) = told(without_school(&text));
        let known = Known::of(&told).or_else(|| Known::of(&text)).filter(|_| is_one);
        let words = numbered(&told);
        Self { plain: Words::new(words.replace('副', "")), said: Words::new(words), known }
    }

    /// Whether two posts are surely two: both are known and neither is short for the other, or they are of two classes.
    /// Beside a name a deputy may be called without it: `王芳校长` is the 副校长.
    pub(super) fn is_another<'p>(&'p self, other: &'p Self, is_beside_name: bool) -> bool {
        // The 分管负责人 of a school is one of those who lead it.
        let leads = |post: &Self| ["校长", "园长", "书记"].iter().any(|head| post.said.words.ends_with(head));
        let in_charge = |one: &Self, other: &Self| one.said.words == "分管负责人" && leads(other);
        let are_known = self.known.is_some() && self.known == other.known;
        if are_known && !in_charge(self, other) && !in_charge(other, self) {
            let words = |post: &'p Self| if is_beside_name { &post.plain } else { &post.said };
            let (mine, theirs) = (words(self), words(other));
            if !is_short(mine, theirs) && !is_short(theirs, mine) {
                return true;
            }
        }
        are_numbered(&self.said, &other.said)
    }
}

/// Whether one post is short for another: `主任` for `总务主任`, and `总务主任` for `总务处主任`; not `校长` for `副校长`.
fn is_short(one: &Words, other: &Words) -> bool {
    let mut found = other.words.match_indices(&one.words);
    let is_in = found.any(|(at, _)| other.words.get(..at).is_some_and(|before| !before.ends_with('副')));
    // Of fewer than four characters it says nothing that they stand in another.
    is_in || one.sorted.len() >= 4 && is_among(&one.sorted, &other.sorted) && one.deputies == other.deputies
}

/// Whether two are alike but for numbers of which neither may be part of the other: classes, `六(1)班班主任`, and codes.
/// Whoever teaches or cleans may do so in several.
fn are_numbered(one: &Words, other: &Words) -> bool {
    let is_numbered = |of: &Words| {
        of.words.ends_with("班班主任") || of.sorted.iter().filter(|letter| !letter.is_ascii_digit()).count() == 1
    };
    if !is_numbered(one) || !is_numbered(other) {
        return false;
    }
    let numbers = |of: &Words| of.sorted.iter().copied().partition::<Vec<char>, _>(char::is_ascii_digit);
    let ((mine, rest), (theirs, others)) = (numbers(one), numbers(other));
    rest == others && !is_among(&mine, &theirs) && !is_among(&theirs, &mine)
}

fn sorted(words: &str) -> Vec<char> {
    let mut sorted: Vec<char> = words.chars().collect();
    order::sort(&mut sorted);
    sorted
}

/// Whether all of some characters are among others, in whatever order. Both are sorted.
fn is_among(some: &[char], others: &[char]) -> bool {
    let mut others = others.iter();
    some.iter().all(|one| others.any(|other| other == one))
}

/// Posts that say, by themselves, who of a school somebody is: of a 负责人 or 老师 that is not said.
static KNOWN: List = List::new(
    "校长 副校长 园长 副园长 书记 副书记 党支部书记 党委书记 总务主任 总务副主任 教导主任 教导副主任 政教主任 政教副主任 德育主任 德育副主任 教务主任 教务副主任 \
     后勤主任 安全主任 办公室主任 安全办主任 工会主席 团委书记 大队辅导员 法治副校长 常务副校长 教学副校长 安全副校长 班主任 年级组长 教研组长 会计 出纳 校医 保健医生 \
     电工 水电工 木工 司炉工 维修工 门卫 保安 保安队长 宿管员 食堂管理员 厨师 厨师长 炊事员 司务长 保洁员 司机 校车司机 图书管理员 实验员 信息员 安全员 食品安全员 保育员 楼长 \
     派出所民警 社区民警 民警 局长 副局长 镇长 副镇长 乡长 副乡长 县长 副县长 分管负责人",
);

/// By which bodies call whoever leads them, and what such bodies end in: `城关镇镇长`.
static HEADS: List = List::new("局长 镇长 乡长 县长 主任 书记 部长 站长 院长 所长 校长 园长");
static LED: List = List::new("局 镇 乡 县 所 校 园 院 站 办 小学 中学 街道 社区 公司 委");

/// By which a body is meant without its name.
static POINTING: List = List::new("辖区 属地 片区 当地 所在 上级 本 我 镇 乡 县");

impl Known {
    fn of(post: &str) -> Option<Self> {
        // The 派出所所长 of the area may be any.
        let is_named = |body: &str| LED.ends(body) && !POINTING.begins(body);
        let heads = || HEADS.iter().filter_map(|head| post.strip_suffix(head)).any(is_named);
        let keeps = || post.strip_suffix("管理人").is_some_and(|place| place.chars().nth(1).is_some());
        match () {
            () if KNOWN.has(post) => Some(Self::Listed),
            () if post.contains(JOINING) => None,
            () if heads() => Some(Self::Listed),
            () => keeps().then_some(Self::Keeper),
        }
    }
}

/// By which people call somebody, with his name before them: `岩温师傅`.
pub(super) const TITLES: [&str; 10] = ["老师", "师傅", "阿姨", "大爷", "大姐", "大哥", "叔叔", "医生", "警官", "教练"];

/// Without telephones, dates and the like: of a number a class or a house has few digits and no point.
pub(super) fn without_numbers(text: &str) -> String {
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '/' | '月' | '日' | '年' | '号');
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(first) = rest.chars().next() {
        let number = rest.find(|c| !is_of_number(c)).unwrap_or(rest.len());
        let (number, after) = rest.split_at(number);
        let digits = number.trim_end_matches(|c: char| !c.is_ascii_digit() && c != '日' && c != '号');
        let is_date = digits.contains('月') || digits.trim_end_matches('.').contains(['.', '/']);
        if first.is_ascii_digit() && (is_date || number.bytes().filter(u8::is_ascii_digit).count() >= 5) {
            kept.push(' ');
            rest = after;
        } else {
            let taken = if first.is_ascii_digit() { number } else { rest.get(..first.len_utf8()).unwrap_or_default() };
            kept.push_str(taken);
            rest = rest.get(taken.len()..).unwrap_or_default();
        }
    }
    kept
}

/// Without the school that the post is of.
fn without_school(text: &str) -> &str {
    let after = |school: &str| text.find(school).and_then(|at| text.get(at + school.len()..));
    let post = ["小学", "中学", "幼儿园", "学校", "本校", "我校", "本园", "我园"].into_iter().find_map(after);
    post.filter(|post| post.chars().filter(|c| is_word_letter(*c)).nth(1).is_some()).unwrap_or(text)
}

/// The letters, without what may be said of any post: `责任人:总务主任`, `1.总务主任`, `总务主任(女)`, `总务主任等3人`.
/// And whether it is said in one piece.
fn told(text: &str) -> (String, bool) {
    const SAID: [&str; 13] =
        ["负责", "牵头", "带队", "签字", "签名", "签章", "盖章", "本人", "同志", "新任", "现任", "代理", "由"];
    let text = text.split_once(':').filter(|(label, _)| label.ends_with('人')).map_or(text, |(_, post)| post);
    let text = text.split_once(['.', '、']).filter(|(number, _)| is_number(number)).map_or(text, |(_, post)| post);
    let text = text.split_once('等').filter(|(_, rest)| rest.chars().count() < 4).map_or(text, |(post, _)| post);
    let parts = text.split(|c| !is_word_letter(c)).filter(|part| !["", "女", "男", "兼", "代"].contains(part));
    let parts: Vec<&str> = parts.collect();
    let mut told: String = parts.concat();
    for said in SAID {
        let after = |at: usize| told.get(at + said.len()..).unwrap_or_default();
        if let Some(at) = told.find(said).filter(|at| !after(*at).starts_with('人')) {
            told.replace_range(at..at + said.len(), "");
        }
    }
    let told = told.replace("办公室", "办").replace("校安办", "安全办");
    // Of `校医` nothing would be left.
    let own = told.strip_prefix('校').filter(|post| POSTS.begins(post) || OFFICES.begins(post));
    (own.map(str::to_owned).unwrap_or(told), parts.len() == 1)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// With one spelling of numbers, in which classes and houses differ: `六(1)班`, `六年级一班`, `601班`.
fn numbered(text: &str) -> String {
    const DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let text = text.replace("初一", "七").replace("初二", "八").replace("初三", "九");
    let spelled = |c: char| match DIGITS.iter().zip('1'..='9').find(|(digit, _)| **digit == c) {
        Some((_, digit)) => Some(digit),
        None => (!matches!(c, '0' | '十')).then_some(c),
    };
    text.chars().filter_map(spelled).collect()
}
