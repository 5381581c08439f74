<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- 宗地：按容积率由浅到深。分级只为显示，不是政策限值；未建与数据不足分开。大比例尺下标注容积率与上限。 -->
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="1">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
    <rules key="{f1110000-0000-4000-8000-000000000000}">
      <rule key="{f1110001-0000-4000-8000-000000000000}" label="0（未建）" filter="&quot;plot_ratio&quot; = 0" symbol="0"/>
      <rule key="{f1110002-0000-4000-8000-000000000000}" label="0.5 以下" filter="&quot;plot_ratio&quot; &gt; 0 AND &quot;plot_ratio&quot; &lt; 0.5" symbol="1"/>
      <rule key="{f1110003-0000-4000-8000-000000000000}" label="0.5～1.0" filter="&quot;plot_ratio&quot; &gt;= 0.5 AND &quot;plot_ratio&quot; &lt; 1" symbol="2"/>
      <rule key="{f1110004-0000-4000-8000-000000000000}" label="1.0～1.5" filter="&quot;plot_ratio&quot; &gt;= 1 AND &quot;plot_ratio&quot; &lt; 1.5" symbol="3"/>
      <rule key="{f1110005-0000-4000-8000-000000000000}" label="1.5～2.0" filter="&quot;plot_ratio&quot; &gt;= 1.5 AND &quot;plot_ratio&quot; &lt; 2" symbol="4"/>
      <rule key="{f1110006-0000-4000-8000-000000000000}" label="2.0 以上" filter="&quot;plot_ratio&quot; &gt;= 2" symbol="5"/>
      <rule key="{f1110007-0000-4000-8000-000000000000}" label="数据不足" filter="&quot;plot_ratio&quot; IS NULL" symbol="6"/>
    </rules>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="255,255,255,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="253,216,120,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="240,172,66,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="220,125,30,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="165,70,10,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="92,28,6,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="6" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="130,130,130,255"/><Option name="style" type="QString" value="b_diagonal"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple"><settings>
    <text-style fieldName="CASE WHEN @map_scale &lt;= 4000 THEN coalesce(nullif(regexp_substr(&quot;parcel_id&quot;, '([A-Z]{2}[0-9]{5})'), ''), &quot;parcel_id&quot;) || coalesce('\n' || format_number(&quot;plot_ratio&quot;, 2) || coalesce(' / ' || format_number(&quot;plot_ratio_cap&quot;, 2), ''), '') ELSE format_number(&quot;plot_ratio&quot;, 2) || coalesce(' / ' || format_number(&quot;plot_ratio_cap&quot;, 2), '') END" isExpression="1" fontFamily="Noto Sans CJK SC" fontSize="6.5" fontSizeUnit="Point" fontWeight="50" textColor="30,30,30,255" textOpacity="1" multilineHeight="1">
      <families><family name="Noto Sans CJK SC"/><family name="Source Han Sans SC"/><family name="Microsoft YaHei"/><family name="PingFang SC"/><family name="SimHei"/></families>
      <text-buffer bufferDraw="1" bufferSize="0.6" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85"/>
    </text-style>
    <text-format multilineAlign="1"/><placement placement="1" centroidInside="1" priority="5"/><rendering scaleVisibility="1" scaleMax="10500" scaleMin="1"/>
  </settings></labeling>
</qgis>
