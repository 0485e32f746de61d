//! Eagerly against the load by hand on PostgreSQL and MariaDB, servers that this starts and ends: one run of each in
//! turn, medians and their ratio, equal results. A server that cannot be had is named as not run.
//!
//! ```text
//! cargo bench -p eagerly-benches --bench servers [-- POSTS…]
//! ```
//! *three* compares the same three statements on both sides, and so the drivers and the stitching alone: this is the
//! contract, and the program ends with 1 where it is missed. *keyed* and *whole* set Eagerly's own plan against the best
//! of what is written by hand, whatever its statements, as information.
//!
//! Both sides work on one thread of the client and one connection of the server, each statement prepared before it is
//! timed. *Time* is what passes; *client* is the processor time of the client's thread, which tells more where the
//! server is busy with others.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use eagerly::{LoadSpec, Plan, Planner, Postgres, ResultGraph};
use eagerly_benches::by_hand::{Post, ResultHash, mysql, postgres};
use eagerly_benches::{Blog, eager};
use eagerly_tests::database::Backend;
use eagerly_tests::servers::{Server, server};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// The load without a choice of the planner's: the three statements of by hand's *joined*.
const THREE: &str =
    "{ post(where: {id: {ne: 1}}) { id title body author @selectin { id name } tag @selectin { id name slug } } }";

/// The most that Eagerly may take for one of by hand, with the same statements.
const MOST: f64 = 1.1;

/// What two loads took: wall time, and processor time of this thread.
#[derive(Clone, Copy)]
struct Took {
    wall: Duration,
    client: Duration,
}

/// The time that this thread has worked.
fn worked() -> Duration {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(line.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or_default())
}

fn time(load: &mut dyn FnMut()) -> Took {
    let (client, wall) = (worked(), Instant::now());
    load();
    Took { wall: wall.elapsed(), client: worked().saturating_sub(client) }
}

fn median(times: &[Took], of: impl Fn(&Took) -> Duration) -> f64 {
    let mut times: Vec<Duration> = times.iter().map(of).collect();
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e3
}

/// A load and its name.
type Load<'l> = (&'static str, &'l mut dyn FnMut());

/// The loads in turn, each the first of a round as often as another. The last is Eagerly's, whose ratio to the best of
/// the others is the result.
fn compare(what: &str, posts: u32, loads: &mut [Load<'_>]) -> f64 {
    let rounds = (200_000 / posts).clamp(21, 601) as usize;
    let mut times: Vec<Vec<Took>> = loads.iter().map(|_| Vec::new()).collect();
    for round in 0..rounds + 2 {
        for turn in 0..loads.len() {
            let index = (round + turn) % loads.len();
            let took = time(loads[index].1);
            // The first rounds prepare.
            if round >= 2 {
                times[index].push(took);
            }
        }
    }
    let wall: Vec<f64> = times.iter().map(|times| median(times, |took| took.wall)).collect();
    let client: Vec<f64> = times.iter().map(|times| median(times, |took| took.client)).collect();
    let best = |times: &[f64]| times[..times.len() - 1].iter().copied().fold(f64::INFINITY, f64::min);
    for (index, (name, _)) in loads.iter().enumerate() {
        println!(
            "{what:<15} {posts:>6} posts  {name:<15} {:>9.3} ms {:>6.3}   client {:>9.3} ms {:>6.3}",
            wall[index],
            wall[index] / best(&wall),
            client[index],
            client[index] / best(&client)
        );
    }
    wall[wall.len() - 1] / best(&wall)
}

/// Says whether a ratio is what it has to be.
fn met(what: &str, posts: u32, ratio: f64) -> bool {
    let verdict = if ratio <= MOST { "met" } else { "MISSED" };
    println!("{what:<15} {posts:>6} posts  {verdict}: {ratio:.3} of {MOST}");
    ratio <= MOST
}

fn plan(planner: &Planner, spec: &str) -> Plan {
    planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap()
}

fn on_postgres(runtime: &Runtime, server: &Server, posts: u32) -> bool {
    let url = server.make(&format!("eagerly_test_blog_{posts}"), &Blog::of(posts).postgres());
    // As on a server that has run for a while. It is no part of a transaction, and so of no other SQL.
    server.execute(&url, "VACUUM ANALYZE").unwrap();
    let connection = runtime.block_on(eagerly_postgres::connect(&url)).unwrap();
    let client = connection.client();
    let planner = Planner::new(runtime.block_on(eagerly_postgres::reflect(client)).unwrap(), Postgres::new());
    let hand = runtime.block_on(postgres::Loader::new(client)).unwrap();
    let load = |plan: &Plan| runtime.block_on(eagerly_postgres::load(&connection, plan)).unwrap();
    let keyed = || runtime.block_on(hand.keyed(client, 1)).unwrap();
    let keyed_joined = || runtime.block_on(hand.keyed_joined(client, 1)).unwrap();
    let whole = || runtime.block_on(hand.whole(client)).unwrap();

    against(
        Backend::Postgres,
        posts,
        &planner,
        &load,
        &ByHand { keyed: &keyed, keyed_joined: &keyed_joined, whole: &whole },
    )
}

fn on_mariadb(runtime: &Runtime, server: &Server, posts: u32) -> bool {
    use std::cell::RefCell;
    let url = server.make(&format!("eagerly_test_blog_{posts}"), &Blog::of(posts).mariadb());
    let mut connection = runtime.block_on(eagerly_mysql::connect(&url)).unwrap();
    let graph = runtime.block_on(eagerly_mysql::reflect(&mut connection)).unwrap();
    let planner = Planner::new(graph, eagerly_mysql::dialect(&connection));
    let hand = runtime.block_on(mysql::Loader::new(connection.conn().unwrap())).unwrap();
    let connection = RefCell::new(connection);
    let load = |plan: &Plan| runtime.block_on(eagerly_mysql::load(&mut connection.borrow_mut(), plan)).unwrap();
    let keyed = || runtime.block_on(hand.keyed(connection.borrow_mut().conn().unwrap(), 1)).unwrap();
    let keyed_joined = || runtime.block_on(hand.keyed_joined(connection.borrow_mut().conn().unwrap(), 1)).unwrap();
    let whole = || runtime.block_on(hand.whole(connection.borrow_mut().conn().unwrap())).unwrap();

    against(
        Backend::Mariadb,
        posts,
        &planner,
        &load,
        &ByHand { keyed: &keyed, keyed_joined: &keyed_joined, whole: &whole },
    )
}

/// The loads by hand against a server.
struct ByHand<'l> {
    keyed: &'l dyn Fn() -> Vec<Post>,
    keyed_joined: &'l dyn Fn() -> Vec<Post>,
    whole: &'l dyn Fn() -> Vec<Post>,
}

