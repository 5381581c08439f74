"""The plugin's own words in both languages; what the commands say of themselves comes from the program."""
from qgis.core import QgsApplication

WORDS = {
    'provider': ('mujun 亩均', '亩均 mujun'),
    'provider long': ('mujun: what the land of an industrial park yields', '亩均：产业园区亩均产出与增容分析'),
    'analyze': ('Analyze a park', '园区分析'),
    'check': ('Check the data of a park', '数据检查'),
    'fit': ('Fit standard factories', '标准厂房可建方案'),
    'explain': ('Dossier of a parcel or an enterprise', '一地一档、一企一档'),
    'program setting': ('Program mujun (empty: environment variable MUJUN, else PATH)', 'mujun 程序（留空：依次取环境变量 MUJUN、PATH）'),
    'no program': ('the program mujun was not found: install it, or say where it is under Settings > Options > Processing > Providers > mujun, or in the environment variable MUJUN',
                   '找不到 mujun 程序：请先安装，或在“设置 > 选项 > 数据处理 > 提供者 > 亩均”中指明，或设置环境变量 MUJUN'),
    'bad program': ('"{path}" cannot be used as the program mujun: {why}', '“{path}”不能作为 mujun 程序使用：{why}'),
    'not executable': ('there is no such file, or it may not be run', '没有这个文件，或无权运行'),
    'no usage': ('it does not answer --json-usage', '它不能回答 --json-usage'),
    'no command': ('the program at "{path}" (version {version}) has no command "{command}"', '“{path}”（版本 {version}）没有命令“{command}”'),
    'other version': ('the program at "{path}" is version {version}, this plugin was made for {made}; parameters follow the program',
                      '“{path}”的版本是 {version}，本插件为 {made} 制作；参数以程序为准'),
    'PARK.YAML': ('project file (park.yaml)', '项目文件（park.yaml）'),
    'PARK.YAML help': ('names the files of the park and its settings; parameters below win over it', '列出园区的各个文件和设置；下面各项参数优先于它'),
    'PARCEL...': ('parcels by id, or #17 by row; spaces or commas between several', '宗地编号，或 #17 表示行号；多个用空格或逗号分隔'),
    'PARCEL... help': ('empty: all that may be industrial', '留空：全部可能的工业用地'),
    'DIR': ('folder of a result of Analyze', '园区分析的成果目录'),
    'PARCEL_ID': ('parcel by id, or #17 by row', '宗地编号，或 #17 表示行号'),
    # labels of options whose sentence does not fit beside a field
    '--format': ('format', '格式'),
    '--enterprise': ('enterprise instead of a parcel, by credit code or name', '企业档案：统一社会信用代码或完整的企业名称'),
    '--overwrite': ('replace an older result', '替换已有的成果'),
    '--on': ('draft instead of the parcels (polygons)', '草图（面），代替宗地'),
    'LOAD': ('load the layers with their styles', '带样式加载成果图层'),
    'dossier': ('dossier', '档案'),
    'by ending': ('empty: by the ending of the file (.html, .md, .txt)', '留空：按文件扩展名（.html、.md、.txt）'),
    'unsaved': ('layer "{name}" has edits that are not saved: the program reads what is saved', '图层“{name}”有未保存的编辑：程序只读已保存的内容'),
    'no file': ('parameter {name}: the layer cannot be handed over as a file', '参数 {name}：图层无法以文件形式交给程序'),
    'cancelled': ('cancelled; nothing was written', '已取消，没有写出成果'),
    'ended': ('mujun ended with code {code}', 'mujun 以退出码 {code} 结束'),
    'killed': ('mujun was ended by signal {code}', 'mujun 被信号 {code} 终止'),
    'warning': ('{message} ({code}: {count})', '{message}（{code}：{count}）'),
    'done': ('set aside {set_aside}, warnings {warnings}, notes {notes}', '剔除 {set_aside}，警告 {warnings}，说明 {notes}'),
    'nothing to show': ('no layers to show in "{folder}"', '“{folder}”中没有可显示的图层'),
    'parcels': ('parcels', '宗地'),
    'zones': ('zones', '片区'),
    'candidates': ('candidates', '再开发候选'),
    'fit layer': ('standard factories', '标准厂房可建方案'),
    'checks': ('checks of shapes', '图形检查'),
    'check_points': ('checks of shapes: points', '图形检查：点'),
    'gpkg': ('GeoPackage', 'GeoPackage'),
    'xlsx': ('workbook', '工作簿'),
    'ledger': ('ledger of data quality', '数据质量台账'),
    'SET_ASIDE': ('rows or values set aside', '剔除的记录或数值'),
    'WARNINGS': ('warnings', '警告'),
    'default': ('default: {value}', '默认：{value}'),
    'option': ('on the command line: {name}', '命令行：{name}'),
    'examples': ('On the command line:', '命令行示例：'),
}


def language():
    """'zh' or 'en', as QGIS itself speaks."""
    return 'zh' if QgsApplication.locale().lower().startswith('zh') else 'en'


def word(key, **values):
    text = WORDS[key][language() == 'zh']
    return text.format(**values) if values else text
