//! What ties a run, and the result that comes of it, to their session.

use super::{Answer, Asked, Lazies, Memory};
use crate::run::Run;
use crate::store::Known;
use eagerly_planner::spec::LoadSpec;
use eagerly_planner::{BindValue, Plan};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// One session: runs and results that have the same are of it.
#[derive(Debug, Default)]
pub(crate) struct Ties {
    closed: AtomicBool,
}

impl Ties {
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    /// Whether the session is closed, or gone.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }
}

/// A question with its hash, and the answer.
pub(crate) type Learned = ((u64, Asked), Answer);

/// A run's part in its session.
#[derive(Debug)]
pub(crate) struct Part {
    /// What the session knew when the run began; nothing for a run that refreshes.
    pub(crate) memory: Arc<Memory>,
    /// Its rows replace what the session remembers.
    pub(super) replaces: bool,
    /// By batch, what it asked, while its answer is not there.
    pub(crate) asked: Vec<Option<(u64, Asked)>>,
    /// What was asked and answered.
    pub(crate) learned: Vec<Learned>,
    /// By entity, which rows there are, once the run is finished.
    pub(crate) rows: Vec<Known>,
    pub(super) is_below: bool,
    spec: LoadSpec,
    ties: Arc<Ties>,
    epoch: u64,
}

impl Part {
    pub(super) fn new(plan: &Plan, spec: LoadSpec, ties: Arc<Ties>, epoch: u64, memory: Arc<Memory>) -> Self {
        let asked = plan.batches().batches.iter().map(|_| None).collect();
        let (learned, rows) = (Vec::new(), Vec::new());
        Self { memory, replaces: false, asked, learned, rows, is_below: false, spec, ties, epoch }
    }

    /// The result's part in the session.
    pub(crate) fn into_owned(self, values: Arc<[BindValue]>, statements: usize) -> Owned {
        let Self { memory: _, replaces, asked: _, learned, rows, is_below, spec, ties, epoch } = self;
        let (questions, answers) = learned.into_iter().unzip();
        let lesson = Lesson { rows, questions, replaces };
        Owned {
            ties,
            epoch,
            spec,
            values,
            statements,
            is_below,
            answers,
            lesson: Some(Box::new(lesson)),
            lazies: Lazies::default(),
        }
    }
}

/// A result's part in its session.
#[derive(Debug)]
pub(crate) struct Owned {
    pub(crate) ties: Arc<Ties>,
    pub(super) epoch: u64,
    pub(super) spec: LoadSpec,
    pub(super) values: Arc<[BindValue]>,
    /// How many statements were sent.
    pub(super) statements: usize,
    /// It holds what is related to the rows of another result, which are its roots.
    pub(super) is_below: bool,
    /// What its batches have found.
    pub(crate) answers: Vec<Answer>,
    /// What the session has not taken yet.
    lesson: Option<Box<Lesson>>,
    /// What was loaded when it was touched.
    pub(crate) lazies: Lazies,
}

/// What a session learns of a result.
#[derive(Debug)]
pub(super) struct Lesson {
    /// By entity, which rows there are.
    pub(super) rows: Vec<Known>,
    /// The questions of the answers.
    pub(super) questions: Vec<(u64, Asked)>,
    /// It was asked anew.
    pub(super) replaces: bool,
}

impl Owned {
    pub(super) fn take(&mut self) -> Option<Box<Lesson>> {
        self.lesson.take()
    }
}

impl Run {
    /// Makes the run one of a session.
    pub(super) fn in_session(mut self, part: Part) -> Self {
        self.take_part(part);
        self
    }
}
