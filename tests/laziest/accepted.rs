//! What passes and may: the mutant, and why it is no fault.

/// By document, field and change.
#[rustfmt::skip]
pub const ACCEPTED: &[(&str, &str)] = &[
    // The document may well mean it.
    ("学校 自查/结论 各行同一个", "four aspects may have one conclusion"),
    ("学校 实施方案/措施 只留一行", "a plan of one measure is a plan"),
    ("学校 实施方案/措施/责任人 各行同一个", "one person may answer for all measures"),
    ("学校 纠纷 空表", "a school may have no dispute; that it looked for them, 纠纷排查日期 says"),
    ("学校 门卫登记/外来人员数 0", "there may have been no visitor"),
    ("学校 技防/入侵报警 反过来", "no source asks for it of every school"),
    ("学校 技防/红外/部位 围墙", "any place may have the device"),
    ("学校 技防/红外/位置 外部", "only 内部 of two places is forbidden"),
    ("学校 检查/领域 食品", "a general check and one of the canteen are both in order"),
    ("学校 消防/巡查日期 只留一行", "one patrol within the week is what the pack asks for"),
    ("学校 隐患/部位 厕所", "a hazard may be anywhere"),
    ("学校 隐患/领域 防踩踏", "and of any kind"),
    ("学校 隐患/等级 重大", "and grave; this one is dealt with"),
    ("学校 隐患/描述 各行同一个", "two places may have the same hazard"),
    ("学校 隐患/责任人 各行同一个", "one person may see to all hazards"),
    ("学校 隐患/整改措施 各行同一个", "the same measure may serve two hazards"),
    ("学校 研判/议题 各行同一个", "two meetings may have one subject"),
    ("全县 困难 空表", "schools may have none; those that they report must be listed"),
    ("全县 盯办 空表", "no school has an open grave hazard"),
    ("全县 事故 空表", "no school reports an event"),
    ("全县 事故/等级 较大", "the grade is what the inquiry says; a grave one has to be followed up"),
    ("全县 追责 空表", "no accident is grave"),
    ("全县 追责/对象类型 党委政府", "this row is of no accident"),
    ("全县 追责/类别 领导者", "likewise"),
    ("全县 单位/研判日期 空表", "a township need not meet, 综治 and 教体局 have to"),
    // Only somebody else's document tells.
    ("学校 学校/办学类型 初级中学", "compared with the roster where the kind decides anything, 名册对账"),
    ("学校 检查/主体 公安局", "compared with the bureau's own list, 检查对账"),
    ("学校 隐患 只留一行", "a row left out shows beside the ledger submitted before"),
    ("学校 设备接收 空表", "compared with what the county handed out, 设备对账"),
];
