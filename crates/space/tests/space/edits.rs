//! The embedded rules with one clause removed, narrowed, widened, reworded, or on other grounds.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use mokuteki::rules::{Source, Sources};
use sha2::{Digest, Sha256};

/// The rules with each text of a file replaced; every text must stand there once.
pub(crate) fn edited(file: &str, edits: &[(&str, &str)]) -> Sources {
    let embedded = Sources::embedded();
    let files = embedded.iter().map(|source| {
        let mut source: Source = source.clone();
        if source.path == file {
            let mut text = String::from_utf8(source.bytes).unwrap();
            for (from, to) in edits {
                assert_eq!(text.matches(from).count(), 1, "{from}");
                text = text.replace(from, to);
            }
            source.bytes = text.into_bytes();
        }
        source
    });
    Sources::new(files.collect())
}

const AEON: &str = "notices/aeon.toml";

/// Aeon without the clause on health events.
pub(crate) fn removed() -> Sources {
    let text = String::from_utf8(Sources::embedded().get(AEON).unwrap().bytes.clone()).unwrap();
    let (before, rest) = text
        .split_once("[[purpose.section.clause]]\nid = \"health-events-entrusted\"")
        .unwrap();
    let (_, after) = rest.split_once("\n[[purpose.section.clause]]\n").unwrap();
    let left_out = "[[left_out]]\nlines = [84, 84]\nreason = \"taken out by a test\"\n";
    let text = format!("{before}[[purpose.section.clause]]\n{after}\n{left_out}");
    let embedded = Sources::embedded();
    let files = embedded.iter().map(|source| {
        let mut source = source.clone();
        if source.path == AEON {
            source.bytes = text.clone().into_bytes();
        }
        source
    });
    Sources::new(files.collect())
}

/// Entrusted health events without eligibility data.
pub(crate) fn narrowed() -> Sources {
    let from = "data = [\"健康情報\", \"資格情報\"]\nrecipient = [\"委託業者\"]\nrelation = [\"委託\"]\nactivity = [\"健康イベント\"]";
    let to = "data = [\"健康情報\"]\nrecipient = [\"委託業者\"]\nrelation = [\"委託\"]\nactivity = [\"健康イベント\"]";
    edited(AEON, &[(from, to)])
}

/// コラボヘルス with health guidance, too.
pub(crate) fn widened() -> Sources {
    let from = "data = [\"健診結果\"]\nrecipient = [\"事業主\"]";
    let to = "data = [\"健診結果\", \"保健指導情報\"]\nrecipient = [\"事業主\"]";
    edited(AEON, &[(from, to)])
}

/// コラボヘルス with joint use asked first.
pub(crate) fn on_other_grounds() -> Sources {
    let from = "ground = [\"consent-collaborative-health\", \"joint-use\"]";
    let to = "ground = [\"joint-use\", \"consent-collaborative-health\"]";
    edited(AEON, &[(from, to)])
}

pub(crate) const OLD_WORDS: &str = "海外療養費申請に係る翻訳の委託";
pub(crate) const NEW_WORDS: &str = "海外療養費の申請書を翻訳する業務の委託";

/// The translation clause in other words, in the notice and in its reading.
pub(crate) fn reworded() -> Sources {
    let file = "published/aeon.txt";
    let texts = edited(file, &[(OLD_WORDS, NEW_WORDS)]);
    let text = texts.get(file).unwrap().clone();
    let hex = |bytes: &[u8]| {
        let digest = Sha256::digest(bytes);
        digest
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let before = hex(&Sources::embedded().get(file).unwrap().bytes);
    let after = hex(&text.bytes);
    let rules = edited(AEON, &[(OLD_WORDS, NEW_WORDS), (&before, &after)]);
    let files = rules.iter().map(|source| {
        if source.path == file {
            text.clone()
        } else {
            source.clone()
        }
    });
    Sources::new(files.collect())
}
