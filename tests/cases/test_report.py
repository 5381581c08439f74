#!/usr/bin/python3
"""test_report.py MUJUN SAMPLE_DIR SAMPLE_PARK: Chromium opens report.html of the sample park, of one of 10,000 parcels, and of one whose names are attacks. The page is interactive
in time, asks nothing of the network, follows search, filters, click and keys, prints, and its figures are those of tables/*.csv and of `mujun explain`.

SAMPLE_PARK is the program mj_sample_park. Exit 77 (skipped) where Chromium, its driver or python3-selenium is not installed."""
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

MUJUN, PARK, SAMPLE = sys.argv[1:4]
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import browser  # noqa: E402
import openpyxl  # noqa: E402

MOST_MS, MOST_BYTES = 1500, 6_000_000
work = tempfile.mkdtemp(prefix='mujun-report-')
failures = []


def check(ok, what):
    if not ok:
        failures.append(what)


def analyze(name, park=PARK, *more):
    out = os.path.join(work, name)
    subprocess.run([MUJUN, 'analyze', os.path.join(park, 'park.yaml'), '-o', out, '--quiet', '--no-sync', *more], check=True)
    return out


def page_of(folder):
    return os.path.join(folder, 'report.html')


def read(path):
    with open(path, 'rb') as f:
        return f.read()


def rows(folder, name):
    with open(os.path.join(folder, 'tables', name + '.csv'), encoding='utf-8-sig', newline='') as f:
        return list(csv.DictReader(f))


def plain(text):
    return text.replace(',', '')


def heading(row, start):
    return next(k for k in row if re.split('[（(]', k)[0].strip() == start)


def quiet(page, what):
    """Nothing was asked of anybody, nothing went wrong."""
    check(not page.errors(), f'{what}: console: {page.errors()[:3]}')
    check(not page.requests(), f'{what}: requests: {page.requests()[:3]}')


def in_time():
    """What is allowed: a machine with more to run than it has cores gives each its share."""
    return MOST_MS * max(1, os.getloadavg()[0] / os.cpu_count())


def same_figures(page, folder):
    """Every parcel with its figures, and the summary of zones, as the tables have them."""
    parcels = rows(folder, 'parcels')
    head = parcels[0]
    columns = {'area_mu': heading(head, '面积'), 'plot_ratio': heading(head, '容积率'), 'plot_ratio_cap': '容积率上限', 'headroom_m2': heading(head, '剩余可建计容建筑面积'),
               'tax_wan_per_mu': heading(head, '亩均税收'), 'output_wan_per_mu': heading(head, '亩均产值'), 'status': '状态', 'zone': '片区', 'idle': '疑似闲置', 'inefficient': '低效',
               'fit_floor_area_m2': heading(head, '可建标准厂房净增建筑面积'), 'tax_wan': heading(head, '税收'), 'candidate_for': '候选原因'}
    shown = page.run('return [...Array(state.parcels.n).keys()].map(i => [state.parcels.raw("parcel_id", i), ...arguments[0].map(n => state.parcels.show(n, i))])', list(columns))
    check(len(shown) == len(parcels), f'{len(shown)} parcels in the page, {len(parcels)} in the table')
    for got, want in zip(shown, parcels):
        for name, cell in zip(columns, got[1:]):
            check(plain(cell) == want[columns[name]], f'{got[0]} {name}: {cell!r} on the page, {want[columns[name]]!r} in the table')
    zones, table = rows(folder, 'zones'), page.run('const t = ready("zones"); return [...Array(t.n).keys()].map(i => [t.show("zone", i), t.show("headroom_m2", i), t.show("tax_wan_per_mu", i)])')
    for got, want in zip(table, zones):
        check(got[0] == want['片区'] and plain(got[1]) == want[heading(want, '剩余可建计容建筑面积')] and plain(got[2]) == want[heading(want, '亩均税收')], f'zone {got} on the page, {want}')
    park = zones[-1]
    check(plain(page.text('[data-figure="tax_wan_per_mu"] dd')).startswith(park[heading(park, '亩均税收')]), 'tax per mu of the park is not that of zones.csv')
    check(plain(page.text('[data-figure="area_mu"] dd')).startswith(f"{float(park[heading(park, '用地面积')] if False else park['用地面积（整宗）（亩，登记>合同>椭球）']):.1f}"), 'the area of the park is not that of zones.csv')
    return parcels


