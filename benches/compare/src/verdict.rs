//! What is demanded of Eagerly: ahead of every peer at every size, and so close to what is written by hand.

use crate::peer::{Form, Role};
use crate::report::{Cell, Note, Verdict};

/// Judges one run, without peers that are absent though all were asked for.
#[must_use]
pub fn judge(cells: &[Cell], absent: &[String]) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (form, posts, here) in by_size(cells) {
        verdicts.push(ahead(&here, absent, form, posts));
        for (eagerly, by_hand, most) in limits(form, posts) {
            verdicts.push(within(&here, (eagerly, by_hand), most, form, posts));
        }
    }
    verdicts
}

/// Eagerly's ratio to the best of all loads by hand, at each size.
#[must_use]
pub fn best_by_hand(cells: &[Cell]) -> Vec<Note> {
    let mut notes = Vec::new();
    for (form, posts, here) in by_size(cells) {
        notes.extend(best(&here, Role::Eagerly, &[Role::Baseline, Role::Floor, Role::ByHand], form, posts));
        notes.extend(best(&here, Role::EagerlyOwned, &[Role::BaselineOwned, Role::ByHandOwned], form, posts));
    }
    notes
}

/// The cells of each form and size.
fn by_size(cells: &[Cell]) -> Vec<(Form, u32, Vec<&Cell>)> {
    let mut groups: Vec<(Form, u32, Vec<&Cell>)> = Vec::new();
    for cell in cells {
        match groups.iter_mut().find(|(form, posts, _)| (*form, *posts) == (cell.form, cell.posts)) {
            Some((.., group)) => group.push(cell),
            None => groups.push((cell.form, cell.posts, vec![cell])),
        }
    }
    groups.sort_by_key(|(form, posts, _)| (*form, *posts));
    groups
}

fn best(here: &[&Cell], eagerly: Role, by_hand: &[Role], form: Form, posts: u32) -> Option<Note> {
    let ours = here.iter().find(|cell| cell.role == eagerly)?;
    let (best, theirs) = fastest(here, by_hand)?;
    let what = format!("{}, {posts} posts: {} of {}", form.name(), ours.peer, best.peer);
    let measured = ours.loaded().map_or("failed".to_owned(), |ours| format!("{:.3}", ours.median_ms / theirs));
    Some(Note { what, measured })
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

/// Whether Eagerly is ahead of the fastest peer. Where one is absent, nobody knows.
fn ahead(here: &[&Cell], absent: &[String], form: Form, posts: u32) -> Verdict {
    let demand = format!("{}, {posts} posts: ahead of every peer", form.name());
    let (mut measured, ahead) = match (median(here, Role::Eagerly), fastest(here, &[Role::Peer])) {
        (Some(ours), Some((peer, theirs))) => (format!("{:.2} of {}", ours / theirs, peer.peer), ours < theirs),
        (None, _) => ("failed".to_owned(), false),
        (_, None) => ("no peer loaded".to_owned(), false),
    };
    if !absent.is_empty() {
        measured += &format!("; not here: {}", absent.join("; "));
    }
    Verdict { demand, measured, met: ahead && absent.is_empty() }
}

/// The fastest of some roles that loaded, and its median.
fn fastest<'c>(here: &[&'c Cell], roles: &[Role]) -> Option<(&'c Cell, f64)> {
    let here = here.iter().filter(|cell| roles.contains(&cell.role));
    here.filter_map(|cell| Some((*cell, cell.loaded()?.median_ms))).min_by(|(_, one), (_, other)| one.total_cmp(other))
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
