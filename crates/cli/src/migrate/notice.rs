//! Notices and drafts of the first edition.
//!
//! What the first edition wrote once for each notice (who hands data over for internal use, that the result of an entrustment
//! comes back) follows from the law now and is taken out. What it did not write, because it took 番号利用事務 for a work of
//! every flow, is left to a person: such a clause permits nothing before.

use std::path::Path;

use mokuteki::rules::{FORMAT_KEY, format_of};
use mokuteki_findings::{Place, Text};
use toml_edit::{Array, DocumentMut, Item, RawString, Table, value};

use super::Run;

/// Tables of the first edition in the place of which the second has rules for all notices.
const REPLACED: [&str; 2] = ["collecting", "returning"];

/// The key that the second edition asks of clauses for 個人番号.
const NEEDS_NUMBER: &str = "needs_number";

impl Run<'_> {
    pub(super) fn notice(&mut self, root: &Path, path: &str, mut document: DocumentMut) {
        let shown = root.join(path).to_string_lossy().into_owned();
        let brought_numbers = document
            .get("collecting")
            .and_then(|collecting| collecting.get("my_number"))
            .is_some();
        for key in REPLACED {
            document.remove(key);
        }
        let mut asked = Vec::new();
        for purpose in tables(document.get_mut("purpose")) {
            for clause in tables(purpose.get_mut("clause")) {
                asked.extend(numbered(clause));
            }
            for section in tables(purpose.get_mut("section")) {
                for clause in tables(section.get_mut("clause")) {
                    asked.extend(numbered(clause));
                }
            }
        }
        let notice = document.get("notice");
        let has = |key: &str| notice.and_then(|notice| notice.get(key)).is_some();
        let is_undated = notice
            .and_then(|notice| notice.get("undated"))
            .and_then(Item::as_bool)
            .unwrap_or_default();
        let without_since = is_undated && !has("since");
        // The key stands before every table, and what stands over the first table stays there.
        document.insert(FORMAT_KEY, value(i64::from(format_of(path))));
        if let Some(mut key) = document.key_mut(FORMAT_KEY) {
            key.leaf_decor_mut().set_prefix(RawString::default());
        }
        let written = document.to_string();
        self.write(&root.join(path), &written);
        for id in &asked {
            let at = written.find(&format!("id = \"{id}\"")).unwrap_or_default();
            let message = Text::new(
                "個人番号の根拠 (my_number) のある事例が、個人番号を伴う流れだけに当たるのか決まっていない",
                "the clause has a ground for 個人番号 (`my_number`), and nothing says whether it stands for flows with a number alone",
            );
            let help = Text::new(
                "番号法を言うだけの事例なら needs_number = true と書き、業務を実際の名で書いて、unread から needs_number を消す",
                "where its words speak of 番号法 alone, write needs_number = true and the works by their real names; then take needs_number out of `unread`",
            );
            self.settle(super::place(&shown, &written, at), id, message, help);
        }
        if brought_numbers {
            let message = Text::new(
                "[collecting.my_number] は、個人番号の受領をすべての業務に開いていた",
                "[collecting.my_number] opened every work to receipts of 個人番号",
            );
            let help = Text::new(
                "受け取る業務ごとに、directions = [\"inward\"] の読みとそのデータを書く (内蔵の notices/aeon.toml の my-number-…-in にならう)。書くまでは受領に当たらない",
                "write a reading with directions = [\"inward\"] and its data for each work that receives it, as my-number-…-in of the notices/aeon.toml that ships; until then nothing covers such a receipt",
            );
            self.settle(Place::file(&*shown), "", message, help);
        }
        if without_since {
            let at = written.find("undated").unwrap_or_default();
            let message = Text::new(
                "日付のない文書がいつから有効か書かれていない (since)。書くまでは読んだ日 (read_on) からとする",
                "nothing says from when the undated notice can have been in force (`since`); until then it is from the day on which it was read (`read_on`)",
            );
            let help = Text::new(
                "文書が印刷する法律の最初の日を since に書く",
                "write the first day of the law that it prints as `since`",
            );
            self.settle(super::place(&shown, &written, at), "", message, help);
        }
        self.check(root, path, &written);
    }
}

fn tables(item: Option<&mut Item>) -> impl Iterator<Item = &mut Table> {
    let tables = item.and_then(Item::as_array_of_tables_mut);
    tables.into_iter().flat_map(|tables| tables.iter_mut())
}

/// The id of a clause for 個人番号 that does not say whether it stands for numbers alone; it is unread from now on.
fn numbered(clause: &mut Table) -> Option<String> {
    if !clause.contains_key("my_number") || clause.contains_key(NEEDS_NUMBER) {
        return None;
    }
    let id = clause.get("id").and_then(Item::as_str)?.to_owned();
    match clause.get_mut("unread").and_then(Item::as_array_mut) {
        Some(unread) => unread.push(NEEDS_NUMBER),
        None => {
            let unread: Array = [NEEDS_NUMBER].into_iter().collect();
            clause.insert("unread", value(unread));
        }
    }
    Some(id)
}
