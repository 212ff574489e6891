//! Reads events in CSV from standard input and writes them as FHIR R4 `Consent` resources.
//!
//! `cargo run -p mokuteki-consent --example fhir < events.csv`

use std::io::{self, Read, Write};

use mokuteki::{Engine, Finding, Lang};
use mokuteki_consent::{read_events, to_fhir};

fn main() -> io::Result<()> {
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes)?;
    let engine = Engine::embedded();
    let (events, troubles) = read_events(engine, "standard input", &bytes);
    for trouble in &troubles {
        writeln!(io::stderr(), "{}", trouble.render(Lang::En))?;
    }
    writeln!(io::stdout(), "{}", to_fhir(engine, &events))?;
    if troubles.is_empty() {
        Ok(())
    } else {
        Err(io::Error::other("some events were not read"))
    }
}
