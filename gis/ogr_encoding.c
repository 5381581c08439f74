#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "gis/ogr_source.h"

static const char UTF8[] = "UTF-8", GB18030[] = "GB18030", BIG5[] = "BIG5-HKSCS", LATIN[] = "CP1252";

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
      return BIG5;
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
               {"BIG5", BIG5},
               {"BIG-5", BIG5},
               {"BIG5-HKSCS", BIG5},
               {"950", BIG5},
               {"CP950", BIG5},
               {"ANSI 950", BIG5},
               {"1252", LATIN},
               {"CP1252", LATIN},
               {"ANSI 1252", LATIN},
               {"ISO-8859-1", LATIN},
               {"ISO88591", LATIN},
               {"88591", LATIN},
               {"ISO 8859-1", LATIN},
               {"UTF-16", "UTF-16"},
               {"UTF16", "UTF-16"},
               {"UNICODE", "UTF-16"},
               {"UTF-16LE", "UTF-16LE"},
               {"1200", "UTF-16LE"},
               {"UTF-16BE", "UTF-16BE"},
               {"1201", "UTF-16BE"},
               {"OEM", NULL},
               {"ANSI", NULL},
               {"SYSTEM", NULL},
               {"", NULL}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (!strcasecmp(said, known[i].said)) return known[i].means;
  return mj_arena_text(arena, said, strlen(said));
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
    size_t whole = mj_utf8_whole(bytes, n);
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
