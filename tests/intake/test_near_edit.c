/* The only key at one edit, against all pairs and by hand. */
#include "intake/near.h"
#include "test.h"

static int32_t one(const char *query, mj_key_kind kind, int n, const char *const *key) {
  int32_t out = 99;
  CU_ASSERT_EQUAL(mj_near_edits(key, n, &query, 1, kind, 1, &out), MJ_OK);
  return out;
}

static void a_changed_missing_extra_or_swapped_character_is_one_edit(void) {
  static const char *const key[] = {"350502001002GB00017", "ABCDEFGHIJ"};
  ASSERT_INT(one("350502001002GB00817", MJ_KEY_PARCEL, 2, key), 0);
  ASSERT_INT(one("350502001002GB0017", MJ_KEY_PARCEL, 2, key), 0);
  ASSERT_INT(one("3505020010022GB00017", MJ_KEY_PARCEL, 2, key), 0);
  ASSERT_INT(one("350502001002BG00017", MJ_KEY_PARCEL, 2, key), 0);
  ASSERT_INT(one("350502001002GB00071", MJ_KEY_PARCEL, 2, key), 0);
  ASSERT_INT(one("BACDEFGHIJ", MJ_KEY_OTHER, 2, key), 1);
  ASSERT_INT(one("ABCDEFGHI", MJ_KEY_OTHER, 2, key), 1);
  ASSERT_INT(one("350502001003GB00018", MJ_KEY_PARCEL, 2, key), MJ_EDIT_NONE); /* two characters */
  ASSERT_INT(one("BBCDEFGHIK", MJ_KEY_OTHER, 2, key), MJ_EDIT_NONE);
  ASSERT_INT(one("CBADEFGHIJ", MJ_KEY_OTHER, 2, key), MJ_EDIT_NONE); /* swapped, but no neighbours */
}

static void two_keys_as_near_are_none(void) {
  static const char *const key[] = {"350502001002GB00011", "350502001002GB00012"};
  ASSERT_INT(one("350502001002GB00013", MJ_KEY_PARCEL, 2, key), MJ_EDIT_SEVERAL);
  ASSERT_INT(one("350502001002GB00031", MJ_KEY_PARCEL, 2, key), 0); /* two edits from the second */
}

static void short_texts_are_too_little_to_go_by(void) {
  static const char *const key[] = {"P-001", "1234567"};
  ASSERT_INT(one("P-002", MJ_KEY_OTHER, 2, key), MJ_EDIT_NONE);
  ASSERT_INT(one("1234568", MJ_KEY_OTHER, 2, key), MJ_EDIT_NONE);
}

static void the_check_character_says_which_credit_code_is_wrong(void) {
  static const char *const key[] = {"91350200MA2YJ1XR9G", "91350200MA2YJ1XR9H"};
  ASSERT_INT(one("91350200MA2YJ1XB9G", MJ_KEY_CREDIT, 2, key), 0);
  ASSERT_INT(one("91350200MA2YJ1XR9K", MJ_KEY_CREDIT, 2, key), 0); /* the other key's own check is wrong */
  ASSERT_INT(one("91350200MA2YJ1XR9G", MJ_KEY_CREDIT, 1, key + 1),
             MJ_EDIT_NONE); /* right by itself: another enterprise */
}

/* Every pair by the definition, written another way: try all edits of the query. */
static int brute(const char *query, const char *key) {
  char text[80];
  size_t n = strlen(query), m = strlen(key);
  for (size_t i = 0; i <= n; i++) {
    if (m + 1 == n && i < n) { /* without character i */
      memcpy(text, query, i);
      strcpy(text + i, query + i + 1);
      if (!strcmp(text, key)) return 1;
    }
    if (m == n + 1) { /* key without character i */
      memcpy(text, key, i);
      strcpy(text + i, key + i + 1);
      if (!strcmp(text, query)) return 1;
    }
    if (m != n || i == n) continue;
    strcpy(text, query);
    text[i] = key[i];
    if (!strcmp(text, key)) return 1;
    if (i + 1 == n) continue;
    strcpy(text, query);
    text[i] = query[i + 1];
    text[i + 1] = query[i];
    if (!strcmp(text, key)) return 1;
  }
  return 0;
}

