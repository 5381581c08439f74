"""colours.py: how far colours are apart for the eye: in grey, and for the three kinds of colour blindness."""
import itertools
import re

# Machado, Oliveira, Fernandes 2009, table 1, severity 1.0, on linear RGB
BLIND = {
    'protanopia': ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    'deuteranopia': ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    'tritanopia': ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(rgb):
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c / 255 for c in rgb)]


def lab(linear_rgb):
    """CIE L*a*b* of linear sRGB, white D65 (IEC 61966-2-1)."""
    r, g, b = (min(max(v, 0), 1) for v in linear_rgb)
    xyz = ((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047, 0.2126 * r + 0.7152 * g + 0.0722 * b, (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (841 / 108) * t + 4 / 29 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def lightness(rgb):
    return lab(linear(rgb))[0]


def seen(rgb, kind):
    """The colour as somebody with that kind of blindness sees it, as L*a*b*."""
    return lab([sum(m * v for m, v in zip(row, linear(rgb))) for row in BLIND[kind]])


def apart(a, b, kind):
    return sum((x - y) ** 2 for x, y in zip(seen(a, kind), seen(b, kind))) ** 0.5


def classes(qml):
    """[(label, brush, (r, g, b))] of the legend of a style, in order; what is not filled is left out."""
    entries = re.findall(r'<(?:category|rule) [^>]*?label="([^"]*)"[^>]*?>', qml)
    numbers = [re.search(r'symbol="(\d+)"', e) for e in re.findall(r'<(?:category|rule) [^>]*?label="[^"]*"[^>]*?>', qml)]
    symbols = dict(re.findall(r'<symbol [^>]*?name="(\d+)".*?>(.*?)</symbol>', qml, re.S))
    out = []
    for label, number in zip(entries, numbers):
        if not number:
            continue
        symbol = symbols[number.group(1)]
        red, green, blue, alpha = map(int, re.search(r'name="color" type="QString" value="([\d,]+)"', symbol).group(1).split(','))
        brush = re.search(r'<Option name="style" type="QString" value="(\w+)"', symbol)
        brush = brush.group(1) if brush else 'solid'
        if alpha and brush != 'no':
            out.append((label, brush, (red, green, blue)))
    return out


def closest(qml):
    """The least difference between two classes drawn with the same brush: in lightness, and as each kind of blindness sees it."""
    solid = [(a, b) for a, b in itertools.combinations(classes(qml), 2) if a[1] == b[1] and a[2] != b[2]]
    grey = min(((abs(lightness(a[2]) - lightness(b[2])), a[0], b[0]) for a, b in solid), default=None)
    blind = min(((apart(a[2], b[2], kind), kind, a[0], b[0]) for a, b in solid for kind in BLIND), default=None)
    return grey, blind
