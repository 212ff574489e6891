//! The page of `mokuteki report`, as far as it can be seen without a browser; `tests/page` opens it in one.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{fs, path::PathBuf, process::Command};

use mokuteki::{
    Day, Lang,
    rules::{Source, Sources},
};
use mokuteki_page::{self as page, Options, PageError, render};

fn options(lang: Lang) -> Options<'static> {
    Options {
        societies: &[],
        as_of: Day::new(2026, 4, 1).unwrap(),
        lang,
    }
}

/// The text of an element with an id.
fn block<'h>(html: &'h str, id: &str) -> &'h str {
    let (_, after) = html.split_once(&format!("id=\"{id}\">")).unwrap();
    after.split('<').next().unwrap()
}

fn scratch(name: &str) -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    dir
}

fn report(args: &[&str]) -> (String, String, Option<i32>) {
    let run = Command::new(env!("CARGO_BIN_EXE_mokuteki"))
        .arg("report")
        .args(args)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(run.stdout), text(run.stderr), run.status.code())
}

#[test]
fn the_same_rules_and_options_give_the_same_bytes_and_at_most_two_megabytes() {
    let sources = Sources::embedded();
    for lang in [Lang::Ja, Lang::En] {
        let once = render(&sources, &options(lang)).unwrap();
        assert_eq!(once, render(&sources, &options(lang)).unwrap());
        assert!(once.len() <= 2_000_000, "{} bytes", once.len());
    }
    let args = ["-o", "-", "--as-of", "2026-04-01", "--lang", "ja"];
    let (page, _, status) = report(&args);
    assert_eq!(status, Some(0));
    assert_eq!(page, render(&sources, &options(Lang::Ja)).unwrap());
}

#[test]
fn the_page_fetches_nothing_and_vouches_for_its_one_script_and_style() {
    let html = render(&Sources::embedded(), &options(Lang::En)).unwrap();
    let parts: Vec<&str> = html.split("<script>").collect();
    assert_eq!(parts.len(), 2, "one script that runs");
    for address in [
        "http://",
        "https://",
        " src=",
        "@import",
        "url(",
        "javascript:",
    ] {
        assert!(!html.contains(address), "{address}");
    }
    for inline in [" style=", " onclick=", " onload="] {
        assert!(
            !html.contains(inline),
            "{inline} is what the policy forbids"
        );
    }
    assert!(html.contains("default-src &#39;none&#39;; script-src &#39;sha256-"));
    assert!(!html.contains("unsafe-inline") && !html.contains("&#39;unsafe-eval"));
}

#[test]
fn no_path_of_the_machine_is_in_the_page_or_in_its_module() {
    if let Some(compressed) = page::MODULE {
        let mut module = Vec::new();
        let mut reader = flate2::read::GzDecoder::new(compressed);
        std::io::Read::read_to_end(&mut reader, &mut module).unwrap();
        assert!(module.starts_with(b"\0asm"));
        let text = String::from_utf8_lossy(&module);
        for path in ["/home/", "/root/", "/tmp/", "/usr/"] {
            assert!(!text.contains(path), "{path} is in the module");
        }
    }
    let html = render(&Sources::embedded(), &options(Lang::Ja)).unwrap();
    assert!(!html.contains(env!("CARGO_MANIFEST_DIR")));
}

#[test]
fn a_page_of_one_society_carries_its_rules_and_no_others() {
    let sources = Sources::embedded();
    let one = Options {
        societies: &["johas"],
        ..options(Lang::Ja)
    };
    let html = render(&sources, &one).unwrap();
    assert!(html.contains("保健指導、健康相談に係る産業医への委託"));
    assert!(!html.contains("イオン健康保険組合の通常業務") && !html.contains("clause-aeon-"));
    let both = render(&sources, &options(Lang::Ja)).unwrap();
    assert!(block(&html, "rules").len() < block(&both, "rules").len());
    assert_ne!(block(&html, "data"), block(&both, "data"));
}

#[test]
fn societies_stand_in_the_order_that_is_asked_for() {
    let reversed = Options {
        societies: &["johas", "aeon"],
        ..options(Lang::Ja)
    };
    let html = render(&Sources::embedded(), &reversed).unwrap();
    let at = |text: &str| html.find(&format!("<option value=\"{text}\"")).unwrap();
    assert!(at("johas") < at("aeon"));
}

