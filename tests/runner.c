#include <CUnit/Basic.h>
#include <stdio.h>
#include <string.h>

#include "test.h"

#define SUITE(name) extern CU_SuiteInfo name##_suite;
#include "suite_list.h"
#undef SUITE

/* runner [suite]: run one suite, or all. Exit 0 only when something ran and nothing failed. */
int main(int argc, char **argv) {
#define SUITE(name) &name##_suite,
  CU_SuiteInfo *all[] = {
#include "suite_list.h"
  };
#undef SUITE
  if (CU_initialize_registry() != CUE_SUCCESS) return 1;
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    CU_SuiteInfo pick[] = {*all[i], CU_SUITE_INFO_NULL};
    if (argc < 2 || !strcmp(argv[1], all[i]->pName))
      if (CU_register_suites(pick) != CUE_SUCCESS) return 1;
  }
  CU_basic_set_mode(CU_BRM_VERBOSE);
  CU_basic_run_tests();
  int bad = CU_get_number_of_tests_run() == 0 || CU_get_number_of_failures() > 0;
  CU_cleanup_registry();
  return bad;
}
