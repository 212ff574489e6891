//! The review as one JSON document: the findings in the form of every check, and the rest beside them.

use serde_json::json;

use super::Review;
use mokuteki::problem::Lang;
use mokuteki_findings::{Form, RenderError};

impl Review {
    /// The review as JSON.
    ///
    /// # Errors
    ///
    /// It could not be written: the reason, in English.
    pub fn json(&self, lang: Lang) -> Result<String, RenderError> {
        let mut findings = self.findings.clone();
        let notice = json!({
            "society": self.society,
            "name": self.name,
            "read_on": self.read_on.to_string(),
            "rules": self.rule_file,
            "text": self.text_file,
            "purposes": self.purposes,
            "clauses": self.cases.len(),
            "unread": self.unread(),
        });
        let document: Vec<_> = self.document.iter().map(|told| told.said(lang)).collect();
        let parts = [
            ("notice", notice),
            ("document", json!(document)),
            ("clauses", json!(self.cases)),
            ("left_out", json!(self.left_out)),
            ("nearest", json!(self.nearest)),
            ("before", json!(self.before)),
        ];
        for (name, part) in parts {
            findings.data.insert(name.to_owned(), part);
        }
        findings.render(Form::Json, lang)
    }
}
