//! Programs: found, run as the right user, and ended with us.

use std::ffi::OsStr;
use std::io;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take to be ready, its first files included.
const START: Duration = Duration::from_secs(120);

/// A directory whose server runs until this process ends, or this is dropped.
#[derive(Debug)]
pub(super) struct Guarded {
    /// The directory, which goes with the server.
    pub(super) directory: PathBuf,
    /// Its end is what the guard waits for.
    _pipe: ChildStdin,
}

impl Guarded {
    /// A new directory, with these files, in which `script` is run by a shell. As root, all belongs to and runs as
    /// `user`, since servers refuse root.
    pub(super) fn start(
        name: &str,
        user: &str,
        files: &[(&str, &str)],
        script: &str,
        arguments: &[&OsStr],
    ) -> io::Result<Self> {
        let temporary = tempfile::Builder::new().prefix(&format!("eagerly-{name}-")).tempdir()?;
        let directory = temporary.path();
        let account = if directory.metadata()?.uid() == 0 { account(user) } else { None };
        for (name, text) in files {
            std::fs::write(directory.join(name), text)?;
        }
        let mut command = Command::new("sh");
        if let Some((user, group)) = account {
            for path in files.iter().map(|(name, _)| directory.join(name)).chain([directory.to_owned()]) {
                chown(path, Some(user), Some(group))?;
            }
            command.uid(user).gid(group);
        }
        command.args(["-c", include_str!("guard.sh"), "guard"]).arg(directory).arg(script).args(arguments);
        // A group of its own: an interrupt from the keyboard ends the tests, and then the guard ends the server.
        command.current_dir(directory).process_group(0);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let pipe = child.stdin.take().ok_or_else(|| io::Error::other("no pipe"))?;
        // From here on the guard removes it.
        Ok(Self { directory: temporary.keep(), _pipe: pipe })
    }

    /// Waits until `ready` says yes.
    pub(super) fn wait(&self, mut ready: impl FnMut() -> Result<(), String>) -> Result<(), String> {
        let start = Instant::now();
        loop {
            let problem = match ready() {
                Ok(()) => return Ok(()),
                Err(problem) => problem,
            };
            let ended = self.directory.join("ended").exists();
            if ended || start.elapsed() > START {
                let log = std::fs::read_to_string(self.directory.join("log")).unwrap_or_default();
                let how = if ended { "it ended" } else { "it is not ready" };
                return Err(format!("{how}: {problem}\n{}", tail(&log)));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// User and group of a name, or else of nobody.
fn account(name: &str) -> Option<(u32, u32)> {
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    let find = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2).map(str::parse::<u32>);
        Some((fields.next()?.ok()?, fields.next()?.ok()?))
    };
    find(name).or_else(|| find("nobody"))
}

/// Whether we are root, by the owner of what we make.
pub(super) fn root() -> bool {
    tempfile::tempdir().and_then(|directory| directory.path().metadata()).is_ok_and(|metadata| metadata.uid() == 0)
}

/// A port of the loopback that is free now.
pub(super) fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// A word that nobody guesses.
pub(super) fn secret() -> String {
    use std::hash::{BuildHasher, RandomState};
    format!("{:016x}{:016x}", RandomState::new().hash_one(1), RandomState::new().hash_one(2))
}

/// The first of these programs that is in the path or in one of the directories.
pub(super) fn find(names: &[&str], directories: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path: Vec<PathBuf> = std::env::split_paths(&path).chain(directories.iter().cloned()).collect();
    names.iter().flat_map(|name| path.iter().map(move |directory| directory.join(name))).find(|file| file.is_file())
}

/// Finds a program in the path. If it is missing, its package is installed where `EAGERLY_TEST_INSTALL` allows that.
///
/// # Errors
/// Why it is not there.
pub fn program(name: &str, package: &str) -> Result<PathBuf, String> {
    let found = || find(&[name], &[]);
    match found() {
        Some(program) => Ok(program),
        None => install(package, None).map(|()| found())?.ok_or_else(|| format!("{name} is nowhere to be found")),
    }
}

/// If this variable is `1`, missing packages are installed with `apt-get`.
const INSTALL: &str = "EAGERLY_TEST_INSTALL";

/// Installs a package, if the environment allows it, we are root, and there is `apt-get`. The error names the package.
pub(super) fn install(package: &str, service: Option<&str>) -> Result<(), String> {
    let missing = |why: &str| Err(format!("{package} is not installed: {why}"));
    if std::env::var_os(INSTALL).is_none_or(|value| value != "1") {
        return missing(&format!("install that package, or let root set {INSTALL}=1"));
    }
    if !root() {
        return missing("only root can install it");
    }
    let Some(apt) = find(&["apt-get"], &[]) else {
        return missing("there is no apt-get");
    };
    let options: [&OsStr; 4] = ["-y", "-q", "-o", "DPkg::Lock::Timeout=300"].map(OsStr::new);
    let steps = [["update"].as_slice(), &["install", "--no-install-recommends", package]];
    for step in steps {
        // `timeout` ends apt's children with it.
        let mut command = Command::new("timeout");
        command.arg("900").arg(&apt).args(options).args(step).env("DEBIAN_FRONTEND", "noninteractive");
        let output = command.stdin(Stdio::null()).output().map_err(|error| format!("apt-get: {error}"))?;
        if !output.status.success() && step[0] == "install" {
            let all = [output.stdout, output.stderr].concat();
            return Err(format!("apt-get {} failed\n{}", step.join(" "), tail(&String::from_utf8_lossy(&all))));
        }
    }
    // The package may have started a server of its own, which nobody asked for.
    if let Some(service) = service {
        let _ = Command::new("service").args([service, "stop"]).stdin(Stdio::null()).output();
    }
    Ok(())
}

/// The last lines of a text.
fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(30)..].join("\n")
}

