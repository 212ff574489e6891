//! What was done to read a document, and what a person should look at.

use mokuteki_findings::Text;

/// What is no part of the text of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    clippy::exhaustive_enums,
    reason = "each has its words in both languages"
)]
pub enum Dropped {
    /// Elements that a browser does not show: `hidden`, `display: none`.
    Hidden,
    /// `noscript` and `template`.
    Inert,
    /// Readings above the characters: `rt`.
    Ruby,
    /// Scripts and styles.
    Script,
    /// The title of the window.
    Title,
}

/// One thing about how a document was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// The encoding that was chosen.
    Encoding {
        /// Its name, such as `Shift_JIS`.
        name: &'static str,
        /// A byte-order mark stood before the text, and was taken away.
        marked: bool,
    },
    /// The page names an encoding in which it is not written.
    Declared {
        /// The name in the page.
        declared: String,
        /// The encoding that was used.
        used: &'static str,
    },
    /// Characters that cannot be read: bytes that are none in the encoding, or glyphs without a character.
    Unreadable {
        /// The line, from 1.
        line: u32,
        /// How many.
        count: usize,
        /// The line with U+FFFD where they stand.
        text: String,
    },
    /// A line that was read in a wrong encoding before it was saved.
    Mojibake {
        /// The line, from 1.
        line: u32,
        /// The line.
        text: String,
        /// What it was, as far as that can be told.
        reads: String,
    },
    /// Text of a page that is no part of what a reader sees.
    Dropped {
        /// What it is.
        what: Dropped,
        /// The texts, of each element one.
        texts: Vec<String>,
    },
    /// The words that stand for images are read as text.
    Images {
        /// The words of each, in order.
        texts: Vec<String>,
        /// How many have none: what they show is unknown.
        without: usize,
    },
    /// Parts of the page stand in other documents.
    Frames {
        /// Their addresses.
        addresses: Vec<String>,
    },
    /// The pages of a PDF.
    Pages {
        /// How many.
        count: usize,
    },
    /// What stands at the head and foot of every page is no part of the text.
    PageHeads {
        /// The lines, of each page one.
        texts: Vec<String>,
    },
    /// Pages of a PDF that are images: what they show is unknown.
    ImagePages {
        /// Their numbers, from 1.
        pages: Vec<usize>,
    },
    /// Pages with text that is not shown, as a machine puts it over a scanned image.
    UnseenText {
        /// Their numbers, from 1.
        pages: Vec<usize>,
    },
    /// A radical or compatibility form, and the character that it shows.
    Folded {
        /// The line, from 1.
        line: u32,
        /// What the font tells.
        from: char,
        /// What stands in the text.
        to: String,
    },
    /// Another program read the PDF.
    ReadBy {
        /// Its name.
        name: &'static str,
    },
}

impl Note {
    /// The line that it is about, from 1; none where it is about the document.
    #[must_use]
    pub fn line(&self) -> Option<u32> {
        match self {
            Self::Unreadable { line, .. }
            | Self::Mojibake { line, .. }
            | Self::Folded { line, .. } => Some(*line),
            _ => None,
        }
    }

    /// Whether a person should look at the document itself, since not all of it may be in the text.
    #[must_use]
    pub fn is_doubt(&self) -> bool {
        match self {
            Self::Unreadable { .. }
            | Self::Mojibake { .. }
            | Self::Frames { .. }
            | Self::ImagePages { .. }
            | Self::UnseenText { .. } => true,
            Self::Images { without, .. } => *without > 0,
            Self::Dropped { what, .. } => *what == Dropped::Hidden,
            Self::Encoding { .. }
            | Self::Declared { .. }
            | Self::Pages { .. }
            | Self::PageHeads { .. }
            | Self::Folded { .. }
            | Self::ReadBy { .. } => false,
        }
    }

