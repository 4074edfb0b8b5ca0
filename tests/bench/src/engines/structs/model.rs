//! The documents, as far as the rules ask. Dates are texts: ISO 8601 compares as it is written.

use serde::Deserialize;

#[derive(Deserialize)]
pub struct Document<'d> {
    #[serde(rename = "学校", borrow)]
    pub school: School<'d>,
    #[serde(rename = "责任")]
    pub duty: Duty<'d>,
    #[serde(rename = "自查")]
    pub self_checks: Vec<SelfCheck<'d>>,
    #[serde(rename = "制度")]
    pub institutions: Vec<Institution<'d>>,
    #[serde(rename = "保卫")]
    pub security: Security,
    #[serde(rename = "技防")]
    pub surveillance: Surveillance,
    #[serde(rename = "检查")]
    pub checks: Vec<Check<'d>>,
    #[serde(rename = "消防")]
    pub fire: Fire<'d>,
    #[serde(rename = "隐患")]
    pub hazards: Vec<Hazard<'d>>,
    #[serde(rename = "重点部位")]
    pub places: Vec<Place<'d>>,
    #[serde(rename = "教育培训")]
    pub trainings: Vec<Training<'d>>,
    #[serde(rename = "摸底排查")]
    pub survey: Survey<'d>,
    #[serde(rename = "护校队")]
    pub team: Team<'d>,
    #[serde(rename = "高峰值守")]
    pub watches: Vec<Watch<'d>>,
    #[serde(rename = "经费")]
    pub budgets: Vec<Budget>,
    #[serde(rename = "食堂")]
    pub canteen: Option<Canteen<'d>>,
}

#[derive(Deserialize)]
pub struct School<'d> {
    #[serde(rename = "寄宿")]
    pub boarding: bool,
    #[serde(rename = "有食堂")]
    pub canteen: bool,
    #[serde(rename = "学生数")]
    pub pupils: i64,
    #[serde(rename = "寄宿生数")]
    pub boarders: i64,
    #[serde(rename = "教职工数")]
    pub staff: i64,
    #[serde(rename = "开办状态")]
    pub state: &'d str,
    #[serde(rename = "反恐重点目标")]
    pub target: bool,
}

#[derive(Deserialize)]
pub struct Duty<'d> {
    #[serde(rename = "第一责任人")]
    pub first: &'d str,
    #[serde(rename = "职务")]
    pub post: &'d str,
    #[serde(rename = "分管负责人")]
    pub deputy: &'d str,
}

#[derive(Deserialize)]
pub struct SelfCheck<'d> {
    #[serde(rename = "方面")]
    pub aspect: &'d str,
    #[serde(rename = "日期")]
    pub date: &'d str,
    #[serde(rename = "薄弱环节")]
    pub weakness: Option<&'d str>,
    #[serde(rename = "措施")]
    pub measure: Option<&'d str>,
    #[serde(rename = "责任人")]
    pub person: Option<&'d str>,
}

#[derive(Deserialize)]
pub struct Institution<'d> {
    #[serde(rename = "类别")]
    pub kind: &'d str,
}

#[derive(Deserialize)]
pub struct Security {
    #[serde(rename = "专职保安数")]
    pub guards: i64,
    #[serde(rename = "持证保安数")]
    pub certified: i64,
}

#[derive(Deserialize)]
pub struct Surveillance {
    #[serde(rename = "一键报警")]
    pub alarm: bool,
    #[serde(rename = "与公安联网")]
    pub connected: bool,
    #[serde(rename = "视频保存天数")]
    pub video_days: i64,
}

#[derive(Deserialize)]
pub struct Check<'d> {
    #[serde(rename = "领域")]
    pub field: &'d str,
    #[serde(rename = "日期")]
    pub date: &'d str,
}

#[derive(Deserialize)]
pub struct Fire<'d> {
    #[serde(rename = "灭火器数")]
    pub extinguishers: i64,
    #[serde(rename = "设施检测日期")]
    pub tested: &'d str,
}

#[derive(Deserialize)]
pub struct Hazard<'d> {
    #[serde(rename = "等级")]
    pub grade: &'d str,
    #[serde(rename = "发现日期")]
    pub found: &'d str,
    #[serde(rename = "责任人")]
    pub person: Option<&'d str>,
    #[serde(rename = "整改期限")]
    pub due: Option<&'d str>,
    #[serde(rename = "整改措施")]
    pub measure: Option<&'d str>,
    #[serde(rename = "完成日期")]
    pub done: Option<&'d str>,
    #[serde(rename = "销号日期")]
    pub closed: Option<&'d str>,
}

#[derive(Deserialize)]
pub struct Place<'d> {
    #[serde(rename = "部位")]
    pub place: &'d str,
}

#[derive(Deserialize)]
pub struct Training<'d> {
    #[serde(rename = "对象")]
    pub whom: &'d str,
    #[serde(rename = "应到")]
    pub expected: i64,
    #[serde(rename = "实到")]
    pub came: i64,
    #[serde(rename = "补训")]
    pub later: i64,
}

#[derive(Deserialize)]
pub struct Survey<'d> {
    #[serde(rename = "完成日期")]
    pub done: &'d str,
}

#[derive(Deserialize)]
pub struct Team<'d> {
    #[serde(rename = "成立日期")]
    pub founded: &'d str,
    #[serde(rename = "培训日期")]
    pub trained: &'d str,
    #[serde(rename = "巡查", borrow)]
    pub patrols: Vec<Patrol<'d>>,
}

#[derive(Deserialize)]
pub struct Patrol<'d> {
    #[serde(rename = "时段")]
    pub time: &'d str,
    #[serde(rename = "次数")]
    pub count: i64,
}

#[derive(Deserialize)]
pub struct Watch<'d> {
    #[serde(rename = "时段")]
    pub time: &'d str,
    #[serde(rename = "护校队人数")]
    pub team: i64,
}

#[derive(Deserialize)]
pub struct Budget {
    #[serde(rename = "年度")]
    pub year: i64,
    #[serde(rename = "安全硬件支出")]
    pub hardware: i64,
    #[serde(rename = "公用经费")]
    pub total: i64,
}

#[derive(Deserialize)]
pub struct Canteen<'d> {
    #[serde(rename = "许可证有效期至")]
    pub licensed_until: &'d str,
    #[serde(rename = "留样克数")]
    pub grams: i64,
    #[serde(rename = "留样小时")]
    pub hours: i64,
}
