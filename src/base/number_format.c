#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/*
 * Shortest decimal: R. Giulietti, "The Schubfach way to render doubles" (2020), for decimal exponents whose power of
 * ten stands in the table (values from about 1e-22 to 1e24, all that land and money need); others ask printf for 15,
 * 16, 17 digits.
 */
enum { POW10_MIN = -8, POW10_MAX = 40 };

/* ceil(10^k * 2^(127 - floor(log2(10^k)))) as high and low 64 bits, k = POW10_MIN .. POW10_MAX; checked in
 * tests/base/test_text.c. */
static const struct {
  uint64_t hi, lo;
} pow10_bits[POW10_MAX - POW10_MIN + 1] = {
    {0xabcc77118461cefcu, 0xfdc20d2b36ba7c3eu}, {0xd6bf94d5e57a42bcu, 0x3d32907604691b4du},
    {0x8637bd05af6c69b5u, 0xa63f9a49c2c1b110u}, {0xa7c5ac471b478423u, 0x0fcf80dc33721d54u},
    {0xd1b71758e219652bu, 0xd3c36113404ea4a9u}, {0x83126e978d4fdf3bu, 0x645a1cac083126eau},
    {0xa3d70a3d70a3d70au, 0x3d70a3d70a3d70a4u}, {0xccccccccccccccccu, 0xcccccccccccccccdu},
    {0x8000000000000000u, 0x0000000000000000u}, {0xa000000000000000u, 0x0000000000000000u},
    {0xc800000000000000u, 0x0000000000000000u}, {0xfa00000000000000u, 0x0000000000000000u},
    {0x9c40000000000000u, 0x0000000000000000u}, {0xc350000000000000u, 0x0000000000000000u},
    {0xf424000000000000u, 0x0000000000000000u}, {0x9896800000000000u, 0x0000000000000000u},
    {0xbebc200000000000u, 0x0000000000000000u}, {0xee6b280000000000u, 0x0000000000000000u},
    {0x9502f90000000000u, 0x0000000000000000u}, {0xba43b74000000000u, 0x0000000000000000u},
    {0xe8d4a51000000000u, 0x0000000000000000u}, {0x9184e72a00000000u, 0x0000000000000000u},
    {0xb5e620f480000000u, 0x0000000000000000u}, {0xe35fa931a0000000u, 0x0000000000000000u},
    {0x8e1bc9bf04000000u, 0x0000000000000000u}, {0xb1a2bc2ec5000000u, 0x0000000000000000u},
    {0xde0b6b3a76400000u, 0x0000000000000000u}, {0x8ac7230489e80000u, 0x0000000000000000u},
    {0xad78ebc5ac620000u, 0x0000000000000000u}, {0xd8d726b7177a8000u, 0x0000000000000000u},
    {0x878678326eac9000u, 0x0000000000000000u}, {0xa968163f0a57b400u, 0x0000000000000000u},
    {0xd3c21bcecceda100u, 0x0000000000000000u}, {0x84595161401484a0u, 0x0000000000000000u},
    {0xa56fa5b99019a5c8u, 0x0000000000000000u}, {0xcecb8f27f4200f3au, 0x0000000000000000u},
    {0x813f3978f8940984u, 0x4000000000000000u}, {0xa18f07d736b90be5u, 0x5000000000000000u},
    {0xc9f2c9cd04674edeu, 0xa400000000000000u}, {0xfc6f7c4045812296u, 0x4d00000000000000u},
    {0x9dc5ada82b70b59du, 0xf020000000000000u}, {0xc5371912364ce305u, 0x6c28000000000000u},
    {0xf684df56c3e01bc6u, 0xc732000000000000u}, {0x9a130b963a6c115cu, 0x3c7f400000000000u},
    {0xc097ce7bc90715b3u, 0x4b9f100000000000u}, {0xf0bdc21abb48db20u, 0x1e86d40000000000u},
    {0x96769950b50d88f4u, 0x1314448000000000u}, {0xbc143fa4e250eb31u, 0x17d955a000000000u},
    {0xeb194f8e1ae525fdu, 0x5dcfab0800000000u},
};

