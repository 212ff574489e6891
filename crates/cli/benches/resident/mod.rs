//! The memory of a process while it runs.

use std::{fs, io, process::Child, thread, time::Duration};

/// The most memory that a process was seen to hold until it ended, in KiB; what the system does not tell is 0.
/// Looking so often slows it, so this is nothing for a round that is timed.
pub(crate) fn most(child: &mut Child) -> io::Result<u64> {
    let mut most = 0;
    let status = format!("/proc/{}/status", child.id());
    while child.try_wait()?.is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let high = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let high = high.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
        most = most.max(high.unwrap_or(0));
        thread::sleep(Duration::from_millis(2));
    }
    Ok(most)
}
