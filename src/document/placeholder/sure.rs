//! Whether what looks like a name surely is one. Names end in no list, and neither do posts, bodies and places that begin as
//! a surname does: whom a doubtful one names cannot be told.

use super::list::{Letters, List};
use super::names::{DOUBLE, OFFICES, OFFICES_LIKE_NAMES, POSTS};

/// What no given name has, and what bodies, posts and places have, or people who are called by a surname: `王总`, `王姐`.
static NOT_GIVEN: Letters = Letters::new(
    "局所组处科室部队班员工匠厂司站院馆店库县寝暖管监疫税械总副校姓姐哥叔姨婶伯楼庄电漆厕餐厅宿舍门岗警检费灶区镇乡村街会社团",
);

/// What a name may stand before as part of a place's or a firm's: `和平社区`, `东方物业`.
static CALLED_SO: List =
    List::new("社区 宿舍 食堂 校车 生活 水电 办公 物业 建筑 装饰 监理 餐饮 电力 科技 工程 食品 配送 安保");

/// Whether a name that is written with something beside it surely is one.
pub(super) fn is_sure_name(name: &str, written: &str) -> bool {
    if name.contains('·') || name.is_ascii() {
        return true;
    }
    let surname = if DOUBLE.begins(name) { 2 } else { 1 };
    let at = name.char_indices().nth(surname).map_or(name.len(), |(at, _)| at);
    let given = name.get(at..).unwrap_or_default();
    let is_word = |list: &'static List| list.has(given) || list.has(name);
    // `王大队长`
    let behind = written.strip_prefix(name).unwrap_or_default();
    let is_in_post = || !behind.is_empty() && POSTS.has(&format!("{given}{behind}"));
    !given.is_empty()
        && !given.chars().any(|letter| NOT_GIVEN.has(letter))
        && !name.starts_with(['小', '老', '区'])
        && ![&OFFICES, &POSTS, &OFFICES_LIKE_NAMES, &CALLED_SO].into_iter().any(is_word)
        && !CALLED_SO.has(behind)
        && !is_in_post()
}
