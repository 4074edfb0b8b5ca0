"""The hand-made workbook: what a school draws itself, without the template's keys, with the faults that schools make.

Made with openpyxl 3.1.5 (`python make.py`), then saved as .xls and .ods by LibreOffice 7.4
(`soffice --headless --convert-to xls 手工.xlsx`, and `ods`), which also calculates the formulas in those two.
"""

from datetime import date, datetime

from openpyxl import Workbook

book = Workbook()
form = book.active
form.title = "自查表"
rows = [
    ["北关小学校园安全自查表"],
    [],
    ["填报情况", "填报日期", date(2022, 6, 28)],
    [None, "填报人:", "安全办 "],
    [None, "审核人", " 校长"],
    [None, "本期没有发生事件(零报告)", "是"],
    ["学校基本情况", "学校标识码", 2141000346, "学校全称", "北关小学"],
    [None, "办学类型", "小学 ", "是否寄宿制", False],
    [None, "在册学生数(人)", "1,460", "寄宿生数", "\uff10"],
    [None, "在册教职工数 *", 78.0, "是否有食堂", "√"],
    ["安全保卫", "安全保卫机构名称", "保卫科"],
    [None, "专职保安数", "三个"],
    [None, "成立日期", "2022年3月1日"],
    ["消防", "灭火器数", "=30+2"],
    [None, "设施检测日期", "2022.2.20"],
    [None, "防火巡查日期", "2022-06-24、2022/6/25,2022.6.26"],
    ["警校联动", "联系电话", 3796123456],
    [None, "派出所", "#N/A"],
    ["安全档案", "安全档案号", 12],
    ["涉校纠纷", "无"],
    ["联系地址", "城关镇一号"],
]
for row in rows:
    form.append(row)
form.merge_cells("A1:E1")
form.merge_cells("A3:A6")
form["B18"].value, form["C18"].value, form["C18"].data_type = "派出所", "#N/A", "e"

hazards = book.create_sheet("隐患台账 ")
hazards.title = "隐患"
for row in [
    ["隐患台账"],
    ["序号", "部位", "编号", "隐患等级", "发现日期", "整改期限", "整改措施", "销号日期", "隐患等级", None, "备注"],
    [1, "围墙", "Y01", "一般", date(2022, 6, 25), 44739, "更换防护网 ", datetime(2022, 6, 27, 9, 30), None, None, "先办"],
    [],
    [2, None, "Y02", "一般", "2022-6-26", "7月4日", "更换应急灯", None, "重大", "楼上", None],
    [3, "楼梯间", 3, "较大", "20220626"],
]:
    hazards.append(row)
hazards.merge_cells("B3:B5")

people = book.create_sheet("重点部位")
for row in [["部位", "管理人"], ["大门", "保安队长"], ["厕所", "=B2"]]:
    people.append(row)

events = book.create_sheet("发生的事件")
for row in [["事件类别", "发生日期"], ["无", None]]:
    events.append(row)

notes = book.create_sheet("Sheet9")
notes["C4"] = "随手记的"

book.save("手工.xlsx")
