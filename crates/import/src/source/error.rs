//! Why a document cannot be read.

use std::fmt;

use super::{Kind, codes};
use mokuteki::problem::Lang;
use mokuteki_findings::{Code, Diagnostic, Place, Text};

/// Why a document cannot be read. Each says what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// It is neither text nor HTML nor PDF.
    Binary {
        /// What it looks like, where that can be told.
        looks_like: Option<&'static str>,
    },
    /// A PDF whose structure cannot be read.
    Broken {
        /// The end of the file is missing.
        truncated: bool,
    },
    /// Nothing is printed in it.
    Empty {
        /// The addresses of the frames in which the text stands.
        frames: Vec<String>,
    },
    /// A PDF that does not open without a password, or is encrypted in an unknown way.
    Encrypted,
    /// The program was built without the reader of this kind of document.
    NotInThisBuild {
        /// The kind.
        kind: Kind,
    },
    /// A PDF of images alone.
    Scanned {
        /// How many pages.
        pages: usize,
    },
    /// A page whose elements stand in each other deeper than any page that people write.
    TooDeep {
        /// How deep elements may stand.
        limit: usize,
    },
    /// It is larger than what is read, or would be when unpacked.
    TooLarge {
        /// How many bytes are read.
        limit: usize,
    },
    /// A PDF whose fonts do not tell which characters its glyphs are.
    Undecodable {
        /// The glyphs without a character, and all glyphs.
        glyphs: (usize, usize),
        /// Why the other reader could not help.
        other: Text,
    },
}

impl Error {
    /// The kind of finding, with its page.
    #[must_use]
    pub fn code(&self) -> &'static Code {
        match self {
            Self::Binary { .. } => &codes::BINARY,
            Self::Broken { .. } => &codes::BROKEN,
            Self::Empty { .. } => &codes::EMPTY,
            Self::Encrypted => &codes::ENCRYPTED,
            Self::NotInThisBuild { .. } => &codes::NOT_IN_THIS_BUILD,
            Self::Scanned { .. } => &codes::SCANNED,
            Self::TooDeep { .. } => &codes::TOO_DEEP,
            Self::TooLarge { .. } => &codes::TOO_LARGE,
            Self::Undecodable { .. } => &codes::UNDECODABLE,
        }
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> Text {
        match self {
            Self::Binary { looks_like: None } => Text::new(
                "文章でも HTML でも PDF でもない",
                "neither text nor HTML nor PDF",
            ),
            Self::Binary {
                looks_like: Some(name),
            } => Text::new(
                format!("{name} と見られ、文章でも HTML でも PDF でもない"),
                format!("looks like {name}: neither text nor HTML nor PDF"),
            ),
            Self::Broken { truncated: true } => Text::new(
                "PDF の終わりがなく、構造を読めない",
                "the end of the PDF is missing, and its structure cannot be read",
            ),
            Self::Broken { truncated: false } => Text::new(
                "PDF の構造を読めない",
                "the structure of the PDF cannot be read",
            ),
            Self::Empty { frames } if frames.is_empty() => Text::new(
                "印刷される文字が一つもない",
                "no character is printed in it",
            ),
            Self::Empty { frames } => Text::new(
                format!("文は別の文書にある: {}", frames.join(" ")),
                format!("its text stands in other documents: {}", frames.join(" ")),
            ),
            Self::Encrypted => Text::new(
                "PDF を開くのにパスワードがいる",
                "the PDF does not open without a password",
            ),
            Self::NotInThisBuild { kind } => Text::new(
                format!("このプログラムは {} を読まずに作られている", kind.name()),
                format!(
                    "this program was built without its reader of {}",
                    kind.name()
                ),
            ),
            Self::Scanned { pages } => Text::new(
                format!("PDF の {pages} ページはどれも画像で、文字がない"),
                format!("the PDF has {pages} pages of images without characters"),
            ),
            Self::TooDeep { limit } => Text::new(
                format!("要素が {limit} 段より深く入れ子になっている"),
                format!("its elements stand more than {limit} deep in each other"),
            ),
            Self::TooLarge { limit } => Text::new(
                format!("読む大きさの上限 {} MiB を超える", limit >> 20),
                format!("larger than the {} MiB that are read", limit >> 20),
            ),
            Self::Undecodable {
                glyphs: (lost, all),
                other,
            } => Text::new(
                format!(
                    "PDF の {all} 字のうち {lost} 字がどの文字か、フォントから分からない ({})",
                    other.ja
                ),
                format!(
                    "the fonts of the PDF do not tell {lost} of its {all} characters ({})",
                    other.en
                ),
            ),
        }
    }

    /// What to do next, in one line.
    #[must_use]
    pub fn help(&self) -> Text {
        match self {
            Self::Binary { .. } => Text::new(
                "PDF・HTML・文章 (txt) のどれかで保存し直して取り込む",
                "save it as PDF, HTML or text, and import that",
            ),
            Self::Broken { .. } => Text::new(
                "組合のサイトからもう一度受け取るか、閲覧ソフトで開いて印刷から PDF に保存し直す",
                "fetch it from the site of the society again, or open it in a viewer and print it to PDF",
            ),
            Self::Empty { frames } if frames.is_empty() => Text::new(
                "文のある文書を取り込む",
                "import the document that has the text",
            ),
            Self::Empty { .. } => Text::new(
                "フレームが指すページを保存して取り込む",
                "save the page to which the frame points, and import that",
            ),
            Self::Encrypted => Text::new(
                "パスワードのない PDF を得るか、閲覧ソフトで開いて印刷から PDF に保存し直す",
                "get the PDF without a password, or open it in a viewer and print it to PDF",
            ),
            Self::NotInThisBuild { .. } => Text::new(
                "`--features full` を付けて作り直す (cargo build --release --features full) か、文章 (txt) で保存して取り込む",
                "build it with `--features full` (cargo build --release --features full), or save the document as text and import that",
            ),
            Self::Scanned { .. } => Text::new(
                "文字のある文書を組合から得るか、人が見ながら文章に打ち直して取り込む",
                "get the document with characters from the society, or type the text with the document in view",
            ),
            Self::TooDeep { .. } => Text::new(
                "ブラウザで開き、利用目的のところを文章か PDF で保存して取り込む",
                "open it in a browser, save the part with the purposes as text or PDF, and import that",
            ),
            Self::TooLarge { .. } => Text::new(
                "利用目的のページだけを PDF か文章で保存して取り込む",
                "save the pages with the purposes alone, as PDF or as text, and import that",
            ),
            Self::Undecodable { .. } => Text::new(
                "`pdftotext` (poppler) を入れて取り込み直すか、組合のページの HTML を取り込む",
                "install `pdftotext` (poppler) and import again, or import the page of the society in HTML",
            ),
        }
    }

    /// The error as a finding about a file.
    #[must_use]
    pub fn diagnostic(&self, path: &str) -> Diagnostic {
        let place = Place::file(path);
        Diagnostic::new(self.code(), place, path, self.message(), self.help())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().pick(Lang::En))
    }
}

impl std::error::Error for Error {}