__extension__ typedef unsigned __int128 wide;

/* High part of g * c with the lost bits folded into the lowest one. */
static uint64_t round_to_odd(int k, uint64_t c) {
  wide low = (wide)pow10_bits[k - POW10_MIN].lo * c,
       high = (wide)pow10_bits[k - POW10_MIN].hi * c + (uint64_t)(low >> 64);
  return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* digits * 10^exp10 is the shortest decimal inside the rounding interval of the double; false when the table is too
 * short. */
static bool shortest(uint64_t fraction, int exponent, uint64_t *digits, int *exp10) {
  uint64_t c = exponent ? fraction | (UINT64_C(1) << 52) : fraction;
  int q = (exponent ? exponent : 1) - 1075;
  bool closer = fraction == 0 && exponent > 1, even = (c & 1) == 0;
  int k = (q * 1262611 - (closer ? 524031 : 0)) >> 22;
  if (-k < POW10_MIN || -k > POW10_MAX) return false;
  int h = q + ((-k * 1741647) >> 19) + 1;
  uint64_t below = round_to_odd(-k, (4 * c - 2 + closer) << h), here = round_to_odd(-k, (4 * c) << h);
  uint64_t lower = below + !even, upper = round_to_odd(-k, (4 * c + 2) << h) - !even, s = here / 4;
  if (s >= 10) {
    uint64_t tens = s / 10;
    bool down = lower <= 40 * tens, up = 40 * tens + 40 <= upper;
    if (down != up) {
      *digits = tens + up;
      *exp10 = k + 1;
      return true;
    }
  }
  bool down = lower <= 4 * s, up = 4 * s + 4 <= upper, nearer = here > 4 * s + 2 || (here == 4 * s + 2 && (s & 1));
  *digits = s + (down != up ? up : nearer);
  *exp10 = k;
  return true;
}

/* "00" to "99": two digits are put at once. */
static const char pairs[] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
    "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

static int count_digits(uint64_t v) {
  int n = 1;
  for (; v >= 10000; v /= 10000) n += 4;
  return n + (v >= 1000 ? 3 : v >= 100 ? 2 : v >= 10);
}

/* The last n digits of v in front of @p end. */
static void put_back(uint64_t v, int n, char *end) {
  for (; n >= 2; n -= 2, v /= 100) memcpy(end -= 2, pairs + v % 100 * 2, 2);
  if (n) *--end = (char)('0' + v % 10);
}

static int put_digits(uint64_t v, char *out) {
  int n = count_digits(v);
  put_back(v, n, out + n);
  out[n] = 0;
  return n;
}

int mj_int_text(int64_t v, char *out) {
  int at = v < 0;
  out[0] = '-';
  return at + put_digits(v < 0 ? 0 - (uint64_t)v : (uint64_t)v, out + at);
}

/* Digits with the point behind place n + exp10; plain notation from 1e-6 to 1e21, else one digit, point, exponent. */
static int place_point(uint64_t digits, int exp10, char *out) {
  char text[24];
  while (digits % 10 == 0) {
    digits /= 10;
    exp10++;
  }
  int n = put_digits(digits, text), point = n + exp10, at = 0;
  if (point > 21 || point < -5) {
    out[at++] = text[0];
    if (n > 1) {
      out[at++] = '.';
      memcpy(out + at, text + 1, (size_t)n - 1);
      at += n - 1;
    }
    return at + snprintf(out + at, 8, "e%+d", point - 1);
  }
  if (point <= 0) {
    memcpy(out, "0.000000", 2 + (size_t)-point);
    memcpy(out + 2 - point, text, (size_t)n);
    at = 2 - point + n;
  } else if (point >= n) {
    memcpy(out, text, (size_t)n);
    memset(out + n, '0', (size_t)(point - n));
    at = point;
  } else {
    memcpy(out, text, (size_t)point);
    out[point] = '.';
    memcpy(out + point + 1, text + point, (size_t)(n - point));
    at = n + 1;
  }
  out[at] = 0;
  return at;
}

/* Values outside the table: as few digits as read back; the locale's point becomes ours. */
static int shortest_by_printf(double v, char *out) {
  int n = 0;
  for (int digits = 1; digits <= 17; digits++) {
    double back = 0;
    n = snprintf(out, 32, "%.*g", digits, v);
    if (sscanf(out, "%lf", &back) == 1 && back <= v && back >= v) break;
  }
  for (int i = 0; i < n; i++)
    if (out[i] == ',') out[i] = '.';
  return n;
}

int mj_double_shortest(double v, char *out) {
  uint64_t bits, digits;
  int exp10, at = 0;
  if (!isfinite(v)) {
    memcpy(out, "null", 5);
    return 4;
  }
  if (v == 0) {
    memcpy(out, "0", 2);
    return 1;
  }
  memcpy(&bits, &v, sizeof bits);
  if (bits >> 63) out[at++] = '-';
  if (fabs(v) < 9007199254740992.0 && fabs(v) == floor(fabs(v))) return at + put_digits((uint64_t)fabs(v), out + at);
  if (!shortest(bits & ((UINT64_C(1) << 52) - 1), (int)(bits >> 52 & 0x7FF), &digits, &exp10))
    return shortest_by_printf(v, out);
  return at + place_point(digits, exp10, out + at);
}

static const double powers[13] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};

