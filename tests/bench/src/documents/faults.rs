//! Faults, at least one for every rule, so that no rule of any engine can pass by always saying the same.

use fastrand::Rng;

use super::json::Json;

type Fault = fn(&mut Json, &mut Rng);

/// In the order of the rules.
const FAULTS: [Fault; 20] = [
    first_in_charge,
    self_check,
    weakness,
    institution,
    guards,
    surveillance,
    canteen,
    checks,
    measures,
    overdue,
    order,
    grave,
    keeper,
    absent,
    expected,
    patrols,
    late_training,
    late_survey,
    watch,
    spending,
];

/// Plants some faults in about half of the documents.
pub fn plant(document: &mut Json, rng: &mut Rng) {
    if rng.bool() {
        return;
    }
    for fault in FAULTS {
        if rng.u8(..8) == 0 {
            fault(document, rng);
        }
    }
}

fn any<'j>(rows: &'j mut Json, rng: &mut Rng) -> Option<&'j mut Json> {
    let rows = rows.rows();
    let chosen = rng.usize(..rows.len().max(1));
    rows.get_mut(chosen)
}

fn remove(rows: &mut Json, rng: &mut Rng) {
    let rows = rows.rows();
    rows.remove(rng.usize(..rows.len()));
}

fn first_in_charge(document: &mut Json, rng: &mut Rng) {
    let person = &mut document["责任"];
    if rng.bool() {
        person["职务"] = "副校长".into();
    } else {
        person["分管负责人"] = person["第一责任人"].clone();
    }
}

fn self_check(document: &mut Json, rng: &mut Rng) {
    if let Some(row) = any(&mut document["自查"], rng) {
        row["日期"] = "2022-06-20".into();
    }
}

fn weakness(document: &mut Json, rng: &mut Rng) {
    let missing = if rng.bool() { "措施" } else { "责任人" };
    document["自查"].rows().last_mut().expect("a row").without(missing);
}

fn institution(document: &mut Json, rng: &mut Rng) {
    remove(&mut document["制度"], rng);
}

fn guards(document: &mut Json, rng: &mut Rng) {
    let changed = if rng.bool() { "专职保安数" } else { "持证保安数" };
    document["保卫"][changed] = 0.into();
}

fn surveillance(document: &mut Json, rng: &mut Rng) {
    match rng.u8(..3) {
        0 => document["技防"]["与公安联网"] = false.into(),
        1 => document["技防"]["视频保存天数"] = 20.into(),
        _ => document["学校"]["反恐重点目标"] = true.into(),
    }
}

fn canteen(document: &mut Json, rng: &mut Rng) {
    if !document.has("食堂") {
        document["学校"]["有食堂"] = true.into();
        return;
    }
    match rng.u8(..3) {
        0 => document["食堂"]["许可证有效期至"] = "2022-06-27".into(),
        1 => document["食堂"]["留样克数"] = 100.into(),
        _ => drop(document.without("食堂")),
    }
}

fn checks(document: &mut Json, rng: &mut Rng) {
    match rng.u8(..3) {
        0 => document["检查"].rows().retain(|check| check["领域"] != "消防".into()),
        1 => document["消防"]["设施检测日期"] = "2021-06-26".into(),
        _ => document["消防"]["灭火器数"] = 0.into(),
    }
}

fn measures(document: &mut Json, rng: &mut Rng) {
    let missing = *rng.choice(&["整改措施", "责任人", "整改期限"]).expect("a key");
    if let Some(hazard) = any(&mut document["隐患"], rng) {
        hazard.without(missing);
    }
}

fn overdue(document: &mut Json, rng: &mut Rng) {
    if let Some(hazard) = any(&mut document["隐患"], rng) {
        hazard["整改期限"] = "2022-06-26".into();
    }
}

fn order(document: &mut Json, rng: &mut Rng) {
    if let Some(hazard) = any(&mut document["隐患"], rng) {
        if rng.bool() {
            hazard["完成日期"] = "2022-06-20".into();
        } else {
            hazard["完成日期"] = "2022-06-28".into();
            hazard["销号日期"] = "2022-06-27".into();
        }
    }
}

fn grave(document: &mut Json, rng: &mut Rng) {
    if rng.u8(..4) == 0 {
        document["学校"]["开办状态"] = "停办整顿".into();
    }
    if let Some(hazard) = any(&mut document["隐患"], rng) {
        hazard["等级"] = "重大".into();
    }
}

fn keeper(document: &mut Json, rng: &mut Rng) {
    remove(&mut document["重点部位"], rng);
}

fn absent(document: &mut Json, rng: &mut Rng) {
    match any(&mut document["教育培训"], rng) {
        Some(row) if row["补训"] != 0.into() => row["补训"] = 0.into(),
        _ => document["教育培训"].rows().retain(|row| row["对象"] != "教职工".into()),
    }
}

fn expected(document: &mut Json, rng: &mut Rng) {
    if let Some(row) = any(&mut document["教育培训"], rng) {
        row["应到"] = 5.into();
    }
}

fn patrols(document: &mut Json, rng: &mut Rng) {
    for row in document["护校队"]["巡查"].rows() {
        row["次数"] = rng.i64(1..3).into();
    }
}

fn late_training(document: &mut Json, rng: &mut Rng) {
    document["护校队"]["成立日期"] = format!("2022-06-{}", rng.u8(15..22)).into();
}

fn late_survey(document: &mut Json, _: &mut Rng) {
    document["摸底排查"]["完成日期"] = "2022-06-28".into();
}

fn watch(document: &mut Json, rng: &mut Rng) {
    if let Some(row) = any(&mut document["高峰值守"], rng) {
        row["护校队人数"] = 0.into();
    }
}

fn spending(document: &mut Json, rng: &mut Rng) {
    match rng.u8(..3) {
        0 => remove(&mut document["经费"], rng),
        1 => document["经费"].rows()[1]["安全硬件支出"] = 29_000.into(),
        _ => document["经费"].rows()[0]["公用经费"] = 1000.into(),
    }
}
