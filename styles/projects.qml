<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- 项目：按四个一批的批次分色，批次用语不认识的按进度；大比例尺下标注名称。 -->
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="CASE WHEN &quot;batch&quot; ~ &#x27;未开工&#x27; THEN &#x27;planned&#x27; WHEN &quot;batch&quot; ~ &#x27;投用|投产|竣工|完工|finished|completed&#x27; THEN &#x27;finished&#x27; WHEN &quot;batch&quot; ~ &#x27;开工|begun&#x27; THEN &#x27;begun&#x27; WHEN &quot;batch&quot; ~ &#x27;建设|在建|construction|running&#x27; THEN &#x27;running&#x27; WHEN &quot;batch&quot; ~ &#x27;谋划|储备|签约|前期|planned&#x27; THEN &#x27;planned&#x27; WHEN &quot;progress&quot; = &#x27;not_started&#x27; THEN &#x27;planned&#x27; ELSE &quot;progress&quot; END" symbollevels="0" enableorderby="0" forceraster="0">
    <categories>
      <category symbol="0" value="finished" label="投用" render="true"/>
      <category symbol="1" value="running" label="建设" render="true"/>
      <category symbol="2" value="begun" label="开工" render="true"/>
      <category symbol="3" value="planned" label="谋划" render="true"/>
      <category symbol="4" value="" label="其他" render="true"/>
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="65,132,88,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="20,70,40,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.4"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="120,180,110,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="20,70,40,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.4"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="200,225,160,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="20,70,40,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.4"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="120,150,200,255"/><Option name="style" type="QString" value="b_diagonal"/>
        <Option name="outline_color" type="QString" value="50,80,140,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.4"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="130,130,130,255"/><Option name="style" type="QString" value="f_diagonal"/>
        <Option name="outline_color" type="QString" value="90,90,90,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.4"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple"><settings>
    <text-style fieldName="project_name" isExpression="0" fontFamily="Noto Sans CJK SC" fontSize="7" fontSizeUnit="Point" textColor="30,30,30,255" textOpacity="1">
      <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1"/>
    </text-style>
    <text-format/><placement placement="1"/><rendering scaleVisibility="1" scaleMax="10000" scaleMin="1"/>
  </settings></labeling>
</qgis>
