use super::super::names::POSTS;
use super::super::who::Who;
use super::super::{Placeholders, normal};
use super::key;

/// Whether what was written in two places may be one person.
fn may_be_one(one: &str, other: &str) -> bool {
    let placeholders = Placeholders::new(&[]);
    let who = |written: &str| {
        let normal = normal(written);
        Who::written(&placeholders.person(&normal, written).unwrap_or(normal.into_owned()), written)
    };
    who(one).may_be(&who(other))
}

#[test]
fn one_person_has_one_key() {
    let alike = [
        ("校长(兼)", "校长"),
        ("校长【兼】", "校长"),
        ("(校长)", "校长"),
        ("校长。", "校长"),
        ("王建国副校长", "王建国"),
        ("校长王建国", "王建国"),
        ("校长(王建国)", "王建国"),
        ("张三(班主任)", "张三"),
        ("张三(常务副校长)", "张三"),
        ("张三(党支部书记)", "张三"),
        ("张三(门卫)", "张三"),
        ("张三(任课教师)", "张三"),
        ("张三(车队长)", "张三"),
        ("张三(高中部主任)", "张三"),
        ("张三(计财科)", "张三"),
        ("张三(包片领导)", "张三"),
        ("总务主任张三", "张三"),
        ("张三总务主任", "张三"),
        ("张三校长书记", "张三"),
        ("党支部书记校长张三", "张三"),
        ("张三书记兼校长", "张三"),
        ("校长兼书记张三", "张三"),
        ("张三同志", "张三"),
        ("本校校长", "校长"),
        ("学校校长", "校长"),
        ("学校门卫", "门卫"),
        ("张三班主任", "张三"),
        ("张三教导主任", "张三"),
        ("班主任张三", "张三"),
        ("总务处张三", "张三"),
        ("安全办王建国", "王建国"),
        ("南街小学王建国", "王建国"),
        ("城关派出所王建国", "王建国"),
        ("城关派出所民警王建国", "王建国"),
        ("本校张三", "张三"),
        ("我校张三", "张三"),
        ("党支部书记、校长张三", "张三"),
        ("张三 13800000000", "张三"),
        ("门卫王建国", "王建国"),
        ("买买提·艾力主任", "买买提·艾力"),
        ("欧阳修主任", "欧阳修"),
        ("王建国德育处主任", "王建国"),
        ("王建国教导处主任", "王建国"),
        ("王建国安全办主任", "王建国"),
        ("王建国保卫科长", "王建国"),
        ("王建国办公室主任", "王建国"),
        ("王建国年级组长", "王建国"),
        ("王建国宿管员", "王建国"),
        ("王建国体育老师", "王建国"),
        ("王建国工会主席", "王建国"),
        ("王建国教务处", "王建国"),
        ("王建国总务", "王建国"),
        ("副校长王建国同志", "王建国"),
        ("王建国13838381438", "王建国"),
        ("王建国签字", "王建国"),
        ("王建国本人", "王建国"),
    ];
    let others = |(written, is): &(&str, &str)| key(written).as_deref() != Some(*is);
    let wrong: Vec<_> = alike.into_iter().filter(others).map(|(written, _)| (written, key(written))).collect();
    assert_eq!(wrong, []);
    let names = "张志明 王建华 李建平 刘海龙 吴永强 邓小平 王建国 刘志强 高国强 李登科 王慧园 张雅庭 马会元 林小路 何平安 欧阳修 张三丰";
    for name in names.split(' ') {
        for post in ["主任", "老师", "校长", "副校长", "书记", "科长", "电工", "班主任", "总务主任", "书记兼校长"]
        {
            for written in [format!("{name}{post}"), format!("{post}{name}"), format!("{name}({post})")] {
                assert_eq!(key(&written).as_deref(), Some(name), "{written}");
            }
        }
    }
    // Of the ways in which posts may be parted not all are gone.
    for many in ["主任", "保卫科科长", "总务处副主任", "书记"] {
        assert_eq!(
            key(&format!("王建国{}", many.repeat(60 / many.chars().count()))).as_deref(),
            Some("王建国"),
            "{many}"
        );
    }
    for whole in [
        "王建国",
        "校长",
        "张三、李四",
        "城关派出所",
        "任老师",
        "高中部主任",
        "高中部校长",
        "安保主任",
        "安保队长",
        "常务主任",
        "国际部校长",
        "党办主任",
        "王庄村主任",
        "王庄村书记",
        "居委会主任",
        "包村干部",
        "高年级组长",
        "王庄小学校长",
        "教育局安全科",
        "张三丰",
        "水电组",
        "校长(东校区)",
        "六(1)班班主任",
        "高一(3)班任课教师",
        "班主任(一年级)",
        "王建国家长",
        "王建国监护人",
        "王建国(李四代签)",
        "康复主任",
        "文体教师",
        "国防教师",
        "武术教师",
        "成教校长",
        "路政队长",
        "明德校长",
        "龙门书记",
        "向阳校长",
    ] {
        assert_eq!(key(whole), None, "{whole}");
    }
}

