//! What is demanded of Eagerly: ahead of every peer at every size, and so close to what is written by hand.

use crate::peer::{Form, Role};
use crate::report::{Cell, Verdict};

/// Judges one run.
#[must_use]
pub fn judge(cells: &[Cell]) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for form in [Form::Keyed, Form::Whole] {
        let mut sizes: Vec<u32> = cells.iter().filter(|cell| cell.form == form).map(|cell| cell.posts).collect();
        sizes.dedup();
        for posts in sizes {
            let here: Vec<&Cell> = cells.iter().filter(|cell| cell.form == form && cell.posts == posts).collect();
            verdicts.extend(ahead(&here, form, posts));
            for (eagerly, by_hand, most) in limits(form, posts) {
                verdicts.push(within(&here, (eagerly, by_hand), most, form, posts));
            }
        }
    }
    verdicts
}

/// The ratios that are allowed: Eagerly's role, the load by hand it is held against, and the most.
fn limits(form: Form, posts: u32) -> Vec<(Role, Role, f64)> {
    match (form, posts) {
        (Form::Keyed, ..100) => vec![(Role::Eagerly, Role::Baseline, 1.3)],
        (Form::Keyed, 100..1_000) => vec![(Role::Eagerly, Role::Baseline, 1.1)],
        (Form::Keyed, _) => {
            vec![(Role::Eagerly, Role::Baseline, 0.9), (Role::EagerlyOwned, Role::BaselineOwned, 1.1)]
        }
        (Form::Whole, ..1_000) => Vec::new(),
        (Form::Whole, _) => vec![(Role::Eagerly, Role::Floor, 0.9)],
    }
}

/// Whether Eagerly is ahead of the fastest peer.
fn ahead(here: &[&Cell], form: Form, posts: u32) -> Option<Verdict> {
    let peers = here.iter().filter(|cell| cell.role == Role::Peer);
    let fastest = peers
        .filter_map(|cell| Some((cell, cell.loaded()?.median_ms)))
        .min_by(|(_, one), (_, other)| one.total_cmp(other));
    let (peer, theirs) = fastest?;
    let demand = format!("{}, {posts} posts: ahead of every peer", form.name());
    Some(match median(here, Role::Eagerly) {
        Some(ours) => {
            let ratio = ours / theirs;
            Verdict { demand, measured: format!("{ratio:.2} of {}", peer.peer), met: ratio < 1.0 }
        }
        None => Verdict { demand, measured: "failed".to_owned(), met: false },
    })
}

fn within(here: &[&Cell], roles: (Role, Role), most: f64, form: Form, posts: u32) -> Verdict {
    let name = |role| here.iter().find(|cell| cell.role == role).map_or("nobody", |cell| cell.peer.as_str());
    let demand = format!("{}, {posts} posts: {} at most {most} of {}", form.name(), name(roles.0), name(roles.1));
    match (median(here, roles.0), median(here, roles.1)) {
        (Some(ours), Some(theirs)) => {
            let ratio = ours / theirs;
            Verdict { demand, measured: format!("{ratio:.3}"), met: ratio <= most }
        }
        _ => Verdict { demand, measured: "failed".to_owned(), met: false },
    }
}

fn median(here: &[&Cell], role: Role) -> Option<f64> {
    here.iter().find(|cell| cell.role == role)?.loaded().map(|loaded| loaded.median_ms)
}

#[cfg(test)]
mod tests;
