//! Standard output and standard error, which nobody may be reading any more.
//!
//! The exit status is that of what was decided, whether or not anybody reads all of it: `mokuteki decide … | head -1` must not
//! tell a build that all is well. So writing never ends a run. A closed pipe is no failure; any other failure is kept and
//! told at the end, where it can only make the status worse.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

/// The first failure of writing, other than a closed pipe.
#[derive(Clone, Debug, Default)]
pub(crate) struct Failure(Arc<Mutex<Option<io::Error>>>);

impl Failure {
    fn keep(&self, error: io::Error) {
        if error.kind() != io::ErrorKind::BrokenPipe {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.get_or_insert(error);
        }
    }

    /// Takes it.
    pub(crate) fn take(&self) -> Option<io::Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A writer that outlasts its reader.
#[derive(Debug)]
pub(crate) struct Lasting<W> {
    out: W,
    failure: Failure,
    ended: bool,
}

impl<W> Lasting<W> {
    pub(crate) fn new(out: W, failure: &Failure) -> Self {
        Self {
            out,
            failure: failure.clone(),
            ended: false,
        }
    }

    /// Whether nobody reads what is still written.
    pub(crate) fn is_ended(&self) -> bool {
        self.ended
    }
}

impl<W: Write> Write for Lasting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.ended {
            return Ok(bytes.len());
        }
        match self.out.write(bytes) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => {
                self.failure.keep(error);
                self.ended = true;
                Ok(bytes.len())
            }
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.ended
            && let Err(error) = self.out.flush()
        {
            self.failure.keep(error);
            self.ended = true;
        }
        Ok(())
    }
}
