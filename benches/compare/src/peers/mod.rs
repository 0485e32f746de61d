//! The competitors, one file each.

pub mod by_hand;
pub mod diesel;
pub mod eagerly;
pub mod program;
pub mod sea_orm;
pub mod sqlx;

use crate::peer::{Entry, Form, Load, Open, Peer, Role};
use anyhow::Result;
use std::path::Path;

const BOTH: &[Form] = &[Form::Keyed, Form::Whole];

/// Those of this process, in the order of the table.
#[must_use]
pub fn here() -> Vec<Entry> {
    vec![
        entry("Eagerly", Role::Eagerly, BOTH, |path, form| boxed(eagerly::Graph::open(path, form))),
        entry("by hand, keys (the baseline)", Role::Baseline, BOTH, |path, form| {
            boxed(by_hand::ByHand::open(path, form, by_hand::keyed))
        }),
        entry("by hand, scans and a merge (the floor)", Role::Floor, &[Form::Whole], |path, form| {
            boxed(by_hand::ByHand::open(path, form, |connection, _| by_hand::whole(connection)))
        }),
        entry("by hand, author joined", Role::ByHand, BOTH, |path, form| {
            boxed(by_hand::ByHand::open(path, form, by_hand::joined))
        }),
        entry("by hand, links and then tags", Role::ByHand, BOTH, |path, form| {
            boxed(by_hand::ByHand::open(path, form, by_hand::targets_once))
        }),
        entry("Eagerly, owned structs", Role::EagerlyOwned, BOTH, |path, form| boxed(eagerly::Owned::open(path, form))),
        entry("by hand, owned structs", Role::BaselineOwned, BOTH, |path, form| {
            boxed(by_hand::ByHand::open(path, form, by_hand::owned))
        }),
        entry("by hand, owned structs, links and then tags", Role::ByHandOwned, BOTH, |path, form| {
            boxed(by_hand::ByHand::open(path, form, by_hand::owned_targets_once))
        }),
        entry("Diesel, in chunks", Role::Peer, BOTH, |path, form| boxed(diesel::Chunks::open(path, form))),
        entry("Diesel, as documented", Role::Peer, BOTH, |path, form| boxed(diesel::Documented::open(path, form))),
        entry("sqlx, json_each", Role::Peer, BOTH, |path, form| boxed(sqlx::JsonEach::open(path, form))),
        entry("SeaORM, in chunks", Role::Peer, BOTH, |path, form| boxed(sea_orm::Chunks::open(path, form))),
        entry("SeaORM, loaders", Role::Peer, BOTH, |path, form| boxed(sea_orm::Loaders::open(path, form))),
        entry("SeaORM, Entity Loader", Role::Peer, BOTH, |path, form| boxed(sea_orm::EntityLoader::open(path, form))),
    ]
}

/// Toasty, in a program of its own.
#[must_use]
pub fn toasty(program: &Path) -> Vec<Entry> {
    vec![elsewhere("Toasty, include", vec![program.display().to_string()])]
}

/// SQLAlchemy and Django, in Python.
#[must_use]
pub fn python(interpreter: &Path, script: &Path) -> Vec<Entry> {
    let run = |peer: &str| vec![interpreter.display().to_string(), script.display().to_string(), peer.to_owned()];
    vec![
        elsewhere("SQLAlchemy, selectin", run("sqlalchemy-selectin")),
        elsewhere("SQLAlchemy, joined and selectin", run("sqlalchemy-joined")),
        elsewhere("Django, prefetch_related", run("django-prefetch")),
        elsewhere("Django, select_related and prefetch_related", run("django-select")),
    ]
}

fn entry(
    name: &'static str,
    role: Role,
    forms: &'static [Form],
    open: fn(&Path, Form) -> Result<Box<dyn Peer>>,
) -> Entry {
    Entry { name, role, forms, open: Open::Here(open) }
}

fn elsewhere(name: &'static str, program: Vec<String>) -> Entry {
    Entry { name, role: Role::Peer, forms: BOTH, open: Open::Program(program) }
}

fn boxed(load: Result<impl Load + 'static>) -> Result<Box<dyn Peer>> {
    Ok(Box::new(load?))
}

/// One thread: SQLite blocks, and a second one would only hand rows over.
fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}
