//! A page that is imported again: what a person settled stays, and what changed is shown.

use super::{Desk, SMALL};

const FILE: &str = "rules/notices/aozora.toml";

#[test]
fn the_same_page_changes_nothing() {
    let desk = Desk::new("again-same");
    desk.write("aozora.txt", SMALL);
    assert_eq!(desk.import(&["aozora.txt", "-o", "rules"]).code, 0);
    let first = desk.read(FILE);
    let said = desk.run(&[
        "import",
        "aozora.txt",
        "-o",
        "rules",
        "--read-on",
        "2027-01-01",
    ]);
    assert_eq!(said.code, 0);
    assert_eq!(desk.read(FILE), first);
    assert!(said.out.contains("stays as it is"), "{}", said.out);
}

#[test]
fn a_changed_page_keeps_what_a_person_wrote_and_shows_the_difference() {
    let desk = Desk::new("again-changed");
    desk.write("aozora.txt", SMALL);
    assert_eq!(desk.import(&["aozora.txt", "-o", "rules"]).code, 0);
    let by_hand = desk
        .read(FILE)
        .replace("data = [\"レセプト\"]", "data = [\"電子レセプト\"]");
    assert!(by_hand.contains("電子レセプト"), "{by_hand}");
    desk.write(FILE, &by_hand);

    let changed = SMALL
        .replace(
            "個人情報の利用目的\n",
            "個人情報の利用目的\n令和8年12月改定\n",
        )
        .replace(
            "・レセプトデータの内容点検・審査の委託\n",
            "・審査支払機関への情報提供\n",
        );
    desk.write("aozora.txt", changed);
    let review = desk.review(&["aozora.txt", "-o", "rules"]);
    let before = &review["before"];
    assert_eq!(before["untouched"], false);
    assert_eq!(before["same"].as_array().unwrap().len(), 1);
    assert_eq!(before["new"].as_array().unwrap().len(), 1);
    assert_eq!(
        before["gone"][0]["quote"],
        "レセプトデータの内容点検・審査の委託"
    );
    let codes: Vec<&str> = review["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|finding| finding["code"].as_str())
        .collect();
    for code in ["clause-new", "clause-gone"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    let now = desk.read(FILE);
    assert!(now.contains("data = [\"電子レセプト\"]"), "{now}");
    assert!(now.contains("審査支払機関への情報提供"), "{now}");
    let gone = now
        .lines()
        .filter(|line| line.contains("審査の委託"))
        .all(|line| line.starts_with('#'));
    assert!(gone, "{now}");
}

#[test]
fn a_file_that_cannot_be_read_is_never_written_over() {
    let desk = Desk::new("again-broken");
    desk.write("aozora.txt", SMALL);
    for before in ["this is not = [ toml", "[notice]\nsociety = 3\n"] {
        desk.write(FILE, before);
        let said = desk.import(&["aozora.txt", "-o", "rules"]);
        assert_eq!(said.code, 3, "{}{}", said.out, said.err);
        assert!(said.err.contains("aozora.toml"), "{}", said.err);
        assert!(said.err.contains("help"), "{}", said.err);
        assert_eq!(desk.read(FILE), before);
    }
}
