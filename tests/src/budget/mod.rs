//! Budgets of instructions and allocations: `benches/budget.toml` says what each case may cost, and
//! [`Budget::check`] what differs from that.
//!
//! Instructions are counted by callgrind and repeat to a few tenths of a percent; they may differ by [`SLACK`] per
//! mille. Allocations repeat exactly. What costs less than its budget fails too: a budget that nobody lowers is room in
//! which the next loss goes unseen. Instructions of another compiler, target or C library are others, as are allocations
//! of another Rust or target: they are not compared. Which cases there are is always compared.

mod measure;

pub use measure::{Allocations, Footprint, allocations, count_instructions, instructions, made_with, valgrind};

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use toml_edit::{DocumentMut, Item, Table, value};

/// How much instruction counts may differ, per mille.
pub const SLACK: u64 = 30;

/// How much a budget may differ, per mille, from a count that renews the file, and stay. It is far less than [`SLACK`],
/// so that no renewed file stands at its edge.
pub const STAYS: u64 = 5;

/// What a case costs. A count that there is not, or that means nothing here, is not compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Instructions.
    pub instructions: Option<u64>,
    /// Allocations.
    pub allocations: Option<u64>,
}

/// The costs of the cases, by name.
pub type Costs = BTreeMap<String, Counts>;

/// The budget file.
#[derive(Clone, Debug)]
pub struct Budget {
    document: DocumentMut,
}

/// The path of the budget file.
#[must_use]
pub fn path() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../benches/budget.toml"))
}

impl Budget {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// Text that is not TOML.
    pub fn parse(text: &str) -> Result<Self, String> {
        Ok(Self { document: text.parse().map_err(|error| format!("benches/budget.toml: {error}"))? })
    }

