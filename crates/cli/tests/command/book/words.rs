//! Words that read as translated are not used: `tests/data/calques.toml` lists them with what a native writes.

use std::{path::PathBuf, str::FromStr};

use proc_macro2::{TokenStream, TokenTree};

use super::{below, read};

struct Calque {
    printed: String,
    instead: String,
    allowed: Vec<String>,
}

fn calques() -> Vec<Calque> {
    let table: toml::Table = read("tests/data/calques.toml").parse().unwrap();
    let calques = table
        .get("word")
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .map(|word| {
            let text = |key: &str| word[key].as_str().unwrap().to_owned();
            assert!(!text("reason").is_empty());
            let allowed = word
                .get("allowed")
                .map(|allowed| allowed.as_array().unwrap().as_slice());
            Calque {
                printed: text("printed"),
                instead: text("instead"),
                allowed: allowed
                    .unwrap_or_default()
                    .iter()
                    .map(|word| word.as_str().unwrap().to_owned())
                    .collect(),
            }
        });
    calques.collect()
}

/// The calques of a text as `word (instead)`.
fn found(text: &str, calques: &[Calque]) -> Vec<String> {
    let found = calques.iter().filter(|calque| {
        let without = calque
            .allowed
            .iter()
            .fold(text.to_owned(), |text, allowed| {
                text.replace(allowed.as_str(), "\n")
            });
        without.contains(&calque.printed)
    });
    found
        .map(|calque| format!("{} ({})", calque.printed, calque.instead))
        .collect()
}

/// The texts of a source file with their lines: literals, and not what documents the code.
fn literals(stream: TokenStream, texts: &mut Vec<(usize, String)>) {
    let mut tokens = stream.into_iter().peekable();
    if matches!(tokens.peek(), Some(TokenTree::Ident(name)) if name == "doc") {
        return;
    }
    for token in tokens {
        match token {
            TokenTree::Group(group) => literals(group.stream(), texts),
            TokenTree::Literal(literal) => {
                texts.push((literal.span().start().line, literal.to_string()));
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

#[test]
fn no_document_and_no_message_has_a_word_that_reads_as_translated() {
    let calques = calques();
    let mut told = Vec::new();
    let mut documents = vec![
        PathBuf::from("README.ja.md"),
        PathBuf::from("rules/README.md"),
    ];
    documents.extend(below("docs/book/ja", ".md"));
    documents.extend(below("docs/codes", ".md"));
    documents.extend(below("crates/page/src/templates", ".html"));
    documents.extend(below("crates/page/src/assets", ".json"));
    for path in documents {
        for (line, text) in read(&path).lines().enumerate() {
            let words = found(text, &calques).into_iter();
            told.extend(words.map(|word| format!("{}:{}: {word}", path.display(), line + 1)));
        }
    }
    let mut sources = below("src", ".rs");
    sources.extend(
        below("crates", ".rs")
            .into_iter()
            .filter(|path| path.components().any(|part| part.as_os_str() == "src")),
    );
    let mut count = 0;
    for path in sources {
        let mut texts = Vec::new();
        literals(TokenStream::from_str(&read(&path)).unwrap(), &mut texts);
        count += texts.len();
        for (line, text) in texts {
            let words = found(&text, &calques).into_iter();
            told.extend(words.map(|word| format!("{}:{line}: {word}: {text}", path.display())));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(count > 5000, "only {count} texts were looked at");
}

#[test]
fn a_word_is_found_but_not_within_what_is_allowed() {
    let calques = [Calque {
        printed: "鍵".to_owned(),
        instead: "キー".to_owned(),
        allowed: vec!["署名鍵".to_owned()],
    }];
    assert_eq!(found("この鍵を書く", &calques), ["鍵 (キー)"]);
    assert!(found("署名鍵を保管する", &calques).is_empty());
    let source = "/// 鍵\nfn a() { b(\"鍵\") }";
    let mut texts = Vec::new();
    literals(TokenStream::from_str(source).unwrap(), &mut texts);
    assert_eq!(texts, [(2, "\"鍵\"".to_owned())]);
}
