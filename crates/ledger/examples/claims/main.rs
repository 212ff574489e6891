//! A claims module on invented claims: consent, permits, the ledger, and the answer to a person.
//!
//! `cargo run -p mokuteki-ledger --example claims`

mod claims;
mod invented;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("mokuteki-claims-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut module = invented::module(&folder)?;
    let outcome = module.send(claims::read(&invented::claims(300))?, invented::DAY)?;
    assert_eq!((outcome.sent.len(), outcome.kept), (100, 200));
    let account = module.answer(&invented::member(0), invented::DAY.parse()?)?;
    assert_eq!(
        account.records.len(),
        outcome
            .sent
            .iter()
            .filter(|(claim, _)| claim.member == invented::member(0))
            .count()
    );
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
