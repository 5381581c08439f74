<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- 候选宗地：最先限制可建面积的因素。色相与明度同时变化，并以线型区分；未测算的为斜线。 -->
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="binding_constraint" symbollevels="0" enableorderby="0" forceraster="0">
    <categories>
      <category symbol="0" value="plot_ratio" label="容积率" render="true"/>
      <category symbol="1" value="coverage" label="建筑密度" render="true"/>
      <category symbol="2" value="height" label="高度" render="true"/>
      <category symbol="3" value="green" label="绿地和停车" render="true"/>
      <category symbol="4" value="shape" label="形状和退让" render="true"/>
      <category symbol="5" value="distance" label="间距" render="true"/>
      <category symbol="6" value="access" label="不临路" render="true"/>
      <category symbol="7" value="area" label="面积太小" render="true"/>
      <category symbol="8" value="structure" label="结构" render="true"/>
      <category symbol="9" value="" label="未测算" render="true"/>
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="8,48,107,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="116,173,209,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="171,94,16,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="27,120,55,255"/><Option name="style" type="QString" value="dense4"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="254,224,139,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="5" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="215,48,39,255"/><Option name="style" type="QString" value="horizontal"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="6" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="20,20,20,255"/><Option name="style" type="QString" value="cross"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="7" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="90,90,90,255"/><Option name="style" type="QString" value="diagonal_x"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="8" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="118,42,131,255"/><Option name="style" type="QString" value="vertical"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="9" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="130,130,130,255"/><Option name="style" type="QString" value="b_diagonal"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple"><settings>
    <text-style fieldName="coalesce(nullif(regexp_substr(&quot;parcel_id&quot;, '([A-Z]{2}[0-9]{5})'), ''), &quot;parcel_id&quot;)" isExpression="1" fontFamily="Noto Sans CJK SC" fontSize="6.5" fontSizeUnit="Point" fontWeight="50" textColor="30,30,30,255" textOpacity="1" multilineHeight="1">
      <families><family name="Noto Sans CJK SC"/><family name="Source Han Sans SC"/><family name="Microsoft YaHei"/><family name="PingFang SC"/><family name="SimHei"/></families>
      <text-buffer bufferDraw="1" bufferSize="0.6" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.85"/>
    </text-style>
    <text-format multilineAlign="1"/><placement placement="1" centroidInside="1" priority="5"/><rendering scaleVisibility="1" scaleMax="5500" scaleMin="1"/>
  </settings></labeling>
</qgis>