    /// What differs between this machine and the one that the budgets were made with: names, and what to say of them.
    #[must_use]
    pub fn differences(&self, here: &BTreeMap<&'static str, String>) -> BTreeMap<&'static str, String> {
        let there = |name: &str| self.document.get("made_with")?.get(name)?.as_str();
        let others = here.iter().filter(|(name, own)| there(name) != Some(own));
        let told = |name, own| format!("{name} is `{own}`, not `{}`", there(name).unwrap_or("unknown"));
        others.map(|(name, own)| (*name, told(name, own))).collect()
    }

    /// Leaves out the counts that mean something else on a machine that differs: instructions depend on all of it,
    /// allocations on Rust and the target.
    pub fn comparable(differences: &BTreeMap<&'static str, String>, costs: &mut Costs) {
        for cost in costs.values_mut() {
            cost.instructions = cost.instructions.filter(|_| differences.is_empty());
            let depends = ["rustc", "target"].iter().any(|name| differences.contains_key(name));
            cost.allocations = cost.allocations.filter(|_| !depends);
        }
    }

    /// Every case whose cost is not its budget; a case without a budget; a budget without a case; a cost above its
    /// ceiling.
    ///
    /// # Errors
    /// All of them, a line each, and how to renew the file.
    pub fn check(&self, costs: &Costs) -> Result<(), String> {
        let cases = self.document.get("case").and_then(Item::as_table);
        let budgeted = cases.into_iter().flat_map(Table::iter).map(|(name, _)| name);
        let names: BTreeSet<&str> = budgeted.chain(costs.keys().map(String::as_str)).collect();
        let wrong: Vec<String> = names.iter().flat_map(|name| self.check_case(name, costs.get(*name))).collect();
        if wrong.is_empty() {
            return Ok(());
        }
        let lines: String = wrong.iter().map(|line| format!("  {line}\n")).collect();
        Err(format!(
            "benches/budget.toml does not hold:\n{lines}Where a change has earned it, renew the file and say in the \
             commit why:\n  UPDATE=1 cargo test -p eagerly-tests --test it budget\nA ceiling is no budget: it stays."
        ))
    }

    fn check_case(&self, name: &str, cost: Option<&Counts>) -> Vec<String> {
        let Some(cost) = cost else { return vec![format!("{name}: it has a budget, and is no case any more")] };
        let number = |key: &str| {
            let number = self.document.get("case")?.get(name)?.get(key)?.as_integer()?;
            u64::try_from(number).ok()
        };
        let (Some(instructions), Some(allocations)) = (number("instructions"), number("allocations")) else {
            return vec![format!("{name}: it has no budget")];
        };
        let more = cost.instructions.and_then(|count| differs(name, "instructions", count, instructions, SLACK));
        let again = cost.allocations.and_then(|count| differs(name, "allocations", count, allocations, 0));
        let above = cost.instructions.zip(number("ceiling")).filter(|(count, ceiling)| count > ceiling);
        let above = above.map(|(count, ceiling)| format!("{name}: {count} instructions, and the ceiling is {ceiling}"));
        [more, again, above].into_iter().flatten().collect()
    }

    /// Writes costs in place of the budgets; ceilings and comments stay. Budgets that differ by no more than [`STAYS`]
    /// stay too, so that a renewed file shows what has changed.
    pub fn renew(&mut self, here: &BTreeMap<&'static str, String>, costs: &Costs) {
        let same_machine = self.differences(here).is_empty();
        for (name, own) in here {
            self.document["made_with"][name] = value(own);
        }
        let table = || Item::Table(Table::new());
        let cases = self.document.entry("case").or_insert_with(table);
        if let Some(cases) = cases.as_table_mut() {
            cases.set_implicit(true);
            cases.retain(|name, _| costs.contains_key(name));
        }
        for (name, cost) in costs {
            let case = cases[name].or_insert(table());
            let old = case.get("instructions").and_then(Item::as_integer).and_then(|n| u64::try_from(n).ok());
            let holds = |old: u64, new: u64| same_machine && differs(name, "", new, old, STAYS).is_none();
            if let Some(new) = cost.instructions.filter(|new| !old.is_some_and(|old| holds(old, *new))) {
                case["instructions"] = value(new.cast_signed());
            }
            if let Some(new) = cost.allocations {
                case["allocations"] = value(new.cast_signed());
            }
        }
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        self.document.to_string()
    }
}

/// A line where a count is not its budget, give or take `slack` per mille.
fn differs(name: &str, what: &str, count: u64, budget: u64, slack: u64) -> Option<String> {
    if count.abs_diff(budget) * 1000 <= budget * slack {
        return None;
    }
    let percent = count.abs_diff(budget) as f64 * 100.0 / budget.max(1) as f64;
    let told = format!("{name}: {count} {what}, {budget} in the budget, {percent:.1} %");
    Some(if count > budget { format!("{told} more") } else { format!("{told} fewer: lower the budget to keep it") })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# Kept.\n[made_with]\ntarget = \"here\"\n\n[case.a]\ninstructions = 1000\nallocations = 10\n\n\
                        [case.b]\n# Why.\nceiling = 2500\ninstructions = 2000\nallocations = 0\n";

    fn check(costs: &[(&str, u64, u64)]) -> Result<(), String> {
        Budget::parse(FILE).unwrap().check(&of(costs))
    }

    fn of(costs: &[(&str, u64, u64)]) -> Costs {
        let counts = |&(name, instructions, allocations): &(&str, u64, u64)| {
            (name.to_owned(), Counts { instructions: Some(instructions), allocations: Some(allocations) })
        };
        costs.iter().map(counts).collect()
    }

    #[test]
    fn three_percent_is_the_limit_both_ways() {
        check(&[("a", 1029, 10), ("b", 2000, 0)]).unwrap();
        check(&[("a", 971, 10), ("b", 1942, 0)]).unwrap();
        let more = check(&[("a", 1031, 10), ("b", 2000, 0)]).unwrap_err();
        assert!(more.contains("  a: 1031 instructions, 1000 in the budget, 3.1 % more\n"), "{more}");
        assert!(more.contains("UPDATE=1 cargo test") && !more.contains("  b: "), "{more}");
        let fewer = check(&[("a", 1000, 10), ("b", 1939, 0)]).unwrap_err();
        assert!(fewer.contains("  b: 1939 instructions, 2000 in the budget, 3.0 % fewer: lower"), "{fewer}");
    }

    #[test]
    fn one_allocation_is_one_too_many_or_too_few() {
        let more = check(&[("a", 1000, 11), ("b", 2000, 1)]).unwrap_err();
        assert!(more.contains("a: 11 allocations, 10 in the budget, 10.0 % more\n"), "{more}");
        assert!(more.contains("b: 1 allocations, 0 in the budget"), "{more}");
        assert!(check(&[("a", 1000, 9), ("b", 2000, 0)]).unwrap_err().contains("a: 9 allocations"));
    }

    #[test]
    fn a_case_without_a_budget_and_a_budget_without_a_case_are_told() {
        let told = check(&[("a", 1000, 10), ("c", 1, 1)]).unwrap_err();
        assert!(told.contains("  b: it has a budget, and is no case any more\n"), "{told}");
        assert!(told.contains("  c: it has no budget\n"), "{told}");
        assert!(Budget::parse("").unwrap().check(&of(&[("a", 1, 1)])).is_err());
        assert!(check(&[]).is_err(), "nothing was measured");
    }

    #[test]
    fn where_instructions_mean_nothing_allocations_and_names_are_compared() {
        let budget = Budget::parse(FILE).unwrap();
        let elsewhere = |what: &'static str, costs: &[(&str, u64, u64)]| {
            let mut costs = of(costs);
            Budget::comparable(&BTreeMap::from([(what, "other".to_owned())]), &mut costs);
            budget.check(&costs)
        };
        for what in ["cc", "libc"] {
            elsewhere(what, &[("a", 9000, 10), ("b", 9000, 0)]).unwrap();
            let told = elsewhere(what, &[("a", 9000, 11), ("b", 9000, 0)]).unwrap_err();
            assert!(told.contains("  a: 11 allocations") && !told.contains("  b: "), "{told}");
        }
        for what in ["rustc", "target"] {
            elsewhere(what, &[("a", 9000, 11), ("b", 9000, 7)]).unwrap();
            let told = elsewhere(what, &[("a", 9000, 11), ("c", 1, 1)]).unwrap_err();
            assert!(told.contains("  b: it has a budget, and is no case") && told.contains("  c: it has no"), "{told}");
        }
        let mut same = of(&[("a", 9000, 10), ("b", 2000, 0)]);
        Budget::comparable(&BTreeMap::new(), &mut same);
        assert!(budget.check(&same).unwrap_err().contains("  a: 9000 instructions"));
    }

