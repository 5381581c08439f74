<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- 检查点：自相交等没有面积的位置，按程度分形状与颜色。 -->
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms">
  <renderer-v2 type="categorizedSymbol" attr="severity" symbollevels="0" enableorderby="0" forceraster="0">
    <categories>
      <category symbol="0" value="major" label="严重" render="true"/>
      <category symbol="1" value="minor" label="一般" render="true"/>
      <category symbol="2" value="note" label="提示" render="true"/>
    </categories>
    <symbols>
      <symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="name" type="QString" value="cross2"/><Option name="color" type="QString" value="200,0,90,220"/>
        <Option name="outline_color" type="QString" value="200,0,90,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.6"/><Option name="outline_width_unit" type="QString" value="MM"/>
        <Option name="size" type="QString" value="4.2"/><Option name="size_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="marker" name="1" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="name" type="QString" value="triangle"/><Option name="color" type="QString" value="255,170,40,220"/>
        <Option name="outline_color" type="QString" value="214,120,0,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.6"/><Option name="outline_width_unit" type="QString" value="MM"/>
        <Option name="size" type="QString" value="3.4"/><Option name="size_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
      <symbol type="marker" name="2" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="90,140,210,220"/>
        <Option name="outline_color" type="QString" value="40,90,160,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.6"/><Option name="outline_width_unit" type="QString" value="MM"/>
        <Option name="size" type="QString" value="2.6"/><Option name="size_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
    </symbols>
  </renderer-v2>
</qgis>