    /// What is told, in one line.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Encoding { name, marked } => {
                let (ja, en) = if *marked {
                    (" (BOM を除いた)", ", whose byte-order mark was taken away")
                } else {
                    ("", "")
                };
                Text::new(
                    format!("文字コード {name}{ja}"),
                    format!("read as {name}{en}"),
                )
            }
            Self::Declared { declared, used } => Text::new(
                format!("ページは `{declared}` と言うが、{used} で書かれている"),
                format!("the page says `{declared}`, but is written in {used}"),
            ),
            Self::Unreadable { count, text, .. } => Text::new(
                format!("読めない文字が {count} 字ある「{}」", excerpt(text)),
                format!("{count} characters cannot be read in 「{}」", excerpt(text)),
            ),
            Self::Mojibake { text, reads, .. } => Text::new(
                format!(
                    "文字化けした行「{}」は「{}」だったと見られる",
                    excerpt(text),
                    excerpt(reads)
                ),
                format!(
                    "the garbled line 「{}」 seems to have been 「{}」",
                    excerpt(text),
                    excerpt(reads)
                ),
            ),
            Self::Dropped { what, texts } => {
                let (ja, en) = what.words();
                let (count, shown) = (texts.len(), shown(texts));
                Text::new(
                    format!("{ja} {count} か所は本文でない{shown}"),
                    format!("{en} are no part of the text: {count}{shown}"),
                )
            }
            Self::Images { texts, without } => Text::new(
                format!(
                    "画像 {} 点の代替文を文として読んだ{}。代替文のない画像が {without} 点ある",
                    texts.len(),
                    shown(texts)
                ),
                format!(
                    "the words of {} images were read as text{}; {without} images have none",
                    texts.len(),
                    shown(texts)
                ),
            ),
            Self::Frames { addresses } => Text::new(
                format!("ページの一部は別の文書にある: {}", addresses.join(" ")),
                format!(
                    "parts of the page stand in other documents: {}",
                    addresses.join(" ")
                ),
            ),
            Self::Pages { count } => Text::new(
                format!("PDF {count} ページ"),
                format!(
                    "a PDF of {count} {}",
                    if *count == 1 { "page" } else { "pages" }
                ),
            ),
            Self::PageHeads { texts } => {
                let (count, shown) = (texts.len(), shown(texts));
                Text::new(
                    format!("ページの上下に繰り返す {count} 行は本文でない{shown}"),
                    format!(
                        "lines at the heads and feet of the pages are no part of the text: {count}{shown}"
                    ),
                )
            }
            Self::ImagePages { pages } => Text::new(
                format!("画像だけで文字のないページがある: {}", numbers(pages)),
                format!("pages of images without characters: {}", numbers(pages)),
            ),
            Self::UnseenText { pages } => Text::new(
                format!(
                    "画面に出ない文字 (画像を機械が読んだものなど) を読んだページ: {}",
                    numbers(pages)
                ),
                format!(
                    "pages with text that is not shown, such as a machine reads from an image: {}",
                    numbers(pages)
                ),
            ),
            Self::Folded { from, to, .. } => {
                let code = u32::from(*from);
                Text::new(
                    format!("U+{code:04X}「{from}」を「{to}」とした"),
                    format!("U+{code:04X} 「{from}」 is read as 「{to}」"),
                )
            }
            Self::ReadBy { name } => {
                Text::new(format!("{name} で読んだ"), format!("read by {name}"))
            }
        }
    }
}

impl Dropped {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Hidden => ("隠された要素", "hidden elements"),
            Self::Inert => ("noscript と template", "noscript and template elements"),
            Self::Ruby => ("ふりがな", "readings above characters"),
            Self::Script => ("スクリプトとスタイル", "scripts and styles"),
            Self::Title => ("窓の題", "titles of the window"),
        }
    }
}

/// How much of a text stands in a message.
const EXCERPT: usize = 24;

fn excerpt(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    if text.chars().count() <= EXCERPT {
        return text;
    }
    text.chars().take(EXCERPT).chain(['…']).collect()
}

fn numbers(pages: &[usize]) -> String {
    let numbers: Vec<String> = pages.iter().map(ToString::to_string).collect();
    numbers.join(", ")
}

/// The first texts, in quotes.
fn shown(texts: &[String]) -> String {
    let mut quoted: String = texts
        .iter()
        .filter(|text| !text.trim().is_empty())
        .take(3)
        .map(|text| format!("「{}」", excerpt(text)))
        .collect();
    if texts.len() > 3 && !quoted.is_empty() {
        quoted.push('…');
    }
    quoted
}
