//! Problems of published lists that nothing else has.

use super::edit::{Case, Edit::Add};

const LIST: &str = "lists/aeon-consent.toml";

pub(crate) const CASES: &[Case] = &[Case {
    says: "a way to object that the page does not print",
    edits: &[
        Add(
            "published/aeon-consent.txt",
            "同意の一覧\n医療費通知をまとめて送ること\n",
        ),
        Add(
            LIST,
            r#"[notice]
kind = "consent-list"
society = "aeon"
name = "イオン健康保険組合"
edition = "架空"
from = 2026-04-01
read_on = 2026-11-30
bullet = ""

[notice.text]
file = "published/aeon-consent.txt"
sha256 = "b82776ee13b8123ab6d15bd90da3390e7d893c3b74ed214fd5a19f70609e9e0f"

[notice.title]
quote = "同意の一覧"
lines = [1, 1]

[[consent]]
id = "household-cost-notice"
lines = [2, 2]
quote = "医療費通知をまとめて送ること"
mode = "implied"
data = ["医療費情報"]
to = ["被保険者"]
activity = ["医療費通知"]
household = true
objection = "電話でお申し出ください"
reason = "世帯の医療費を知らせる。"
"#,
        ),
    ],
    finds: &[("words-not-printed", LIST, "objection = ")],
}];
