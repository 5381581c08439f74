<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- 厂房单元：图形为所在建筑（宗地）。同一建筑的单元叠在一起，空置、租而未用、停产停用依次在上，有一个就看得到。 -->
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms">
  <renderer-v2 type="categorizedSymbol" attr="use_state" symbollevels="0" enableorderby="1" forceraster="0">
    <categories>
      <category symbol="0" value="in_use" label="在用" render="true"/>
      <category symbol="1" value="vacant" label="空置" render="true"/>
      <category symbol="2" value="stopped" label="停产停用" render="true"/>
      <category symbol="3" value="let_unused" label="租而未用" render="true"/>
      <category symbol="4" value="" label="其他" render="true"/>
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="190,210,235,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.2"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="215,48,39,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.2"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="240,150,60,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.2"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="3" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="90,30,110,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.2"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="4" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="245,245,245,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.2"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
    </symbols>
    <orderby><orderByClause asc="1" nullsFirst="1">CASE WHEN "use_state" = 'vacant' THEN 4 WHEN "use_state" = 'let_unused' THEN 3 WHEN "use_state" = 'stopped' THEN 2 WHEN "use_state" = 'in_use' THEN 1 ELSE 0 END</orderByClause></orderby>
  </renderer-v2>
</qgis>
