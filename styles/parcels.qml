<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- 宗地：按状态分色。五类明度依次拉开，灰度打印与色觉障碍者仍可分辨；数据不足用斜线而不用颜色。 -->
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="status" symbollevels="0" enableorderby="0" forceraster="0">
    <categories>
      <category symbol="0" value="idle" label="疑似闲置" render="true"/>
      <category symbol="1" value="inefficient" label="低效" render="true"/>
      <category symbol="2" value="headroom" label="可增容" render="true"/>
      <category symbol="3" value="insufficient" label="数据不足" render="true"/>
      <category symbol="4" value="normal" label="正常" render="true"/>
      <category symbol="5" value="" label="未判定" render="true"/>
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="122,31,4,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="230,126,34,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="158,202,225,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="110,110,110,255"/><Option name="style" type="QString" value="b_diagonal"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="250,248,240,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="255,255,255,0"/><Option name="style" type="QString" value="no"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple"><settings>
    <text-style fieldName="coalesce(nullif(regexp_substr(&quot;parcel_id&quot;, '([A-Z]{2}[0-9]{5})'), ''), &quot;parcel_id&quot;) || coalesce('\n' || format_number(&quot;area_mu&quot;, 1) || ' 亩', '')" isExpression="1" fontFamily="Noto Sans CJK SC" fontSize="6.5" fontSizeUnit="Point" fontWeight="50" textColor="30,30,30,255" textOpacity="1" multilineHeight="1">
      <families><family name="Noto Sans CJK SC"/><family name="Source Han Sans SC"/><family name="Microsoft YaHei"/><family name="PingFang SC"/><family name="SimHei"/></families>
      <text-buffer bufferDraw="1" bufferSize="0.6" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85"/>
    </text-style>
    <text-format multilineAlign="1"/><placement placement="1" centroidInside="1" priority="5"/><rendering scaleVisibility="1" scaleMax="5500" scaleMin="1"/>
  </settings></labeling>
</qgis>
