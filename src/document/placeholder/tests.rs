//! Which texts say nothing.

use super::{Asked, BUILT_IN, Format, Placeholders, cores, normal};

#[test]
fn placeholders_are_told_from_answers() {
    let built_in = cores(None::<std::iter::Empty<&str>>);
    let known = Placeholders::new(&built_in);
    let variants = ["(无)", "无。", "「无」", "无无无", "N / A", "ＮＡ", "-----", "……", "——", "xxx", "待 定", "某某"];
    for word in BUILT_IN.iter().chain(&variants) {
        assert!(known.hold(&normal(word), &Asked::default()), "{word}");
    }
    let not_yet = "拟聘 拟聘任 拟聘中 拟任 见附件1 见附件一 详见附表 见附页 待确认 待批 待报 待审批 待发文 待到岗 待签 未签 未报 未办理 未发文 未到岗 未上任 办理中 正在聘任 正在办理 申请中 招聘中 筹建中 补充中 研究中 岗位空缺 暂无人选 无人选 人选待定 人员待定 民警待定 民警(暂缺) 派出所民警(待定) 教任〔〕号 教任〔XXXX〕X号 XX小学 ×××民警 xx号 無 暫無 同上行 附后 未聘任 未聘请 暂未聘请 尚未聘请 还没有 还没聘 待聘 待安排 空缺 缺编 无人 目前没有 暂时无人 没有聘请 无(暂无) 待定/无 尚未确定 空缺1 待补1 拟补1 待定2 人选待定2 1.待定 (1)待定 待定1 待定教师 待定(教师) 校长待任命 待派出所指派 派出所尚未指派 待指派 协调中 联系中 待回复 尚未最终确定 没有文号 无文号 没有文件 无此文件 文件未下 正在发文 审批中 报批中 制定中 起草中 待研究 待发 等通知 待通知 待上级任命 公示中 第号 教任〔2022〕号 教任〔2022〕×号 年月日 请填写姓名 见文件 见纸质材料 不明 待查 遗失 同H05 尚未查究 暂未查究 待查究 正在查究 正在调查 调查中 没查 未立案 拟立案 无需查究 未处理完 未下文书 未出文书 待补发 无人盯办 另行安排 没有排查 未排查 教育局办理中 暂缺校长 待选举 编制中 无人担任 无合适人选 附件1 见上 见下表 见纸质 2022年月日 此处填写 并无 均无 未有 补办中";
    for word in not_yet.split(' ') {
        assert!(known.hold(&normal(word), &Asked::default()), "{word}");
    }
    for word in [
        "校长",
        "无锡路派出所",
        "张无",
        "Y-01",
        "1",
        "0379-6123456",
        "同上级报告",
        "x1",
        "没有发现问题",
        "#3",
        "#3楼!",
        "Err:楼",
        "未来路派出所",
        "吴未",
        "待问",
        "没有发现隐患",
        "空军小学",
        "缺水",
        "无线电室",
        "无人机社团",
        "任命(2020)3号",
        "安排",
        "张××",
        "李**",
        "DS-2XX30",
        "XX3号",
        "拟定的方案见文件",
        "张三(拟聘)",
        "初中",
        "实验小学",
        "研究中心",
        "刘定",
        "中",
        "已聘",
        "1×1",
        "长×宽",
        "附件柜",
        "见义勇为",
        "详见方案第3页",
        "任中",
        "任正中",
        "等闲",
        "安全办公室",
        "未央区派出所",
        "空军",
        "待渡村小学",
        "无为市教育局",
        "同仁路派出所",
        "见山小学",
        "正在整改的电线",
        "缺少护栏",
        "没有上锁",
        "未上锁",
        "未配备灭火器",
        "一中",
        "文中",
        "教任〔2022〕12号",
        "第3号",
        "2号",
        "请示件",
        "没有校医室",
        "不锈钢",
        "此路不通",
        "上",
    ] {
        assert!(!known.hold(&normal(word), &Asked::default()), "{word}");
    }
    // Of what is asked for.
    fn allowed(words: &[String]) -> Asked<'_> {
        Asked { allowed: words, ..Asked::default() }
    }
    let any = Asked::default();
    fn of(words: &[String]) -> Asked<'_> {
        Asked { names: ["法治副校长", "任命文号"], ..allowed(words) }
    }
    for word in
        "没有法治副校长 未聘法治副校长 暂无法治副校长 法治副校长:无 空缺(副校长) 暂无副校长 无任命文号 副校长 文号"
            .split(' ')
    {
        assert!(known.hold(&normal(word), &of(&[])), "{word}");
    }
    assert!(!known.hold("副校长", &of(&["副校长".into()])));
    assert!(!known.hold("法治副校长李强", &of(&[])) && !known.hold("没有年检", &of(&[])));
    assert!(!known.hold("无", &allowed(&["无".into()])) && known.hold("/", &allowed(&["无".into()])));
    let own = cores(Some(["缺", "--"].into_iter()));
    let own = Placeholders::new(&own);
    assert!(own.hold("缺", &any) && own.hold("-", &any) && !own.hold("无", &any));
    let forms = [
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#ref!",
        "#N/A",
        "#GETTING_DATA",
        "#VALUE",
        "#名称?",
        "#值!",
        "#BLOCKED!",
        "错误:508",
        "错误：502",
    ];
    let marks = ["○○○", "********", "!", "〇〇〇", "✔", "—·—·—·—·—·—·—·—·—·—·—·—·—·—·—", "Err:502", "＃ＲＥＦ！"];
    for form in forms.iter().chain(&marks) {
        assert!(own.hold(&normal(form), &Asked::default()) && known.hold(&normal(form), &Asked::default()), "{form}");
    }
    assert!(!own.hold("/", &allowed(&["/".into()])));
}

