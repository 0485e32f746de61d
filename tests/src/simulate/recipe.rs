//! What a history is made of: how its plan is made, who answers, and what goes wrong.

use super::choices::Choices;
use super::dialect::{Answered, NAMES};
use super::world::{Torn, World};
use crate::harness::Treatment;
use eagerly::error::Errors;
use eagerly::{Planner, Prefer, Sqlite};

/// What goes wrong, before a row of a statement, or after its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    None,
    /// The database refuses the statement, and the host asks for the result all the same.
    Refused,
    /// The host drops the run.
    Cancelled,
    /// The connection is gone, and with it all that was in flight.
    Lost,
    /// The load takes longer than it may, by the virtual clock.
    TimedOut,
    /// More rows than allowed.
    MaxRows,
    /// More bytes than allowed.
    MaxBytes,
    /// A cell that the driver cannot read.
    BadCell,
    /// A row that ends early.
    Narrow,
    /// A row of more cells than the statement has columns.
    Wide,
    /// A cell of another type.
    OtherType,
    /// A row that comes twice.
    Twice,
    /// A row for a statement of another run.
    OtherRun,
    /// A row after the end.
    RowAfterEnd,
    /// A second end.
    EndTwice,
    /// The result is asked for too early.
    FinishEarly,
}

const FAULTS: [Fault; 15] = [
    Fault::Refused,
    Fault::Cancelled,
    Fault::Lost,
    Fault::TimedOut,
    Fault::MaxRows,
    Fault::MaxBytes,
    Fault::BadCell,
    Fault::Narrow,
    Fault::Wide,
    Fault::OtherType,
    Fault::Twice,
    Fault::OtherRun,
    Fault::RowAfterEnd,
    Fault::EndTwice,
    Fault::FinishEarly,
];

/// One history, but for the order of its events.
#[derive(Clone, Debug)]
pub(super) struct Recipe {
    pub(super) dialect: &'static str,
    pub(super) treatment: Treatment,
    /// Keys after which a list is cut.
    pub(super) cut: Option<usize>,
    pub(super) prefer: Prefer,
    pub(super) without: Option<&'static str>,
    /// With statistics.
    pub(super) counted: bool,
    pub(super) torn: Torn,
    /// Connections, and statements in flight on each.
    pub(super) connections: u32,
    pub(super) depth: u32,
    pub(super) session: bool,
    pub(super) fault: Fault,
    /// The statement and the row that it happens before.
    pub(super) at: (u32, u32),
    /// Rows, bytes or ticks that are allowed.
    pub(super) limit: u64,
}

impl Recipe {
    pub(super) fn draw(choices: &mut Choices) -> Self {
        let prefer = [Prefer::FewerWaves, Prefer::FewestWaves, Prefer::FewerStatements, Prefer::OneRoundTrip];
        let without = [None, None, None, None, Some("merge_siblings"), Some("whole_table"), Some("key_only")];
        let torn = [Torn::Not, Torn::Not, Torn::Not, Torn::Not, Torn::Rows, Torn::Values];
        let fault = if choices.sometimes(50) { choices.one_of(&FAULTS) } else { Fault::None };
        let limit = match fault {
            Fault::MaxBytes => choices.pick(200),
            Fault::MaxRows => choices.pick(14),
            Fault::TimedOut => choices.pick(60),
            _ => 0,
        };
        Self {
            dialect: choices.one_of(&NAMES),
            treatment: choices.one_of(&Treatment::DEFAULT),
            cut: choices.one_of(&[None, None, Some(2), Some(1), Some(3), Some(1), Some(7)]),
            prefer: choices.one_of(&prefer),
            without: choices.one_of(&without),
            counted: choices.sometimes(40),
            torn: choices.one_of(&torn),
            connections: 1 + choices.pick(3),
            depth: 1 + choices.pick(4),
            session: choices.sometimes(20),
            fault,
            at: (choices.pick(6), choices.pick(4)),
            limit: limit.into(),
        }
    }

    /// The planner of a world under this recipe.
    pub(super) fn planner(&self, world: &World) -> Result<Planner, Errors> {
        let sqlite = match self.cut {
            None => Sqlite::new(),
            Some(keys) => Sqlite::new().max_list_keys(keys).max_variables(64),
        };
        let graph = if self.counted { &world.counted } else { &world.graph };
        let dialect = Answered::new(self.dialect, sqlite, world.typed).instants(self.binds_instants(world));
        let planner = Planner::new(graph.clone(), dialect).prefer(self.prefer);
        let without: Vec<&str> = self.without.into_iter().collect();
        planner.without_passes(&without)
    }

    /// Whether values of the specification are points in time with an offset.
    pub(super) fn binds_instants(&self, world: &World) -> bool {
        world.instants && matches!(self.dialect, "mysql" | "mariadb")
    }

    /// Whether its statements see different moments. A session reads a snapshot.
    pub(super) fn is_torn(&self) -> bool {
        self.torn != Torn::Not && !self.session
    }

    /// What it is, in words to count.
    pub(super) fn traits(&self, happened: bool) -> Vec<String> {
        let mut traits = vec![self.dialect.to_owned(), format!("{:?}", self.prefer), self.treatment.name().to_owned()];
        if self.is_torn() {
            traits.push(format!("torn {:?}", self.torn));
        }
        if self.session {
            traits.push("session".to_owned());
        }
        if happened && self.fault != Fault::None {
            traits.push(format!("{:?}", self.fault));
        }
        traits
    }
}
