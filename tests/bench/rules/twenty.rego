# The twenty rules as Rego would be written: sets for what must not be left out, a helper where there are two ways to
# hold. ISO 8601 dates compare as texts; only the one difference of two dates is parsed. `verdicts` has the order of
# rules/twenty/rules.bulou. A field that is missing is undefined, and an undefined condition does not hold.
package twenty

verdicts := [
	r01, r02, r03, r04, r05, r06, r07, r08, r09, r10,
	r11, r12, r13, r14, r15, r16, r17, r18, r19, r20,
]

meeting := "2022-06-24"

today := "2022-06-28"

school := input["学校"]

# 第一责任人
default r01 := false

r01 if {
	input["责任"]["职务"] in {"校长", "园长", "书记"}
	input["责任"]["第一责任人"] != input["责任"]["分管负责人"]
}

# 对照检查
default r02 := false

r02 if {
	checked := {row["方面"] | some row in input["自查"]; row["日期"] >= meeting}
	{"思想认识", "组织领导", "工作部署", "措施落实"} - checked == set()
}

# 薄弱环节有措施
default r03 := false

r03 if {
	every row in input["自查"] {
		weakness_answered(row)
	}
}

weakness_answered(row) if not row["薄弱环节"]

weakness_answered(row) if {
	row["措施"]
	row["责任人"]
}

# 四项制度
default r04 := false

r04 if {"门卫", "值班", "巡逻", "安全检查"} - {row["类别"] | some row in input["制度"]} == set()

# 保安配足
guards_by_pupils := 1 if {
	school["学生数"] < 100
} else := 2 if {
	school["学生数"] < 1000
} else := 3 + floor((school["学生数"] - 1000) / 500)

guards_by_boarders := 2 + floor(school["寄宿生数"] / 300) if {
	school["寄宿"]
} else := 0

default r05 := false

r05 if {
	input["保卫"]["专职保安数"] >= guards_by_pupils
	input["保卫"]["专职保安数"] >= guards_by_boarders
	input["保卫"]["持证保安数"] >= input["保卫"]["专职保安数"]
}

# 技防达标
video_days := 90 if {
	school["反恐重点目标"]
} else := 30

default r06 := false

r06 if {
	input["技防"]["一键报警"]
	input["技防"]["与公安联网"]
	input["技防"]["视频保存天数"] >= video_days
}

# 食堂安全
default r07 := false

r07 if not school["有食堂"]

r07 if {
	input["食堂"]["许可证有效期至"] >= today
	input["食堂"]["留样克数"] >= 125
	input["食堂"]["留样小时"] >= 48
}

# 防火防盗有检查: 366 days before today are 2021-06-27
default r08 := false

r08 if {
	checked := {row["领域"] | some row in input["检查"]; row["日期"] >= meeting}
	{"消防", "防盗"} - checked == set()
	input["消防"]["设施检测日期"] >= "2021-06-27"
	input["消防"]["灭火器数"] >= 1
}

# 隐患有措施
default r09 := false

r09 if {
	every hazard in input["隐患"] {
		hazard["整改措施"]
		hazard["责任人"]
		hazard["整改期限"]
	}
}

# 隐患按期销号
default r10 := false

r10 if {
	every hazard in input["隐患"] {
		closed_in_time(hazard)
	}
}

closed_in_time(hazard) if not hazard["整改期限"]

closed_in_time(hazard) if object.get(hazard, "销号日期", today) <= hazard["整改期限"]

# 隐患日期合理
default r11 := false

r11 if {
	every hazard in input["隐患"] {
		in_order(hazard)
	}
}

in_order(hazard) if not hazard["完成日期"]

in_order(hazard) if {
	hazard["完成日期"] >= hazard["发现日期"]
	object.get(hazard, "销号日期", hazard["完成日期"]) >= hazard["完成日期"]
}

# 重大隐患停办
default r12 := false

r12 if school["开办状态"] != "正常开办"

r12 if not grave_hazard

grave_hazard if {
	some hazard in input["隐患"]
	hazard["等级"] == "重大"
	not hazard["销号日期"]
}

# 重点部位有人管
always := {"周边", "大门", "围墙", "厕所", "楼梯"}

places := (always | {"宿舍" | school["寄宿"]}) | {"餐厅" | school["有食堂"]}

default r13 := false

r13 if places - {row["部位"] | some row in input["重点部位"]} == set()

# 教育培训不漏人
default r14 := false

r14 if {
	{"学生", "教职工"} - {row["对象"] | some row in input["教育培训"]} == set()
	every row in input["教育培训"] {
		row["实到"] + row["补训"] >= row["应到"]
	}
}

# 全员应到
members := {"学生": school["学生数"], "教职工": school["教职工数"]}

default r15 := false

r15 if {
	every row in input["教育培训"] {
		row["应到"] >= members[row["对象"]]
	}
}

# 放学巡查够次
default r16 := false

r16 if sum([row["次数"] | some row in input["护校队"]["巡查"]; row["时段"] == "放学"]) >= 10

# 培训及时
default r17 := false

r17 if {
	trained := time.parse_ns("2006-01-02", input["护校队"]["培训日期"])
	founded := time.parse_ns("2006-01-02", input["护校队"]["成立日期"])
	trained - founded <= ((7 * 24) * 3600) * 1000000000
}

# 三日摸底: three days after the meeting
default r18 := false

r18 if input["摸底排查"]["完成日期"] <= "2022-06-27"

# 高峰值守
default r19 := false

r19 if {"上学", "放学"} - {row["时段"] | some row in input["高峰值守"]; row["护校队人数"] >= 1} == set()

# 硬件投入
spent(year) := sum([row["安全硬件支出"] | some row in input["经费"]; row["年度"] == year])

default r20 := false

r20 if {
	count(input["经费"]) >= 2
	every row in input["经费"] {
		row["安全硬件支出"] > 0
		row["公用经费"] >= row["安全硬件支出"]
	}
	spent(2022) > spent(2021)
}
