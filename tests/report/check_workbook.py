"""check_workbook.py summary.xlsx: what Excel's other readers find in the workbook of test_report.c (12 parcels, 8 candidates)."""
import sys
import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
assert book.sheetnames == ["首页", "片区", "片区状态", "状态", "候选类别", "判定汇总", "候选地块", "宗地", "历年", "用地", "用地规模", "判定依据", "总览", "台账汇总", "数据质量台账", "字段说明"], book.sheetnames
front = book["首页"]
said = [cell.value for row in front.iter_rows() for cell in row if cell.value is not None]
assert "示例园区　用地与亩均要点" in said and 150 in said, said[:8]
links = {cell.value: cell.hyperlink.location for row in front.iter_rows() for cell in row if cell.hyperlink}
assert set(book.sheetnames[1:]) <= set(links) and links["宗地"] == "'宗地'!A1", links
assert any(text.startswith("数据质量：剔除 1 条，警告 1 条") for text in links), links
parcels = book["宗地"]
assert parcels.max_row == 13 and book["候选地块"].max_row == 9
assert parcels.freeze_panes == "B2" and parcels.auto_filter.ref == f"A1:{parcels.dimensions.split(':')[1]}"
head = {cell.value: cell.column for cell in parcels[1]}
first = lambda name: parcels.cell(2, head[name])
assert first("宗地代码").value == "350500000000" and first("宗地代码").data_type == "s" and first("宗地代码").number_format == "@"
assert first("地类编码").value.startswith("=1+1") and first("地类编码").data_type == "s", "a formula must stay a text"
assert first("状态").value == "疑似闲置" and first("是否查封").value is None and first("税收（万元）").value is None
assert first("面积（亩，登记）").value == 15 and first("面积（亩，登记）").number_format == "#,##0.0000"
assert str(parcels.cell(3, head["约定动工日期"]).value) == "2024-02-29 00:00:00"
for sheet in book:
    for row in sheet.iter_rows():
        assert all(cell.data_type != "f" for cell in row), "no cell is a formula"
overview = {row[0].value: row[1].value for row in book["总览"].iter_rows()}
assert overview["园区"] == "示例园区" and overview["宗地数"] == 12 and overview["台账：剔除"] == 1
assert overview["面积口径"] == "面积、亩均、容积率、建筑密度：登记", overview["面积口径"]
notes = [row[1].value for row in book["总览"].iter_rows() if row[0].value == "说明"]
assert notes == ["疑似闲置须经调查认定，程序结论不代替行政认定"], notes
books = [row[1].value for row in book["总览"].iter_rows() if row[0].value == "规则集"]
assert books == ["quanzhou-2025 1：某政策 某文号（2026-02-01 至 长期，基准日有效）",
                 "licheng-2022 1：某方案 某号（2022-05-25 至 2024-12-31，基准日不在有效期，未采用）"], books
assert not [label for label in overview if label and "output_wan" in label], "no code stands for a figure"
assert "$A$1:$W$13" in str(parcels.print_area), parcels.print_area
reasons = book["判定依据"]
margin = {cell.value: cell.column for cell in reasons[1]}["差额"]
assert [reasons.cell(row, margin).value for row in (2, 3)] == [-1.25, None]
tables = [row[0].value for row in book["字段说明"].iter_rows()]
assert "宗地 parcels" in tables and "parcels" not in tables, tables
candidates = book["候选地块"]
for row in range(2, candidates.max_row + 1):
    link = candidates.cell(row, 1).hyperlink
    assert link and parcels[link.location.split("!")[1]].value == candidates.cell(row, 1).value, (row, link)
assert first("状态").fill.fgColor.rgb == "FF7A1F04" and first("状态").font.color.rgb == "FFFFFFFF", "idle is drawn as on the map"
assert all(cell.font.name == "Microsoft YaHei" for sheet in book for cell in sheet[1] if cell.value is not None)
assert parcels.column_dimensions["A"].width >= len("350500000000") + 2, "an identifier is not cut"
