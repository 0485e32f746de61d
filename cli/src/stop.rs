//! What ends a command before it is done: `--timeout`, SIGINT, SIGTERM, and SIGHUP when its terminal goes.
//!
//! One thread waits for them, whatever the command is doing: reading a file, resolving a host's name, compiling, writing
//! to a pipe that nobody reads.
//!
//! * While a database is in use ([`section`]) the command gets a moment ([`GRACE`]) to cancel its statement and to end by
//!   itself. Where it does not, or nothing has to be cancelled, the thread ends the program.
//! * A second signal ends the program at once.
//! * A message that nobody reads, since stderr is a pipe that is full, holds up neither of them.
//! * A signal that is ignored when the program starts stays ignored, as `nohup` and shells want it.
//! * Whoever ends the program does so under the lock of [`STATE`], so that it is told once, and stdout stays empty unless
//!   the output had begun.

use crate::guard;
use crate::report::Failure;
use eagerly::error::{Error, Result, code};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, mpsc};
use std::time::{Duration, Instant};
use tokio::runtime::Builder;
use tokio::sync::{Notify, oneshot};

/// How long a command has to end by itself.
const GRACE: Duration = Duration::from_millis(1_500);

/// How long output that has begun has to be taken when a signal comes.
const MOMENT: Duration = Duration::from_millis(100);

/// How long a message has to be taken.
const TELLING: Duration = Duration::from_secs(1);

/// Between two interruptions of what runs in this program, which forgets of one that comes between two statements.
const AGAIN: Duration = Duration::from_millis(10);

/// Why a command ends before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// It took longer than `--timeout` allows.
    Timeout(Duration),
    /// Somebody sent a signal of that number.
    Signal(u8),
}

struct State {
    reason: Option<Reason>,
    /// When the program has started, and how long it may take.
    limit: Option<(Instant, Duration)>,
    /// Databases in use.
    sections: usize,
    phase: Phase,
    /// Directories to remove at the end.
    temporary: Vec<PathBuf>,
    /// What ends a statement in this program.
    interrupt: Option<Arc<dyn Fn() + Send + Sync>>,
}

#[derive(Debug, PartialEq, Eq)]
enum Phase {
    Working,
    Writing,
    /// The command itself ends the program: its output is whole, or it has failed.
    Ended,
}

static STATE: Mutex<State> = Mutex::new(State {
    reason: None,
    limit: None,
    sections: 0,
    phase: Phase::Working,
    temporary: Vec::new(),
    interrupt: None,
});

/// Whether [`State::reason`] is there, for those who ask often.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Tells a command that awaits something.
static STOP: Notify = Notify::const_new();

/// Takes the limit of the command to the thread.
static LIMIT: OnceLock<Mutex<Option<oneshot::Sender<Duration>>>> = OnceLock::new();

/// What makes the command shorter.
static HELP: OnceLock<&str> = OnceLock::new();

/// When the program has started.
static START: OnceLock<Instant> = OnceLock::new();

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Begins to wait for signals. Where the system has no thread for that, they end the program as they always do.
pub(crate) fn watch() {
    let start = *START.get_or_init(Instant::now);
    // tokio panics where the system has no file left for its signals.
    let made = guard::caught(|| {
        let runtime =
            Builder::new_current_thread().enable_all().build().map_err(|error| Error::bug(error.to_string()))?;
        let inside = runtime.enter();
        let signals = Signals::new();
        drop(inside);
        Ok((runtime, signals))
    });
    let Ok((runtime, signals)) = made else { return };
    let (limit, limited) = oneshot::channel();
    let wait = move || runtime.block_on(wait(signals, start, limited));
    // The stack is not a main thread's: reports are drawn on it, and nothing is nested.
    if std::thread::Builder::new().name("stop".to_owned()).stack_size(256 << 10).spawn(wait).is_ok() {
        let _ = LIMIT.set(Mutex::new(Some(limit)));
    }
}

