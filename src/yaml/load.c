#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "yaml/yaml.h"

enum { MOST_MIB = 4 }; /* settings and policies, no data sets */

static mj_status read_bytes(const mj_yaml_doc *doc, FILE *file, mj_text *out) {
  char bytes[8192];
  size_t n;
  while ((n = fread(bytes, 1, sizeof bytes, file)) > 0) {
    mj_text_put(out, bytes, n);
    if (out->n > (size_t)MOST_MIB << 20)
      return mj_fail(doc->err, MJ_EFORMAT, "%s '%s': expected at most %d MiB", doc->what, doc->file, MOST_MIB);
  }
  if (ferror(file)) return mj_fail(doc->err, MJ_EIO, "%s '%s': %s", doc->what, doc->file, strerror(errno));
  return out->failed ? mj_fail(doc->err, MJ_ENOMEM, "out of memory") : MJ_OK;
}

mj_status mj_yaml_bytes(const mj_yaml_doc *doc, mj_text *out) {
  struct stat st;
  if (stat(doc->file, &st))
    return mj_fail(doc->err, errno == ENOENT || errno == ENOTDIR ? MJ_ENOTFOUND : MJ_EIO, "%s '%s': %s", doc->what,
                   doc->file, strerror(errno));
  /* asked before opening: a pipe that nobody writes to would hold the program up for ever */
  if (!S_ISREG(st.st_mode)) return mj_fail(doc->err, MJ_EIO, "%s '%s': not a regular file", doc->what, doc->file);
  FILE *file = fopen(doc->file, "rb");
  if (!file) return mj_fail(doc->err, MJ_EIO, "%s '%s': %s", doc->what, doc->file, strerror(errno));
  mj_status status = read_bytes(doc, file, out);
  fclose(file);
  return status;
}

mj_status mj_yaml_load(const mj_yaml_doc *doc, mj_yaml_node **root) {
  mj_text text = {0};
  *root = NULL;
  mj_status status = mj_yaml_bytes(doc, &text);
  if (!status) status = mj_yaml_parse(doc, text.data ? text.data : "", text.n, root);
  mj_text_reset(&text);
  return status;
}