/// The directories in another one, the last name first: the newest version.
pub(super) fn versions(directory: &Path, below: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    let version = |path: &Path| path.file_name().and_then(OsStr::to_str).and_then(|name| name.parse::<f64>().ok());
    found.sort_by(|a, b| version(b).partial_cmp(&version(a)).unwrap_or(std::cmp::Ordering::Equal));
    found.into_iter().map(|path| path.join(below)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Waits for something that another process does.
    fn soon(what: &str, mut holds: impl FnMut() -> bool) {
        let start = Instant::now();
        while !holds() {
            assert!(start.elapsed() < Duration::from_secs(20), "{what} does not come");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Whether a process is there, and not only its entry.
    fn runs(process: &str) -> bool {
        let status = std::fs::read_to_string(format!("/proc/{process}/stat"));
        status.is_ok_and(|status| !status.contains(") Z "))
    }

    /// A process that ends closes its pipes, and so does this.
    #[test]
    fn a_server_and_its_directory_go_when_the_pipe_is_closed() {
        let script = "sleep 1000 & echo $! >child; echo $$ >server; wait";
        let guarded = Guarded::start("test", "nobody", &[("a file", "text")], script, &[]).unwrap();
        let directory = guarded.directory.clone();
        let process = |name: &str| std::fs::read_to_string(directory.join(name)).unwrap_or_default().trim().to_owned();
        soon("the server", || !process("server").is_empty());
        let processes = [process("child"), process("server")];
        assert!(processes.iter().all(|process| runs(process)), "{processes:?}");
        drop(guarded);
        soon("the end", || !directory.exists() && !processes.iter().any(|process| runs(process)));
    }

    #[test]
    fn a_server_that_ends_by_itself_is_told_with_its_last_words() {
        let guarded = Guarded::start("test", "nobody", &[], "echo no space left; exit 3", &[]).unwrap();
        let problem = guarded.wait(|| Err("no answer".to_owned())).unwrap_err();
        assert_eq!(problem, "it ended: no answer\nno space left");
        let directory = guarded.directory.clone();
        drop(guarded);
        soon("the end", || !directory.exists());
    }
}