/// Ends the command once it has run for that long, counted from the program's start. `help` says what makes it shorter.
///
/// # Errors
/// A system without a thread to watch the time.
pub(crate) fn after(limit: Option<Duration>, help: &'static str) -> Result<()> {
    let Some(limit) = limit else { return Ok(()) };
    let _ = HELP.set(help);
    state().limit = Some((*START.get_or_init(Instant::now), limit));
    let sender = LIMIT.get().and_then(|sender| sender.lock().unwrap_or_else(PoisonError::into_inner).take());
    match sender.map(|sender| sender.send(limit)) {
        Some(Ok(())) => Ok(()),
        _ => Err(Error::input(code::UNREADABLE, "the system has no thread that could watch the time")
            .help("leave `--timeout` out, or end other programs")
            .into()),
    }
}

async fn wait(mut signals: Signals, start: Instant, limited: oneshot::Receiver<Duration>) {
    let mut time = Box::pin(async move {
        // Without a limit the sender stays where it is, and this never ends.
        let Ok(limit) = limited.await else { return std::future::pending().await };
        if let Some(end) = start.checked_add(limit) {
            tokio::time::sleep_until(end.into()).await;
            return Reason::Timeout(limit);
        }
        std::future::pending().await
    });
    let first = std::future::poll_fn(|context| match signals.poll(context) {
        std::task::Poll::Pending => time.as_mut().poll(context),
        signal => signal,
    });
    let reason = first.await;
    let (patience, begun) = (begin(reason), Instant::now());
    // What has ended gets all of the time: it only has to say so.
    while begun.elapsed() < if state().phase == Phase::Ended { GRACE } else { patience } {
        let interrupt = state().interrupt.clone();
        interrupt.inspect(|interrupt| interrupt());
        let second = std::future::poll_fn(|context| signals.poll(context));
        if let Ok(second) = tokio::time::timeout(AGAIN, second).await {
            let state = state();
            leave(second, &state);
        }
    }
    let state = state();
    if state.phase != Phase::Ended {
        leave(reason, &state);
    }
    // It ends by itself, and cannot: nobody reads what it tells.
    std::process::exit(reason.code().into())
}

/// Tells the command to stop, or ends the program where there is nothing to wait for. How long it has to end by itself.
fn begin(reason: Reason) -> Duration {
    let mut state = state();
    match (&state.phase, reason) {
        // Output that has begun and only has to be taken is whole in a moment, and then all is well.
        (Phase::Writing, Reason::Signal(_)) => return MOMENT,
        (Phase::Writing | Phase::Ended, _) => return GRACE,
        (Phase::Working, _) => {}
    }
    state.reason = Some(reason);
    if state.sections == 0 {
        leave(reason, &state);
    }
    STOPPED.store(true, Ordering::Release);
    STOP.notify_waiters();
    GRACE
}

/// Ends the program. The lock is held until it is gone.
fn leave(reason: Reason, state: &State) -> ! {
    for directory in &state.temporary {
        // What cannot be removed stays.
        let _ = std::fs::remove_dir_all(directory);
    }
    let (told, is_told) = mpsc::channel();
    let tell = move || {
        reason.tell();
        told.send(())
    };
    if std::thread::Builder::new().spawn(tell).is_ok() {
        // Told or not, the program ends.
        let _ = is_told.recv_timeout(TELLING);
    }
    std::process::exit(reason.code().into())
}

impl Reason {
    /// Why the command has ended, unless whoever sent a signal knows.
    fn failure(self) -> Option<Failure> {
        match self {
            Self::Timeout(limit) => {
                let error = Error::timeout("the command", limit);
                Some(HELP.get().copied().into_iter().fold(error, Error::help).into())
            }
            Self::Signal(_) => None,
        }
    }

    /// Says that on stderr.
    fn tell(self) {
        self.failure().inspect(Failure::report);
    }

