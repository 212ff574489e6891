"""PDFs as no program at hand makes them: fonts that are not in the file and do not tell their characters, text
that is not shown, pages of images, a stream that holds far more than the file. Uses nothing but Python."""

import sys
import zlib
from pathlib import Path

LINES = [
    "個人情報の利用目的",
    "１．保険給付に必要な利用目的",
    "【健保組合内部での利用に係る事例】",
    "・療養費の支給申請の審査",
    "・高額療養費の支給決定",
    "【他の事業者等への情報提供を伴う事例】",
    "・療養費の審査の委託",
    "２．保健事業に必要な利用目的",
    "【健保組合内部での利用に係る事例】",
    "・健康診断の案内",
]


def pdf(objects, trailer=b""):
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s>>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(content, extra=b""):
    return b"<< /Length %d %s>>\nstream\n" % (len(content), extra) + content + b"\nendstream"


def pages(contents, resources, extra=()):
    count = len(contents)
    kids = b" ".join(b"%d 0 R" % (3 + 2 * at) for at in range(count))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids)]
    first = 3 + 2 * count
    for at, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << %s >> >>"
            % (4 + 2 * at, resources.replace(b"@", b"%d" % first))
        )
        objects.append(content)
    return objects + list(extra)


def text(lines, encode, mode=b""):
    out = [b"BT /F1 11 Tf " + mode + b" 60 780 Td"]
    for line in lines:
        out.append(b"<" + encode(line).hex().encode() + b"> Tj 0 -18 Td")
    return b"\n".join(out + [b"ET"])


def font(encoding, ordering=b"Japan1"):
    return [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /MS-Mincho /Encoding /%s /DescendantFonts [%%d 0 R] >>" % encoding,
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /MS-Mincho /DW 1000 /W [1 [500] 231 632 500]"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (%s) /Supplement 2 >> /FontDescriptor %%d 0 R >>" % ordering,
        b"<< /Type /FontDescriptor /FontName /MS-Mincho /Flags 7 /Ascent 859 /Descent -140 /CapHeight 769"
        b" /ItalicAngle 0 /StemV 78 /FontBBox [0 -137 1000 859] >>",
    ]


def written(encoding, encode, lines=LINES, mode=b"", ordering=b"Japan1"):
    fonts = font(encoding, ordering)
    first = 5
    fonts = [fonts[0] % (first + 1), fonts[1] % (first + 2), fonts[2]]
    return pdf(pages([stream(text(lines, encode, mode))], b"/Font << /F1 @ 0 R >>", fonts))


def image():
    pixels = zlib.compress(bytes(64 * 64))
    return stream(
        pixels,
        b"/Type /XObject /Subtype /Image /Width 64 /Height 64 /BitsPerComponent 8 /ColorSpace /DeviceGray"
        b" /Filter /FlateDecode ",
    )


def main(folder):
    made = {
        "90ms-rksj": written(b"90ms-RKSJ-H", lambda line: line.encode("cp932")),
        "unijis-utf16": written(b"UniJIS-UTF16-H", lambda line: line.encode("utf-16-be")),
        "unijis-ucs2": written(b"UniJIS-UCS2-H", lambda line: line.encode("utf-16-be")),
        "euc-h": written(b"EUC-H", lambda line: line.encode("euc_jp")),
        # The numbers of glyphs in a font that is not there: nobody can tell which characters they are.
        "no-characters": written(
            b"Identity-H", lambda line: b"".join(bytes([2, ord(c) % 251]) for c in line), ordering=b"Identity"
        ),
        "unseen-text": written(b"UniJIS-UTF16-H", lambda line: line.encode("utf-16-be"), mode=b"3 Tr"),
        "scanned": pdf(
            pages([stream(b"q 400 0 0 400 90 200 cm /I Do Q")] * 2, b"/XObject << /I @ 0 R >>", [image()])
        ),
        "empty": pdf(pages([stream(b"")], b"")),
    }
    bomb = zlib.compress(bytes(200 << 20), 9)
    made["bomb"] = pdf(pages([stream(bomb, b"/Filter /FlateDecode ")], b""))
    twice = zlib.compress(bomb, 9)
    made["bomb-in-bomb"] = pdf(pages([stream(twice, b"/Filter [/FlateDecode /FlateDecode] ")], b""))
    del made["bomb"]
    for name, data in made.items():
        (folder / f"{name}.pdf").write_bytes(data)


main(Path(sys.argv[1]))
