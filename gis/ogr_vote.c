#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gis/ogr_source.h"

/* Which encoding a file's texts are in. UTF-8 is told by its structure. GB 18030 and Big5 are not told from each other
   by it: every text in GB 2312 is well-formed Big5 and the other way about. Their frequent characters lie apart,
   though: level 1 of GB 2312 has leads B0-D7 with trails from A1, level 1 of Big5 leads A4-C6. Each as the other falls
   among kana, box drawings and rare characters, so that a few words settle it. Signs (A1-A3 in both) count for neither.
   Source: GB 2312-1980; Big5-2003 (CNS 11643 planes 1 and 2). */

static const char UTF8[] = "UTF-8", GB18030[] = "GB18030", BIG5[] = "BIG5-HKSCS", LATIN[] = "CP1252";

enum {
  FEWEST = 2,    /* characters by which Big5 must lead where nothing is declared: short texts are GB 18030 */
  LOUD = 8,      /* and by which the content must speak against what is declared */
  HAN = 4,       /* characters of three bytes in valid UTF-8 that refute another declaration */
  ENOUGH = 2000, /* characters that are counted */
  SHARE = 5      /* the lead is at least a fifth of all characters */
};

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

size_t mj_utf8_whole(const char *bytes, size_t n) {
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

/* The structure of Big5 with its extensions: one byte, or two (first 81-FE, second 40-7E, A1-FE). */
static size_t big5_whole(const char *bytes, size_t n) {
  const unsigned char *b = (const unsigned char *)bytes;
  for (size_t i = 0; i < n;) {
    if (b[i] < 0x80) {
      i++;
      continue;
    }
    if (b[i] == 0x80 || b[i] == 0xFF) return 0;
    if (i + 1 >= n) return i;
    unsigned char trail = b[i + 1];
    if (trail < 0x40 || (trail > 0x7E && trail < 0xA1) || trail == 0xFF) return 0;
    i += 2;
  }
  return n;
}

/* Count frequent characters of both, up to ENOUGH in all. Pairs are the same in both encodings; where they are not, one
 * of the two is broken, which its structure tells. */
static void count_frequent(mj_vote *vote, const char *bytes, size_t n) {
  const unsigned char *b = (const unsigned char *)bytes;
  for (size_t i = 0; i + 1 < n && vote->chars < ENOUGH;) {
    if (b[i] < 0x80) {
      i++;
      continue;
    }
    vote->chars += b[i] < 0xA1 || b[i] > 0xA3;
    vote->gb_frequent += b[i] >= 0xB0 && b[i] <= 0xD7 && b[i + 1] >= 0xA1;
    vote->big5_frequent += b[i] >= 0xA4 && b[i] <= 0xC6;
    i += b[i + 1] < 0x40 ? 4 : 2;
  }
}

/* True when more characters by at least @p least and a fifth are frequent in the one than in the other. */
static bool leads(const mj_vote *vote, int64_t by, int64_t least) { return by >= least && by * SHARE >= vote->chars; }
static bool leans_big5(const mj_vote *vote, int64_t least) {
  return vote->big5 && leads(vote, vote->big5_frequent - vote->gb_frequent, least);
}
static bool leans_gb(const mj_vote *vote, int64_t least) {
  return vote->gb18030 && leads(vote, vote->gb_frequent - vote->big5_frequent, least);
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
  *vote = (mj_vote){.declared = declared, .ascii = true, .utf8 = true, .gb18030 = true, .big5 = true, .fits = true};
  vote->weak = declared && !strcmp(declared, LATIN);
  if (!declared || !strcmp(declared, UTF8) || !strcmp(declared, GB18030)) return MJ_OK;
  vote->cd = iconv_open(UTF8, declared);
  if (vote->cd != (iconv_t)-1) return MJ_OK;
  vote->cd = NULL;
  vote->declared = NULL;
  return MJ_EINVAL;
}

/* Two bytes of UTF-8 may as well be one Chinese character in GBK. Those with leads C2, C3 (degrees, squares, accents)
 * and CE, CF (Greek) are met in tables; Cyrillic and Arabic, which the others stand for, hardly are. */
static void look_at_utf8(mj_vote *vote, const char *bytes, size_t n) {
  for (size_t i = 0; i < n && vote->han < HAN; i++) {
    unsigned char c = (unsigned char)bytes[i];
    vote->han += c >= 0xE0;
    vote->strange |= c >= 0xC4 && c <= 0xDF && c != 0xCE && c != 0xCF;
  }
}

void mj_vote_feed(mj_vote *vote, const char *bytes, size_t n, bool cut) {
  if (mj_is_ascii(bytes, n)) return;
  vote->ascii = false;
  if (vote->utf8) {
    size_t whole = mj_utf8_whole(bytes, n);
    vote->utf8 = whole == n || (cut && whole > 0);
    if (vote->utf8 && vote->han < HAN) look_at_utf8(vote, bytes, n);
  }
  if (vote->gb18030 || vote->big5) count_frequent(vote, bytes, n);
  if (vote->chars >= ENOUGH && !leans_big5(vote, LOUD)) vote->big5 = false;
  if (vote->gb18030) {
    size_t whole = gb18030_whole(bytes, n);
    vote->gb18030 = whole == n || (cut && whole > 0);
  }
  if (vote->big5) {
    size_t whole = big5_whole(bytes, n);
    vote->big5 = whole == n || (cut && whole > 0);
  }
  if (vote->cd && vote->fits && !vote->weak) vote->fits = iconv_takes(vote->cd, bytes, n, cut);
}

/* What is declared holds where the bytes are well-formed in it, unless they speak loudly for another. */
static bool declared_holds(const mj_vote *vote) {
  const char *said = vote->declared;
  if (!said) return false;
  if (!strcmp(said, UTF8)) return vote->utf8;
  if (vote->utf8 && vote->han >= HAN) return false;
  if (!strcmp(said, GB18030)) return vote->gb18030 && !leans_big5(vote, LOUD);
  if (!strcmp(said, BIG5)) return vote->fits && !leans_gb(vote, LOUD);
  return vote->fits;
}

const char *mj_vote_end(mj_vote *vote, bool *declared) {
  if (vote->cd) iconv_close(vote->cd);
  vote->cd = NULL;
  bool holds = declared_holds(vote);
  *declared = vote->ascii || (holds && !vote->weak);
  if (vote->ascii) return UTF8;
  if (*declared) return vote->declared;
  bool one_by_one = !vote->han && vote->strange && vote->gb18030 && vote->gb_frequent == vote->chars;
  if (vote->utf8 && !one_by_one) return UTF8;
  if (leans_big5(vote, FEWEST)) return BIG5;
  if (vote->gb18030) return GB18030;
  *declared = holds;
  return holds ? vote->declared : NULL;
}
