#ifndef TEST_H
#define TEST_H
#include <CUnit/CUnit.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* A suite is one array of tests; suites.h names it. */
#define SUITE_OF(name, ...) \
  CU_SuiteInfo name##_suite = {#name, NULL, NULL, NULL, NULL, (CU_TestInfo[]){__VA_ARGS__, CU_TEST_INFO_NULL}}
#define T(fn) \
  { #fn, fn }

/* Bare CUnit does not say what it got: these do. */
#define ASSERT_NEAR(got, want, tolerance)                                                                   \
  do {                                                                                                      \
    double got_ = (got), want_ = (want), by_ = (tolerance);                                                 \
    int ok_ = fabs(got_ - want_) <= by_;                                                                    \
    if (!ok_) printf("\n    %s:%d: got %.17g, want %.17g within %g", __FILE__, __LINE__, got_, want_, by_); \
    CU_ASSERT(ok_);                                                                                         \
  } while (0)
#define ASSERT_INT(got, want)                                                                       \
  do {                                                                                              \
    long long got_ = (long long)(got), want_ = (long long)(want);                                   \
    if (got_ != want_) printf("\n    %s:%d: got %lld, want %lld", __FILE__, __LINE__, got_, want_); \
    CU_ASSERT(got_ == want_);                                                                       \
  } while (0)
#define ASSERT_TEXT(got, want)                                                                                      \
  do {                                                                                                              \
    const char *got_ = (got), *want_ = (want);                                                                      \
    int ok_ = got_ && want_ ? !strcmp(got_, want_) : got_ == want_;                                                 \
    if (!ok_)                                                                                                       \
      printf("\n    %s:%d: got '%s', want '%s'", __FILE__, __LINE__, got_ ? got_ : "NULL", want_ ? want_ : "NULL"); \
    CU_ASSERT(ok_);                                                                                                 \
  } while (0)
#define ASSERT_HAS(got, part)                                                                          \
  do {                                                                                                 \
    const char *got_ = (got), *part_ = (part);                                                         \
    int ok_ = got_ && strstr(got_, part_);                                                             \
    if (!ok_) printf("\n    %s:%d: '%s' lacks '%s'", __FILE__, __LINE__, got_ ? got_ : "NULL", part_); \
    CU_ASSERT(ok_);                                                                                    \
  } while (0)
#endif