def classes_are_exact(page, folder):
    """The legend of the yield counts what the GeoPackage holds, not what rounding makes of it."""
    import sqlite3
    db = sqlite3.connect(os.path.join(folder, 'mujun.gpkg'))
    page.select('#theme', 'yield')
    legend = dict(page.run('return [...document.querySelectorAll("#legend tr[data-class]")].map(r => [r.dataset.class, Number(r.querySelector("td").textContent.replace(/,/g, ""))])'))
    low, = db.execute('SELECT count(*) FROM parcels WHERE tax_wan_per_mu < 5').fetchone()
    high, = db.execute('SELECT count(*) FROM parcels WHERE tax_wan_per_mu >= 30').fetchone()
    none, = db.execute('SELECT count(*) FROM parcels WHERE tax_wan_per_mu IS NULL').fetchone()
    check(sorted((low, high, none)) == sorted(n for k, n in legend.items() if re.search('5 万元/亩以下|30 万元/亩以上|数据不足', k)), f'legend {legend}, the layer has {low} below 5, {high} of 30 and more, {none} without')
    page.select('#theme', 'status')


def same_dossier(page, folder, parcel):
    """What explain says of the parcel's rules, the page says."""
    page.type('#search', parcel)
    check(page.text('#live').strip() != '', 'the search says nothing')
    page.keys('#search', 'Enter')
    check(page.text('#dossier-title') == parcel, f'the search for {parcel} led to {page.text("#dossier-title")!r}')
    paper = subprocess.run([MUJUN, 'explain', folder, parcel, '--format', 'md', '--lang', 'zh'], check=True, capture_output=True, text=True).stdout
    paper = paper.replace('\\', '')
    dossier = page.text('#dossier')
    for r in (r for r in rows(folder, 'reasons') if r['宗地代码'] == parcel):
        for field in ('规则', '说明', '条款'):
            check(r[field] in dossier, f'{parcel}: {field} {r[field]!r} is not in the page')
        check(r['规则'] in paper and r['条款'] in paper, f"{parcel}: {r['规则']} is not in explain")
        check(not r['数值'] or r['数值'] in dossier, f"{parcel}: value {r['数值']} is not in the page")
    for word in re.findall(r'剩余可建计容建筑面积[^\n|]*\| *([\d,.]+)', paper)[:1]:
        check(word in dossier, f'{parcel}: headroom {word} of explain is not in the page')
    for row in (r for r in rows(folder, 'occupancy_shares') if r['宗地代码'] == parcel and r['企业名称']):
        check(row['企业名称'] in dossier, f"{parcel}: {row['企业名称']} is not in the page")
    page.key('Escape')
    check(not page.run('return document.body.classList.contains("reading")'), 'Escape does not close the dossier')


def follow(page, parcels):
    """Filters, the list, the layers and the map."""
    page.select('#f-status', 'idle')
    idle = {p['宗地代码'] for p in parcels if p['状态'] == '疑似闲置'}
    check(plain(page.text('[data-figure="count"] dd')).startswith(str(len(idle))), f'{page.text("[data-figure=count] dd")} filtered, {len(idle)} are idle')
    listed = page.run('return [...document.querySelectorAll("#ranked tbody tr")].map(r => r.dataset.id)')
    check(listed and set(listed) <= idle, 'the list has others than idle parcels')
    page.click('#reset')
    page.run('document.querySelector("#ranked tbody button").focus()')
    page.key('ArrowDown')
    check(page.run('return document.activeElement.closest("tr").rowIndex') == 2, 'the arrow does not go down the list')
    page.key('Enter')
    check(page.text('#dossier-title') == page.run('return document.querySelectorAll("#ranked tbody tr")[1].dataset.id'), 'Enter in the list does not open the dossier')
    page.key('Escape')
    page.run('[...document.querySelectorAll("#ranked th button")].find(b => b.textContent.startsWith("面积")).click()')
    areas = [float(plain(a)) for a in page.run('return [...document.querySelectorAll("#ranked td[data-field=area_mu]")].map(c => c.textContent)')]
    check(areas == sorted(areas, reverse=True) and len(areas) == 25, f'sorted by area: {areas}')
    for name in ('fit', 'buildings', 'checks'):
        page.click(f'#layer-{name}')
        check(page.run('return !!state.shapes[arguments[0]]', name), f'layer {name} is not there')
        page.click(f'#layer-{name}')
    # a click on the middle of a parcel's own place opens its dossier
    page.run('choose(-1); document.getElementById("map").scrollIntoView({block: "center", behavior: "instant"}); zoomTo(0)')
    page.run('''const b = state.shapes.parcels.boxOf(0), p = map.latLngToContainerPoint(lonLat((b[0] + b[2]) / 2, (b[1] + b[3]) / 2)), r = map.getContainer().getBoundingClientRect();
window.at = [r.left + p.x, r.top + p.y, state.shapes.parcels.at((b[0] + b[2]) / 2, (b[1] + b[3]) / 2)]''')
    x, y, row = page.run('return window.at')
    page.click_at(x, y)
    check(page.run('return state.chosen') == row, f'the click chose {page.run("return state.chosen")}, not {row}')
    page.key('Escape')


