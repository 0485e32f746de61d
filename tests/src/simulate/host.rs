//! A host that exists only in memory: it sends what is ready over connections, waits on a virtual clock, and feeds rows
//! as they arrive, until the run ends or something goes wrong.
//!
//! On one connection answers come in the order of sending, as in a pipeline; between connections they come as their
//! latencies have it. Rows arrive in parts, and those of several statements are mixed.

use super::choices::Choices;
use super::faults::{self, Row};
use super::recipe::{Fault, Recipe};
use super::world::{Answer, Torn, World};
use eagerly::error::{ErrorKind, Errors};
use eagerly::value::Value;
use eagerly::{Executed, ResultGraph, Run, Statement};
use std::collections::VecDeque;
use std::time::Duration;

/// How a load ended.
#[derive(Debug)]
pub(super) enum Ended {
    Graph(ResultGraph),
    Error(Errors),
    /// The host has given up.
    GaveUp,
}

/// A statement in flight.
struct Flight {
    statement: Statement,
    answer: Answer,
    /// The next of its rows.
    next: usize,
    /// When its next rows arrive.
    due: u64,
    connection: u32,
    /// How many were sent before it.
    number: u32,
}

/// Drives runs of one world.
pub(super) struct Host<'h> {
    pub(super) world: &'h World,
    pub(super) recipe: &'h Recipe,
    pub(super) choices: &'h mut Choices,
    /// What goes wrong in the next load; none once it has happened.
    pub(super) fault: Fault,
    /// Statements of one batch see one moment.
    pub(super) by_batch: bool,
    /// Events, where somebody reads them.
    pub(super) trace: Option<Vec<String>>,
    /// The statements that have ended in the last load.
    pub(super) told: Vec<Executed>,
    /// Rows were not those of the database: the result is not the oracle's.
    pub(super) tainted: bool,
    /// The fault has happened in some load.
    pub(super) happened: bool,
    /// Statements that were sent in all loads, and in the longest.
    pub(super) sent: u32,
    pub(super) longest: u32,
    clock: u64,
    number: u32,
    rows: u64,
    bytes: u64,
    moments: u32,
}

impl<'h> Host<'h> {
    /// Bit by bit, `moments` says which statements see the later moment.
    pub(super) fn new(world: &'h World, recipe: &'h Recipe, choices: &'h mut Choices, moments: u32) -> Self {
        Self {
            world,
            recipe,
            choices,
            fault: Fault::None,
            by_batch: false,
            trace: None,
            told: Vec::new(),
            tainted: false,
            happened: false,
            sent: 0,
            longest: 0,
            clock: 0,
            number: 0,
            rows: 0,
            bytes: 0,
            moments,
        }
    }

