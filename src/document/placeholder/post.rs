//! The post that a text says somebody has, and whether two may be one post: one may be a short form of the other.

use super::is_word_letter;
use super::list::List;
use super::names::{BODIES, OFFICES, POSTS};
use super::pieces::JOINING;

/// What a text says of somebody's post, class and body.
#[derive(Debug, Default)]
pub(super) struct Post {
    /// The letters.
    words: String,
    /// The same, sorted.
    sorted: Vec<char>,
    /// It is a post that is known, and nothing else is said.
    is_known: bool,
}

impl Post {
    /// Of what a text says besides a name.
    pub(super) fn new(text: &str) -> Self {
        let told = told(without_school(&without_numbers(text)));
        let is_known = is_known(&told) || KNOWN.has(text);
        let words = numbered(&told);
        let mut sorted: Vec<char> = words.chars().collect();
        sorted.sort_unstable();
        Self { words, sorted, is_known }
    }

    /// Whether two posts are surely two: both are known and neither is short for the other, or they are of two classes.
    pub(super) fn is_another(&self, other: &Self) -> bool {
        let (mine, rest) = self.numbers();
        let (theirs, others) = other.numbers();
        let is_numbered =
            || rest == others && !rest.is_empty() && !is_among(&mine, &theirs) && !is_among(&theirs, &mine);
        let are_known = self.is_known && other.is_known;
        are_known && !self.is_short_for(other) && !other.is_short_for(self) || is_numbered()
    }

    /// The digits, and the other characters.
    fn numbers(&self) -> (Vec<char>, Vec<char>) {
        self.sorted.iter().copied().partition(char::is_ascii_digit)
    }

    /// `总务处` is short for `总务主任`, `主任` for `总务主任`, and `总务主任` for `总务处主任`.
    fn is_short_for(&self, other: &Self) -> bool {
        let mut found = other.words.match_indices(&self.words);
        // `校长` is no `副校长`.
        let is_in = found.any(|(at, _)| other.words.get(..at).is_some_and(|before| !before.ends_with('副')));
        let deputies = |post: &Self| post.words.matches('副').count();
        // Of fewer than four characters it says nothing that they stand in another.
        is_in || self.sorted.len() >= 4 && is_among(&self.sorted, &other.sorted) && deputies(self) == deputies(other)
    }
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
     派出所民警 社区民警 民警 局长 副局长 镇长 副镇长 乡长 副乡长 县长 副县长 分管负责人 主要负责人",
);

/// By which bodies call whoever leads them: `城关镇镇长`.
static HEADS: List = List::new("局长 镇长 乡长 县长 主任 书记 部长 站长 院长 所长 校长 园长");

/// Whether it is one of the posts that are known, the keeper of a place (`大门管理人`) or the head of a body.
fn is_known(post: &str) -> bool {
    let heads = || HEADS.iter().filter_map(|head| post.strip_suffix(head)).any(|body| BODIES.ends(body));
    let keeps = || post.strip_suffix("管理人").is_some_and(|place| place.chars().nth(1).is_some());
    KNOWN.has(post) || !post.contains(JOINING) && (keeps() || heads())
}

/// By which people call somebody, with his name before them: `岩温师傅`.
pub(super) const TITLES: [&str; 10] = ["老师", "师傅", "阿姨", "大爷", "大姐", "大哥", "叔叔", "医生", "警官", "教练"];

/// Without telephones, dates and the like.
pub(super) fn without_numbers(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(first) = rest.chars().next() {
        let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '/');
        let number = rest.find(|c| !is_of_number(c)).unwrap_or(rest.len());
        let taken = if first.is_ascii_digit() && number >= 5 { number } else { first.len_utf8() };
        kept.push_str(if taken >= 5 { " " } else { rest.get(..taken).unwrap_or_default() });
        rest = rest.get(taken..).unwrap_or_default();
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
fn told(text: &str) -> String {
    const SAID: [&str; 14] =
        ["负责", "牵头", "带队", "签字", "签名", "签章", "盖章", "本人", "同志", "分管", "新任", "现任", "代理", "由"];
    let text = text.split_once(':').filter(|(label, _)| label.ends_with('人')).map_or(text, |(_, post)| post);
    let text = text.split_once(['.', '、']).filter(|(number, _)| is_number(number)).map_or(text, |(_, post)| post);
    let text = text.split_once('等').filter(|(_, rest)| rest.chars().count() < 4).map_or(text, |(post, _)| post);
    let parts = text.split(|c| !is_word_letter(c)).filter(|part| !["女", "男", "兼", "代"].contains(part));
    let mut told: String = parts.collect();
    for said in SAID {
        let after = |at: usize| told.get(at + said.len()..).unwrap_or_default();
        if let Some(at) = told.find(said).filter(|at| !after(*at).starts_with('人')) {
            told.replace_range(at..at + said.len(), "");
        }
    }
    // Of `校医` nothing would be left.
    let own = told.strip_prefix('校').filter(|post| POSTS.begins(post) || OFFICES.begins(post));
    own.map(str::to_owned).unwrap_or(told)
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
