/* mj_sample_park: writes a synthetic industrial park, one park of three pieces, at any size.
 * Everything in it is made up; the same arguments give the same bytes. */
#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <errno.h>
#include <gdal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

static const char usage[] =
    "usage: mj_sample_park OUT_DIR [N_PARCELS] [SEED]\n"
    "writes the layers and tables of a synthetic park into OUT_DIR (made where it is not there)\n"
    "N_PARCELS  200 to 200000, default 400; buildings 9 to 4 parcels, enterprises about 3 to 4\n"
    "SEED       a whole number, default 1\n";

static bool whole_number(const char *text, long low, long high, long *value) {
  char *end;
  errno = 0;
  *value = strtol(text, &end, 10);
  return !errno && end != text && *end == '\0' && *value >= low && *value <= high;
}

static void release(park *p) {
  for (int i = 0; i < p->n_parcels; i++) OGR_G_DestroyGeometry(p->parcel[i].geom);
  for (int i = 0; i < p->n_buildings; i++) OGR_G_DestroyGeometry(p->building[i].geom);
  for (int i = 0; i < N_ZONES; i++) OGR_G_DestroyGeometry(p->zone_outline[i]);
  free(p->block);
  free(p->parcel);
  free(p->building);
  free(p->firm);
  free(p->truth);
}

int main(int argc, char **argv) {
  long n = 400, seed = 1;
  bool good = argc >= 2 && argc <= 4 && argv[1][0] != '-' && (argc < 3 || whole_number(argv[2], 200, 200000, &n)) &&
              (argc < 4 || whole_number(argv[3], 0, 1000000000, &seed));
  if (!good) {
    bool asked = argc == 2 && strcmp(argv[1], "--help") == 0;
    fputs(usage, asked ? stdout : stderr);
    return asked ? 0 : 2;
  }
  const char *dir = argv[1];
  CPLSetConfigOption("OGR_CURRENT_DATE",
                     "2026-03-31T00:00:00.000Z"); /* so that a GeoPackage comes out the same again */
  GDALAllRegister();
  need(VSIMkdir(dir, 0755) == 0 || VSIMkdirRecursive(dir, 0755) == 0, "the folder cannot be made");
  park p = {.seed = (uint64_t)seed, .n_wanted = (int)n};
  make_blocks(&p);
  make_parcels(&p);
  make_land(&p);
  make_buildings(&p);
  make_firms(&p);
  make_figures(&p);
  make_dirt(&p);
  make_firm_dirt(&p);
  write_parcels(&p, dir);
  write_buildings(&p, dir);
  write_plan(&p, dir);
  write_surroundings(&p, dir);
  write_enterprises(&p, dir);
  write_occupancies(&p, dir);
  write_lists(&p, dir);
  printf("%s: %d parcels, %d buildings, %d enterprises, seed %ld\n", dir, p.n_parcels, p.n_buildings, p.n_firms, seed);
  release(&p);
  return 0;
}