    fn trace(&mut self, event: impl FnOnce() -> String) {
        let clock = self.clock;
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{clock:>5}  {}", event()));
        }
    }

    /// Drives a run.
    ///
    /// # Errors
    /// What must not be.
    pub(super) fn load(&mut self, run: Run) -> Result<Ended, String> {
        let ended = self.drive(run)?;
        self.longest = self.longest.max(self.number);
        self.happened |= self.tainted || !matches!(ended, Ended::Graph(_));
        Ok(ended)
    }

    fn drive(&mut self, mut run: Run) -> Result<Ended, String> {
        (self.clock, self.number, self.rows, self.bytes, self.tainted) = (0, 0, 0, 0, false);
        self.told.clear();
        match self.fault {
            Fault::MaxRows => run = run.max_rows(self.recipe.limit),
            Fault::MaxBytes => run = run.max_bytes(self.recipe.limit),
            _ => {}
        }
        let (mut queue, mut flights) = (VecDeque::new(), Vec::<Flight>::new());
        let mut ask = true;
        loop {
            if ask || self.choices.sometimes(20) {
                match run.ready() {
                    Ok(ready) => queue.extend(ready),
                    Err(errors) => return self.failed(run, None, errors),
                }
                if ask && queue.is_empty() && flights.is_empty() {
                    return self.finish(run);
                }
            }
            self.send(&mut queue, &mut flights)?;
            let Some(next) = next_due(&flights) else {
                return Err("nothing is in flight, and something is ready".into());
            };
            self.clock = self.clock.max(flights[next].due);
            if self.fault == Fault::TimedOut && self.clock > self.recipe.limit {
                self.trace(|| "the time is over".into());
                return Ok(Ended::GaveUp);
            }
            ask = match self.arrive(&mut run, &mut flights, next)? {
                Some(Step::Ended(ended)) => return Ok(ended),
                Some(Step::Failed(errors)) => return self.failed(run, Some(&flights[next].statement), errors),
                Some(Step::FinishEarly) => return self.finish_early(run),
                Some(Step::StatementEnded) => {
                    flights.remove(next);
                    flights.is_empty() && queue.is_empty()
                }
                None => false,
            };
        }
    }

    /// Sends what the connections have room for.
    fn send(&mut self, queue: &mut VecDeque<Statement>, flights: &mut Vec<Flight>) -> Result<(), String> {
        while !queue.is_empty() {
            let in_flight = |c: u32| flights.iter().filter(|flight| flight.connection == c).count() as u32;
            let free: Vec<u32> = (0..self.recipe.connections).filter(|c| in_flight(*c) < self.recipe.depth).collect();
            if free.is_empty() {
                break;
            }
            let connection = self.choices.one_of(&free);
            let at = self.choices.pick(queue.len() as u32) as usize;
            let Some(statement) = queue.remove(at) else { break };
            let (torn, number) = (self.recipe.is_torn(), self.number);
            let number_or_batch = if self.by_batch { statement.batch.index() as u32 } else { number };
            let later = torn && self.moments >> (number_or_batch % 31) & 1 == 1;
            let answer = self.world.answer(&statement, if later { self.recipe.torn } else { Torn::Not })?;
            let due = self.clock + 1 + u64::from(self.choices.pick(8));
            self.number += 1;
            self.sent += 1;
            self.trace(|| {
                let later = if later { " (later moment)" } else { "" };
                let Statement { id, batch, wave, sql, binds, keys, .. } = &statement;
                format!(
                    "send {id:?} on connection {connection}{later}: {batch:?} wave {wave} keys {keys} {sql} {binds:?}"
                )
            });
            flights.push(Flight { statement, answer, next: 0, due, connection, number });
        }
        Ok(())
    }

    /// Rows of a statement arrive, or its end.
    fn arrive(&mut self, run: &mut Run, flights: &mut [Flight], at: usize) -> Result<Option<Step>, String> {
        let flight = &mut flights[at];
        let left = flight.answer.len() - flight.next;
        let here =
            flight.number == self.recipe.at.0 && flight.next >= (self.recipe.at.1 as usize).min(flight.answer.len());
        if here && let Some(step) = self.go_wrong(run, flight)? {
            return Ok(Some(step));
        }
        if left == 0 {
            let id = flight.statement.id;
            if let Err(errors) = run.end(id) {
                return Ok(Some(Step::Failed(errors)));
            }
            self.trace(|| format!("end {id:?}"));
            let told = Executed::new(run, flight.statement.clone(), 0, Duration::ZERO);
            if told.rows != flight.answer.len() as u64 && !self.tainted {
                return Err(format!("{} rows are counted, and {} were fed", told.rows, flight.answer.len()));
            }
            self.told.push(told);
            return self.after_end(run, flight);
        }
        let count = if self.choices.sometimes(60) { left } else { 1 + self.choices.pick(left as u32) as usize };
        let rows = &flight.answer[flight.next..flight.next + count];
        let id = flight.statement.id;
        self.trace(|| format!("rows {id:?}: {rows:?}"));
        let one_sink = self.choices.sometimes(70);
        let fed = if one_sink {
            match run.rows(id) {
                Ok(mut sink) => self.feed(rows, |row| sink.row(&row[..])),
                Err(errors) => Err(errors.to_string()),
            }
        } else {
            self.feed(rows, |row| run.row(id, &row[..]))
        }?;
        flight.next += count;
        flight.due = self.clock + 1 + u64::from(self.choices.pick(6));
        Ok(fed.map(Step::Failed))
    }

    /// Feeds rows, and checks what limits make of them.
    fn feed(
        &mut self,
        rows: &[Vec<Value>],
        mut take: impl FnMut(&Vec<Value>) -> Result<(), Errors>,
    ) -> Result<Option<Errors>, String> {
        for row in rows {
            let taken = take(row);
            self.rows += 1;
            self.bytes += row.iter().map(faults::size).sum::<u64>();
            let over = match self.fault {
                Fault::MaxRows => self.rows > self.recipe.limit,
                Fault::MaxBytes => self.bytes > self.recipe.limit,
                _ => false,
            };
            match taken {
                Ok(()) if over => return Err(format!("row {} is beyond the limit, and is taken", self.rows)),
                Err(errors) if over && errors.first().kind != ErrorKind::Limit => {
                    return Err(format!("beyond the limit, and the error is: {errors}"));
                }
                Err(errors) => return Ok(Some(errors)),
                Ok(()) => {}
            }
        }
        Ok(None)
    }

    /// What goes wrong before a row.
    fn go_wrong(&mut self, run: &mut Run, flight: &Flight) -> Result<Option<Step>, String> {
        let fault = self.fault;
        let id = flight.statement.id;
        let width = run.plan().batch(flight.statement.batch).query.columns.len();
        let cell = self.choices.pick(width as u32) as usize;
        let row = flight.answer.get(flight.next.max(1) - 1).cloned().unwrap_or_else(|| vec![Value::Null; width]);
        let broken = match fault {
            Fault::Refused | Fault::Cancelled | Fault::Lost => {
                self.trace(|| format!("{fault:?} at {id:?}"));
                // What has failed may still be asked for its result.
                return Ok(Some(if fault == Fault::Refused { Step::FinishEarly } else { Step::Ended(Ended::GaveUp) }));
            }
            Fault::FinishEarly => return Ok(Some(Step::FinishEarly)),
            Fault::BadCell => Row::unreadable(row, cell),
            Fault::Narrow => Row::narrow(row, cell),
            Fault::Wide => Row::wide(row),
            Fault::OtherType => Row::other_type(row, cell),
            Fault::Twice => Row::whole(row),
            Fault::OtherRun => {
                self.fault = Fault::None;
                return faults::other_run(self.world, self.recipe, run, flight.statement.id)
                    .map(|e| e.map(Step::Failed));
            }
            _ => return Ok(None),
        };
        self.fault = Fault::None;
        self.tainted = true;
        self.trace(|| format!("{fault:?} for {id:?}: {broken:?}"));
        match run.row(id, &broken) {
            Err(errors) => Ok(Some(Step::Failed(errors))),
            Ok(()) if fault == Fault::Wide => Err("a row with too many cells is taken".into()),
            Ok(()) => Ok(None),
        }
    }

    /// What goes wrong behind the end of a statement.
    fn after_end(&mut self, run: &mut Run, flight: &Flight) -> Result<Option<Step>, String> {
        let here = flight.number == self.recipe.at.0;
        let id = flight.statement.id;
        let refused = match self.fault {
            Fault::EndTwice if here => run.end(id),
            Fault::RowAfterEnd if here => run.rows(id).map(drop),
            _ => return Ok(Some(Step::StatementEnded)),
        };
        let what = self.fault;
        self.trace(|| format!("{what:?} for {id:?}"));
        self.fault = Fault::None;
        match refused {
            Ok(()) => Err(format!("{what:?} is not refused")),
            Err(errors) => Ok(Some(Step::Failed(errors))),
        }
    }

    fn finish(&mut self, run: Run) -> Result<Ended, String> {
        self.trace(|| "finish".into());
        match run.finish() {
            Ok(graph) => {
                if self.fault == Fault::MaxBytes && graph.bytes_read() != Some(self.bytes) {
                    return Err(format!("{:?} bytes were counted, not {}", graph.bytes_read(), self.bytes));
                }
                Ok(Ended::Graph(graph))
            }
            Err(errors) => faults::named(&errors, false).map(|()| Ended::Error(errors)),
        }
    }

    fn finish_early(&mut self, run: Run) -> Result<Ended, String> {
        self.trace(|| "finish while statements are open".into());
        match run.finish() {
            Ok(_) => Err("a result that is half loaded is handed out".into()),
            Err(errors) => faults::named(&errors, false).map(|()| Ended::Error(errors)),
        }
    }

    /// A run that has failed says where, and gives and takes nothing more.
    fn failed(&mut self, run: Run, statement: Option<&Statement>, errors: Errors) -> Result<Ended, String> {
        self.trace(|| format!("error: {errors}"));
        faults::named(&errors, self.recipe.fault == Fault::OtherRun)?;
        faults::is_dead(run, statement)?;
        Ok(Ended::Error(errors))
    }
}

enum Step {
    Ended(Ended),
    Failed(Errors),
    FinishEarly,
    StatementEnded,
}

/// The flight whose rows arrive next: the first of its connection, and of those the one that is due first.
fn next_due(flights: &[Flight]) -> Option<usize> {
    let first = |at: &usize| flights[..*at].iter().all(|before| before.connection != flights[*at].connection);
    (0..flights.len()).filter(first).min_by_key(|at| (flights[*at].due, flights[*at].number))
}
