//! Compiled plans, by the shape of the specifications that they serve. Looking one up takes a lock that readers share,
//! and allocates nothing; what was kept first goes first.

use crate::batch::BatchPlan;
use crate::planner::Prefer;
use crate::spec::shape::Shape;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};

/// Plans kept before the oldest goes.
const CAPACITY: usize = 1_024;

/// What plans are kept by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) shape: Shape,
    pub(crate) prefer: Prefer,
}

/// The plans of one planner.
#[derive(Debug, Default)]
pub(crate) struct Cache(RwLock<Plans>);

#[derive(Debug, Default)]
struct Plans {
    by_key: FxHashMap<Arc<Key>, Arc<BatchPlan>>,
    oldest_first: VecDeque<Arc<Key>>,
}

impl Cache {
    /// The plan of a shape.
    pub(crate) fn get(&self, key: &Key) -> Option<Arc<BatchPlan>> {
        // A panic while the lock was held left at worst a missing entry.
        let plans = self.0.read().unwrap_or_else(PoisonError::into_inner);
        plans.by_key.get(key).cloned()
    }

    /// Keeps a plan; that which another thread has kept meanwhile, if one has.
    pub(crate) fn keep(&self, key: Key, plan: BatchPlan) -> Arc<BatchPlan> {
        let mut plans = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = plans.by_key.get(&key) {
            return known.clone();
        }
        if plans.oldest_first.len() >= CAPACITY
            && let Some(oldest) = plans.oldest_first.pop_front()
        {
            plans.by_key.remove(&oldest);
        }
        let (key, plan) = (Arc::new(key), Arc::new(plan));
        plans.by_key.insert(key.clone(), plan.clone());
        plans.oldest_first.push_back(key);
        plan
    }
}
