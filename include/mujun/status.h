/** @file status.h  How every call reports failure: a code to branch on, a message to show. */
#ifndef MUJUN_STATUS_H
#define MUJUN_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define MJ_API __attribute__((visibility("default")))
#define MJ_NODISCARD __attribute__((warn_unused_result))
#define MJ_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define MJ_FORMAT_ARG(fmt) __attribute__((format_arg(fmt)))
#else
#define MJ_API
#define MJ_NODISCARD
#define MJ_PRINTF(fmt, args)
#define MJ_FORMAT_ARG(fmt)
#endif

typedef enum {
  MJ_OK = 0,
  MJ_ENOMEM,    /**< allocation failed */
  MJ_EINVAL,    /**< an argument lies outside its documented domain */
  MJ_EIO,       /**< a file, layer or database could not be read or written */
  MJ_EFORMAT,   /**< the bytes were read but are not what they claim to be */
  MJ_ENOTFOUND, /**< no such file, layer, column or row */
  MJ_EEXIST,    /**< an output is already there and may not be replaced */
  MJ_ECRS,      /**< a reference system is missing, unknown or mismatched */
  MJ_ERULE,     /**< a rulebook asks for something that cannot be evaluated */
  MJ_STATUS_END /**< one past the last code; not a status */
} mj_status;

/** Language of everything a person reads. */
typedef enum { MJ_EN = 0, MJ_ZH = 1 } mj_lang;

/** Optional detail, owned by the caller, usually on its stack. Set lang before the call. Never allocates. */
typedef struct {
  mj_status code;
  mj_lang lang;
  char message[1024];
} mj_error;

/** Fixed English name of a code: "ok", "out of memory", ... Never NULL. */
MJ_API const char *mj_status_name(mj_status code);

/**
 * Fill @p err (which may be NULL) and return @p code, so that `return mj_fail(...)` reads well.
 * @p fmt is the English text; where err->lang is MJ_ZH its line in messages.def is used.
 * A message is one line: file, layer, row, field, what was found, what was expected.
 */
MJ_API MJ_PRINTF(3, 4) mj_status mj_fail(mj_error *err, mj_status code, const char *fmt, ...);

/** The text of @p english in @p lang by messages.def; @p english itself where there is no line. */
MJ_API MJ_FORMAT_ARG(2) const char *mj_tr(mj_lang lang, const char *english);

/** Leave the calling function with the same status when @p expr fails. */
#define MJ_TRY(expr)                           \
  do {                                         \
    mj_status mj_try_status_ = (expr);         \
    if (mj_try_status_) return mj_try_status_; \
  } while (0)

#ifdef __cplusplus
}
#endif
#endif