#[test]
fn a_society_that_is_none_or_named_twice_is_refused() {
    for societies in [["aeon", "nobody"], ["aeon", "aeon"]] {
        let wrong = Options {
            societies: &societies,
            ..options(Lang::Ja)
        };
        let error = render(&Sources::embedded(), &wrong).unwrap_err();
        assert!(
            matches!(&error, PageError::Society(id) if id == societies[1]),
            "{error}"
        );
    }
    let (page, said, status) = report(&[
        "-o",
        "-",
        "--as-of",
        "2026-04-01",
        "--society",
        "nobody",
        "--lang",
        "en",
    ]);
    assert_eq!((page.as_str(), status), ("", Some(3)));
    assert!(
        said.contains("nobody") && said.contains("mokuteki societies"),
        "{said}"
    );
}

#[test]
fn more_societies_than_a_page_holds_are_refused() {
    let johas = |path: &str| Sources::embedded().get(path).unwrap().bytes.clone();
    let notice = String::from_utf8(johas("notices/johas.toml")).unwrap();
    let copies = (0..51).map(|at| Source {
        path: format!("notices/copy-{at}.toml"),
        bytes: notice
            .replace("society = \"johas\"", &format!("society = \"copy-{at}\""))
            .into_bytes(),
    });
    let files = Sources::embedded();
    let shared = files
        .iter()
        .filter(|source| !source.path.starts_with("notices/"))
        .cloned();
    let text = shared.filter(|source| source.path != "published/aeon.txt");
    let sources = Sources::new(text.chain(copies).collect());
    let error = render(&sources, &options(Lang::Ja)).unwrap_err();
    assert!(
        matches!(
            error,
            PageError::TooMany {
                count: 51,
                most: 50
            }
        ),
        "{error}"
    );
    let one = Options {
        societies: &["copy-7"],
        ..options(Lang::Ja)
    };
    assert!(render(&sources, &one).is_ok());
}

#[test]
fn rules_of_a_directory_make_a_page_with_the_same_module() {
    let dir = scratch("page-rules");
    fs::create_dir_all(dir.join("notices")).unwrap();
    fs::create_dir_all(dir.join("published")).unwrap();
    for source in Sources::embedded()
        .iter()
        .filter(|source| source.path.ends_with("aeon.toml") || source.path.ends_with("aeon.txt"))
    {
        let text = String::from_utf8(source.bytes.clone()).unwrap();
        fs::write(
            dir.join(&source.path),
            text.replace("society = \"aeon\"", "society = \"mine\""),
        )
        .unwrap();
    }
    let rules = dir.to_str().unwrap();
    let output = dir.join("page.html");
    let (_, said, status) = report(&[
        "-o",
        output.to_str().unwrap(),
        "--as-of",
        "2026-04-01",
        "--rules",
        rules,
        "--lang",
        "en",
    ]);
    assert_eq!(status, Some(0), "{said}");
    let html = fs::read_to_string(output).unwrap();
    let embedded = render(&Sources::embedded(), &options(Lang::En)).unwrap();
    assert!(html.contains("<option value=\"mine\""));
    assert_eq!(block(&html, "module"), block(&embedded, "module"));
    assert!(
        !html.contains(rules),
        "the directory is no part of the page"
    );
}

#[test]
fn what_cannot_be_done_is_said_with_its_status() {
    let (_, said, status) = report(&["-o", "-", "--as-of", "2026-4-1", "--lang", "en"]);
    assert_eq!(status, Some(3), "{said}");
    let (_, said, status) = report(&[
        "-o",
        "/nowhere/at/all.html",
        "--as-of",
        "2026-04-01",
        "--lang",
        "en",
    ]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("/nowhere/at/all.html"));
    let broken = scratch("page-broken");
    fs::create_dir_all(broken.join("notices")).unwrap();
    fs::write(broken.join("notices/a.toml"), "[notice\n").unwrap();
    let (page, said, status) = report(&[
        "-o",
        "-",
        "--as-of",
        "2026-04-01",
        "--rules",
        broken.to_str().unwrap(),
        "--lang",
        "en",
    ]);
    assert_eq!((page.as_str(), status), ("", Some(3)));
    assert!(said.contains("notices/a.toml:1"), "{said}");
}
