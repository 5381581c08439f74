<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- 宗地：按亩均税收由浅到深。分级只为显示，不是政策限值。 -->
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="1">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
    <rules key="{f1130000-0000-4000-8000-000000000000}">
      <rule key="{f1130001-0000-4000-8000-000000000000}" label="5 万元/亩以下" filter="&quot;tax_wan_per_mu&quot; &lt; 5" symbol="0"/>
      <rule key="{f1130002-0000-4000-8000-000000000000}" label="5～10" filter="&quot;tax_wan_per_mu&quot; &gt;= 5 AND &quot;tax_wan_per_mu&quot; &lt; 10" symbol="1"/>
      <rule key="{f1130003-0000-4000-8000-000000000000}" label="10～20" filter="&quot;tax_wan_per_mu&quot; &gt;= 10 AND &quot;tax_wan_per_mu&quot; &lt; 20" symbol="2"/>
      <rule key="{f1130004-0000-4000-8000-000000000000}" label="20～30" filter="&quot;tax_wan_per_mu&quot; &gt;= 20 AND &quot;tax_wan_per_mu&quot; &lt; 30" symbol="3"/>
      <rule key="{f1130005-0000-4000-8000-000000000000}" label="30 万元/亩以上" filter="&quot;tax_wan_per_mu&quot; &gt;= 30" symbol="4"/>
      <rule key="{f1130006-0000-4000-8000-000000000000}" label="数据不足" filter="&quot;tax_wan_per_mu&quot; IS NULL" symbol="5"/>
    </rules>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="255,255,204,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="170,220,150,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="80,175,140,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="30,110,125,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="15,45,85,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="130,130,130,255"/><Option name="style" type="QString" value="b_diagonal"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple"><settings>
    <text-style fieldName="CASE WHEN @map_scale &lt;= 4000 THEN coalesce(nullif(regexp_substr(&quot;parcel_id&quot;, '([A-Z]{2}[0-9]{5})'), ''), &quot;parcel_id&quot;) || coalesce('\n' || format_number(&quot;tax_wan_per_mu&quot;, 1), '') ELSE format_number(&quot;tax_wan_per_mu&quot;, 1) END" isExpression="1" fontFamily="Noto Sans CJK SC" fontSize="6.5" fontSizeUnit="Point" fontWeight="50" textColor="30,30,30,255" textOpacity="1" multilineHeight="1">
      <families><family name="Noto Sans CJK SC"/><family name="Source Han Sans SC"/><family name="Microsoft YaHei"/><family name="PingFang SC"/><family name="SimHei"/></families>
      <text-buffer bufferDraw="1" bufferSize="0.6" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85"/>
    </text-style>
    <text-format multilineAlign="1"/><placement placement="1" centroidInside="1" priority="5"/><rendering scaleVisibility="1" scaleMax="10500" scaleMin="1"/>
  </settings></labeling>
</qgis>
