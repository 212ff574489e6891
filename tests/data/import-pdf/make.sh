#!/usr/bin/env bash
# Makes the PDFs of this folder anew. Needs Chromium, LibreOffice Writer, qpdf, Python, and the fonts IPA Mincho and
# Noto Sans CJK (on Debian: chromium libreoffice-writer-nogui qpdf python3 fonts-ipafont fonts-noto-cjk).
#
# The licences of both fonts (IPA Font License 1.0, SIL Open Font License 1.1) permit embedding them in documents; the
# programs embed only the glyphs in use. New versions of the programs give other bytes with the same text.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 made.py .
qpdf --encrypt secret secret 256 -- 90ms-rksj.pdf locked.pdf
qpdf --encrypt "" owner 256 --print=none --extract=n -- 90ms-rksj.pdf no-printing.pdf

python3 -m http.server --bind localhost --directory "$work" 8765 &
server=$!
trap 'kill "$server"; rm -rf "$work"' EXIT

for id in aeon johas; do
    published=../../../rules/published/$id.txt
    {
        echo '<!doctype html><html lang="ja"><meta charset="utf-8"><title>n</title>'
        echo '<style>body{font-family:"IPAMincho","Noto Serif CJK JP"}</style>'
        python3 -c 'import html, sys
for line in sys.stdin:
    if line.strip():
        print("<p>" + html.escape(line.strip()) + "</p>")' < "$published"
    } > "$work/$id.html"
    cp "$published" "$work/$id.txt"
    print=(chromium --headless --no-sandbox --disable-gpu)
    "${print[@]}" --no-pdf-header-footer --print-to-pdf="$id-chromium.pdf" "$work/$id.html"
    # With the day, the address and the page number that browsers print by themselves.
    "${print[@]}" --print-to-pdf="$id-chromium-heads.pdf" "http://localhost:8765/$id.html"
    soffice --headless --convert-to pdf --outdir "$work/html" "$work/$id.html"
    soffice --headless --convert-to pdf:writer_pdf_Export --infilter="Text (encoded):UTF8" \
        --outdir "$work/text" "$work/$id.txt"
    cp "$work/html/$id.pdf" "$id-libreoffice.pdf"
    cp "$work/text/$id.pdf" "$id-libreoffice-text.pdf"
done