def keyboard(page):
    """The first steps of Tab: the way past the head, then its links; every control has a name."""
    page.key('Tab')
    check(page.run('return document.activeElement.className') == 'skip', 'the first Tab is not the link to the map')
    unnamed = page.run('''return [...document.querySelectorAll("button, select, input, a, [role=application]")].filter(e => e.offsetParent && !(e.textContent.trim() || e.getAttribute("aria-label")
|| e.title || (e.labels && e.labels.length))).map(e => e.outerHTML.slice(0, 80))''')
    check(not unnamed, f'controls without a name: {unnamed}')
    check(page.run('return [...document.querySelectorAll("table")].every(t => t.caption || t.closest("#s-zones"))'), 'a table has no caption')


def contrast(page):
    """Text on its ground: 4.5 to 1."""
    poor = page.run('''
const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(c)) return c; } return "rgb(255,255,255)"; };
const out = new Set();
for (const e of document.querySelectorAll("main *, #head *")) {
  if (!e.offsetParent || e.disabled || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || e.closest("svg, .leaflet-control, :disabled")) continue;
  const a = light(getComputedStyle(e).color), b = light(ground(e)), r = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (r < 4.5) out.add(`${e.tagName}.${e.className} ${r.toFixed(2)} ${e.textContent.slice(0, 20)}`);
}
return [...out]''')
    check(not poor, f'poor contrast: {poor[:5]}')


def sample():
    zh = analyze('zh', PARK, '--lang', 'zh', '--only', 'html,csv,gpkg,xlsx')
    with browser.Page(page_of(zh)) as page:
        check(page.interactive_ms() < in_time(), f'the sample is interactive after {page.interactive_ms()} ms')
        parcels = same_figures(page, zh)
        classes_are_exact(page, zh)
        for status in ('疑似闲置', '低效', '可增容', '数据不足', '正常'):
            same_dossier(page, zh, next(p for p in parcels if p['状态'] == status)['宗地代码'])
        follow(page, parcels)
        contrast(page)
        off = [r for r in rows(zh, 'reconciliation') if r['去向'] == '差额' and float(r['数值'])]
        check(not off and '差额为 0' in page.text('#residual'), f'the residual reads {page.text("#residual")!r}')
        paper_and_fit(page, zh)
        not_known(page)
        quiet(page, 'sample')
    again = analyze('again', PARK, '--lang', 'zh', '--only', 'html,csv,gpkg,xlsx', '--threads', '1')
    check(read(page_of(zh)) == read(page_of(again)), 'two runs give two pages')
    named(zh, parcels)
    narrow(zh)
    without_script(zh)
    printed(zh)
    en = analyze('en', PARK, '--lang', 'en', '--only', 'html')
    with browser.Page(page_of(en)) as page:
        keyboard(page)
        page.run('for (let i = 0; i < 40; i++) choose(i, "list")')
        han = page.run('return [...document.querySelectorAll("nav, button, h2, h3, h4, label, legend, summary, th")].map(e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join("")).filter(t => /[\\u4e00-\\u9fff]/.test(t) && !/示例/.test(t))')
        check(not han, f'Chinese headings on the English page: {han[:5]}')
        quiet(page, 'English')