/// Rules write a person as documents are compared by, which is what a key comes to.
#[test]
fn a_key_has_no_other_key() {
    let words = [
        "张三",
        "欧阳修",
        "买买提·艾力",
        "Ann Lee",
        "岩温",
        "校长",
        "副校长",
        "主任",
        "班主任",
        "总务处",
        "总务",
        "民警",
        "派出所",
        "城关",
        "小学",
        "同志",
        "等3人",
        "(兼)",
        "兼",
        "、",
        "(",
        ")",
        "1",
        "本校",
        "东校区",
        "安",
        "处",
    ];
    for one in words {
        for two in words {
            for three in words {
                let text = format!("{one}{two}{three}");
                let Some(found) = key(&text) else { continue };
                assert_eq!(key(&found), None, "{text}: {found}");
            }
        }
    }
}

/// Posts and bodies as schools name them, none of which may be anybody of another name.
const POSTS_AND_BODIES: &str = "校长 副校长 书记 党支部书记 主任 副主任 总务主任 教导主任 政教主任 德育主任 安全主任 安全办主任 常务副校长 安全副校长 \
    法治副校长 分管副校长 执行校长 园长 副园长 保育员 班主任 门卫 保安 保安队长 宿管员 炊事员 食堂管理员 派出所民警 城关派出所 校医 保健医生 总务处 \
    教导处 政教处 保卫科 司机 校车司机 工会主席 团委书记 少先队辅导员 年级组长 教研组长 会计 出纳 值班教师 生活老师 体育教师 三年级班主任 局长 副局长 镇长 \
    乡长 党委书记 人大主席 武装部长 政法委书记 教体局 县教体局 公安局 综治办 综治办主任 社区民警 派出所所长 实验小学 第一中学 学校负责人 值班领导 团支部书记 \
    传达员 总经理 大队长 保洁员 维修工 行政值班";

#[test]
fn one_of_another_name_is_another() {
    let names = "张三 李娜 王建国 欧阳修 阿依古丽·买买提 John";
    let mut untold = Vec::new();
    let posts = || POSTS_AND_BODIES.split_whitespace();
    for name in names.split_whitespace() {
        for post in posts() {
            // Nothing is said of the post of the one, or of the name of the other.
            assert!(may_be_one(name, post) && may_be_one(post, name), "{name} {post}");
            for other in names.split_whitespace().filter(|other| *other != name) {
                for written in [format!("{name}{post}"), format!("{post}:{name}"), format!("{name}({post})")] {
                    // Of the words between a name and a post nobody knows whose they are.
                    let is_told = name != "John" && (POSTS.has(post) || !written.starts_with(&format!("{name}{post}")));
                    if is_told && may_be_one(&written, other) {
                        untold.push(format!("{written} {other}"));
                    }
                }
            }
        }
    }
    assert_eq!(untold, [""; 0]);
    for (one, other) in [
        ("校长", "副校长"),
        ("校长", "常务副校长"),
        ("张三、李四", "王五"),
        ("H01", "H02"),
        ("王建国", "王建军"),
        ("张志", "张志明"),
        ("John Smith", "Mary Smith"),
        ("张三(水电工)", "李四(水电工)"),
        ("局长", "副局长"),
    ] {
        assert!(!may_be_one(one, other) && !may_be_one(other, one), "{one} {other}");
    }
}

