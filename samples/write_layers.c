/* parcels.gpkg (pinyin names) and buildings.shp (Chinese names cut to ten bytes, GBK). */
#include <cpl_string.h>
#include <gdal.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sample.h"

static void set_parcel(OGRFeatureH f, const parcel *q) {
  set_text(f, "ZDDM", q->code);
  set_text(f, "ZL", q->address);
  set_text(f, "QLR", q->owner);
  set_text(f, "QLRZJH", q->owner_code);
  set_text(f, "DLBM", q->use);
  set_text(f, "DLMC", q->use_name);
  set_number(f, "ZDMJ", q->recorded_m2);
  set_number(f, "HTMJ", q->contract_m2);
  set_text(f, "HYDM", is_industrial(q) && q->kind != VACANT ? industries[q->industry].code : "");
  set_number(f, "GHRJL", q->cap);
  set_text(f, "SYQLX", q->tenure);
  set_text(f, "ZZRQ", q->tenure_end);
  set_flag(f, "SFDY", q->mortgaged);
  set_flag(f, "SFCF", q->seized);
  set_number(f, "CRJK", q->price_wan);
  set_text(f, "YDDGRQ", q->due);
  set_text(f, "YQDGRQ", q->extended);
  set_text(f, "JDRQ", q->delivered);
  set_flag(f, "SFDG", q->started);
  set_text(f, "SJDGRQ", q->started_on);
  set_text(f, "TGRQ", q->stopped);
  set_number(f, "YKFMJ", q->developed_m2);
  set_number(f, "YINGDGMJ", q->developable_m2);
  set_number(f, "YTZE", q->invested_wan);
  set_number(f, "ZTZE", q->invest_total_wan);
  set_text(f, "XZYY", q->cause);
}

void write_parcels(const park *p, const char *dir) {
  static const char *const first[] = {"ZDDM", "ZL", "QLR", "QLRZJH", "DLBM", "DLMC", NULL};
  static const char *const areas[] = {"ZDMJ", "HTMJ", NULL}, *const trade[] = {"HYDM", NULL},
                           *const cap[] = {"GHRJL", NULL};
  static const char *const title[] = {"SYQLX", "ZZRQ", "SFDY", "SFCF", NULL}, *const price[] = {"CRJK", NULL};
  static const char *const dates[] = {"YDDGRQ", "YQDGRQ", NULL}, *const started[] = {"SFDG", NULL},
                           *const handed[] = {"JDRQ", NULL};
  static const char *const went[] = {"SJDGRQ", "TGRQ", NULL},
                           *const progress[] = {"YKFMJ", "YINGDGMJ", "YTZE", "ZTZE", NULL},
                           *const cause[] = {"XZYY", NULL};
  GDALDatasetH file = create_file("GPKG", dir, "parcels.gpkg");
  OGRLayerH layer = create_layer(file, "ZD", EPSG_PARK, wkbMultiPolygon, NULL);
  add_fields(layer, OFTString, first);
  add_fields(layer, OFTReal, areas);
  add_fields(layer, OFTString, trade);
  add_fields(layer, OFTReal, cap);
  add_fields(layer, OFTString, title);
  add_fields(layer, OFTReal, price);
  add_fields(layer, OFTDate, dates);
  add_fields(layer, OFTString, handed);
  add_fields(layer, OFTString, started);
  add_fields(layer, OFTDate, went);
  add_fields(layer, OFTReal, progress);
  add_fields(layer, OFTString, cause);
  need(GDALDatasetStartTransaction(file, FALSE) == OGRERR_NONE, "no transaction");
  for (int i = 0; i < p->n_parcels; i++) {
    OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    set_parcel(f, &p->parcel[i]);
    OGRGeometryH many = OGR_G_ForceToMultiPolygon(OGR_G_Clone(p->parcel[i].geom));
    put_feature(layer, f, many);
    OGR_G_DestroyGeometry(many);
  }
  need(GDALDatasetCommitTransaction(file) == OGRERR_NONE, "parcels.gpkg cannot be written");
  GDALClose(file);
}

void write_buildings(const park *p, const char *dir) {
  static const char *const names[] = {"建筑编号", NULL}, *const storeys[] = {"地上层数", NULL},
                           *const heights[] = {"建筑高度", "首层层高", NULL};
  static const char *const area[] = {"登记建筑面", NULL}, *const words[] = {"建筑结构", "房屋用途", "使用状态", NULL},
                           *const year[] = {"建成年份", NULL};
  char **options = CSLSetNameValue(NULL, "ENCODING", "CP936");
  options = CSLSetNameValue(options, "DBF_DATE_LAST_UPDATE", "2026-03-31");
  GDALDatasetH file = create_file("ESRI Shapefile", dir, "buildings.shp");
  OGRLayerH layer = create_layer(file, "buildings", EPSG_PARK, wkbPolygon, options);
  CSLDestroy(options);
  add_fields(layer, OFTString, names);
  add_fields(layer, OFTInteger, storeys);
  add_fields(layer, OFTReal, heights);
  add_fields(layer, OFTReal, area);
  add_fields(layer, OFTString, words);
  add_fields(layer, OFTInteger, year);
  for (int i = 0; i < p->n_buildings; i++) {
    const building *b = &p->building[i];
    OGRFeatureH f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    set_text(f, "建筑编号", b->id);
    set_number(f, "地上层数", b->floors ? (double)b->floors : EMPTY);
    set_number(f, "建筑高度", b->height_m);
    set_number(f, "首层层高", b->ground_m);
    set_number(f, "登记建筑面", b->registered_m2);
    set_text(f, "建筑结构", b->structure);
    set_text(f, "房屋用途", b->use);
    set_text(f, "使用状态", b->state);
    set_number(f, "建成年份", b->year);
    put_feature(layer, f, b->geom);
  }
  GDALClose(file);
}
