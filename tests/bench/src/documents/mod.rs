//! The documents: a sample school, made into others by a seeded generator. They are complete and well formed, and no date
//! in them lies after the day of the check, so that every rule is decided: pass and fail suffice, for most peers know
//! nothing between the two.

mod faults;
mod json;

use fastrand::Rng;

use json::{Json, object};

/// The day of the check and the day of the meeting.
pub const TODAY: &str = "2022-06-28";
pub const MEETING: &str = "2022-06-24";

const SAMPLE: &str = include_str!("../../../samples/南街小学.json");
const SEED: u64 = 20_220_624;
const PLACES: [&str; 7] = ["周边", "大门", "围墙", "厕所", "宿舍", "餐厅", "楼梯"];
const TIMES: [&str; 3] = ["上学", "课间", "放学"];

/// What is measured, and on what the engines must agree.
pub struct Documents {
    /// One of the usual size.
    pub small: Vec<u8>,
    /// One with many rows in its lists.
    pub large: Vec<u8>,
    /// Many of the usual size, with faults in about half of them.
    pub many: Vec<Vec<u8>>,
}

impl Documents {
    pub fn new(count: usize) -> Self {
        let mut rng = Rng::with_seed(SEED);
        let small = school(&mut rng, 0, 1).bytes();
        let large = school(&mut rng, 1, 29).bytes();
        let many = (0..count).map(|number| {
            let mut document = school(&mut rng, number + 2, 1);
            faults::plant(&mut document, &mut rng);
            document.bytes()
        });
        Self { small, large, many: many.collect() }
    }

    /// All, with names for messages.
    pub fn named(&self) -> Vec<(String, &[u8])> {
        let many = self.many.iter().enumerate().map(|(number, bytes)| (format!("many-{number}"), bytes.as_slice()));
        [("small".to_owned(), self.small.as_slice()), ("large".to_owned(), self.large.as_slice())]
            .into_iter()
            .chain(many)
            .collect()
    }

    /// The many as one file, a document a line.
    pub fn lines(&self) -> Vec<u8> {
        self.many.iter().flat_map(|bytes| bytes.iter().copied().chain([b'\n'])).collect()
    }
}

/// A school without faults; `days` makes its lists longer.
fn school(rng: &mut Rng, number: usize, days: usize) -> Json {
    let mut document: Json = serde_json::from_str(SAMPLE).expect("the sample");
    let kind = *rng.choice(&["幼儿园", "小学", "初级中学", "高级中学"]).expect("a kind");
    let head = if kind == "幼儿园" { "园长" } else { "校长" };
    let pupils = rng.i64(30..2600);
    let boarders = if number > 1 && rng.bool() { rng.i64(10..=pupils) } else { 0 };
    let canteen = number < 2 || rng.u8(..) < 200;
    let staff = pupils / 17 + 6;
    let guards = guards(pupils).max(if boarders > 0 { 2 + boarders / 300 } else { 0 });

    let school = &mut document["学校"];
    school["标识码"] = format!("2141{number:06}").into();
    school["名称"] = format!("第{number}学校").into();
    school["办学类型"] = kind.into();
    school["寄宿"] = (boarders > 0).into();
    school["有食堂"] = canteen.into();
    school["学生数"] = pupils.into();
    school["寄宿生数"] = boarders.into();
    school["教职工数"] = staff.into();
    document["责任"]["第一责任人"] = head.into();
    document["责任"]["职务"] = head.into();
    document["保卫"]["专职保安数"] = guards.into();
    document["保卫"]["持证保安数"] = guards.into();
    document["从业查询"]["教职工查询数"] = staff.into();
    document["从业查询"]["保安查询数"] = guards.into();
    if !canteen {
        document.without("食堂");
    }
    let places: Vec<&str> = PLACES
        .into_iter()
        .filter(|place| (*place != "宿舍" || boarders > 0) && (*place != "餐厅" || canteen))
        .collect();
    for drill in document["演练"].rows() {
        drill["参加人数"] = (pupils + staff).into();
    }
    places_of(&mut document, &places, days);
    trainings(&mut document, pupils, staff, days);
    hazards(&mut document, rng, days, number < 2);
    document
}

/// The decision table of the rules.
fn guards(pupils: i64) -> i64 {
    match pupils {
        ..100 => 1,
        100..1000 => 2,
        _ => 3 + (pupils - 1000) / 500,
    }
}

fn places_of(document: &mut Json, places: &[&str], days: usize) {
    let keeper = |place: &str| Json::from(format!("{place}管理人"));
    document["重点部位"] =
        Json::List(places.iter().map(|place| object([("部位", (*place).into()), ("管理人", keeper(place))])).collect());
    let pledges = document["责任书"].rows();
    pledges.retain(|pledge| !pledge.has("部位"));
    pledges.extend(places.iter().map(|place| {
        object([
            ("层级", "重点部位管理人".into()),
            ("签订人", keeper(place)),
            ("部位", (*place).into()),
            ("签订日期", "2022-06-26".into()),
        ])
    }));
    let patrols = (0..days).flat_map(|day| {
        let date = day_before(day);
        places.iter().flat_map(|place| TIMES.map(|time| (*place, time))).map(move |(place, time)| {
            object([
                ("日期", date.clone().into()),
                ("部位", place.into()),
                ("时段", time.into()),
                ("次数", 2.into()),
                ("巡查人", "H02".into()),
            ])
        })
    });
    document["护校队"]["巡查"] = Json::List(patrols.collect());
    if days > 1 {
        // Nobody patrols before there is a team.
        document["护校队"]["成立日期"] = day_before(days - 1).into();
    }
    let checks = document["检查"].rows();
    let count = checks.len();
    *checks = checks.iter().cycle().take(count * days).cloned().collect();
    // The same twice would be one record that was filled in twice.
    for (number, check) in checks.iter_mut().enumerate().skip(count) {
        check["日期"] = day_before(number / count).into();
        check["检查人"] = format!("第{}检查组", number / count + 1).into();
    }
}

/// So many days before the last that lists speak of.
fn day_before(days: usize) -> String {
    match days {
        0..27 => format!("2022-06-{:02}", 27 - days),
        _ => format!("2022-05-{:02}", 31 - (days - 27) % 31),
    }
}

fn trainings(document: &mut Json, pupils: i64, staff: i64, days: usize) {
    let row = |kind: &str, whom: &str, expected: i64, later: i64| {
        object([
            ("类别", kind.into()),
            ("对象", whom.into()),
            ("日期", "2022-06-27".into()),
            ("应到", expected.into()),
            ("实到", (expected - later).into()),
            ("补训", later.into()),
        ])
    };
    let rows =
        [row("安全防范", "学生", pupils, 3), row("安全防范", "教职工", staff, 0), row("法治", "学生", pupils, 0)];
    let all = (0..days).flat_map(|day| rows.iter().cloned().map(move |row| (day, row)));
    document["教育培训"] = Json::List(
        all.map(|(day, mut row)| {
            row["日期"] = day_before(day).into();
            row
        })
        .collect(),
    );
}

fn hazards(document: &mut Json, rng: &mut Rng, days: usize, fixed: bool) {
    let models = document["隐患"].rows().clone();
    let count = if fixed { 8 * days } else { rng.usize(0..16) };
    document["隐患"] = Json::List(
        (0..count)
            .map(|number| {
                let mut hazard = models[number % models.len()].clone();
                hazard["编号"] = format!("Y{number:03}").into();
                hazard["部位"] = (*rng.choice(&PLACES).expect("a place")).into();
                hazard
            })
            .collect(),
    );
}