/// Whatever stands beside a name: the same man, or it cannot be told; never another.
#[test]
fn nobody_is_two() {
    let mut wrong = Vec::new();
    let names = "张三 李娜 王建国 袁园 欧阳修 阿依古丽·买买提 John";
    for name in names.split_whitespace() {
        for post in POSTS_AND_BODIES.split_whitespace().chain("水电工 司炉工 门岗 门房 董事长 保健医生 二级主任科员 三级调研员 高级教师 一级教师 少先队辅导员 \
            高三班主任 党小组长 纪检委员 初一(2)班班主任 兼值班教师 秘书 助理 等3人 等 、李四 和李四 家长 县教体局局长 老师(总务处)".split_whitespace()) {
            for written in [
                format!("{name}{post}"), format!("{name} {post}"), format!("{name}({post})"), format!("{post}{name}"), format!("{post} {name}"),
                format!("{post}:{name}"), format!("{post}({name})"), format!("{post}·{name}"), format!("南街小学{name}{post}"), format!("{name},{post}"),
                format!("{post}、{name}"), format!("{name}/{post}"),
            ] {
                // Others are named behind a name.
                if post.starts_with(['和', '、']) && !written.starts_with(&format!("{name}{post}")) {
                    continue;
                }
                let compared = key(&written).unwrap_or_else(|| written.clone());
                if compared != name && !may_be_one(&written, name) { wrong.push(format!("{written}: {compared} {name}")); }
            }
        }
    }
    assert!(wrong.is_empty(), "{} {:?}", wrong.len(), wrong);
    for (one, other) in [
        ("张三水电工", "张三生活老师"),
        ("南街小学张三校长", "县教体局张三局长"),
        ("阿依古丽 买买提", "阿依古丽·买买提"),
        ("O'Neil", "O’Neil"),
        ("张三、李四主任", "李四"),
        ("张三、李四主任", "张三、王五主任"),
        ("李四、张三主任", "李四主任"),
        ("副校长(教学)", "副校长"),
        ("教导主任·张三", "张三"),
        ("王建国等3人", "王建国"),
        ("John Smith(外教)", "John Smith"),
        ("外教John Smith", "John Smith"),
    ] {
        let compared = [one, other].map(|text| key(text).unwrap_or_else(|| text.to_owned()));
        let [one, other] = &compared;
        assert!(one == other || may_be_one(one, other) && may_be_one(other, one), "{one} {other}");
    }
    for dot in "·•・‧∙⋅●.".chars() {
        assert_eq!(
            key(&format!("阿依古丽{dot}买买提")).unwrap_or_else(|| "阿依古丽·买买提".to_owned()),
            "阿依古丽·买买提",
            "{dot}"
        );
    }
}

/// However a post is decorated, whoever is named beside it may have it.
#[test]
fn a_post_with_a_name_may_be_the_post_without() {
    let alone = "P P13800001111 南街小学P 本校P P负责 P牵头 1.P P等3人 P(女) 东校区P P2022.6.28 责任人:P 分管P P(兼) P(13800001111) 校P 由P负责 新任P";
    let named = "王芳P P王芳 王芳(P) P:王芳 P王芳老师 王P P(王芳) 南街小学P王芳 王芳P13800001111 王芳";
    let mut wrong = Vec::new();
    for post in
        "校长 副校长 总务主任 德育主任 安全员 电工 班主任 六(1)班班主任 门卫 派出所民警 保安队长 食堂管理员 周边管理人"
            .split(' ')
    {
        // Nobody is called `王派出所民警`, and no class is one of `东校区六`.
        let is_said = |form: &&str| !["王P", "东校区P", "校P", "分管P"].contains(form) || POSTS.has(post);
        let forms = |all: &str| all.split(' ').filter(is_said).map(|form| form.replace('P', post)).collect::<Vec<_>>();
        for one in forms(alone) {
            let others = forms(named).into_iter().chain(forms(alone));
            let others = others.filter(|other| !(may_be_one(&one, other) && may_be_one(other, &one)));
            wrong.extend(others.map(|other| format!("{one} {other}")));
        }
    }
    assert!(wrong.is_empty(), "{} {wrong:?}", wrong.len());
}

/// Pairs in which a sceptic found a false answer, with whether they may be one.
#[test]
fn what_was_once_wrong() {
    let mut wrong = Vec::new();
    for pair in include_str!("may-be-one.txt").lines().filter(|line| !line.starts_with('#')) {
        let (one, other) = pair.split_once(" = ").expect("a pair");
        let compared = [one, other].map(|text| key(text).unwrap_or_else(|| text.to_owned()));
        if compared[0] != compared[1] && !may_be_one(one, other) {
            wrong.push(format!("{pair}: {compared:?}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
    for (one, other) in [
        ("食品安全员李强", "食品安全员王芳"),
        ("李强(大队辅导员)", "王芳(大队辅导员)"),
        ("李强(2022.6.26)", "王芳(2022.6.26)"),
        ("副校长(兼)", "校长"),
        ("司务长李强", "司务长王芳"),
        ("王建国主任", "王建军主任"),
        ("三(1)班班主任", "三(2)班班主任"),
        ("南街小学张三", "南街小学李四"),
        ("一年级1班班主任", "一年级2班班主任"),
        ("总务主任李强老师", "教导主任李芳老师"),
        ("洪建国", "李强"),
        ("王建国(食品配送员)", "李强(食品配送员)"),
    ] {
        let compared = [one, other].map(|text| key(text).unwrap_or_else(|| text.to_owned()));
        assert!(compared[0] != compared[1] && !may_be_one(one, other), "{compared:?}");
    }
}