static void random_texts_give_what_all_pairs_give(void) {
  enum { N = 300 };
  static char text[2 * N][16];
  const char *key[N], *query[N];
  int32_t out[N];
  unsigned seed = 7;
  int several = 0, found = 0;
  for (int i = 0; i < 2 * N; i++) {
    seed = seed * 1103515245u + 12345u;
    int n = 8 + (int)(seed >> 16) % 3;
    for (int k = 0; k < n; k++) {
      seed = seed * 1103515245u + 12345u;
      text[i][k] = k < 4 ? 'x' : (char)('a' + (seed >> 16) % 3);
    }
    text[i][n] = '\0';
  }
  int32_t n_query = 0, n_key = 0;
  for (int i = 0; i < N; i++) { /* keys are distinct */
    bool again = false;
    for (int k = 0; k < n_key; k++) again = again || !strcmp(key[k], text[i]);
    if (!again) key[n_key++] = text[i];
    query[i] = text[N + i];
  }
  for (int i = 0; i < N; i++) { /* queries are keys that meet none */
    bool met = false;
    for (int k = 0; k < n_key; k++) met = met || !strcmp(query[i], key[k]);
    if (!met) query[n_query++] = query[i];
  }
  CU_ASSERT_EQUAL_FATAL(mj_near_edits(key, n_key, query, n_query, MJ_KEY_OTHER, 1, out), MJ_OK);
  for (int32_t q = 0; q < n_query; q++) {
    int32_t want = MJ_EDIT_NONE;
    for (int k = 0; k < n_key; k++)
      if (brute(query[q], key[k])) want = want == MJ_EDIT_NONE ? k : MJ_EDIT_SEVERAL;
    several += want == MJ_EDIT_SEVERAL;
    found += want >= 0;
    ASSERT_INT(out[q], want);
  }
  CU_ASSERT(several > 10 && found > 10); /* the texts are dense enough to mean something */
}

/* More keys than one thread takes at once; of each query several keys or one, in ranges far apart. */
static void threads_change_nothing(void) {
  enum { KEYS = 20000, QUERIES = 400 };
  static char text[KEYS][16], asked[QUERIES][16];
  static const char *key[KEYS], *query[QUERIES];
  static int32_t alone[QUERIES], together[QUERIES];
  for (int i = 0; i < KEYS; i++) {
    snprintf(text[i], sizeof text[i], "park-%05d%c", i * 7 % KEYS, i % 3 ? 'a' : 'b');
    key[i] = text[i];
  }
  for (int q = 0; q < QUERIES; q++) {
    snprintf(asked[q], sizeof asked[q], "park-%05d", q * 41 % KEYS);
    if (q % 2) snprintf(asked[q], sizeof asked[q], "park-%04dxa", q * 11 % 2000);
    query[q] = asked[q];
  }
  int several = 0, found = 0;
  CU_ASSERT_EQUAL_FATAL(mj_near_edits(key, KEYS, query, QUERIES, MJ_KEY_OTHER, 1, alone), MJ_OK);
  CU_ASSERT_EQUAL_FATAL(mj_near_edits(key, KEYS, query, QUERIES, MJ_KEY_OTHER, 7, together), MJ_OK);
  CU_ASSERT(!memcmp(alone, together, sizeof alone));
  for (int q = 0; q < QUERIES; q++) {
    several += alone[q] == MJ_EDIT_SEVERAL;
    found += alone[q] >= 0;
  }
  ASSERT_INT(found, QUERIES / 2);   /* one letter behind is missing */
  ASSERT_INT(several, QUERIES / 2); /* ten digits fit the x, and more than one of those keys ends in a */
}

SUITE_OF(near_edit, T(a_changed_missing_extra_or_swapped_character_is_one_edit), T(two_keys_as_near_are_none),
         T(short_texts_are_too_little_to_go_by), T(the_check_character_says_which_credit_code_is_wrong),
         T(random_texts_give_what_all_pairs_give), T(threads_change_nothing));