/// Holds Eagerly against them; whether the same three statements take what they may.
fn against(
    backend: Backend,
    posts: u32,
    planner: &Planner,
    load: &dyn Fn(&Plan) -> ResultGraph,
    ByHand { keyed, keyed_joined, whole }: &ByHand<'_>,
) -> bool {
    let name = backend.name();
    let eagerly = plan(planner, eager::KEYED);
    equal(&[keyed(), keyed_joined()], eager::hash(&load(&eagerly)).unwrap());
    compare(
        &format!("{name} keyed"),
        posts,
        &mut [
            ("by hand", &mut || drop(keyed())),
            ("by hand, joined", &mut || drop(keyed_joined())),
            ("eagerly", &mut || drop(load(&eagerly))),
        ],
    );
    let eagerly = plan(planner, THREE);
    equal(&[keyed_joined()], eager::hash(&load(&eagerly)).unwrap());
    let three = compare(
        &format!("{name} three"),
        posts,
        &mut [("by hand, joined", &mut || drop(keyed_joined())), ("eagerly", &mut || drop(load(&eagerly)))],
    );
    let eagerly = plan(planner, eager::WHOLE);
    equal(&[whole()], eager::hash(&load(&eagerly)).unwrap());
    compare(
        &format!("{name} whole"),
        posts,
        &mut [("by hand", &mut || drop(whole())), ("eagerly", &mut || drop(load(&eagerly)))],
    );
    met(&format!("{name} three"), posts, three)
}

fn equal(by_hand: &[Vec<Post>], eagerly: u64) {
    by_hand.iter().for_each(|posts| assert_eq!(ResultHash::shared(posts), eagerly));
}

fn main() -> ExitCode {
    // `cargo bench` adds `--bench`.
    let asked: Vec<u32> = std::env::args().skip(1).filter_map(|posts| posts.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![100, 1_000, 10_000] } else { asked };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (mut not_run, mut all_met) = (Vec::new(), true);
    for (backend, on) in
        [(Backend::Postgres, on_postgres as fn(&Runtime, &Server, u32) -> bool), (Backend::Mariadb, on_mariadb)]
    {
        match server(backend) {
            Some(server) => sizes.iter().for_each(|posts| all_met &= on(&runtime, server, *posts)),
            None => not_run.push(backend.name()),
        }
    }
    if !not_run.is_empty() {
        println!("NOT RUN: {} could not be had", not_run.join(", "));
    }
    if all_met && not_run.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
