<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- 一地一图：只画地图集当前这一宗，粗边线，不遮底下的颜色。 -->
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms" labelsEnabled="0">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
    <rules key="{f1900000-0000-4000-8000-000000000000}">
      <rule key="{f1900001-0000-4000-8000-000000000000}" label="本宗地" filter="$id = @atlas_featureid" symbol="0"/>
    </rules>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
        <Option name="color" type="QString" value="255,255,255,0"/><Option name="style" type="QString" value="no"/>
        <Option name="outline_color" type="QString" value="200,0,90,255"/><Option name="outline_style" type="QString" value="solid"/>
        <Option name="outline_width" type="QString" value="1.1"/><Option name="outline_width_unit" type="QString" value="MM"/>
      </Option></layer></symbol>
    </symbols>
  </renderer-v2>
</qgis>
