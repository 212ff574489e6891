//! What is not a regular file, and a time within which every answer comes.

use std::{
    fs,
    os::unix::{fs::symlink, net::UnixListener},
    path::Path,
    process::Command,
    sync::mpsc,
    thread,
    time::Duration,
};

use mokuteki_files::Fault;
use rustix::fs::{CWD, FileType, Mode, mknodat};

/// The name of the reason of a fault, without its facts.
pub(crate) fn why(fault: &Fault) -> String {
    let reason = format!("{:?}", fault.reason());
    let name = reason.split([' ', '{', '"']).next().unwrap_or_default();
    name.trim_end_matches('(').to_owned()
}

/// What the work gives, within ten seconds: it may not wait for anybody.
pub(crate) fn in_time<T: Send + 'static>(
    what: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(work()));
    receiver
        .recv_timeout(Duration::from_secs(10))
        .unwrap_or_else(|_| panic!("{what}: no answer in ten seconds"))
}

/// A tree `top/in` with one of everything in it, and a secret beside it.
pub(crate) fn tree() -> tempfile::TempDir {
    let top = tempfile::tempdir().unwrap();
    let (root, out) = (top.path().join("in"), top.path().join("out"));
    fs::create_dir_all(root.join("folder/below")).unwrap();
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("secret"), "SECRET\n").unwrap();
    fs::write(root.join("plain"), "words\n").unwrap();
    fs::write(root.join("empty"), "").unwrap();
    fs::write(root.join("binary"), b"\x7fELF\0\0\xff").unwrap();
    fs::write(root.join("folder/below/file"), "words\n").unwrap();
    // A hole: it takes no room on the disk.
    fs::File::create(root.join("huge"))
        .unwrap()
        .set_len(1 << 40)
        .unwrap();
    let links: [(&str, &Path); 14] = [
        ("link-inside", Path::new("plain")),
        ("folder/link-up-inside", Path::new("../plain")),
        ("chain-1", Path::new("chain-2")),
        ("chain-2", Path::new("folder/chain-3")),
        ("folder/chain-3", Path::new("below/file")),
        ("link-out", Path::new("../out/secret")),
        ("link-absolute", &out.join("secret")),
        ("link-absolute-inside", &root.join("plain")),
        ("chain-out-1", Path::new("folder/chain-out-2")),
        ("folder/chain-out-2", Path::new("../../out/secret")),
        ("folder-out", Path::new("../out")),
        ("link-environ", Path::new("/proc/self/environ")),
        ("link-loop", Path::new("link-loop")),
        ("link-nowhere", Path::new("nothing")),
    ];
    for (name, target) in links {
        symlink(target, root.join(name)).unwrap();
    }
    for at in 0..60 {
        symlink(format!("long-{}", at + 1), root.join(format!("long-{at}"))).unwrap();
    }
    fs::write(root.join("long-60"), "words\n").unwrap();
    symlink("/dev/zero", root.join("link-device")).unwrap();
    mknodat(
        CWD,
        root.join("pipe"),
        FileType::Fifo,
        Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
    // The name stays when the listener is gone.
    drop(UnixListener::bind(root.join("socket")).unwrap());
    top
}

/// A test of this program that is run by itself as a user without rights, so that permissions count: of the root user
/// they do not.
pub(crate) fn without_rights(test: &str, folder: &Path) -> Command {
    let program = std::env::current_exe().unwrap();
    let mut command = if rustix::process::geteuid().is_root() {
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(program);
        command
    } else {
        Command::new(program)
    };
    command
        .args(["--exact", test, "--nocapture"])
        .env("MOKUTEKI_TEST_FOLDER", folder);
    command
}

/// The folder that this process is to work in, where it was started by another test.
#[expect(
    clippy::disallowed_methods,
    reason = "a test tells its other process where to work"
)]
pub(crate) fn folder_of_child() -> Option<std::path::PathBuf> {
    std::env::var("MOKUTEKI_TEST_FOLDER").ok().map(Into::into)
}
