<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- 企业：有评价办法时按类别分色；类别随租户与宗地主的归属方式变化的加粗黑边。位置相同的企业围着该点散开；大比例尺下标注名称。 -->
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="1">
  <renderer-v2 type="pointDisplacement" tolerance="0.00001" toleranceUnit="MapUnit" placement="1" circleWidth="0.15" circleColor="90,90,90,140" circleRadiusAddition="0" labelDistanceFactor="0" labelAttributeName="" labelFont="Noto Sans CJK SC,7,-1,5,50,0,0,0,0,0" symbollevels="0" enableorderby="0" forceraster="0">
    <renderer-v2 type="categorizedSymbol" attr="grade" symbollevels="0" enableorderby="0" forceraster="0">
      <categories>
        <category symbol="0" value="A" label="A" render="true"/>
        <category symbol="1" value="B" label="B" render="true"/>
        <category symbol="2" value="C" label="C" render="true"/>
        <category symbol="3" value="D" label="D" render="true"/>
        <category symbol="4" value="T" label="T" render="true"/>
        <category symbol="5" value="" label="未分类" render="true"/>
      </categories>
      <symbols>
        <symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
          <Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="10,75,50,255"/>
          <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.25"/><Option name="outline_width_unit" type="QString" value="MM"/>
          <Option name="size" type="QString" value="2.4"/><Option name="size_unit" type="QString" value="MM"/>
        </Option><data_defined_properties><Option type="Map"><Option name="name" type="QString" value=""/><Option name="properties" type="Map"><Option name="outlineWidth" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;grade_depends&quot; = &#x27;yes&#x27;, 0.7, 0.25)"/><Option name="type" type="int" value="3"/></Option><Option name="outlineColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;grade_depends&quot; = &#x27;yes&#x27;, &#x27;20,20,20,255&#x27;, @value)"/><Option name="type" type="int" value="3"/></Option></Option><Option name="type" type="QString" value="collection"/></Option></data_defined_properties></layer></symbol>
        <symbol type="marker" name="1" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
          <Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="135,205,165,255"/>
          <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.25"/><Option name="outline_width_unit" type="QString" value="MM"/>
          <Option name="size" type="QString" value="2.4"/><Option name="size_unit" type="QString" value="MM"/>
        </Option><data_defined_properties><Option type="Map"><Option name="name" type="QString" value=""/><Option name="properties" type="Map"><Option name="outlineWidth" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;grade_depends&quot; = &#x27;yes&#x27;, 0.7, 0.25)"/><Option name="type" type="int" value="3"/></Option><Option name="outlineColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;grade_depends&quot; = &#x27;yes&#x27;, &#x27;20,20,20,255&#x27;, @value)"/><Option name="type" type="int" value="3"/></Option></Option><Option name="type" type="QString" value="collection"/></Option></data_defined_properties></layer></symbol>
        <symbol type="marker" name="2" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
          <Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="255,225,150,255"/>
          <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.25"/><Option name="outline_width_unit" type="QString" value="MM"/>
          <Option name="size" type="QString" value="2.4"/><Option name="size_unit" type="QString" value="MM"/>
        </Option><data_defined_properties><Option type="Map"><Option name="name" type="QString" value=""/><Option name="properties" type="Map"><Option name="outlineWidth" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;grade_depends&quot; = &#x27;yes&#x27;, 0.7, 0.25)"/><Option name="type" type="int" value="3"/></Option><Option name="outlineColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;grade_depends&quot; = &#x27;yes&#x27;, &#x27;20,20,20,255&#x27;, @value)"/><Option name="type" type="int" value="3"/></Option></Option><Option name="type" type="QString" value="collection"/></Option></data_defined_properties></layer></symbol>
        <symbol type="marker" name="3" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
          <Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="205,35,35,255"/>
          <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.25"/><Option name="outline_width_unit" type="QString" value="MM"/>
          <Option name="size" type="QString" value="2.4"/><Option name="size_unit" type="QString" value="MM"/>
        </Option><data_defined_properties><Option type="Map"><Option name="name" type="QString" value=""/><Option name="properties" type="Map"><Option name="outlineWidth" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;grade_depends&quot; = &#x27;yes&#x27;, 0.7, 0.25)"/><Option name="type" type="int" value="3"/></Option><Option name="outlineColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;grade_depends&quot; = &#x27;yes&#x27;, &#x27;20,20,20,255&#x27;, @value)"/><Option name="type" type="int" value="3"/></Option></Option><Option name="type" type="QString" value="collection"/></Option></data_defined_properties></layer></symbol>
        <symbol type="marker" name="4" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
          <Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="165,130,205,255"/>
          <Option name="outline_color" type="QString" value="70,70,70,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.25"/><Option name="outline_width_unit" type="QString" value="MM"/>
          <Option name="size" type="QString" value="2.4"/><Option name="size_unit" type="QString" value="MM"/>
        </Option><data_defined_properties><Option type="Map"><Option name="name" type="QString" value=""/><Option name="properties" type="Map"><Option name="outlineWidth" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;grade_depends&quot; = &#x27;yes&#x27;, 0.7, 0.25)"/><Option name="type" type="int" value="3"/></Option><Option name="outlineColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;grade_depends&quot; = &#x27;yes&#x27;, &#x27;20,20,20,255&#x27;, @value)"/><Option name="type" type="int" value="3"/></Option></Option><Option name="type" type="QString" value="collection"/></Option></data_defined_properties></layer></symbol>
        <symbol type="marker" name="5" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
          <Option name="name" type="QString" value="circle"/><Option name="color" type="QString" value="255,255,255,0"/>
          <Option name="outline_color" type="QString" value="120,120,120,255"/><Option name="outline_style" type="QString" value="solid"/><Option name="outline_width" type="QString" value="0.3"/><Option name="outline_width_unit" type="QString" value="MM"/>
          <Option name="size" type="QString" value="2.0"/><Option name="size_unit" type="QString" value="MM"/>
        </Option><data_defined_properties><Option type="Map"><Option name="name" type="QString" value=""/><Option name="properties" type="Map"><Option name="outlineWidth" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;grade_depends&quot; = &#x27;yes&#x27;, 0.7, 0.25)"/><Option name="type" type="int" value="3"/></Option><Option name="outlineColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;grade_depends&quot; = &#x27;yes&#x27;, &#x27;20,20,20,255&#x27;, @value)"/><Option name="type" type="int" value="3"/></Option></Option><Option name="type" type="QString" value="collection"/></Option></data_defined_properties></layer></symbol>
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
