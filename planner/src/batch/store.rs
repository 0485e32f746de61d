//! Plans as JSON: stored, looked at by other programs, and run without a planner or a dialect.

use super::BatchPlan;
use crate::error::{Error, Result, code};
use serde::{Deserialize, Serialize};

/// The form of stored plans that this version writes and reads.
const FORMAT: u32 = 2;

/// Lists and objects within each other: a condition takes two for each of its 200 levels.
const MAX_NESTING: usize = 512;

/// How deep lists and objects stand within each other.
fn nesting(json: &str) -> usize {
    let (mut depth, mut deepest, mut text, mut escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if text => escaped = true,
            b'"' => text = !text,
            b'[' | b'{' if !text => depth += 1,
            b']' | b'}' if !text => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// A stored plan: what readers want to know first, then the plan.
#[derive(Serialize)]
struct Written<'a> {
    eagerly_plan: u32,
    waves: u32,
    /// Without a list that is cut, or the levels of a recursion.
    statements: usize,
    #[serde(flatten)]
    plan: &'a BatchPlan,
}

#[derive(Deserialize)]
struct Format {
    eagerly_plan: u32,
}

impl BatchPlan {
    /// The plan as JSON, for people indented. It holds no value of the specification; see
    /// [`Plan::stored`](crate::Plan::stored).
    ///
    /// # Errors
    /// [`Error::bug`] for a part of the plan that JSON cannot say.
    pub fn to_json(&self) -> Result<String> {
        let written = Written { eagerly_plan: FORMAT, waves: self.waves(), statements: self.statements(), plan: self };
        Ok(serde_json::to_string_pretty(&written)
            .map_err(|e| Error::bug(format!("a plan without a JSON form: {e}")))?)
    }

    /// Reads a plan that [`to_json`](Self::to_json) has written, and checks it whole.
    ///
    /// # Errors
    /// `E0117` for what is no plan of this version, or contradicts itself.
    pub fn from_json(json: &str) -> Result<Self> {
        let broken = |what: String| Error::input(code::STORED_PLAN, what).help("store the plan again");
        if nesting(json) > MAX_NESTING {
            return Err(broken(format!("a plan that is nested more than {MAX_NESTING} deep")).into());
        }
        let format: Format = serde_json::from_str(json).map_err(|e| broken(format!("this is no stored plan: {e}")))?;
        if format.eagerly_plan != FORMAT {
            return Err(broken(format!("a stored plan of the form {}, not {FORMAT}", format.eagerly_plan)).into());
        }
        let mut reader = serde_json::Deserializer::from_str(json);
        // Conditions nest deeper than its limit of 128.
        reader.disable_recursion_limit();
        let plan = Self::deserialize(&mut reader).map_err(|e| broken(format!("a broken plan: {e}")))?;
        if !plan.batches.iter().all(|batch| batch.sql.is_consistent()) {
            return Err(broken("a broken plan: a statement is not its pieces".to_owned()).into());
        }
        match plan.check() {
            Ok(()) => Ok(plan),
            Err(errors) => Err(broken(format!("a broken plan: {}", errors.first().message)).into()),
        }
    }
}

impl super::SqlTemplate {
    /// Whether the finished text is that of the pieces.
    fn is_consistent(&self) -> bool {
        Self::marked(self.pieces.clone(), self.marks).text == self.text
    }
}

/// Stored plans come from outside, where anything may have happened to them.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn what_is_no_plan_is_told() {
        for (json, what) in [
            ("", "this is no stored plan"),
            ("[]", "this is no stored plan"),
            ("{\"eagerly_plan\": 1}", "a stored plan of the form 1, not 2"),
            ("{\"eagerly_plan\": 2}", "a broken plan: missing field"),
        ] {
            let errors = BatchPlan::from_json(json).unwrap_err();
            let error = errors.first();
            assert_eq!((error.code, error.kind), (code::STORED_PLAN, ErrorKind::Input), "{json}");
            assert!(error.message.starts_with(what), "{error}");
        }
    }
}
