<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- 企业：按亩均税收（企业填报的用地面积）由浅到深。分级只为显示，不是政策限值。位置相同的企业围着该点散开；大比例尺下标注名称。 -->
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="1">
  <renderer-v2 type="pointDisplacement" tolerance="0.00001" toleranceUnit="MapUnit" placement="1" circleWidth="0.15" circleColor="90,90,90,140" circleRadiusAddition="0" labelDistanceFactor="0" labelAttributeName="" labelFont="Noto Sans CJK SC,7,-1,5,50,0,0,0,0,0" symbollevels="0" enableorderby="0" forceraster="0">
    <renderer-v2 type="categorizedSymbol" attr="CASE WHEN &quot;tax_wan_per_mu&quot; &lt; 5 THEN 1 WHEN &quot;tax_wan_per_mu&quot; &lt; 10 THEN 2 WHEN &quot;tax_wan_per_mu&quot; &lt; 20 THEN 3 WHEN &quot;tax_wan_per_mu&quot; &lt; 30 THEN 4 WHEN &quot;tax_wan_per_mu&quot; &gt;= 30 THEN 5 END" symbollevels="0" enableorderby="0" forceraster="0">
      <categories>
        <category symbol="0" value="1" label="亩均税收 5 万元/亩以下" render="true"/>
        <category symbol="1" value="2" label="5～10" render="true"/>
        <category symbol="2" value="3" label="10～20" render="true"/>
        <category symbol="3" value="4" label="20～30" render="true"/>
        <category symbol="4" value="5" label="30 以上" render="true"/>
        <category symbol="5" value="" label="数据不足" render="true"/>
      </categories>
      <symbols>
        <symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
          <Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="255,255,204,255"/>
          <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.25"/><Option name="outline_width_unit" type="QString" value="MM"/>
          <Option name="size" type="QString" value="2.4"/><Option name="size_unit" type="QString" value="MM"/>
        </Option></layer></symbol>
        <symbol type="marker" name="1" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
          <Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="170,220,150,255"/>
          <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.25"/><Option name="outline_width_unit" type="QString" value="MM"/>
          <Option name="size" type="QString" value="2.4"/><Option name="size_unit" type="QString" value="MM"/>
        </Option></layer></symbol>
        <symbol type="marker" name="2" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
          <Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="80,175,140,255"/>
          <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.25"/><Option name="outline_width_unit" type="QString" value="MM"/>
          <Option name="size" type="QString" value="2.4"/><Option name="size_unit" type="QString" value="MM"/>
        </Option></layer></symbol>
        <symbol type="marker" name="3" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
          <Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="30,110,125,255"/>
          <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.25"/><Option name="outline_width_unit" type="QString" value="MM"/>
          <Option name="size" type="QString" value="2.4"/><Option name="size_unit" type="QString" value="MM"/>
        </Option></layer></symbol>
        <symbol type="marker" name="4" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
          <Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="15,45,85,255"/>
          <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.25"/><Option name="outline_width_unit" type="QString" value="MM"/>
          <Option name="size" type="QString" value="2.4"/><Option name="size_unit" type="QString" value="MM"/>
        </Option></layer></symbol>
        <symbol type="marker" name="5" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
          <Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="255,255,255,0"/>
          <Option name="outline_color" type="QString" value="120,120,120,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.3"/><Option name="outline_width_unit" type="QString" value="MM"/>
          <Option name="size" type="QString" value="2.0"/><Option name="size_unit" type="QString" value="MM"/>
        </Option></layer></symbol>
      </symbols>
    </renderer-v2>
    <symbol type="marker" name="centerSymbol" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
      <Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="90,90,90,255"/><Option name="outline_style" type="QString" value="no"/><Option name="size" type="QString" value="0.6"/><Option name="size_unit" type="QString" value="MM"/>
    </Option></layer></symbol>
  </renderer-v2>
  <labeling type="simple"><settings>
    <text-style fieldName="enterprise_name" isExpression="0" fontFamily="Noto Sans CJK SC" fontSize="7" fontSizeUnit="Point" textColor="30,30,30,255" textOpacity="1">
      <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1"/>
    </text-style>
    <text-format/><placement placement="6" dist="1.2" distUnits="MM" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR"/><rendering scaleVisibility="1" scaleMax="3000" scaleMin="1"/>
  </settings></labeling>
</qgis>