    /// The exit code.
    fn code(self) -> u8 {
        match self {
            Self::Timeout(_) => self.failure().map_or(0, |failure| failure.code()),
            Self::Signal(number) => 128 + number,
        }
    }
}

/// The end of the command: why it was stopped, if it was. From here on it ends the program by itself.
pub(crate) fn end() -> Option<ExitCode> {
    let reason = {
        let mut state = state();
        state.phase = Phase::Ended;
        state.reason
    };
    reason.map(|reason| {
        reason.tell();
        reason.code().into()
    })
}

/// Whether the command is to stop.
pub(crate) fn is_due() -> bool {
    STOPPED.load(Ordering::Acquire)
}

/// Waits until the command is to stop.
pub(crate) async fn due() {
    let mut told = std::pin::pin!(STOP.notified());
    // From here on it hears of it.
    told.as_mut().enable();
    if !is_due() {
        told.await;
    }
}

/// What a command that was stopped returns. Nobody reads it: [`end`] knows why it was stopped.
pub(crate) fn stopped() -> Error {
    Error::input(code::USAGE, "the command was stopped")
}

/// Begins the output, which can no longer be empty from here on.
///
/// # Errors
/// The command is to stop.
pub(crate) fn begin_writing() -> Result<()> {
    let mut state = state();
    // The thread that waits has a clock of milliseconds, and may not have had its turn.
    if let Some((_, limit)) = state.limit.filter(|(start, limit)| start.elapsed() > *limit) {
        state.reason.get_or_insert(Reason::Timeout(limit));
    }
    if state.reason.is_some() {
        return Err(stopped().into());
    }
    state.phase = Phase::Writing;
    Ok(())
}

/// Ends the output: it is whole, and nothing that comes now makes a failure of it.
pub(crate) fn end_writing() {
    state().phase = Phase::Ended;
}

/// Uses a database until this is dropped: a statement of it may have to be cancelled.
#[must_use]
pub(crate) fn section() -> Section {
    state().sections += 1;
    Section
}

/// A database in use.
#[derive(Debug)]
pub(crate) struct Section;

impl Drop for Section {
    fn drop(&mut self) {
        state().sections -= 1;
    }
}

/// What ends a statement that runs in this program.
pub(crate) fn interrupt_by(interrupt: impl Fn() + Send + Sync + 'static) {
    state().interrupt = Some(Arc::new(interrupt));
}

/// Makes a directory that is removed too if the program ends before its owner does that.
///
/// # Errors
/// Those of `make`.
pub(crate) fn removed_at_end<T: AsRef<Path>>(make: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    // The program does not end meanwhile.
    let mut state = state();
    let directory = make()?;
    state.temporary.push(directory.as_ref().to_owned());
    Ok(directory)
}

/// The signals that stop a command.
#[cfg(unix)]
struct Signals([Option<(u8, tokio::signal::unix::Signal)>; 3]);

#[cfg(unix)]
impl Signals {
    fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [(1, SignalKind::hangup()), (2, SignalKind::interrupt()), (15, SignalKind::terminate())];
        let ignored = ignored();
        let is_heard = |number: u8| ignored & (1 << (number - 1)) == 0;
        Self(kinds.map(|(number, kind)| is_heard(number).then(|| signal(kind).ok().map(|signal| (number, signal)))?))
    }

    fn poll(&mut self, context: &mut std::task::Context<'_>) -> std::task::Poll<Reason> {
        for (number, signal) in self.0.iter_mut().flatten() {
            if let std::task::Poll::Ready(Some(())) = signal.poll_recv(context) {
                return std::task::Poll::Ready(Reason::Signal(*number));
            }
        }
        std::task::Poll::Pending
    }
}

/// The signals that are ignored, a bit for each; none where the system does not tell.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let bits = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    bits.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or(0)
}

/// Elsewhere the system's own way stays.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> Self {
        Self
    }

    fn poll(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Reason> {
        std::task::Poll::Pending
    }
}