#[test]
fn what_can_be_read_in_many_ways_is_read_in_few_steps() {
    // Each of these words is read in two ways: in all 2^60.
    let text = format!("李强,{}甲", "报批".repeat(60));
    assert!(held(Some(Format::Person), &text).len() < 2);
    assert_eq!(held(None, &text), [""; 0]);
}

fn held(format: Option<Format>, words: &str) -> Vec<&str> {
    let built_in = cores(None::<std::iter::Empty<&str>>);
    let known = Placeholders::new(&built_in);
    let asked = Asked { format, names: ["法治副校长", "法治副校长姓名"], ..Asked::default() };
    words.split_whitespace().filter(|word| known.hold(&normal(word), &asked)).collect()
}

#[test]
fn a_person_is_told_from_nobody_and_anybody() {
    let nobody = "城关派出所尚未指派 县公安局未指派 我校没有法治副校长 缺一名法治副校长 没有法制副校长 空缺1名 空缺一名 已聘任 有 \
                  见聘书 参见附件 遴选中 对接中 待遴选 第1项待定 1.TBD 没人管 已退休 下学期聘 由派出所指派 见值班表 某民警 一名民警 好 每月到校一次 \
                  vacant 拟聘派出所民警 王芳(未到岗) 专人负责 相关人员 有专人 学校老师 安排专人 已配备民警";
    assert_eq!(held(Some(Format::Person), nobody), nobody.split_whitespace().collect::<Vec<_>>());
    let persons = "李强 任老师 文静 副校长李强 张三等人 王小未 陈未央 未成年人保护办公室主任 接待室主任 无锡市公安局民警 教导主任 \
                   安全员 班主任 第一小组组长 老师傅 马未都 欧阳建国 张建国李卫东 张建国等三人 县教体局安全股 未检科检察官 待聘教师李明 退休民警 校长(兼) 张老师13800138000 扎西次仁 \
                   Mike 门卫老李 城关派出所民警李强 派出所民警 教体局 甲 阿依古丽·买买提 Li";
    assert_eq!(held(Some(Format::Person), persons), [""; 0]);
}

#[test]
fn what_is_lacking_is_an_answer_where_what_is_the_case_is_asked_for() {
    let told = "保安空缺 门卫空缺 缺人 缺岗 空缺 未配备 档案未建立 有待完善 保安编制空缺 资金待落实 民警未到位 未落实到位 正在整改 \
                加强管理 正在调查 招聘中 已整改 未落实";
    assert_eq!(held(Some(Format::Narrative), told), [""; 0]);
    let nothing = "无 暂无 待定 待补充 未填写 等待填写 未检查 尚未自查 正在补充 没有法治副校长 见附件1 请填写 / 1.无";
    assert_eq!(held(Some(Format::Narrative), nothing), nothing.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn a_document_is_issued_by_somebody() {
    let texts = |texts| held(Some(Format::DocumentNumber), texts);
    let nobody = "XX〔2022〕3号 宜办(无)〔2022〕3号 宜办(XX)〔2022〕3号";
    assert_eq!(texts(nobody), nobody.split_whitespace().collect::<Vec<_>>());
    let issued = "教任〔2022〕11号 未保办〔2022〕1号 无教〔2022〕1号 同教发〔2021〕3号 教安函〔2022〕7号 教育部公告2022年第8号 缺府办〔2021〕2号 \
                  空港教〔2021〕2号 查政〔2021〕1号 略政办发〔2020〕5号";
    assert_eq!(texts(issued), [""; 0]);
}
