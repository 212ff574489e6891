//! Another reader of PDFs, for those whose fonts this library cannot read.

use std::{
    fmt,
    io::{self, Read, Write},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use crate::source::LARGEST;
use mokuteki_findings::Text;

/// Another reader of PDFs. The library has none of its own; the command passes [`Pdftotext`].
pub trait Fallback {
    /// The name of the program.
    fn name(&self) -> &'static str;

    /// The text of a PDF, each page ended by a form feed.
    ///
    /// # Errors
    ///
    /// The program must be there, end in time and read the file.
    fn text(&self, pdf: &[u8]) -> Result<String, Unavailable>;
}

/// Why another reader did not help.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unavailable {
    /// None is passed.
    NotAsked,
    /// The program is not installed.
    NotInstalled,
    /// It was ended after so many seconds.
    TooSlow {
        /// The seconds.
        seconds: u64,
    },
    /// It failed.
    Failed {
        /// Its own words.
        reason: String,
    },
}

impl Unavailable {
    /// Why, in one line, of the program of the name.
    #[must_use]
    pub fn message(&self, name: &str) -> Text {
        match self {
            Self::NotAsked => Text::new("ほかの読み手はない", "there is no other reader"),
            Self::NotInstalled => Text::new(
                format!("{name} は入っていない"),
                format!("{name} is not installed"),
            ),
            Self::TooSlow { seconds } => Text::new(
                format!("{name} は {seconds} 秒で終わらなかった"),
                format!("{name} did not end within {seconds} seconds"),
            ),
            Self::Failed { reason } => Text::new(
                format!("{name} が失敗した: {reason}"),
                format!("{name} failed: {reason}"),
            ),
        }
    }
}

/// No other reader.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "it has nothing to hold")]
pub struct NoFallback;

impl Fallback for NoFallback {
    fn name(&self) -> &'static str {
        "pdftotext"
    }

    fn text(&self, _: &[u8]) -> Result<String, Unavailable> {
        Err(Unavailable::NotAsked)
    }
}

/// `pdftotext` of poppler, found on the path. It reads the file from its standard input and is ended when
/// it takes too long.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Pdftotext {
    /// The program.
    pub program: String,
    /// How long it may take.
    pub limit: Duration,
}

impl Default for Pdftotext {
    fn default() -> Self {
        Self {
            program: "pdftotext".to_owned(),
            limit: Duration::from_secs(30),
        }
    }
}

impl Fallback for Pdftotext {
    fn name(&self) -> &'static str {
        "pdftotext"
    }

    fn text(&self, pdf: &[u8]) -> Result<String, Unavailable> {
        let failed = |reason: &dyn fmt::Display| Unavailable::Failed {
            reason: reason.to_string(),
        };
        let mut child = Command::new(&self.program)
            .args(["-layout", "-enc", "UTF-8", "-", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => Unavailable::NotInstalled,
                _ => failed(&error),
            })?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (Some(mut input), Some(output)) = (input, output) else {
            return Err(failed(&"no pipe"));
        };
        let pdf = pdf.to_vec();
        // A program that ends early closes the pipe; its status tells then.
        thread::spawn(move || input.write_all(&pdf));
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let mut text = Vec::new();
            let most = u64::try_from(LARGEST).unwrap_or(u64::MAX);
            let read = output.take(most).read_to_end(&mut text);
            sender.send(read.map(|_| text))
        });
        let Ok(text) = receiver.recv_timeout(self.limit) else {
            // It may have ended by itself meanwhile, which is as good.
            let _ended = child.kill();
            let _status = child.wait();
            return Err(Unavailable::TooSlow {
                seconds: self.limit.as_secs(),
            });
        };
        // What it has still to say is too much.
        let _ended = child.kill();
        let _status = child.wait();
        let text = text.map_err(|error| failed(&error))?;
        if text.is_empty() {
            return Err(failed(&"no text"));
        }
        String::from_utf8(text).map_err(|error| failed(&error))
    }
}
