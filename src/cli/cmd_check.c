#include "analyze.h"

static int run(cli_context *cli, int argc, char **argv) { return analyze_run(cli, &cmd_check, argc, argv); }

const cli_command cmd_check = {
    .name = "check",
    .run = run,
    .arguments = "[PARK.YAML]",
    .summary = "say what is wrong with the data of a park, and where, without the analysis",
    .detail =
        "Reads everything as analyze does, prints what it found by code, and with -o writes the ledger, the places "
        "(layer checks) and a workbook to DIR. Nothing is judged, and no reference date is needed. With --strict it "
        "ends with code 3 when rows were set aside.",
    .options = analyze_option_list,
    .examples = {{"mujun check samples/park/park.yaml", "the findings on the sample park"},
                 {"mujun check --parcels samples/park/parcels.gpkg -o out --strict", "parcels alone, with files"}},
    .exit_codes = "0123",
};
