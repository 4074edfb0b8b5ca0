//! Whether what looks like a name surely is one. Names end in no list, and neither do posts, bodies and places that begin as
//! a surname does: whom a doubtful one names cannot be told.

use super::list::{Letters, List};
use super::names::{DOUBLE, OFFICES, OFFICES_LIKE_NAMES, POSTS};
use super::pieces::surnames;

/// What no given name has, and what bodies, posts and places have, or people who are called by a surname: `王总`, `王姐`.
static NOT_GIVEN: Letters = Letters::new(
    "局所组处科室部队班员工匠厂司站院馆店库县寝暖管监疫税械总副校姓姐哥叔姨婶伯嫂爷婆妈师氏楼庄电漆厕餐厅宿舍门岗警检费灶区镇乡村街会社团",
);

/// What stands behind a name that is a place's or a firm's, `和平社区`, `东方小学`, and behind a surname what its man does,
/// `李保教主任`.
static CALLED_SO: List = List::new(
    "社区 宿舍 公寓 食堂 校车 生活 水电 办公 物业 建筑 装饰 监理 餐饮 电力 科技 工程 食品 配送 安保 小学 中学 学校 大学 幼儿 值班 门岗 路 桥 湾 寨 沟 村 \
     保教 业务 项目 保健 大厨 技师 保洁 空调 综治 党建 舞蹈 地理 历史 生物 物理 化学 政治 劳动 国学 管乐 国画 田径 陶艺 安防 包联 书法 道法 品德 劳技 器乐 声乐 足球 篮球 \
     网络 电教 档案 人事 采购 膳食 营养 卫生 国网 督导 河长 段长 行长 台长 裁判 记者 博士 管家 乐器",
);

/// Surnames that gates and schools are called as well.
pub(super) const DOORS: [&str; 4] = ["西门", "东方", "南宫", "东郭"];

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
    let behind = written.split_once(name).map_or("", |(_, behind)| behind);
    let is_in_post = || !behind.is_empty() && POSTS.has(&format!("{given}{behind}"));
    // `柳林社区王主任`, but not `王芳食堂管理员`.
    let is_place = || CALLED_SO.begins(behind) && (!POSTS.ends(behind) || !surnames(behind).is_empty());
    !given.is_empty()
        && given.chars().all(|letter| !NOT_GIVEN.has(letter))
        && !name.starts_with(['小', '老', '区'])
        && ![&OFFICES, &POSTS, &OFFICES_LIKE_NAMES, &CALLED_SO].into_iter().any(is_word)
        && !CALLED_SO.begins(name)
        && !is_place()
        && !DOORS.contains(&name.get(..at).unwrap_or_default())
        && !is_in_post()
}
