/** @file hash.h  SHA-256 of every input file, on a thread of its own beside the work. */
#ifndef MJ_INTAKE_HASH_H
#define MJ_INTAKE_HASH_H

#include "mujun/status.h"

/** Lower-case hexadecimal digest of a file; of a shapefile or folder: of the bytes of all parts in name order. "" when
 * a part cannot be read. */
void mj_hash_path(const char *path, char out[65]);

typedef struct mj_hashing mj_hashing;
/** Start hashing n paths (borrowed until the end; the same path twice is hashed once). Without a thread it is done at
 * the end. Errors: MJ_ENOMEM. */
MJ_NODISCARD mj_status mj_hash_start(int n, const char *const *path, mj_hashing **out, mj_error *err);
/** Wait, and give [n] digests (NULL: only wait). Frees; NULL is nothing. Returns the seconds that it took. */
double mj_hash_finish(mj_hashing *hashing, char (*out)[65]);
#endif
