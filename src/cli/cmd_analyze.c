#include "analyze.h"

static int run(cli_context *cli, int argc, char **argv) { return analyze_run(cli, &cmd_analyze, argc, argv); }

const cli_command cmd_analyze = {
    .name = "analyze",
    .run = run,
    .arguments = "[PARK.YAML]",
    .summary = "read a park, measure and judge its land, and write layers and tables",
    .detail =
        "Says for every parcel what stands on it, what it yields per mu, whether it is idle or inefficient and by "
        "which rule, and how much floor area the plan still allows. Every row that could not be used stands in "
        "DIR/ledger.csv with the reason. Options win over PARK.YAML; those that take a FILE may be repeated.",
    .options = analyze_option_list,
    .examples = {{"mujun analyze samples/park/park.yaml -o out", "the sample park, all of it"},
                 {"mujun analyze --parcels samples/park/parcels.gpkg --as-of "
                  "2026-03-31 -o out --only csv",
                  "parcels alone, tables only"}},
    .exit_codes = "0123",
};
