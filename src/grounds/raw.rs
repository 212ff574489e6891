//! The shape of `grounds.toml`.

use serde::Deserialize;
use toml::value::Datetime;

use super::{Consent, LawfulNeeds, Unseen};
use crate::rules::Located;

type Ids = Vec<Located<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    #[serde(default)]
    pub(super) ground: Vec<RawGround>,
    pub(super) internal: RawInternal,
    pub(super) person: RawPerson,
    pub(super) receipt: RawReceipt,
    pub(super) pseudonymised: RawPseudonymised,
    pub(super) subcontract: RawSubcontract,
    pub(super) basis: RawBasis,
    pub(super) abroad: RawAbroad,
    pub(super) my_number: RawMyNumber,
    #[serde(default)]
    pub(super) lawful: Vec<RawLawful>,
    #[serde(default)]
    pub(super) duty: Vec<RawDuty>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawNeeds {
    Nothing,
    Basis,
    Consent,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawConsent {
    Implied,
    Explicit,
}

impl From<RawConsent> for Consent {
    fn from(raw: RawConsent) -> Self {
        match raw {
            RawConsent::Implied => Self::Implied,
            RawConsent::Explicit => Self::Explicit,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own in the file"
)]
pub(super) struct RawGround {
    pub(super) id: Located<String>,
    pub(super) label: String,
    pub(super) en: String,
    pub(super) needs: RawNeeds,
    pub(super) consent: Option<RawConsent>,
    #[serde(default)]
    pub(super) provisions: Ids,
    pub(super) asks: Option<Located<String>>,
    #[serde(default)]
    pub(super) alongside: Ids,
    #[serde(default)]
    pub(super) with_consent: Ids,
    #[serde(default)]
    pub(super) any_basis: bool,
    pub(super) relation: Option<Located<String>>,
    #[serde(default)]
    pub(super) objectable: bool,
    #[serde(default)]
    pub(super) statute: bool,
    #[serde(default)]
    pub(super) result: bool,
    pub(super) remark: Option<Unseen>,
    #[serde(default)]
    pub(super) data: Ids,
    #[serde(default)]
    pub(super) data_except: Ids,
    #[serde(default)]
    pub(super) sender: Ids,
    #[serde(default)]
    pub(super) channel: Ids,
    #[serde(default)]
    pub(super) channel_except: Ids,
    pub(super) from: Option<Located<Datetime>>,
    pub(super) until: Option<Located<Datetime>>,
    #[serde(default)]
    pub(super) duties: Ids,
    #[serde(default)]
    pub(super) choice: bool,
    pub(super) source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawInternal {
    pub(super) ground: Located<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPerson {
    pub(super) ground: Located<String>,
    #[serde(default)]
    pub(super) mandate: Ids,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReceipt {
    pub(super) ground: Located<String>,
    pub(super) asks: Located<String>,
    pub(super) grounds: Ids,
    pub(super) named: Ids,
    pub(super) returning: Ids,
    #[serde(default)]
    pub(super) duties: Ids,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPseudonymised {
    pub(super) third_party: Ids,
    pub(super) forbids: Ids,
    pub(super) statute: Ids,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSubcontract {
    pub(super) relation: Ids,
    pub(super) recipient: Ids,
    pub(super) provision: Located<String>,
    pub(super) number_provision: Located<String>,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBasis {
    pub(super) undeclared: Ids,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAbroad {
    pub(super) provision: Located<String>,
    pub(super) consent: RawConsent,
    #[serde(default)]
    pub(super) with_consent: Ids,
    #[serde(default)]
    pub(super) exempt_basis: Ids,
    #[serde(default)]
    pub(super) duties: Ids,
    #[serde(default)]
    pub(super) equivalent_duties: Ids,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMyNumber {
    pub(super) forbids: Located<String>,
    pub(super) excludes: Located<String>,
    pub(super) channel: Ids,
    #[serde(rename = "use")]
    pub(super) use_inside: Located<String>,
    pub(super) to_person: Located<String>,
    pub(super) from_person: Located<String>,
    #[serde(default)]
    pub(super) item: Vec<RawItem>,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawItem {
    pub(super) provision: Located<String>,
    pub(super) sender: Ids,
    pub(super) recipient: Ids,
    #[serde(default)]
    pub(super) channel: Ids,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLawful {
    pub(super) provision: Located<String>,
    pub(super) needs: LawfulNeeds,
    #[serde(default)]
    pub(super) recipient: Ids,
    #[serde(default)]
    pub(super) activity: Ids,
    #[serde(default)]
    pub(super) unnamed: bool,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDuty {
    pub(super) id: Located<String>,
    pub(super) text: String,
    pub(super) en: String,
    #[serde(default)]
    pub(super) provisions: Ids,
    #[serde(default)]
    pub(super) not_for: Ids,
    #[serde(default)]
    pub(super) not_as: Ids,
    pub(super) source: String,
}