def named(folder, parcels):
    """The workbook's list of candidates leads to a parcel of the page."""
    book = openpyxl.load_workbook(os.path.join(folder, 'summary.xlsx'))
    links = [c.hyperlink for row in book['候选地块'].iter_rows() for c in row if c.hyperlink and 'report.html' in (c.hyperlink.target or '') + (c.hyperlink.location or '')]
    check(len(links) == sum(1 for p in parcels if p['再开发候选'] == '是'), f'{len(links)} links to the page')
    where = links[0].target if '#' in (links[0].target or '') else f'{links[0].target}#{links[0].location}'
    with browser.Page(page_of(folder) + '#' + where.split('#')[1]) as page:
        first = book['候选地块'].cell(2, [c.value for c in book['候选地块'][1]].index('宗地代码') + 1).value
        check(page.text('#dossier-title') == first, f'{where} opens {page.text("#dossier-title")}')


def narrow(folder):
    with browser.Page(page_of(folder), width=360, height=740) as page:
        page.run('choose(3, "list")')
        wide = page.run('return document.documentElement.scrollWidth')
        check(wide <= 360, f'at 360 px the page is {wide} px wide')
        quiet(page, 'narrow')


def without_script(folder):
    with browser.Page(page_of(folder), script=False) as page:
        text = page.source_text()
        zones, candidates = rows(folder, 'zones'), rows(folder, 'candidates')
        check(all(z['片区'] in text for z in zones) and '剩余可建计容建筑面积' in text, 'without JavaScript the zones are not there')
        check(sum(c['宗地代码'] in text for c in candidates) >= 200, 'without JavaScript the candidates are not there')


def printed(folder):
    if not shutil.which('pdftotext'):
        return
    pdf = os.path.join(work, 'page.pdf')
    with browser.Page(page_of(folder)) as page:
        page.pdf(pdf)
    text = subprocess.run(['pdftotext', '-layout', pdf, '-'], check=True, capture_output=True, text=True).stdout
    info = subprocess.run(['pdfinfo', pdf], check=True, capture_output=True, text=True).stdout
    pages = int(re.search(r'Pages: +(\d+)', info)[1])
    check('A4' in info and 5 <= pages <= 20, f'printed: {info}')
    check('内部使用' in text and '数据质量' in text and '再开发候选地块' in text and '清除筛选' not in text and '下一页' not in text, 'the print lacks a part, or shows controls')
    check(sum(c['宗地代码'] in text for c in rows(folder, 'candidates')) >= 200, 'the print does not list the candidates')
    out = analyze('pdf', PARK, '--lang', 'zh', '--only', 'csv,html', '--pdf')
    check(read(os.path.join(out, 'report.pdf'))[:5] == b'%PDF-', 'report.pdf is none')
    check(b'"file": "report.pdf", "may_differ": true' in read(os.path.join(out, 'manifest.json')), 'the manifest does not name report.pdf')
    text = subprocess.run(['pdftotext', '-layout', os.path.join(out, 'report.pdf'), '-'], check=True, capture_output=True, text=True).stdout
    check('再开发候选地块' in text and '南部片区' in text, 'report.pdf lacks a part')
    analyze('pdf', PARK, '--lang', 'zh', '--only', 'csv', '--overwrite')
    check(not os.path.exists(os.path.join(out, 'report.pdf')), 'report.pdf of the run before stays')


def large():
    park = os.path.join(work, 'large')
    subprocess.run([SAMPLE, park, '10000'], check=True, stdout=subprocess.DEVNULL)
    for name in ('park.yaml', 'by_street.sql'):
        shutil.copy(os.path.join(PARK, name), park)
    out = analyze('out-large', park, '--lang', 'zh', '--only', 'html')
    size, times = os.path.getsize(page_of(out)), []
    check(size <= MOST_BYTES, f'the page of 10,000 parcels has {size} bytes')
    for _ in range(3):
        with browser.Page(page_of(out)) as page:
            times.append(page.interactive_ms())
            page.run('choose(77, "list")')
            check(page.text('#dossier-title') == page.run('return state.parcels.raw("parcel_id", 77)'), 'no dossier of one of 10,000')
            quiet(page, '10,000 parcels')
        if times[-1] < MOST_MS:
            break
    check(min(times) < in_time(), f'10,000 parcels are interactive after {times} ms')
    print(f'10,000 parcels: {size / 1e6:.2f} MB, interactive after {min(times)} ms')


