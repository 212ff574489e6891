//! Why a text names no term, where that is no slip of spelling: problems of rules and errors of flows tell it
//! in the same words.

use super::Lang;

/// Why a text is no term.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mistake {
    /// It is the name of a field of the flow and no kind of data: 個人番号 is said in `my_number`.
    Field(String),
    /// It holds a character that is not seen.
    Hidden(char),
    /// It is several terms in one.
    Several(Vec<String>),
}

impl Mistake {
    /// What to do about it, in one line.
    #[must_use]
    pub fn help(&self, lang: Lang) -> String {
        match self {
            Self::Field(field) => lang.pick(
                format!("データの種類ではない。`{field}` に示す (流れでは {field} = true)"),
                format!("it is no kind of data: say it in `{field}` (in a flow, {field} = true)"),
            ),
            Self::Hidden(character) => {
                let code = u32::from(*character);
                lang.pick(
                    format!("見えない、又は紛らわしい文字 U+{code:04X} を消す"),
                    format!("remove the invisible or deceptive character U+{code:04X}"),
                )
            }
            Self::Several(parts) => {
                let list = format!("`{}`", parts.join("`, `"));
                lang.pick(
                    format!("一つずつ書く: {list} (表の data では ; で分ける)"),
                    format!(
                        "give them one by one: {list} (in the data of a table, separated by `;`)"
                    ),
                )
            }
        }
    }
}