/*
 * |v| < 2^53 as whole + part / 10^decimals, rounded half to even on the exact value: the product's error comes from
 * fma, so the sign of (remainder - 1/2) is exact.
 */
static void split(double v, int decimals, uint64_t *whole, uint64_t *part) {
  double i = floor(v), f = v - i, p = f * powers[decimals], lost = fma(f, powers[decimals], -p), r = floor(p);
  double over = (p - r - 0.5) + lost;
  uint64_t n = (uint64_t)r;
  if (over > 0 || (over == 0 && ((decimals ? n : (uint64_t)i) & 1))) n++;
  *whole = (uint64_t)i;
  if (n >= (uint64_t)powers[decimals]) {
    n -= (uint64_t)powers[decimals];
    ++*whole;
  }
  *part = n;
}

int mj_double_fixed(double v, int decimals, char *out) {
  uint64_t whole, part;
  int at = 0;
  if (!isfinite(v)) {
    out[0] = 0;
    return 0;
  }
  if (fabs(v) >= 9007199254740992.0) {
    at = snprintf(out, 400, "%.0f", v);
    if (decimals) {
      out[at++] = '.';
      memset(out + at, '0', (size_t)decimals);
      at += decimals;
    }
    out[at] = 0;
    return at;
  }
  split(fabs(v), decimals, &whole, &part);
  if (v < 0 && (whole || part)) out[at++] = '-';
  at += put_digits(whole, out + at);
  if (!decimals) return at;
  out[at] = '.';
  at += decimals + 1;
  put_back(part, decimals, out + at);
  out[at] = 0;
  return at;
}

int mj_double_coord(double v, int decimals, char *out) {
  int n = mj_double_fixed(v, decimals, out);
  if (decimals)
    while (out[n - 1] == '0') n--;
  if (n && out[n - 1] == '.') n--;
  out[n] = 0;
  return n;
}

int mj_double_grouped(double v, int decimals, bool fixed, char *out) {
  char plain[400];
  int at = 0;
  if (isfinite(v)) (fixed ? mj_double_fixed : mj_double_coord)(v, decimals, plain);
  else plain[0] = 0;
  int sign = plain[0] == '-', whole = (int)strcspn(plain, ".");
  for (int i = 0; plain[i]; i++) {
    if (i > sign && i < whole && (whole - i) % 3 == 0) out[at++] = ',';
    out[at++] = plain[i];
  }
  out[at] = 0;
  return at;
}
