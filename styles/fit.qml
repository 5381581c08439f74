<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- 标准厂房可建方案：可建范围虚线，消防车道灰色，厂房按层数填色（灰度打印也分得开）；默认只显示净增最多的方式，其他方式在图例中打开。大比例尺下标注层数×基底面积和建筑面积。 -->
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="1">
  <renderer-v2 type="RuleRenderer" symbollevels="1" enableorderby="0" forceraster="0">
    <rules key="{f1700000-0000-4000-8000-000000000000}">
      <rule key="{f1700001-0000-4000-8000-000000000000}" label="可建范围" filter="&quot;part&quot; = 'buildable'" symbol="0"/>
      <rule key="{f1700002-0000-4000-8000-000000000000}" label="消防车道" filter="&quot;part&quot; = 'lane' AND &quot;chosen&quot; = 'yes'" symbol="1"/>
      <rule key="{f1700007-0000-4000-8000-000000000000}" label="净增最多的方式" filter="&quot;part&quot; IN ('module', 'storeys') AND &quot;chosen&quot; = 'yes'">
        <rule key="{f1700003-0000-4000-8000-000000000000}" label="3 层及以下" filter="&quot;part&quot; = 'module' AND &quot;storeys&quot; &lt;= 3" symbol="2"/>
        <rule key="{f1700004-0000-4000-8000-000000000000}" label="4—5 层" filter="&quot;part&quot; = 'module' AND &quot;storeys&quot; IN (4, 5)" symbol="3"/>
        <rule key="{f1700005-0000-4000-8000-000000000000}" label="6 层及以上" filter="&quot;part&quot; = 'module' AND &quot;storeys&quot; &gt;= 6" symbol="4"/>
        <rule key="{f1700006-0000-4000-8000-000000000000}" label="加层" filter="&quot;part&quot; = 'storeys'" symbol="5"/>
      </rule>
      <rule key="{f1700008-0000-4000-8000-000000000000}" label="空地新建（其他方式）" filter="&quot;part&quot; IN ('module', 'storeys') AND &quot;fit_way&quot; = 'open' AND &quot;chosen&quot; &lt;&gt; 'yes'" symbol="6" checkstate="0"/>
      <rule key="{f1700009-0000-4000-8000-000000000000}" label="加层改造（其他方式）" filter="&quot;part&quot; IN ('module', 'storeys') AND &quot;fit_way&quot; = 'storeys' AND &quot;chosen&quot; &lt;&gt; 'yes'" symbol="7" checkstate="0"/>
      <rule key="{f1700010-0000-4000-8000-000000000000}" label="拆除重建（其他方式）" filter="&quot;part&quot; IN ('module', 'storeys') AND &quot;fit_way&quot; = 'rebuild' AND &quot;chosen&quot; &lt;&gt; 'yes'" symbol="6" checkstate="0"/>
    </rules>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="1"><Option type="Map">
        <Option name="color" type="QString" value="255,255,255,0"/><Option name="style" type="QString" value="no"/>
        <Option name="outline_color" type="QString" value="90,60,20,255"/><Option name="outline_style" type="QString" value="dash"/>
        <Option name="outline_width" type="QString" value="0.35"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="120,120,120,255"/><Option name="style" type="QString" value="dense5"/>
        <Option name="outline_color" type="QString" value="165,165,165,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.1"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="2"><Option type="Map">
        <Option name="color" type="QString" value="254,217,142,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="60,40,10,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.3"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="2"><Option type="Map">
        <Option name="color" type="QString" value="236,112,20,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="60,40,10,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.3"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="2"><Option type="Map">
        <Option name="color" type="QString" value="140,45,4,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="60,40,10,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.3"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="2"><Option type="Map">
        <Option name="color" type="QString" value="60,40,10,255"/><Option name="style" type="QString" value="b_diagonal"/>
        <Option name="outline_color" type="QString" value="60,40,10,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.4"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="6" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="2"><Option type="Map">
        <Option name="color" type="QString" value="255,255,255,0"/><Option name="style" type="QString" value="no"/>
        <Option name="outline_color" type="QString" value="20,20,20,255"/><Option name="outline_style" type="QString" value="dot"/>
        <Option name="outline_width" type="QString" value="0.35"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="7" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="2"><Option type="Map">
        <Option name="color" type="QString" value="20,20,20,255"/><Option name="style" type="QString" value="f_diagonal"/>
        <Option name="outline_color" type="QString" value="20,20,20,255"/><Option name="outline_style" type="QString" value="dot"/>
        <Option name="outline_width" type="QString" value="0.35"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple"><settings>
    <text-style fieldName="CASE WHEN &quot;chosen&quot; = 'yes' AND &quot;part&quot; = 'module' THEN &quot;storeys&quot; || 'F × ' || format_number(&quot;plate_m2&quot;, 0) || '\n' || format_number(&quot;floor_area_m2&quot;, 0) || ' ㎡' WHEN &quot;chosen&quot; = 'yes' AND &quot;part&quot; = 'storeys' THEN '+' || &quot;storeys&quot; || 'F\n' || format_number(&quot;floor_area_m2&quot;, 0) || ' ㎡' END" isExpression="1" fontFamily="Noto Sans CJK SC" fontSize="7" fontSizeUnit="Point" fontWeight="50" textColor="30,30,30,255" textOpacity="1" multilineHeight="1">
      <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1"/>
    </text-style>
    <text-format multilineAlign="1"/><placement placement="1" priority="5"/><rendering scaleVisibility="1" scaleMax="2500" scaleMin="1"/>
  </settings></labeling>
</qgis>
