//! Files as they come: e-Gov's shapes, and broken ones, each with one clear error within bounds.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test may fail loudly"
)]

use std::{fmt::Write, path::Path};

use mokuteki_statutes::{act, document, error::Reason, index, table};

const LAW: &str = "<Law><LawNum>平成二十五年法律第二十七号</LawNum><LawBody><LawTitle>番号法</LawTitle><MainProvision>\
<Article Num=\"1\"><ArticleCaption>（目的）</ArticleCaption><ArticleTitle>第一条</ArticleTitle><Paragraph Num=\"1\"><ParagraphSentence><Sentence>本文</Sentence><Sentence Function=\"proviso\">ただし、</Sentence></ParagraphSentence>\
<Item Num=\"1\"><ItemSentence><Sentence>一</Sentence></ItemSentence></Item><Item Num=\"1_2\"><ItemSentence><Sentence>一の二</Sentence></ItemSentence></Item></Paragraph></Article>\
<Article Num=\"3:5\"><ArticleTitle>第三条から第五条まで</ArticleTitle><Paragraph Num=\"1\"><ParagraphSentence><Sentence>削除</Sentence></ParagraphSentence></Paragraph></Article>\
</MainProvision><SupplProvision><Article Num=\"1\"><ArticleTitle>第一条</ArticleTitle><Paragraph Num=\"1\"><ParagraphSentence><Sentence>施行</Sentence></ParagraphSentence></Paragraph></Article></SupplProvision>\
<SupplProvision AmendLawNum=\"x\"><Article Num=\"1\"><Paragraph Num=\"1\"><ParagraphSentence/></Paragraph></Article></SupplProvision></LawBody></Law>";