def cards_of(page):
    return dict(page.run('return [...document.querySelectorAll("#s-now .card")].map(c => [c.dataset.figure, c.querySelector("dd").firstChild.data.replace(/,/g, "")])'))


def figures_of_park(page, folder):
    """The cards are those of the last row of zones.csv, the pills those of status.csv; filtered, they say that they are of candidates and stand beside no target."""
    park, cards = rows(folder, 'zones')[-1], cards_of(page)
    want = {'count': ('宗地数', 1, 0), 'area_mu': ('用地面积（整宗）（亩，登记>合同>椭球）', 1, 1), 'plot_ratio': (heading(park, '平均容积率'), 1, 2), 'headroom_m2': ('剩余可建计容建筑面积（㎡，登记>合同>椭球）', 1e4, 1),
            'output_wan_per_mu': (heading(park, '亩均产值'), 1, 2), 'tax_wan_per_mu': (heading(park, '亩均税收'), 1, 2)}
    for name, (column, unit, d) in want.items():
        check(abs(float(cards.get(name, 'nan')) - float(park[column]) / unit) <= 0.51 * 10 ** -d, f'card {name} {cards.get(name)}, zones.csv has {park[column]}')
    status, words = {r['状态']: r['宗地数'] for r in rows(folder, 'status')}, {'idle': '疑似闲置', 'inefficient': '低效', 'headroom': '可增容', 'insufficient': '数据不足'}
    pills = dict(page.run('return [...document.querySelectorAll("#s-now [data-status]")].map(c => [c.dataset.status, c.querySelector("dd").textContent.replace(/,/g, "")])'))
    check(pills == {k: status[w] for k, w in words.items() if w in status}, f'pills {pills}, status.csv has {status}')
    check('候选' in page.text('#legend h3'), f'the legend {page.text("#legend h3")!r} counts candidates and does not say so')
    page.select('#f-status', 'idle')
    check('候选' in page.run('return (document.querySelector("#s-held") || { textContent: "" }).textContent') and not page.run('return document.querySelector("#s-now .goal")'), 'filtered, the cards do not say that they are of candidates, or stand beside a target')
    check(cards_of(page)['count'] == status['疑似闲置'], f'{cards_of(page)["count"]} filtered, {status["疑似闲置"]} are idle')
    page.click('#reset')
    check(cards_of(page) == cards, 'without the filter the cards are others than before')


def paper_and_fit(page, folder):
    """The chart has the zones of fit_zones.csv, its paper and its buildable, and not the park."""
    chart = page.run('return [...document.querySelectorAll("#ch-room tbody tr")].map(r => [...r.cells].map(c => c.textContent.replace(/,/g, "")))')
    fitted = rows(folder, 'fit_zones')[:-1]
    check(len(chart) == len(fitted), f'the chart has {[r[0] for r in chart]}')
    for got, want in zip(chart, fitted):
        for cell, column in zip(got[1:], ('剩余可建（纸面）', '可建净增')):
            text = want[heading(want, column) if '（' not in column else next(k for k in want if k.startswith(column))]
            check(got[0] == want['片区'] and (abs(float(cell) - float(text) / 1e4) < 0.0051 if text else cell == ''), f'chart {got}, fit_zones.csv has {want["片区"]} {text}')


def not_known(page):
    """Without an area or a verdict there is no 0."""
    page.run('state.parcels.col("area_mu").v.fill(NaN); state.parcels.col("idle").v.fill(2); for (const c of [state.parcels.col("status")]) c.v.fill(NaN); tell("filtered")')
    check(page.text('[data-figure="area_mu"] dd').startswith('–'), f'no area is {page.text("[data-figure=area_mu] dd")!r}')
    check(set(page.run('return [...document.querySelectorAll("#legend tr[data-class]")].map(r => r.cells[2].textContent)')) == {'–'}, 'the legend has areas of land without any')
    pills = page.run('return [...document.querySelectorAll("#s-now [data-status]")].map(c => c.dataset.status)')
    check('idle' not in pills and 'inefficient' in pills, f'nobody knows of idle land; the pills are {pills}')


