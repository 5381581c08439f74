#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "gis/ogr_source.h"

static const char UTF8[] = "UTF-8", GB18030[] = "GB18030", LATIN[] = "CP1252";

bool mj_is_ascii(const char *bytes, size_t n) {
  uint64_t seen = 0, word;
  for (; n >= 8; n -= 8, bytes += 8) {
    memcpy(&word, bytes, 8);
    seen |= word;
    if (seen & 0x8080808080808080U) return false;
  }
  for (; n > 0; n--) seen |= (unsigned char)*bytes++;
  return !(seen & 0x8080808080808080U);
}

const char *mj_encoding_of_ldid(int ldid) {
  switch (ldid) {
    case 0x4D:
    case 0x7A:
      return GB18030;
    case 0x4F:
    case 0x78:
      return "BIG5-HKSCS";
    case 0x13:
    case 0x7B:
      return "CP932";
    case 0x4E:
    case 0x79:
      return "CP949";
    case 0x03:
    case 0x57:
    case 0x58:
    case 0x59:
      return LATIN;
    default:
      return NULL;
  }
}

const char *mj_encoding_of(const char *said, mj_arena *arena) {
  static const struct {
    const char *said, *means;
  } known[] = {{"UTF-8", UTF8},
               {"UTF8", UTF8},
               {"65001", UTF8},
               {"CP65001", UTF8},
               {"GBK", GB18030},
               {"GB2312", GB18030},
               {"GB18030", GB18030},
               {"936", GB18030},
               {"CP936", GB18030},
               {"ANSI 936", GB18030},
               {"54936", GB18030},
               {"BIG5", "BIG5-HKSCS"},
               {"950", "BIG5-HKSCS"},
               {"CP950", "BIG5-HKSCS"},
               {"1252", LATIN},
               {"CP1252", LATIN},
               {"ANSI 1252", LATIN},
               {"ISO-8859-1", LATIN},
               {"ISO88591", LATIN},
               {"88591", LATIN},
               {"ISO 8859-1", LATIN},
               {"OEM", NULL},
               {"ANSI", NULL},
               {"SYSTEM", NULL},
               {"", NULL}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (!strcasecmp(said, known[i].said)) return known[i].means;
  return mj_arena_text(arena, said, strlen(said));
}

/* mj_utf8_valid with short cuts for eight ASCII bytes and for one Han character (E4-E9): whole files go through here.
 */
static bool utf8_valid(const char *bytes, size_t n) {
  const unsigned char *b = (const unsigned char *)bytes;
  for (size_t i = 0; i < n;) {
    uint64_t word = 0x80;
    if (n - i >= 8) memcpy(&word, b + i, 8);
    if (!(word & 0x8080808080808080U)) {
      i += 8;
    } else if (b[i] < 0x80) {
      i++;
    } else if (n - i >= 3 && b[i] >= 0xE4 && b[i] <= 0xE9 && (b[i + 1] & 0xC0) == 0x80 && (b[i + 2] & 0xC0) == 0x80) {
      i += 3;
    } else {
      size_t step = b[i] < 0xE0 ? 2 : b[i] < 0xF0 ? 3 : 4;
      if (n - i < step || !mj_utf8_valid(bytes + i, step)) return false;
      i += step;
    }
  }
  return true;
}

/* Bytes of the longest well-formed beginning, whole characters only. */
static size_t utf8_whole(const char *bytes, size_t n) {
  if (utf8_valid(bytes, n)) return n;
  for (size_t cut = 1; cut <= 3 && cut <= n; cut++) {
    unsigned char lead = (unsigned char)bytes[n - cut];
    if (lead < 0x80) return 0;
    if (lead >= 0xC0) return lead >= 0xC2 && lead < 0xF5 && utf8_valid(bytes, n - cut) ? n - cut : 0;
  }
  return 0;
}

/* The structure of GB 18030: one byte, two (second 40-7E, 80-FE), or four (second and fourth a digit). 0: broken; n - 1
 * .. n - 3: cut. */
static size_t gb18030_whole(const char *bytes, size_t n) {
  const unsigned char *b = (const unsigned char *)bytes;
  for (size_t i = 0; i < n;) {
    if (b[i] < 0x80) {
      i++;
      continue;
    }
    if (b[i] == 0x80 || b[i] == 0xFF) return 0;
    if (i + 1 >= n) return i;
    if (b[i + 1] >= 0x40 && b[i + 1] != 0x7F && b[i + 1] != 0xFF) {
      i += 2;
    } else if (b[i + 1] >= 0x30 && b[i + 1] <= 0x39) {
      if (i + 2 >= n) return i;
      if (b[i + 2] < 0x81 || b[i + 2] == 0xFF) return 0;
      if (i + 3 >= n) return i;
      if (b[i + 3] < 0x30 || b[i + 3] > 0x39) return 0;
      i += 4;
    } else {
      return 0;
    }
  }
  return n;
}

static bool iconv_takes(void *cd, const char *bytes, size_t n, bool cut) {
  char *copy = malloc(n + 1), sink[256];
  if (!copy) return false;
  memcpy(copy, bytes, n);
  char *in = copy;
  bool good = true;
  iconv(cd, NULL, NULL, NULL, NULL);
  while (n > 0 && good) {
    char *out = sink;
    size_t room = sizeof sink;
    if (iconv(cd, &in, &n, &out, &room) == (size_t)-1 && errno != E2BIG) {
      good = errno == EINVAL && cut;
      break;
    }
  }
  free(copy);
  return good;
}

mj_status mj_vote_start(mj_vote *vote, const char *declared) {
  *vote = (mj_vote){.declared = declared, .ascii = true, .utf8 = true, .gb18030 = true, .fits = true};
  vote->weak = declared && !strcmp(declared, LATIN);
  if (!declared || !strcmp(declared, UTF8) || !strcmp(declared, GB18030)) return MJ_OK;
  vote->cd = iconv_open(UTF8, declared);
  if (vote->cd != (iconv_t)-1) return MJ_OK;
  vote->cd = NULL;
  vote->declared = NULL;
  return MJ_EINVAL;
}

void mj_vote_feed(mj_vote *vote, const char *bytes, size_t n, bool cut) {
  if (mj_is_ascii(bytes, n)) return;
  vote->ascii = false;
  if (vote->utf8) {
    size_t whole = utf8_whole(bytes, n);
    vote->utf8 = whole == n || (cut && whole > 0);
  }
  if (vote->gb18030) {
    size_t whole = gb18030_whole(bytes, n);
    vote->gb18030 = whole == n || (cut && whole > 0);
  }
  if (vote->cd && vote->fits && !vote->weak) vote->fits = iconv_takes(vote->cd, bytes, n, cut);
}

const char *mj_vote_end(mj_vote *vote, bool *declared) {
  const char *said = vote->declared;
  if (vote->cd) iconv_close(vote->cd);
  vote->cd = NULL;
  bool fits = said && (!strcmp(said, UTF8) ? vote->utf8 : !strcmp(said, GB18030) ? vote->gb18030 : vote->fits);
  *declared = vote->ascii || (fits && !vote->weak);
  if (vote->ascii) return UTF8;
  if (*declared) return said;
  if (vote->utf8) return UTF8;
  if (vote->gb18030) return GB18030;
  *declared = fits;
  return fits ? said : NULL;
}

static mj_text_state keep(mj_arena *arena, const char *bytes, size_t n, const char **out, mj_text_state state) {
  *out = mj_arena_text(arena, bytes, n);
  return *out ? state : MJ_TEXT_NO_MEMORY;
}

static bool decoder_ready(mj_decoder *d, size_t n) {
  if (!d->cd) {
    d->cd = iconv_open(UTF8, d->from && strcmp(d->from, UTF8) ? d->from : GB18030);
    if (d->cd == (iconv_t)-1) d->cd = NULL;
  }
  size_t need = n * 4 + 16; /* no set here gives more than four bytes of UTF-8 for one of its own */
  if (d->cap < 2 * need) {  /* the front holds a copy of the input, since iconv takes no const */
    char *grown = realloc(d->buffer, 2 * need);
    if (!grown) return false;
    d->buffer = grown;
    d->cap = 2 * need;
  }
  return d->cd != NULL;
}

mj_text_state mj_decode(mj_decoder *d, mj_arena *arena, const char *bytes, size_t n, const char **out) {
  *out = NULL;
  if (mj_is_ascii(bytes, n)) return keep(arena, bytes, n, out, MJ_TEXT_GOOD);
  if (!d->from || !strcmp(d->from, UTF8)) {
    size_t whole = utf8_whole(bytes, n);
    if (whole == n) return keep(arena, bytes, n, out, MJ_TEXT_GOOD);
    if (whole > 0) return keep(arena, bytes, whole, out, MJ_TEXT_CUT);
    if (d->from) return MJ_TEXT_BAD;
  }
  if (!decoder_ready(d, n)) return MJ_TEXT_NO_MEMORY;
  char *in = d->buffer, *text = d->buffer + d->cap / 2, *to = text;
  memcpy(in, bytes, n);
  size_t room = d->cap / 2, rest = n;
  iconv(d->cd, NULL, NULL, NULL, NULL);
  mj_text_state state = MJ_TEXT_GOOD;
  if (iconv(d->cd, &in, &rest, &to, &room) == (size_t)-1)
    state = errno == EINVAL && rest < n ? MJ_TEXT_CUT : MJ_TEXT_BAD;
  return state == MJ_TEXT_BAD ? state : keep(arena, text, (size_t)(to - text), out, state);
}

void mj_decoder_reset(mj_decoder *d) {
  if (d->cd) iconv_close(d->cd);
  free(d->buffer);
  *d = (mj_decoder){0};
}
