//! `mokuteki law watch` through the real binary: what changed, who rests on it, how it ends, and what a person accepts.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test may fail loudly"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

const PERSONAL: [&str; 2] = [
    "415AC0000000057_20250601_504AC0000000068.xml",
    "415AC0000000057_20260717_508AC0000000062.xml",
];
const MY_NUMBER: [&str; 2] = [
    "425AC0000000027_20151227_427AC0000000065.xml",
    "425AC0000000027_20250924_506AC0000000000.xml",
];
/// A text that nobody has read: it changes the item of the network from 2027 on.
const UNREAD: &str = "425AC0000000027_20270101_508AC0000000099.xml";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn data(name: &str) -> PathBuf {
    root().join("crates/statutes/tests/data").join(name)
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("law-watch")
        .join(name);
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The text of 2025, of which one item is worded otherwise.
fn unread(folder: &Path) -> PathBuf {
    let text = fs::read_to_string(data(MY_NUMBER[1])).unwrap();
    let worded = "情報提供ネットワークシステムを使用して当該利用特定個人情報を提供するとき";
    assert!(text.contains(worded));
    let text = text.replacen(
        worded,
        "情報連携基盤を使用して当該利用特定個人情報を提供するとき",
        1,
    );
    let file = folder.join(UNREAD);
    fs::write(&file, text).unwrap();
    file
}

struct Printed {
    status: i32,
    out: String,
    err: String,
}

fn watch(files: &[PathBuf], more: &[&str]) -> Printed {
    let output = Command::new(env!("CARGO_BIN_EXE_mokuteki"))
        .args(["law", "watch"])
        .args(files)
        .args(more)
        .args(["--lang", "en"])
        .output()
        .unwrap();
    Printed {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn records(printed: &Printed) -> Vec<Value> {
    let lines = printed.out.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn touched<'v>(records: &'v [Value], provision: &str) -> &'v Value {
    let all = records
        .iter()
        .flat_map(|record| record["touched"].as_array().unwrap());
    all.into_iter()
        .find(|touched| touched["provision"] == provision)
        .unwrap()
}

#[test]
fn a_change_on_which_nothing_rests_ends_with_0() {
    let printed = watch(&PERSONAL.map(data), &["--format", "json"]);
    assert_eq!((printed.status, printed.err.as_str()), (0, ""));
    let records = records(&printed);
    let changes = records[0]["changes"].as_array().unwrap();
    let changed: Vec<&Value> = changes.iter().map(|change| &change["is"]).collect();
    assert_eq!(changed, ["第150条", "第162条", "第164条"]);
    assert_eq!(records[0]["touched"].as_array().unwrap().len(), 0);
}

/// Four flows, of which one cites the item, one's answer stands on it as its ground, one's tells a duty by the article, and
/// one has nothing to do with it.
const REGISTER: &str = r#"
[defaults]
society = "aeon"
as_of = "2026-04-01"

[[flow]]
id = "cites"
data = ["資格情報"]
recipient = "事業主"
relation = "第三者提供"
basis = "番号法第19条第8号"
my_number = true

[[flow]]
id = "stands"
data = ["給付情報"]
sender = "他の医療保険者"
recipient = "当組合"
relation = "第三者提供"
activity = "保険給付審査"
channel = "情報提供ネットワークシステム"
my_number = true
consent = "none"
abroad = false

[[flow]]
id = "apart"
data = ["レセプト"]
recipient = "点検業者"
relation = "委託"
activity = "レセプトの内容点検・審査"
"#;

#[test]
fn a_moved_item_is_told_with_the_flows_of_each_register_that_rest_on_it() {
    let folder = folder("register");
    let register = folder.join("flows.toml");
    fs::write(&register, REGISTER).unwrap();
    let shown = register.display().to_string();
    let printed = watch(
        &MY_NUMBER.map(data),
        &["--format", "json", "--register", &shown],
    );
    assert_eq!((printed.status, printed.err.as_str()), (0, ""));
    let records = records(&printed);
    let network = touched(&records, "my-number-act/network");
    assert_eq!(network["what"], "moved");
    assert_eq!(network["was"], "番号法第19条第7号");
    assert_eq!(network["is"], "番号法第19条第8号");
    assert_eq!(network["recorded"], true);
    let flows = network["flows"].as_array().unwrap();
    let resting = |flow: &str| flows.iter().find(|resting| resting["flow"] == flow);
    assert_eq!(resting("cites").unwrap()["by"], "basis");
    assert_eq!(resting("stands").unwrap()["by"], "ground");
    assert_eq!(resting("stands").unwrap()["register"], *shown);
    assert!(resting("apart").is_none());
    // The same for people.
    let printed = watch(&MY_NUMBER.map(data), &["--register", &shown]);
    assert!(printed.out.contains("cites (its basis)"), "{}", printed.out);
    assert!(
        printed.out.contains("stands (its ground)"),
        "{}",
        printed.out
    );
}

#[test]
fn a_text_that_nobody_has_read_ends_with_2_until_a_person_accepts_what_it_drafts() {
    let folder = folder("draft");
    let files = [data(MY_NUMBER[1]), unread(&folder)];
    let draft = folder.join("draft.toml");
    let shown = draft.display().to_string();
    let printed = watch(&files, &["--format", "json", "--draft", &shown]);
    assert_eq!((printed.status, printed.err.as_str()), (2, ""));
    let records = records(&printed);
    let network = touched(&records, "my-number-act/network");
    assert_eq!(network["what"], "changed");
    assert_eq!(network["recorded"], false);

    // A person reads the text and puts each draft behind the provision that it names.
    let statutes = folder.join("rules/statutes");
    fs::create_dir_all(statutes.join("places")).unwrap();
    for (from, to) in [
        (root().join("rules/statutes"), &statutes),
        (
            root().join("rules/statutes/places"),
            &statutes.join("places"),
        ),
    ] {
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
    }
    fs::copy(
        root().join("rules/grounds.toml"),
        folder.join("rules/grounds.toml"),
    )
    .unwrap();
    for kind in ["notices", "published"] {
        let to = folder.join("rules").join(kind);
        fs::create_dir_all(&to).unwrap();
        for entry in fs::read_dir(root().join("rules").join(kind)).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
    let act = statutes.join("my-number-act.toml");
    let mut text = fs::read_to_string(&act).unwrap();
    let drafted = fs::read_to_string(&draft).unwrap();
    let drafts: Vec<&str> = drafted.split("# 人が条文を確かめて受け入れる (").collect();
    assert!(drafts.len() > 1, "{drafted}");
    for one in &drafts[1..] {
        let (provision, citation) = one.split_once(")\n").unwrap();
        let citation = citation.split("\n\n").next().unwrap();
        let at = text.find(&format!("id = \"{provision}\"")).unwrap();
        let end = text[at..]
            .find("\n[[provision]]")
            .map_or(text.len(), |next| at + next);
        text.insert_str(end, &format!("\n{citation}\nsource = \"読んだ条文\"\n"));
    }
    fs::write(&act, text).unwrap();
    let rules = folder.join("rules").display().to_string();
    let printed = watch(&files, &["--rules", &rules]);
    assert_eq!(
        (printed.status, printed.err.as_str()),
        (0, ""),
        "{}",
        printed.out
    );
}

#[test]
fn what_is_announced_and_not_known_ends_with_2() {
    let folder = folder("announced");
    let csv = folder.join("pending.csv");
    let head = "law_id,law_title,enforcement_date,enforcement_note,amend_law_name,amend_law_num,amend_promulgation_date,mst_id,url\n";
    let row = |day: &str| {
        format!(
            "425AC0000000027,行政手続における特定の個人を識別するための番号の利用等に関する法律,{day},,番号法の一部を改正する法律,令和八年法律第九十九号,令和八年十二月一日,{day}_508AC0000000099,https://laws.e-gov.go.jp/law/425AC0000000027/{day}_508AC0000000099\n"
        )
    };
    fs::write(&csv, format!("{head}{}", row("20280401"))).unwrap();
    let shown = csv.display().to_string();
    let printed = watch(&[], &["--announced", &shown]);
    assert_eq!((printed.status, printed.err.as_str()), (2, ""));
    assert!(
        printed.out.contains("a person must look"),
        "{}",
        printed.out
    );

    // A list that was cut in the middle of a row ends with 3, and says where; what stands before is told.
    let cut = row("20280501");
    let cut: String = cut.chars().take(90).collect();
    fs::write(&csv, format!("{head}{}{cut}", row("20280401"))).unwrap();
    let printed = watch(&[], &["--announced", &shown]);
    assert_eq!(printed.status, 3, "{}{}", printed.out, printed.err);
    assert!(
        printed.err.contains(&format!("{shown}:3")),
        "{}",
        printed.err
    );
}

#[test]
fn what_cannot_be_read_ends_with_3_and_the_rest_is_told() {
    let folder = folder("broken");
    let whole = fs::read(data(PERSONAL[1])).unwrap();
    let cut = folder.join("415AC0000000057_20280401_508AC0000000099.xml");
    fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    let [old, new] = PERSONAL.map(data);
    let printed = watch(&[old.clone(), new.clone(), cut.clone()], &[]);
    assert_eq!(printed.status, 3);
    assert!(printed.out.contains("第150条"), "{}", printed.out);
    assert!(
        printed.err.contains(&cut.display().to_string()),
        "{}",
        printed.err
    );

    // Two texts of one day.
    let twin = folder.join("415AC0000000057_20260717_508AC0000000099.xml");
    fs::write(&twin, &whole).unwrap();
    let printed = watch(&[old, new, twin], &[]);
    assert_eq!(printed.status, 3);
    assert!(printed.err.contains("2026-07-17"), "{}", printed.err);

    // Nothing at all.
    let printed = watch(&[], &[]);
    assert_eq!(printed.status, 3);
    assert!(printed.err.contains("nothing to watch"), "{}", printed.err);
}