fn shapes(text: &str) -> Vec<String> {
    let mut act = act::parse("a.xml", text.as_bytes()).unwrap();
    act.revision.from = "2025-01-01".parse().ok();
    let table = table::write("my-number-act", "平成25年法律第27号", &[act]).unwrap();
    table
        .lines()
        .filter(|line| line.starts_with("1\t"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_bulk_file_the_answer_around_it_and_the_json_of_the_api_give_one_table() {
    let wanted = [
        "1\t第1条\t目的\t1!:1,1の2",
        "1\t第3条\t\t削除-5",
        "1\t附則第1条\t\t1",
    ];
    assert_eq!(shapes(LAW), wanted);
    let answer = format!(
        "<?xml version=\"1.0\"?><DataRoot><ApplData><LawId>425AC0000000027</LawId><LawNum/><LawFullText>{LAW}</LawFullText></ApplData></DataRoot>"
    );
    assert_eq!(shapes(&answer), wanted);
    let json = r#"{"law_info":{"law_id":"425AC0000000027"},"revision_info":{"law_revision_id":"r","amendment_enforcement_date":"2025-01-01"},
    "law_full_text":{"tag":"Law","attr":{},"children":[{"tag":"LawNum","children":["平成二十五年法律第二十七号"]},{"tag":"LawBody","children":[
     {"tag":"LawTitle","children":["番号法"]},{"tag":"MainProvision","children":[
      {"tag":"Article","attr":{"Num":"1"},"children":[{"tag":"ArticleCaption","children":["（目的）"]},{"tag":"Paragraph","attr":{"Num":"1"},"children":[{"tag":"ParagraphSentence","children":[{"tag":"Sentence","children":["本文"]}]}]}]}]}]}]}}"#;
    let act = act::parse("a.json", json.as_bytes()).unwrap();
    assert_eq!(
        (act.revision.id.as_deref(), act.articles.len()),
        (Some("r"), 1)
    );
}

fn reason(text: &str) -> Reason {
    act::parse("a.xml", text.as_bytes()).unwrap_err().reason
}

#[test]
fn a_broken_file_is_one_error_that_says_what_is_wrong() {
    assert!(matches!(reason(""), Reason::NoAct(_)));
    assert!(matches!(reason("plain text"), Reason::NoAct(_)));
    assert!(matches!(reason("<html><p>x</p></html>"), Reason::NoAct(_)));
    assert!(matches!(reason("{}"), Reason::NoAct(_)));
    assert!(matches!(
        reason("{\"law_full_text\":\"PD94bWw=\"}"),
        Reason::NoAct(_)
    ));
    assert!(matches!(reason("<Law><LawNum>x</Law>"), Reason::Broken(_)));
    assert!(matches!(
        reason(LAW[..LAW.len() / 2 - 1].trim_end_matches(|c: char| !c.is_ascii())),
        Reason::Broken(_)
    ));
    assert!(matches!(reason("{\"law_full_text\":"), Reason::Broken(_)));
    assert!(matches!(
        reason(&LAW.replace("Num=\"3:5\"", "Num=\"1\"")),
        Reason::BadPlace(_)
    ));
    assert!(matches!(
        reason(&LAW.replace("Num=\"1_2\"", "Num=\"x\"")),
        Reason::BadPlace(_)
    ));
    assert!(matches!(
        reason(&LAW.replace("第二十七号", "号外")),
        Reason::NoAct(_)
    ));
}

#[test]
fn a_bomb_is_refused_within_its_bound() {
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    assert_eq!(reason(&format!("{entities}{LAW}")), Reason::DocumentType);
    assert!(matches!(
        reason(&LAW.replace("本文", "&b;")),
        Reason::Broken(_)
    ));
    let deep = format!("<Law>{}", "<a>".repeat(1_000_000));
    assert!(matches!(
        reason(&deep),
        Reason::TooLarge {
            what: "elements within elements",
            ..
        }
    ));
    let mut wide = "<Law>".to_owned();
    for _ in 0..document::MOST_ELEMENTS {
        wide.push_str("<a/>");
    }
    assert!(matches!(
        reason(&wide),
        Reason::TooLarge {
            what: "elements",
            ..
        }
    ));
    let deep_json = format!("{{\"law_full_text\":{}", "{\"children\":[".repeat(1_000));
    assert!(matches!(reason(&deep_json), Reason::Broken(_)));
    // Little that unpacks to much.
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bomb.xml.gz");
    let file = std::fs::File::create(&path).unwrap();
    let mut packing = flate2::write::GzEncoder::new(file, flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..=document::MOST_BYTES >> 20 {
        std::io::Write::write_all(&mut packing, &zeros).unwrap();
    }
    packing.finish().unwrap();
    let error = act::read(&path).unwrap_err();
    assert!(
        matches!(error.reason, Reason::TooLarge { what: "bytes", .. }),
        "{error}"
    );
}

#[test]
fn a_table_is_of_one_act_with_one_text_a_day() {
    let mut act = act::parse("a.xml", LAW.as_bytes()).unwrap();
    let write =
        |acts: &[act::Act]| table::write("my-number-act", "平成25年法律第27号", acts).unwrap_err();
    assert_eq!(write(&[act.clone()])[0].reason, Reason::NoDay);
    act.revision.from = "2025-01-01".parse().ok();
    let same = write(&[act.clone(), act.clone()]);
    assert!(matches!(same[0].reason, Reason::SameDay { .. }), "{same:?}");
    let other = table::write("health-insurance-act", "大正11年法律第70号", &[act]).unwrap_err();
    assert!(
        matches!(other[0].reason, Reason::OtherAct { .. }),
        "{other:?}"
    );
}

#[test]
fn a_list_that_was_cut_is_an_error_at_its_row() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("index.tsv");
    let mut text = "file\tlaw_id\trevision\tin_force_from\tretrieved\n".to_owned();
    writeln!(text, "a.xml\tx\ty\t2025-01-01").unwrap();
    std::fs::write(&path, text).unwrap();
    let errors = index::read(&path).unwrap_err();
    assert_eq!((errors.len(), errors[0].line), (1, 2));
    assert!(matches!(
        errors[0].reason,
        Reason::BadRow {
            wanted: 5,
            found: 4
        }
    ));
}
