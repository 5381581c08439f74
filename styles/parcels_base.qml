<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- 宗地轮廓：给其他专题垫底，不带结论。 -->
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="0">
  <renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="246,244,238,255"/><Option name="style" type="QString" value="solid"/>
        <Option name="outline_color" type="QString" value="120,120,120,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="0.16"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
    </symbols>
  </renderer-v2>
</qgis>
