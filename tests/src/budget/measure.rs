//! Measures the cases: builds `budget` as users build, counts its instructions with callgrind, and has `allocations`
//! count what it allocates.

use super::{Costs, Counts};
use crate::servers::program;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// The C library chooses its string functions and the sizes at which they change by the processor: here they are the same
/// on all, and without AVX, which not all have. From which size on its allocator maps a block stays what it is at first:
/// how that moves with what was freed before changed counts by 0.3 % from run to run.
const TUNABLES: [&str; 5] = [
    "glibc.cpu.hwcaps=-AVX2,-AVX2_Usable,-AVX,-AVX_Fast_Unaligned_Load,-AVX512F,-AVX512VL,-EVEX,-ERMS,-FSRM",
    "glibc.cpu.x86_non_temporal_threshold=0xc00000",
    "glibc.cpu.x86_rep_movsb_threshold=0x800",
    "glibc.cpu.x86_rep_stosb_threshold=0x800",
    "glibc.malloc.mmap_threshold=131072",
];

/// What is allocated.
#[derive(Clone, Debug, Default)]
pub struct Allocations {
    /// How often, by the cases with a budget.
    pub cases: BTreeMap<String, u64>,
    /// By whole loads.
    pub footprints: Vec<Footprint>,
}

impl Allocations {
    /// What all cases cost, as far as it is known: their instructions are not.
    #[must_use]
    pub fn costs(&self) -> Costs {
        let counts = |count: &u64| Counts { instructions: None, allocations: Some(*count) };
        self.cases.iter().map(|(name, count)| (name.clone(), counts(count))).collect()
    }
}

/// The memory of a load of posts with author and tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Footprint {
    /// The number of posts.
    pub posts: u64,
    /// The bytes of each body.
    pub body: u64,
    /// Whether key lists were sent.
    pub keyed: bool,
    /// Eight bytes a number and the bytes of the text, each stored cell once.
    pub raw: u64,
    /// The most bytes that were allocated at a time.
    pub peak: u64,
    /// The number of allocations.
    pub allocations: u64,
}

/// What the counts depend on but for the code: compilers, target and C library.
#[must_use]
pub fn made_with() -> BTreeMap<&'static str, String> {
    let says = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).current_dir(workspace()).output();
        output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
    };
    let rustc = says("rustc", &["-vV"]);
    let line = |name: &str| rustc.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
    BTreeMap::from([
        ("rustc", line("release: ")),
        ("target", line("host: ")),
        ("cc", says("cc", &["-dumpfullversion"]).trim().to_owned()),
        ("libc", says("getconf", &["GNU_LIBC_VERSION"]).trim().to_owned()),
    ])
}

fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The program that counts instructions, which is installed where it can be.
///
/// # Errors
/// Why there is none.
pub fn valgrind() -> Result<PathBuf, String> {
    program("valgrind", "valgrind")
}

/// Adds the instructions of all cases to what they cost, of each time that one is done: two are counted at a time.
///
/// # Errors
/// What does not build, run or count.
pub fn count_instructions(valgrind: &Path, costs: &mut Costs) -> Result<(), String> {
    let budget = build("budget", &["--release"])?;
    let cases = run(&mut Command::new(&budget))?;
    let left = Mutex::new(cases.lines());
    let costs = Mutex::new(costs);
    let worker = || -> Result<(), String> {
        while let Some(case) = next(&left) {
            let (name, repeats) = case.split_once('\t').ok_or_else(|| format!("`budget` says `{case}`"))?;
            let repeats: u64 = repeats.parse().map_err(|error| format!("{name}: {error}"))?;
            let all = instructions(valgrind, &budget, &[OsStr::new(name)])?;
            let mut costs = costs.lock().map_err(|e| e.to_string())?;
            costs.entry(name.to_owned()).or_default().instructions = Some(all / repeats);
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers = [scope.spawn(worker), scope.spawn(worker)];
        workers.into_iter().try_for_each(|worker| worker.join().unwrap_or_else(|_| Err("a worker panicked".to_owned())))
    })
}

fn next<'a>(left: &Mutex<std::str::Lines<'a>>) -> Option<&'a str> {
    left.lock().ok()?.next()
}

/// Builds a program of `benches`, where the tests are built too; its path.
fn build(name: &str, profile: &[&str]) -> Result<PathBuf, String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--package=eagerly-benches", "--no-default-features", "--message-format=json"]);
    let messages = run(cargo.args(["--bin", name]).args(profile))?;
    let message = |line| serde_json::from_str::<serde_json::Value>(line).ok();
    let executable = |line| Some(PathBuf::from(message(line)?.get("executable")?.as_str()?));
    messages.lines().find_map(executable).ok_or_else(|| format!("cargo built no `{name}`"))
}

/// What a program prints.
fn run(command: &mut Command) -> Result<String, String> {
    let output = command.current_dir(workspace()).output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if !output.status.success() {
        return Err(format!("{command:?}\n{}{}", text(&output.stdout), text(&output.stderr)));
    }
    Ok(text(&output.stdout))
}

/// The instructions that `budget` counts with these arguments. Its environment is empty, so that its length does not
/// matter.
///
/// # Errors
/// What valgrind says where it counts nothing.
pub fn instructions(valgrind: &Path, budget: &Path, arguments: &[&OsStr]) -> Result<u64, String> {
    let mut command = Command::new(valgrind);
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no"]);
    command.args(["--toggle-collect=*budget*measured*"]).arg(budget).args(arguments);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let output = command.env_clear().env("PATH", path).env("GLIBC_TUNABLES", TUNABLES.join(":")).output();
    let output = output.map_err(|error| format!("valgrind: {error}"))?;
    let log = String::from_utf8_lossy(&output.stderr);
    let collected = log.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    // Nothing is collected where the function is not found.
    match collected.filter(|count| *count > 0 && output.status.success()) {
        Some(count) => Ok(count),
        None => Err(format!("{arguments:?}: valgrind counts nothing\n{log}")),
    }
}

/// What all cases and whole loads allocate. A debug build counts what any build counts, and is there sooner.
///
/// # Errors
/// What does not build or run.
pub fn allocations() -> Result<Allocations, String> {
    let text = run(&mut Command::new(build("allocations", &[])?))?;
    let mut allocations = Allocations::default();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let number = |index: usize| -> Result<u64, String> {
            fields.get(index).and_then(|field| field.parse().ok()).ok_or_else(|| format!("no number in `{line}`"))
        };
        match fields[..] {
            [name, _] => drop(allocations.cases.insert(name.to_owned(), number(1)?)),
            [_, _, keys @ ("keyed" | "whole"), _, _, _] => allocations.footprints.push(Footprint {
                posts: number(0)?,
                body: number(1)?,
                keyed: keys == "keyed",
                raw: number(3)?,
                peak: number(4)?,
                allocations: number(5)?,
            }),
            _ => return Err(format!("`allocations` says `{line}`")),
        }
    }
    Ok(allocations)
}
