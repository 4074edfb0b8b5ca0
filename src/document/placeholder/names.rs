//! The words by which persons, posts and bodies are known, and those by which they are not.

use super::list::{Letters, List};

/// Surnames of one character: 百家姓 and those of the surveys of the Ministry of Public Security (2007, 2020). Those that
/// hardly any remark does without are not here: 已, 不, 无, 同, 由.
pub(super) static SURNAMES: Letters = Letters::new(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范\
    金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞\
    左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚\
    岑景党宫费卜冷晏席卫米柏宗瞿桂全佟臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕\
    楚鄢劳谌奚皮粟冼蔺楼盘满闻厉伊仝郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄索宣晋相初云容敬晁芮浦戈伏鹿薄邸雍羊阿乌母裘修邰赫杭况宿印\
    逯隆茹诺战慕玉银亢嵇哈湛宾戎勾茅利呼居尉冶斯元束檀衣信展阴智幸奉植衡富尧哲覃蓟濮扶堵璩溥厍聒晃敫融訾殳沃蔚越夔宓蓬郗贲郏牧隗和区平门扈普阙辜那鲜危昝闭於揭亓位計張劉陳楊趙吳孫馬鄭謝許韓馮鄧葉蘇呂盧鐘譚陸賈韋鄒閻龍賀龔萬錢\
    嚴湯溫莊聶魯齊顏歐關蘭單蕭蔣黃常易乔来计都公刀拜虎撒喇妥者禄代候别后水召双陇农闪黑洪傅赖萧阎荀昌钮汲莘逄郦庾暨巢蒯竺桓缑弓鄂宦",
);
/// Surnames of two characters.
pub(super) static DOUBLE: List = List::new(
    "欧阳 上官 司马 诸葛 司徒 令狐 东方 皇甫 慕容 尉迟 夏侯 公孙 端木 独孤 呼延 南宫 西门 完颜 长孙 宇文 鲜于 闾丘 轩辕 淳于 单于 \
    太叔 申屠 公冶 拓跋 百里 东郭 万俟 赫连 澹台 濮阳 宗政 钟离 仲孙 司空 亓官 纳兰 爱新 叶赫 那拉",
);
/// Characters in which names of other languages are written.
pub(super) static SOUNDS: Letters = Letters::new(
    "白阿巴扎西次仁旦增多吉卓玛拉姆才让格桑尼达瓦德布特尔其木古丽买提艾力依吐逊努热合曼江孜那苏图雅娜钦日勒呼和乌兰丹珠加洛松平措央金顿珠朗班\
    穆罕默马合买提古再娜哈斯牙库热西萨帕肉孜衣沙克亚森祖农热依木帕提玛根高娃梅朵旺堆杰惹铁曲狄毅海呷俄火岩罕索",
);
/// What begins as a name does and is none.
pub(super) static WORDS: List = List::new(
    "何人 何时 何处 何事 任何 任意 任命 任免 时间 时候 明天 明年 明日 明确 明白 计划 方便 方案 安全 安排 安装 安定 平安 高兴 高度 高位 全体 全部 \
    全员 全校 全园 全县 全都 全无 全缺 全是 相关 相应 从缺 成立 成功 成员 管理 管好 路过 路上 文件 文号 文书 文化 文字 时有 解决 \
    解聘 国家 南北 原任 原来 原有 原因 原件 强制 信息 商定 商议 商量 元旦 元月 成年 和谐 都有 都是 单位 单独 支持 支部 支付 支援 宣布 查无 查找 查到 查收 查看 \
    查阅 向上 向前 简单 金额 项目 来自 官方 班级 班子 师生 师资 关于 关闭 包干 包办 包括 左右 华侨 齐全 齐备 连续 连同 充分 白天 毕业 空白 冷清 许可 满意 满员 \
    花名册 权限 初步 初定 初拟 曾任 曾有 宁缺 沙汰 甘愿 石沉 居民 居家 战时 信任 封闭 封存 印发 利用 展开 富余 祝好 房间 车辆 麻烦 明细 明细表 通知 谈妥 谈好 谈话 \
    荣誉 展示 充足 武警 党员 党委 党政 农民 文员 官员 司机 司法 司仪 师傅 师长 尚缺 尚无 尚待 尚未 尚可 尚在 尚需 尚不 尚没 原民警 原校长 原任 宣传 储备 封面 江湖 \
    于是 于今 曾经 马上 马虎 成年人 国庆 国定 国假 周末 周一 周二 周三 周四 周五 周六 周日 年底 单缺 齐了 全了 齐的 定了 成了 路远 管不了 管不着 何必 向谁 谈不拢 \
    石头 白纸 全职 国办 安办 任期 任职 任教 任满 任免中 古稀 强调 谢谢 谢绝 单子 查实 查证 查处 党群 施工 施行 严格 严肃 严谨 万一 万能 关键 关系 边远 盖章 安心 \
    全勤 满勤 钟点 温馨 温暖 常规 强化 商洽 冷藏 宁可 包含 戴好 阳光 屈指 双方 农忙 农历 常年 常规 常有 常见 常用 常态 易于 易发 代课 代理 代管 代办 代为 代替 后勤 后补 后定 后续 后期 后面 来自 来人 来校 来不 计算 计时 公开 公安 公示 公文 公布 公务 \
    公休 公告 都有 都没 都在 都行 双方 双休 双减 召开 召集 别人 别的 水平 水电 水表 农忙 农户 任务 成问 管它 程序 白填 权责 莫得 莫人 莫管 莫安 毛得 万难 符合 简化 史无 \
    左栏 严重 范围 余额 毛病 严禁 平均 平台 平行 门口 门前 区里 区内 那边 那个 那里 老师 合格 西安 申请 申报 查一 平时 平常 平稳 房产 印章 修改 修订 海报 国标 玉碎 路牌 银行 富裕",
);
/// Posts: what ends in one of these is somebody.
pub(super) static POSTS: List = List::new(
    "巡警 村警 网管 物管 厨师长 嘎查长 嘎查达 户长 锅炉工 承包人 经理 教官 主持人 军人 网格长 校长 园长 所长 局长 组长 队长 班长 班主任 科长 股长 室长 站长 处长 院长 部长 镇长 乡长 村长 县长 市长 会长 社长 店长 厂长 排长 连长 庭长 级长 楼长 层长 \
    机长 厅长 区长 主任 主席 书记 支书 员 老师 教师 律师 厨师 医师 工程师 营养师 咨询师 消防师 师傅 师母 阿姨 大爷 大娘 大姐 大哥 叔叔 民警 辅警 特警 交警 协警 片警 \
    义警 武警 警官 警察 警长 法警 干事 干部 会计 出纳 司机 门卫 保安 警卫 校医 医生 护士 大夫 厨工 电工 水工 校工 木工 法官 检察官 推事 助理 秘书 教练 督学 校监 校董 \
    专干 领导 董事 理事 监事 股东 举办者 法人 代表 负责人 责任人 联系人 管理人 监护人 经办人 值班人 主管 主办 总监 顾问 家长 志愿者 义工 教授 讲师 参谋 政委 院士 同志 \
    先生 女士 小姐 主教 外教 校友 委员 警司 警督 警员 馆长 营长 军医 处级 科级 护工 园丁 袖章 五老 \
    司务长 中队长 小队长 分队长 大队长 小组长 学区长 年级长 寝室长 科代表 老校长 前校长 正校长 分校长 教办主任 校长助理 主任助理 校长秘书 \
    保安队长 保安班长 门卫班长 教师代表 家长代表 学生代表 管理员 保健医 校警 帮厨 切配工 清洁工 监理 水电工 维修工 司炉工 门岗 门房 董事长 保健医生 生活老师 值班领导 行政值班 派出所民警 社区民警 派出所所长 总经理 副总 老板 总工 农电工 路队长 楼道长 食品安全员 法治副校长 保育员 炊事员 传达员 保洁员 食堂管理员 大队辅导员 消防员 安全员 信息员 实验员 \
     图书管理员 仓库管理员 宿舍管理员 心理教师 体育教师",
);
/// Bodies: what ends in one of these is one.
pub(super) static BODIES: List = List::new(
    "局 所 校 园 处 科 室 队 组 委 会 部 办 站 院 厂 司 镇 乡 村 股 社 店 馆 庭 厅 府 协会 中心 公司 机关 街道 社区 支部 大学 中学 小学 附小 附中 教学点 看护点 联盟 \
    集团 政教 总务 教务 后勤 德育 单位 妇联 学区 辅导区 总支 嘎查 苏木 护学岗 食堂 派出所 司法所 卫生院 教体局 公安局",
);
/// What ends as a body does and is none.
pub(super) static PLACES: List = List::new(
    "到校 在校 离校 返校 来校 入校 本校 我校 全校 住院 出院 转院 入院 在园 离园 开会 机会 不会 入库 银行 进行 执行 运行 实行 再行 可行 不行 还行 也行 都行 另行 全部 内部",
);
/// Whoever is only called so is nobody: `一名民警`, `有关人员`, `学校领导`.
pub(super) static ANYBODY: List = List::new(
    "老师 教师 民警 人员 领导 职工 员工 家长 学生 干部 同志 负责人 责任人 工作人员 教职工 教职员 教职员工 管理员 警察 先生 女士 志愿者 委员 代表 专员 成员 \
    部门 单位 机关 组织 科室 处室 学校 村 组 室 会 班子成员 联系人 经办人 管理人",
);
/// What says no more of whoever it stands before.
pub(super) static SOME: List = List::new(
    "具体 每个 每位 当日 当天 值班的 各班 校 名 位 某 某个 某位 某名 某些 一名 一位 一个 两名 两位 几名 几位 1名 1位 2名 有关 相关 其他 其它 本校 我校 学校 校方 各 各位 各个 该 这个 那个 所有 全体 全校 专门 \
    上级 上面 县里 镇里 派出所的 公安 别的 另一 原来的 以前的 一些 那位 这位 的",
);
/// What begins a remark about a body and not its name: `由派出所`.
pub(super) static AHEAD: List = List::new(
    "由 请 等 待 见 报 找 问 让 听 凭 已 没 暂 尚 还 须 拟 另 归 去 到 跟 和 与 向 按 以 从 先 缺 未 不 不是 无 有 是 经 需 将 同 正 要 再 后 聘 配 设 取消 撤销 撤并 筹建 筹备 准备 申请 招聘 急聘 急需 并入 合到 合并 调到 移交 上报 希望 疑似 可能 \
    前任 候任 原 谁 哪 某 什么 少 多 全体 部分 每 两名 几名 姓 送 转 划归 委托 计划 打算 争取 想 盼 恳请 要求 组建 成立 增设 在 人人 至今 目前 现在 暂时 应",
);
/// What begins a plan to have somebody: `拟聘派出所民警王强`.
pub(super) static PLANS: List = List::new("由 请 等 待 报 拟聘 拟请 拟由 准备 计划 将聘 将由 建议 推荐");
/// Names of bodies that begin so nevertheless.
pub(super) static NAMES_AHEAD: List = List::new(
    "少先 少工 少年 少儿 少数 应急 应城 应县 计划 报账 多媒体 多功能 配班 配电 未成年 未检 未保 未管 未央 未来 未庄 未申 无锡 无为 无极 无棣 无线 无障碍 无人机 无量 无名 待遇 待岗 待聘 待王 待贤 见习 见龙 见义 暂住 暂店 不动产 \
    同心 同济 同仁 正阳 正定 正宁 正安 将乐 将军 跟车 和平 和顺 和龙 到位 以德 经开 经济 经贸 经信 缺门 缺勤 先锋 向阳 后勤 等级 还乡 听力 有机",
);
/// What stands in names of posts and bodies although it is part of a remark elsewhere.
pub(super) static NAMED: List = List::new("派出所 未成年 未检 未保 未管 未央 未来 派驻 特派");
/// What makes a remark of a text about posts and bodies: `派出所推给司法所`.
pub(super) static REMARKS: List = List::new(
    "一名 一位 一个 了 是 谁 哪 派 推给 推荐 答应 不同意 并入 合并 撤销 取消 考察 借调 调到 调走 调离 轮流 不归 招聘 招教师 招老师 招人 没 未 已 住院 在医院 找 去 归 抽 换 \
    请示 撤到 并到 改成 变警 调往 借给 搬到 迁往 让 叫 建议 研究校 招保 选校 任命新 任命校 定校 附近 左边 靠 只有 只剩 差个 离派 随机 匿名 自己 轮岗 交流 \
    在教 在招 到教 到中 等县 等公 等教 无民 缺民 空缺 问一 联系派 啥 属于 非学校 交给 几个 及其他",
);
/// What takes back a name that it stands beside: `张伟(已调走)`.
pub(super) static STATES: List = List::new(
    "离职 退休 去世 病故 免职 拘留 产假 病假 休假 请假 挂名 拟 候选 报到 续聘 同意 失联 撤销 取消 调走 调离 调出 调动 借调 辞职 辞退 停职 开除 解聘 死亡 外出 走了 \
    没 未 不在 不干 不管 待 缺 已 空岗 离任 卸任 换人 不详 不知",
);
/// What no name in Latin letters has.
pub(super) static NOT_FOREIGN: List = List::new(
    "yes ok no none nobody vacant pending not see same tbd tba tbc todo to unknown null nil test any anyone someone somebody done \
    finished waiting awaiting later soon retired left the name under will by is are being appointed assigned hired next yet available required needed \
    applicable above below attached staff leave dead fired resigned gone absent nope skip page row unconfirmed \
    whoever anybody sheet user who maternity sick",
);
/// What posts are of that begins as a name does: `高中校长` is no Mr Gao.
pub(super) static OFFICES_LIKE_NAMES: List = List::new(
    "高中 高一 高二 高三 初中 初一 初二 初三 安保 安全 常务 党务 居委会 支委会 康复 文体 国防 武术 成教 路政 明德 龙门 向阳 方城 安阳 金城 \
    宿管 宿舍 后厨 水房 党办 花工 水工 南门 后门 白班 金盾 楼长 司务 支教 水暖 全科 卫生 水电 门岗 门房 司炉 纪检 党小 党小组 党总支 计财 计生 文印 文秘 文艺 任课 包片 包村 车管 车队 武装 毕业班 \
     周边 花园 花坛 花房 池塘 车棚 车库 车间 温室 金工 水井 水塔 门前 门口 门厅 厕所 楼梯 楼道 楼顶 连廊 广场 广播 卫生间 卫生室 易制毒 关口 路口 单车 石桥 文体室 双语 游泳 包保 和美 华夏 平安 时代 万达 安达 和谐 金鼎 宏远 房东 房主 车主 商家 包保人 海康 海尔 康力 申龙 华为 金龙 海事 国土 格力 乐器",
);
/// Offices and subjects that posts are of, which stand behind a name.
pub(super) static OFFICES: List = List::new(
    "党支部 党总支 党委 团支部 团总支 支部 总务 政教 教务 教导 教学 教研 德育 后勤 安保 安全 保卫 常务 年级 工会 团委 妇联 少先队 办公 办 宿管 宿舍 食堂 财务 值班 带班 生活 水电 社区 校车 法治 分管 执行 代理 体育 语文 数学 英语 音乐 美术 心理 科学 信息",
);