    #[test]
    fn a_ceiling_stays_whatever_the_budget_says() {
        let mut budget = Budget::parse(FILE).unwrap();
        let (here, costs) = (BTreeMap::from([("target", "here".to_owned())]), of(&[("b", 2501, 0)]));
        budget.renew(&here, &costs);
        let told = budget.check(&costs).unwrap_err();
        assert!(told.contains("  b: 2501 instructions, and the ceiling is 2500\n"), "{told}");
    }

    #[test]
    fn renewing_keeps_comments_and_what_holds() {
        let mut budget = Budget::parse(FILE).unwrap();
        let here = BTreeMap::from([("target", "here".to_owned())]);
        budget.renew(&here, &of(&[("b", 2010, 3), ("c", 7, 8)]));
        let text = "# Kept.\n[made_with]\ntarget = \"here\"\n\n[case.b]\n# Why.\nceiling = 2500\ninstructions = \
                    2000\nallocations = 3\n\n[case.c]\ninstructions = 7\nallocations = 8\n";
        assert_eq!(budget.text(), text);
        budget.renew(&here, &of(&[("b", 2011, 3), ("c", 7, 8)]));
        assert!(budget.text().contains("instructions = 2011"), "half a percent is the most that stays");
        let there = BTreeMap::from([("target", "there".to_owned())]);
        let told = BTreeMap::from([("target", "target is `there`, not `here`".to_owned())]);
        assert_eq!(budget.differences(&there), told);
        budget.renew(&there, &of(&[("b", 2010, 3)]));
        assert!(budget.text().contains("instructions = 2010") && budget.differences(&there).is_empty());
    }
}
