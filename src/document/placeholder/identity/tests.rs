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
        ("宿管(1号楼)", "宿管(2号楼)"),
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
        let is_said = |form: &&str| !["王P", "东校区P", "校P"].contains(form) || POSTS.has(post);
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
    let mut one = |pairs: &str| {
        for pair in pairs.split('|') {
            let (name, written) = pair.trim().split_once(" = ").expect("a pair");
            let compared = [name, written].map(|text| key(text).unwrap_or_else(|| text.to_owned()));
            if compared[0] != compared[1] && !may_be_one(name, written) {
                wrong.push(format!("{pair}: {compared:?}"));
            }
        }
    };
    one(
        "李强 = 总务主任李强老师 | 李强 = 安全员李强主任 | 李强 = 教体局李强科长 | 李强 = 城关派出所李强警官 | 李强 = 三(2)班李强老师 | \
         李强 = 值周领导李强校长 | 李强 = 总务主任 李强老师 | 李强 = 总务主任李强老师(签字) | 总务主任李强 = 总务主任李强老师",
    );
    one(
        "王芳 = 王芳党员 | 王芳 = 王芳 党员 | 王芳 = 王芳女 | 王芳 = 王芳 男 | 王芳 = 王芳东门岗 | 王芳 = 王芳三(2)班班主任 | 王芳 = 王芳任副校长 | \
         王芳 = 王芳转安全办 | 王芳 = 王芳成员 | 王芳 = 王芳科员 | 王芳 = 王芳代 | 王芳 = 王芳签 | 王芳 = 王芳管安全 | 王芳 = 王芳公办 | 王芳 = 王芳民办",
    );
    one(
        "洪建国(电工) = 电工洪建国 | 洪建国(电工) = 洪建国(总务主任) | 洪建国老师 = 总务主任洪建国 | 岩温(保安) = 保安岩温 | 岩温(保安) = 岩温(门卫) | \
         岩温(保安) = 电工岩温 | 岩温保安 = 保安岩温",
    );
    one(
        "校长 = 校长同志 | 总务主任 = 总务主任同志 | 总务主任 = 总务主任老师 | 电工 = 电工师傅 | 保安 = 保安员 | 校长兼书记 = 书记兼校长 | \
         校长 = 书记兼校长 | 书记 = 校长兼书记 | 总务主任 = 副校长兼总务主任 | 校长 = 校长(兼) | 校长(书记) = 书记(校长) | 校长(书记) = 书记",
    );
    one(
        "王芳 = 校长王芳 副校长李强 | 王芳 = 校长王芳副校长李强 | 李强、王芳 = 总务主任李强等人 | 李强、张伟 = 校长李强等2人 | 李强 = 校长李强等老师 | \
         买买提·艾力 = 买买提艾力 | 买买提·艾力 = 买买提 艾力 | John Smith = John.Smith | John Smith = JohnSmith",
    );
    one(
        "王芳 = 王芳中队长 | 王芳 = 王芳 小组长 | 李强 = 李强学区长 | 王芳 = 东校区王芳 | 王芳 = 校车王芳 | 王老师 = 德育处王老师 | \
         王老师 = 班主任王老师 | 王老师 = 语文王老师 | 王主任 = 总务处王主任 | 王师傅 = 门卫王师傅 | 李校长 = 副校长李校长 | 德育主任王老师 = 德育处王老师 | \
         电工王师傅 = 王电工 | 总务主任 = 总务主任和电工 | 保安 = 门卫和保安 | 电工 = 总务主任及电工 | 校长 = 校长及班子成员 | 副校长 = 校长 副校长 | 校长 = 书记校长",
    );
    one(
        "王芳 = 王芳和校长 | 校长 = 王芳和校长 | 王芳 = 王芳及班主任 | 李强 = 李强 王主任 | 王师傅 = 王师傅 李师傅 | 电工 = 门卫兼电工 | 傅文华 = 教师傅文华 | \
         傅国强 = 代课教师 傅国强 | 关海军 = 司机关海军 | 岩温(保安) = 岩温(安全员) | 岩温(总务主任) = 岩温(总务处) | 副校长岩温 = 岩温(副校长) | \
         主任(总务处) = 总务处主任 | 买买提·阿不都拉 = 包保责任人:买买提·阿不都拉 | 校长 = 校长王芳 | 校长 = 王芳(校长)",
    );
    one(
        "王老师 = 图书室王老师 | 王老师 = 幼儿园王老师 | 张师傅 = 物业张师傅 | 王主任 = 校办王主任 | 王老师 = 德育处的王老师 | 德育处王老师 = 德育处的王老师 | \
         图书室王老师 = 图书室的王老师 | 岩温(保安) = 安全员岩温 | 保安岩温 = 岩温师傅 | 岩温师傅 = 岩温老师 | 东校区李强 = 李强、张建国 | \
         东校区李强 = 总务主任李强老师 | 东校区李强 = 宿管李强 | 书记兼校长 = 校长王芳 | 校长兼书记 = 王芳(书记) | 总务主任和电工 = 总务主任李强 | \
         李强和门卫 = 宿管李强",
    );
    one(
        "总务主任 = 学校总务主任李强 | 校长 = 校长兼书记李强 | 书记 = 校长兼书记李强 | 电工 = 总务主任兼电工李强 | 副校长 = 李副校长 | \
         门卫张师傅 = 保安张师傅 | 高一王老师 = 数学王老师 | 宿管王老师 = 生活老师王老师 | 支教王老师 = 数学王老师 | 总务处 = 学校总务处",
    );
    one(
        "分管安全副校长李强 = 副校长 | 李强(持证电工) = 电工 | 南街小学电工李强 = 电工 | 校门保安李强 = 保安 | 各班班主任 = 班主任 | \
         城关派出所 = 派出所 | 体育老师 = 体育王老师 | 总务处 = 总务处主任李强 | 总务处 = 总务处主任 | 主任 = 总务主任 | 副校长 = 安全副校长 | \
         副校长 = 法治副校长 | 高中部主任 = 主任 | 保安 = 保安队长 | 党委书记 = 书记 | 主任 = 总务主任王芳 | 副校长(教学) = 分管教学副校长 | \
         总务主任 = 总务处李强主任 | 派出所民警 = 城关派出所张民警",
    );
    // One is written by a post, and once more by a short or a decorated form of it, with a name or without.
    one(
        "总务主任 = 主任王芳 | 分管安全副校长 = 李强副校长 | 副校长(分管安全) = 李强副校长 | 城关派出所民警 = 派出所民警李强 | 总务处主任 = 总务主任王芳 | \
         六(1)班班主任 = 班主任王芳 | 保安队长 = 队长王芳 | 食堂厨师长 = 厨师长王芳 | 中心校校长 = 王建国校长 | 大队辅导员 = 王芳辅导员 | 总务主任 = 王主任 | \
         派出所民警 = 王警官 | 分管副校长 = 王副校长 | 六(1)班班主任 = 班主任王老师 | 总务主任13800001111 = 总务主任王芳 | 南街小学总务主任 = 总务主任王芳 | \
         总务主任负责 = 王芳(总务主任) | 总务主任(13800001111) = 总务主任王芳 | 总务主任13800001111 = 南街小学总务主任 | 1.总务主任 = 总务主任王芳 | \
         总务主任等3人 = 总务主任王芳 | 总务主任(女) = 总务主任王芳 | 总务主任2022.6.28 = 总务主任王芳 | 东校区总务主任 = 总务主任王芳 | 责任人:总务主任 = 总务主任王芳",
    );
    one(
        "县教体局(0370-3311234) = 县教体局王芳 | 县交警队王芳 = 县交警队13800001111 | 总务处负责人 = 总务处王芳 | 城关派出所 = 派出所王警官 | \
         南街小学教导处 = 教导处王芳 | 县教体局 = 教体局王芳 | 施工单位(豫东建筑公司) = 豫东建筑公司王芳 | 施工单位(豫东建筑公司) = 施工单位王芳 | 总务处 = 总务主任 | \
         教导处 = 教导主任 | 总务处王芳 = 总务主任 | 总务处王芳 = 主任 | 六(1)班班主任 = 六(一)班班主任 | 六(1)班班主任 = 六年级一班班主任 | \
         六(1)班班主任 = 601班班主任 | 六1班班主任 = 六一班班主任 | 高三(2)班班主任 = 高三二班班主任 | 七(3)班班主任 = 初一(3)班班主任 | 1号楼楼长 = 一号楼楼长 | \
         二楼值班教师 = 2楼值班教师 | 第二党支部书记 = 第2党支部书记 | 20班班主任 = 二十班班主任",
    );
    one(
        "欧阳明月 派出所民警 = 民警欧阳明月 | 欧阳明月 南街小学总务主任 = 欧阳明月(总务主任) | 张杨雨涵派出所民警 = 张杨雨涵同志 | \
         迪丽热巴·迪力木拉提 派出所民警 = 民警迪丽热巴·迪力木拉提 | 张建国 南街小学六(1)班班主任 = 食堂管理员张建国老师 | 李强派出所民警 = 派出所李强警官 | \
         李强 南街小学副校长 = 总务主任李强老师 | 保安岩温 13800001111 = 岩温(保安) | 电工岩温13800001111 = 岩温电工 | 学校安全员岩温 = 岩温副校长 | \
         东校区王老师 = 六(1)班王老师 | 1号楼陈队长 = 东校区陈队长 | 南门张师傅 = 维修张师傅 | 校医 李强和南街小学总务主任孙丽娟老师 = 校医李强老师 | \
         派出所民警李强,13800001111 = 李强派出所民警 | 总务主任 = 王芳 | 李强代签 = 王芳 | 王芳 = 王老师 | 王芳 = 班主任王老师",
    );
    // What stands beside a name or a surname is no post, or nobody knows which.
    one(
        "六(1)班王芳 = 六(1)班班主任 | 王芳(六(1)班) = 班主任 | 六年级王芳老师 = 班主任 | 六年级一班王老师 = 班主任 | 六1班王老师 = 六年级一班班主任 | \
         南街小学王老师 = 总务主任 | 小学部王老师 = 校医 | 王老师(本校) = 总务主任 | 总务处的王老师 = 总务主任 | 1号楼王芳老师 = 班主任 | 体育组王老师 = 班主任 | \
         宿舍王芳 = 宿管员 | 校长室王芳 = 副校长 | 负责人王芳 = 总务主任 | 整改责任人:王芳 = 副校长 | 教师王芳 = 班主任 | 总务处 = 王主任 | 总务处 = 主任王芳 | \
         安全办公室 = 安全办主任王芳 | 城关派出所 = 派出所民警王芳 | 城关镇中心校 = 中心校校长 | 城关镇中心校 = 中心校负责人王芳 | 体育教师 = 体育老师王芳",
    );
    one(
        "语文老师 = 语文教师 | 值班教师王芳 = 值班老师 | 分管副校长 = 王校长 | 总务副主任 = 王主任 | 派出所副所长 = 王所长 | 副校长兼总务主任王芳 = 总务处主任 | \
         王芳(总务主任、安全员) = 总务处主任 | 总务处、保安 = 总务主任 | 总务主任、保安 = 总务处主任 | 食堂、王芳 = 食堂负责人 | 丘老师 = 总务主任 | \
         丘主任 = 总务主任丘建国 | 班主任丘老师 = 六(1)班丘老师 | 郄老师 = 班主任 | 拉毛老师 = 班主任 | 安全员 = 安全管理员王芳 | 宿管员 = 宿舍管理员 | \
         水电工 = 水电维修工 | 主管副校长王芳 = 分管安全副校长 | 保安公司王师傅 = 门卫王师傅 | 岩温 南街小学总务主任 = 副校长岩温 | 南街小学王老师 = 六(1)班王老师",
    );
    assert_eq!(wrong, [""; 0]);
    for (one, other) in [
        ("食品安全员李强", "食品安全员王芳"),
        ("李强(大队辅导员)", "王芳(大队辅导员)"),
        ("李强(2022.6.26)", "王芳(2022.6.26)"),
        ("总务主任", "总务副主任李强"),
        ("副校长(兼)", "校长"),
        ("司务长李强", "司务长王芳"),
        ("校长", "副校长王芳"),
        ("王建国主任", "王建军主任"),
        ("三(1)班班主任", "三(2)班班主任"),
        ("3号楼管理员", "4号楼管理员"),
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
