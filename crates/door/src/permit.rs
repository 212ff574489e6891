//! Permits and their tokens: what a program shows where its language has no types that can hold a permit.

use mokuteki::{
    decision::{Accepted, NamedPermit, NamedSink, Refused, Remark, Token, TokenError},
    report::{ErrorRecord, Lang},
};

use crate::{
    check::Written,
    fault::{Fault, Status},
    rules::Rules,
};

/// The shortest key, in bytes, that seals a token: half of what the seal has, so that nobody finds it by trying.
pub const LEAST_KEY: usize = 16;

impl Rules {
    /// Gives a permit for a flow of one kind of data to a sink. `accepted` are the codes, separated by `;`, of what rests
    /// on the caller's word and is accepted by name.
    ///
    /// # Errors
    ///
    /// The flow cannot be read, a code is none, or there is no permit and why.
    pub fn permit(
        &self,
        written: &Written<'_>,
        sink: NamedSink<'_>,
        accepted: &str,
        lang: Lang,
    ) -> Result<NamedPermit, Fault> {
        if sink.name.trim().is_empty() {
            return Err(Fault::argument("sink", "a sink has a name"));
        }
        let accepted = accepted_of(accepted)?;
        let data = written.data();
        let flow = self.engine().flow(&written.spec(&data));
        let flow = flow.map_err(|errors| Fault::flow(&errors, lang))?;
        let permit = self.engine().named_permit(sink, &flow, &accepted, None);
        permit.map_err(|refused| refusal(&refused, lang))
    }
}

fn accepted_of(codes: &str) -> Result<Accepted, Fault> {
    let codes = codes.split(';').map(str::trim);
    let codes: Vec<&str> = codes.filter(|code| !code.is_empty()).collect();
    Accepted::of(&codes).map_err(|code| {
        let known = Remark::OF_WORD.join(", ");
        Fault::argument("accepted", &format!("`{code}` is none of: {known}"))
    })
}

fn refusal(refused: &Refused, lang: Lang) -> Fault {
    let fault = |code, field: &str, message: String, help: &str| {
        Fault::new(Status::Refused, code, field, message, help)
    };
    match refused {
        Refused::Verdict(verdict) => fault(
            "not-permitted",
            "verdict",
            match lang {
                Lang::Ja => format!("許可は出ない: 判定は {}", verdict.word()),
                Lang::En => refused.to_string(),
            },
            lang.pick(
                "記録（check）に理由がある",
                "the record of the flow (check) says why",
            ),
        ),
        Refused::Sink {
            declared,
            recipient,
        } => fault(
            "other-recipient",
            "recipient",
            match lang {
                Lang::Ja => {
                    format!(
                        "許可は出ない: 出口の宛先は「{declared}」、流れの提供先は「{recipient}」"
                    )
                }
                Lang::En => refused.to_string(),
            },
            lang.pick(
                "出口か提供先を直す",
                "mend the sink or the recipient of the flow",
            ),
        ),
        Refused::Unaccepted(codes) => {
            let message = match lang {
                Lang::Ja => format!("許可は出ない: 申告だけに拠る点が残る: {}", codes.join("、")),
                Lang::En => refused.to_string(),
            };
            let help = lang.pick(
                "流れに書くか、名指しで引き受ける",
                "say it in the flow, or accept it by name",
            );
            let more = codes.iter().skip(1);
            let more = more.map(|code| {
                ErrorRecord::of_row(code, "accepted", message.clone(), help.to_owned())
            });
            let first = codes.first().copied().unwrap_or("unaccepted");
            fault(first, "accepted", message.clone(), help).with_more(more.collect())
        }
        _ => fault("no-permit", "", refused.to_string(), ""),
    }
}

/// The token of a permit, sealed by a key.
///
/// # Errors
///
/// The key is shorter than [`LEAST_KEY`].
pub fn token(permit: &NamedPermit, key: &[u8]) -> Result<String, Fault> {
    check_key(key)?;
    Ok(permit.token(key))
}

/// What a permit says, as JSON on one line.
#[must_use]
pub fn said(permit: &NamedPermit) -> String {
    serde_json::to_string(&permit.record()).unwrap_or_default()
}

/// Reads a token that a key has sealed for a sink: what its permit says, as JSON on one line. That the day of the flow is
/// today, and the flow the one at hand, is for the caller to compare.
///
/// # Errors
///
/// The key is shorter than [`LEAST_KEY`], or why the token proves nothing.
pub fn verify(token: &str, key: &[u8], sink: &str, lang: Lang) -> Result<String, Fault> {
    check_key(key)?;
    let said = Token::verify(token, key, sink).map_err(|error| {
        let (code, ja) = match error {
            TokenError::Form => ("token-form", "許可のトークンではない"),
            TokenError::Seal => ("token-seal", "封印がこの鍵のものではない"),
            TokenError::Sink => ("token-sink", "別の出口への許可である"),
            _ => ("token", "許可を証しない"),
        };
        let message = match lang {
            Lang::Ja => ja.to_owned(),
            Lang::En => error.to_string(),
        };
        let help = lang.pick("送らない", "do not send");
        Fault::new(Status::Token, code, "token", message, help)
    })?;
    Ok(serde_json::to_string(&said.record()).unwrap_or_default())
}

fn check_key(key: &[u8]) -> Result<(), Fault> {
    if key.len() < LEAST_KEY {
        let message = format!("a key has {LEAST_KEY} bytes at least");
        return Err(Fault::argument("key", &message));
    }
    Ok(())
}
