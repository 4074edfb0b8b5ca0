//! The twenty rules in Rust. Limits in days from today are dates that are worked out beforehand.

use chrono::NaiveDate;

use super::model::Document;
use crate::documents::{MEETING, TODAY};
use crate::engines::Verdicts;

/// 会议日期 and three days.
const SURVEY_DUE: &str = "2022-06-27";
/// Today less 366 days.
const TESTED_SINCE: &str = "2021-06-27";

pub fn verdicts(document: &Document<'_>) -> Verdicts {
    [
        first_in_charge(document),
        covers(
            document.self_checks.iter().filter(|row| row.date >= MEETING).map(|row| row.aspect),
            ["思想认识", "组织领导", "工作部署", "措施落实"],
        ),
        document
            .self_checks
            .iter()
            .filter(|row| row.weakness.is_some())
            .all(|row| row.measure.is_some() && row.person.is_some()),
        covers(document.institutions.iter().map(|row| row.kind), ["门卫", "值班", "巡逻", "安全检查"]),
        guards(document),
        surveillance(document),
        canteen(document),
        fire(document),
        document
            .hazards
            .iter()
            .all(|hazard| hazard.measure.is_some() && hazard.person.is_some() && hazard.due.is_some()),
        document.hazards.iter().all(|hazard| hazard.due.is_none_or(|due| hazard.closed.unwrap_or(TODAY) <= due)),
        in_order(document),
        document.school.state != "正常开办"
            || !document.hazards.iter().any(|hazard| hazard.grade == "重大" && hazard.closed.is_none()),
        places(document),
        trainings(document),
        expected(document),
        document.team.patrols.iter().filter(|patrol| patrol.time == "放学").map(|patrol| patrol.count).sum::<i64>()
            >= 10,
        (day(document.team.trained) - day(document.team.founded)).num_days() <= 7,
        document.survey.done <= SURVEY_DUE,
        ["上学", "放学"].iter().all(|time| document.watches.iter().any(|watch| watch.time == *time && watch.team >= 1)),
        spending(document),
    ]
}

/// Whether every one of these texts is among those.
fn covers<'d, const N: usize>(given: impl Iterator<Item = &'d str>, wanted: [&str; N]) -> bool {
    let mut found = [false; N];
    for text in given {
        if let Some(index) = wanted.iter().position(|wanted| *wanted == text) {
            found[index] = true;
        }
    }
    found == [true; N]
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn first_in_charge(document: &Document<'_>) -> bool {
    ["校长", "园长", "书记"].contains(&document.duty.post) && document.duty.first != document.duty.deputy
}

fn guards(document: &Document<'_>) -> bool {
    let (school, security) = (&document.school, &document.security);
    let by_pupils = match school.pupils {
        ..100 => 1,
        100..1000 => 2,
        _ => 3 + (school.pupils - 1000) / 500,
    };
    let by_boarders = if school.boarding { 2 + school.boarders / 300 } else { 0 };
    security.guards >= by_pupils && security.guards >= by_boarders && security.certified >= security.guards
}

fn surveillance(document: &Document<'_>) -> bool {
    let surveillance = &document.surveillance;
    let days = if document.school.target { 90 } else { 30 };
    surveillance.alarm && surveillance.connected && surveillance.video_days >= days
}

fn canteen(document: &Document<'_>) -> bool {
    let fine = document
        .canteen
        .as_ref()
        .is_some_and(|canteen| canteen.licensed_until >= TODAY && canteen.grams >= 125 && canteen.hours >= 48);
    !document.school.canteen || fine
}

fn fire(document: &Document<'_>) -> bool {
    let checked = document.checks.iter().filter(|check| check.date >= MEETING).map(|check| check.field);
    covers(checked, ["消防", "防盗"]) && document.fire.tested >= TESTED_SINCE && document.fire.extinguishers >= 1
}

fn in_order(document: &Document<'_>) -> bool {
    document.hazards.iter().all(|hazard| {
        hazard.done.is_none_or(|done| done >= hazard.found && hazard.closed.is_none_or(|closed| closed >= done))
    })
}

fn places(document: &Document<'_>) -> bool {
    let has = |place: &str| document.places.iter().any(|row| row.place == place);
    let always = ["周边", "大门", "围墙", "厕所", "楼梯"].iter().all(|place| has(place));
    always && (!document.school.boarding || has("宿舍")) && (!document.school.canteen || has("餐厅"))
}

fn trainings(document: &Document<'_>) -> bool {
    covers(document.trainings.iter().map(|row| row.whom), ["学生", "教职工"])
        && document.trainings.iter().all(|row| row.came + row.later >= row.expected)
}

fn expected(document: &Document<'_>) -> bool {
    document.trainings.iter().all(|row| match row.whom {
        "学生" => row.expected >= document.school.pupils,
        "教职工" => row.expected >= document.school.staff,
        _ => true,
    })
}

fn spending(document: &Document<'_>) -> bool {
    let year = |year: i64| document.budgets.iter().filter(|row| row.year == year).map(|row| row.hardware).sum::<i64>();
    document.budgets.len() >= 2
        && document.budgets.iter().all(|row| row.hardware > 0 && row.total >= row.hardware)
        && year(2022) > year(2021)
}
