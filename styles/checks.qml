<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- 检查：按程度分色。边线按毫米画，再窄的重叠和缝隙在任何比例尺下都看得见。 -->
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms">
  <renderer-v2 type="categorizedSymbol" attr="severity" symbollevels="0" enableorderby="0" forceraster="0">
    <categories>
      <category symbol="0" value="major" label="严重" render="true"/>
      <category symbol="1" value="minor" label="一般" render="true"/>
      <category symbol="2" value="note" label="提示" render="true"/>
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="200,0,90,150"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="200,0,90,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.9"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="255,170,40,140"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="214,120,0,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.6"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="fill" name="2" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="90,140,210,110"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="40,90,160,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.4"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
    </symbols>
  </renderer-v2>
</qgis>
