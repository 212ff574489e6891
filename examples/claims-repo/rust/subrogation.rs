//! Sends a claim to a non-life insurer, once the person has agreed.

fn send(claim: &Claim, url: &str) -> Result<(), ureq::Error> {
    // mokuteki: health/subrogation
    ureq::post(url).send_json(claim)?;
    Ok(())
}