def beyond():
    """More parcels than a page holds: the candidates, the zones, and a sentence that says so."""
    park = os.path.join(work, 'beyond')
    subprocess.run([SAMPLE, park, '20400'], check=True, stdout=subprocess.DEVNULL)
    for name in ('park.yaml', 'by_street.sql'):
        shutil.copy(os.path.join(PARK, name), park)
    out = analyze('out-beyond', park, '--lang', 'zh', '--only', 'html,csv', '--fit', 'none')
    candidates = rows(out, 'candidates')
    with browser.Page(page_of(out)) as page:
        check('20400' in page.text('#s-now .note') and str(len(candidates)) in page.text('#s-now .note'), f'the page says {page.text("#s-now .note")!r}')
        figures_of_park(page, out)
        check('20000 宗' in page.run('return W.partly(20000, 30000, 24000)') and '24000 宗' in page.run('return W.partly(20000, 30000, 24000)'), 'a page that is cut does not say of how many candidates')
        check(sorted(page.run('return [...Array(state.parcels.n).keys()].map(i => state.parcels.raw("parcel_id", i))'), key=str) == sorted((c['宗地代码'] or None for c in candidates), key=str), 'the page holds other parcels than the candidates')
        parcel = next(r for r in rows(out, 'reasons') if r['宗地代码'] == candidates[0]['宗地代码'])
        page.type('#search', candidates[0]['宗地代码'])
        page.keys('#search', 'Enter')
        check(parcel['规则'] in page.text('#dossier') and parcel['说明'] in page.text('#dossier'), 'the dossier of a candidate lacks its proof')
        quiet(page, 'beyond 20,000')


def alike():
    """Parcels that are all of one class, as without a rulebook, are on the map."""
    ring = [[118.55, 24.9], [118.552, 24.9], [118.552, 24.902], [118.55, 24.902], [118.55, 24.9]]
    path, out = os.path.join(work, 'one.geojson'), os.path.join(work, 'one')
    with open(path, 'w', encoding='utf-8') as f:
        json.dump({'type': 'FeatureCollection', 'features': [{'type': 'Feature', 'properties': {'ZDDM': '350502901001GB00001'}, 'geometry': {'type': 'Polygon', 'coordinates': [ring]}}]}, f)
    subprocess.run([MUJUN, 'analyze', '--parcels', path, '--as-of', '2026-03-31', '-o', out, '--quiet', '--no-sync', '--only', 'html'], check=True)
    with browser.Page(page_of(out)) as page:
        check(page.run('return state.theme && state.theme.classify(state.parcels)[0]') == 3 and page.text('#theme option'), 'a parcel alone has no theme')
        # the hatch of missing data leaves ink in the middle of the map
        ink = page.run('const c = document.querySelector("#map canvas"), d = c.getContext("2d").getImageData(c.width / 2 - 40, c.height / 2 - 40, 80, 80).data; let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n')
        check(ink > 100, f'{ink} pixels of a parcel alone')
        quiet(page, 'one parcel')


def hostile():
    import hostile_park
    folder = os.path.join(work, 'hostile')
    hostile_park.make(folder)
    out = analyze('out-hostile', folder, '--lang', 'zh', '--only', 'html,csv')
    text = read(page_of(out)).decode('utf-8')
    check('<script>alert' not in text and '<img' not in text and '<svg/' not in text and '\x01' not in text, 'the file holds live markup of a name')
    with browser.Page(page_of(out)) as page:
        page.run('for (let i = 0; i < state.parcels.n; i++) { choose(i, "list"); state.hovered = i; hoverText(i); }')
        page.run('for (const t of state.themes) if (t.layer === "parcels" && t.classify(state.parcels)) { state.theme = t; tell("theme"); }')
        page.run('makePrint()')
        page.type('#search', '<script>')
        check(page.run('return document.querySelectorAll("#found li").length') > 0, 'a name that is a script is not found')
        live = page.run('return [...document.querySelectorAll("img, iframe, object, embed, [onerror], [onload], [onmouseover], a[href^=javascript], a[href^=http], main script")].map(e => e.outerHTML.slice(0, 80))')
        check(not live, f'live markup: {live[:3]}')
        check(len(page.run('return [...document.scripts].filter(s => s.type !== "text/plain")')) == 1, 'there is a script more than the page\'s own')
        quiet(page, 'hostile names')


try:
    sample()
    alike()
    hostile()
    large()
    beyond()
finally:
    shutil.rmtree(work, ignore_errors=True)
if failures:
    print('\n'.join(failures[:40]))
    sys.exit(1)
print('the report holds')
