//! Any bytes: no panic, and no character lost.

use mokuteki_import::source::{self, Dropped, Note};

use super::pdf::bytes;

/// Xorshift: the same sequence on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }
}

fn printed(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

const NAMES: [&str; 3] = ["a.txt", "a.html", "a.pdf"];

#[test]
fn any_bytes_are_read_or_refused() {
    let mut random = Random(7);
    let (mut read, mut refused) = (0, 0);
    for round in 0..4000 {
        let length = random.below(200);
        let mut bytes: Vec<u8> = (0..length)
            .map(|_| u8::try_from(random.below(256)).unwrap())
            .collect();
        if round % 4 == 0 {
            bytes.splice(0..0, *b"%PDF-1.4\n");
        }
        if round % 4 == 1 {
            for byte in &mut bytes {
                *byte |= 0x80;
            }
        }
        for name in NAMES {
            match source::read(&bytes, name) {
                Ok(_) => read += 1,
                Err(_) => refused += 1,
            }
        }
    }
    assert!(read > 1000 && refused > 1000, "{read} {refused}");
}

#[test]
fn a_pdf_with_any_bytes_changed_is_read_or_refused() {
    let mut random = Random(11);
    let mut different = 0;
    for (name, rounds) in [
        ("90ms-rksj", 1500),
        ("no-printing", 300),
        ("scanned", 300),
        ("aeon-libreoffice-text", 60),
    ] {
        let whole = bytes(name);
        let before = source::read(&whole, "a.pdf");
        for _ in 0..rounds {
            let mut bytes = whole.clone();
            for _ in 0..=random.below(8) {
                let at = random.below(bytes.len());
                match random.below(4) {
                    0 => bytes[at] = u8::try_from(random.below(256)).unwrap(),
                    1 => bytes[at] ^= 1 << random.below(8),
                    2 => drop(
                        bytes.drain(
                            at..(at + random.below(40))
                                .min(whole.len())
                                .min(bytes.len())
                                .max(at),
                        ),
                    ),
                    _ => {
                        let digit = b"0123456789<>[]/() "[random.below(18)];
                        bytes.insert(at, digit);
                    }
                }
            }
            different += usize::from(source::read(&bytes, "a.pdf") != before);
        }
    }
    assert!(different > 200, "only {different} made a difference");
}

#[test]
fn every_character_of_a_text_is_in_the_document() {
    let mut random = Random(13);
    let pieces = [
        "個人情報",
        "・",
        "ﾚｾﾌﾟﾄ",
        "\r\n",
        "\r",
        "\n",
        "\u{C}",
        "㈱",
        " ",
        "\u{3000}",
        "⼀",
        "👪",
        "\u{FFFD}",
        "a<b>c",
    ];
    for _ in 0..1000 {
        let text: String = (0..random.below(60))
            .map(|_| pieces[random.below(pieces.len())])
            .collect();
        if let Ok(document) = source::read(text.as_bytes(), "a.txt") {
            assert_eq!(printed(&document.text), printed(&text));
        }
    }
}

#[test]
fn every_character_of_the_text_nodes_is_on_a_line_or_told() {
    const OPEN: [&str; 28] = [
        "<p>",
        "<div>",
        "<ul>",
        "<ol>",
        "<li>",
        "<table>",
        "<tr>",
        "<td>",
        "<th rowspan=3>",
        "<td colspan=9>",
        "<b>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<br>",
        "<pre>",
        "<ruby>",
        "<rt>",
        "<p hidden>",
        "<h2>",
        "<section>",
        "<a>",
        "<select>",
        "<option>",
        "<svg>",
        "<details>",
        "<button>",
        "<li value=-4>",
    ];
    const CLOSE: [&str; 14] = [
        "</p>",
        "</div>",
        "</ul>",
        "</ol>",
        "</li>",
        "</table>",
        "</tr>",
        "</td>",
        "</b>",
        "</dl>",
        "</ruby>",
        "</rt>",
        "</pre>",
        "</select>",
    ];
    let mut random = Random(17);
    for round in 0..2000 {
        let mut page = String::from("<!doctype html>");
        let mut code = 0x4E00;
        for _ in 0..random.below(40) {
            match random.below(4) {
                0 => page.push_str(CLOSE[random.below(CLOSE.len())]),
                1 => page.push_str(OPEN[random.below(OPEN.len())]),
                2 => page.push_str([" ", "\n", "\t"][random.below(3)]),
                _ => {
                    page.push(char::from_u32(code).unwrap());
                    code += 1;
                }
            }
        }
        let Ok(document) = source::read(page.as_bytes(), "a.html") else {
            continue;
        };
        let mut text = document.text.clone();
        for note in &document.notes {
            if let Note::Dropped { texts, what } = note {
                assert!(matches!(what, Dropped::Hidden | Dropped::Ruby));
                text.push_str(&texts.concat());
            }
        }
        for c in (0x4E00..code).filter_map(char::from_u32) {
            let count = text.chars().filter(|other| *other == c).count();
            assert_eq!(
                count, 1,
                "round {round}: {c} in {page}: {:?}",
                document.text
            );
        }
    }
}

#[test]
fn elements_nested_ten_thousand_deep_are_read() {
    for element in ["div", "span", "ul", "ruby"] {
        let page = format!("{}深い", format!("<{element}>").repeat(10_000));
        let document = source::read(page.as_bytes(), "a.html").unwrap();
        assert_eq!(document.text, "深い\n", "{element}");
    }
}

#[test]
fn a_page_nested_deeper_than_anyone_writes_is_refused_at_once() {
    for element in ["div", "b", "custom-element"] {
        let page = format!("{}深い", format!("<{element}>").repeat(1_000_000));
        let error = source::read(page.as_bytes(), "a.html").unwrap_err();
        assert_eq!(error.code().name, "document-too-deep", "{element}");
        assert!(error.to_string().contains("10000"), "{error}");
    }
    // Items without an end are beside each other.
    let page = format!("<ul>{}</ul>", "<li>短い<p>段落<br>".repeat(20_000));
    let document = source::read(page.as_bytes(), "a.html").unwrap();
    assert_eq!(document.text.matches("段落").count(), 20_000);
}
