<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- 片区：只画边线与名称，不遮宗地；名称在 1:15000 以下的小图上标注，再大就让位给宗地代码。 -->
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="1">
  <renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="255,255,255,0"/><Option name="style" type="QString" value="no"/>
        <Option name="outline_color" type="QString" value="25,25,112,255"/><Option name="outline_style" type="QString" value="dash"/>
        <Option name="outline_width" type="QString" value="0.7"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple"><settings>
    <text-style fieldName="zone" isExpression="0" fontFamily="Noto Sans CJK SC" fontSize="11" fontSizeUnit="Point" fontWeight="50" textColor="25,25,112,255" textOpacity="1">
      <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1"/>
    </text-style>
    <text-format/><placement placement="1" priority="5"/><rendering scaleVisibility="1" scaleMax="100000000" scaleMin="15000"/>
  </settings></labeling>
</qgis>
