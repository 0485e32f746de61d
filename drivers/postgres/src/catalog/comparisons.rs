//! Which of the types that columns have PostgreSQL compares by `=`: its own rules for choosing an operator, over the
//! operators and casts of its catalog ("Operator Type Resolution" in its manual).
//!
//! An operator is chosen from those named `=` that the search path shows: the one of exactly these types; else, of those
//! whose arguments the types are implicitly cast to, the one with most exact arguments, then with most that are exact or
//! of a preferred type. Where none or several are left, the server refuses the comparison. Arrays, enums and ranges compare
//! with their own type alone, arrays where their elements compare.

use crate::error::database_error;
use eagerly::error::{Error, Result};
use eagerly::graph::Comparisons;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use tokio_postgres::{Client, SimpleQueryMessage};

/// The types, with those of elements and of operators; the operators; the implicit casts.
const ASKED: &str = "
    WITH operators AS (
        SELECT o.oprleft AS l, o.oprright AS r FROM pg_catalog.pg_operator o
        WHERE o.oprname = '=' AND o.oprkind = 'b' AND pg_catalog.pg_operator_is_visible(o.oid)
    )
    SELECT pg_catalog.json_build_object(
        'types', (
            SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
                'oid', t.oid::bigint, 'name', t.typname, 'kind', t.typtype, 'category', t.typcategory,
                'preferred', t.typispreferred,
                'element', CASE WHEN t.typcategory = 'A' THEN t.typelem::bigint ELSE 0 END, 'base', t.typbasetype::bigint
            ))
            FROM pg_catalog.pg_type t
            WHERE t.oid IN (SELECT l FROM operators UNION SELECT r FROM operators)
                OR t.oid IN ($types)
                OR t.oid IN (SELECT a.typelem FROM pg_catalog.pg_type a WHERE a.oid IN ($types))
        ),
        'operators', (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(l::bigint, r::bigint)) FROM operators),
        'casts', (
            SELECT pg_catalog.json_agg(pg_catalog.json_build_array(c.castsource::bigint, c.casttarget::bigint))
            FROM pg_catalog.pg_cast c WHERE c.castcontext = 'i'
        )
    )::pg_catalog.text";

#[derive(Debug, Deserialize)]
struct Answer {
    types: Vec<Type>,
    operators: Vec<(i64, i64)>,
    casts: HashSet<(i64, i64)>,
}

#[derive(Debug, Deserialize)]
struct Type {
    oid: i64,
    name: String,
    /// `typtype`: base, composite, domain, enum, pseudo, range, multirange.
    kind: String,
    category: String,
    preferred: bool,
    /// Of an array.
    element: i64,
    /// Of a domain.
    base: i64,
}

/// What compares of these types: the names that columns have as native ones, and their oids.
///
/// # Errors
/// What the database refuses.
pub(super) async fn read(client: &Client, types: &BTreeMap<String, i64>) -> Result<Comparisons> {
    if types.is_empty() {
        return Ok(Comparisons::default());
    }
    let oids = types.values().map(i64::to_string).collect::<Vec<_>>().join(", ");
    let failed = |error| database_error(error, "cannot read the catalog");
    let messages = client.simple_query(&ASKED.replace("$types", &oids)).await.map_err(failed)?;
    let row = messages.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    let json = row.map(|row| row.try_get(0)).transpose().map_err(failed)?.flatten().unwrap_or("");
    let answer: Answer =
        serde_json::from_str(json).map_err(|error| Error::bug(format!("the operators of the catalog: {error}")))?;
    let resolver = Resolver::new(answer, types.values().copied());
    let pairs = types.iter().flat_map(|a| types.iter().map(move |b| (a, b)));
    let compared = pairs.filter(|((_, a), (_, b))| resolver.compares(**a, **b));
    Ok(Comparisons::new(types.keys().cloned(), compared.map(|((a, _), (b, _))| (a.clone(), b.clone()))))
}

struct Resolver {
    types: HashMap<i64, Type>,
    casts: HashSet<(i64, i64)>,
    operators: HashSet<(i64, i64)>,
    /// The operators that take a type on their left side, and on their right side, pseudo-types aside. A schema can have
    /// thousands of enums, which none of these take.
    takes: HashMap<i64, [Vec<(i64, i64)>; 2]>,
}

impl Resolver {
    fn new(answer: Answer, asked: impl Iterator<Item = i64>) -> Self {
        let Answer { types, operators, casts } = answer;
        let types = types.into_iter().map(|ty| (ty.oid, ty)).collect();
        let mut resolver =
            Self { types, casts, operators: operators.iter().copied().collect(), takes: HashMap::default() };
        let plain: Vec<(i64, i64)> =
            operators.into_iter().filter(|(l, r)| [l, r].iter().all(|ty| resolver.pseudo(**ty).is_none())).collect();
        let mut elements: Vec<i64> = asked.collect();
        elements.extend(resolver.types.values().flat_map(|ty| [ty.oid, ty.base]));
        let taken = |ty: i64| {
            let left = plain.iter().filter(|(l, _)| resolver.becomes(ty, *l));
            let right = plain.iter().filter(|(_, r)| resolver.becomes(ty, *r));
            (ty, [left.copied().collect(), right.copied().collect()])
        };
        resolver.takes = elements.into_iter().map(taken).collect();
        resolver
    }

    /// Whether `a = b` means something.
    fn compares(&self, a: i64, b: i64) -> bool {
        if self.operators.contains(&(a, b)) {
            return true;
        }
        let none = [Vec::new(), Vec::new()];
        let [left, _] = self.takes.get(&a).unwrap_or(&none);
        let [_, right] = self.takes.get(&b).unwrap_or(&none);
        let mut fit: Vec<(i64, i64)> = left.iter().filter(|operator| right.contains(operator)).copied().collect();
        fit.extend(self.operators.iter().filter(|(l, r)| l == r && self.is_one(*l, a, b)));
        let exact = |(l, r): &(i64, i64)| usize::from(*l == a) + usize::from(*r == b);
        keep_most(&mut fit, exact);
        let preferred = |(l, r): &(i64, i64)| {
            usize::from(*l == a || self.is_preferred(*l, a)) + usize::from(*r == b || self.is_preferred(*r, b))
        };
        keep_most(&mut fit, preferred);
        fit.len() == 1
    }

    /// Whether a value of a type is taken where another is asked for.
    fn becomes(&self, from: i64, to: i64) -> bool {
        if from == to || self.casts.contains(&(from, to)) {
            return true;
        }
        // No array becomes one of PostgreSQL's own two, which would take what other arrays are for.
        let own = |ty: &&Type| ty.kind == "b" && matches!(ty.name.as_str(), "oidvector" | "int2vector");
        let element = |ty: Option<&Type>| ty.map(|ty| ty.element).filter(|element| *element != 0);
        let to = self.types.get(&to).filter(|ty| !own(ty));
        element(self.types.get(&from)).zip(element(to)).is_some_and(|pair| self.casts.contains(&pair))
    }

    /// The name of a pseudo-type.
    fn pseudo(&self, ty: i64) -> Option<&str> {
        self.types.get(&ty).filter(|ty| ty.kind == "p").map(|ty| ty.name.as_str())
    }

    /// Whether the types are what an operator of a pseudo-type takes on both sides.
    fn is_one(&self, pseudo: i64, a: i64, b: i64) -> bool {
        let (Some(left), Some(right)) = (self.types.get(&a), self.types.get(&b)) else { return false };
        let same = |kind: &str| a == b && left.kind == kind;
        match self.pseudo(pseudo) {
            Some("anyarray") => a == b && left.element != 0 && self.element_compares(left.element),
            Some("anyenum") => same("e"),
            Some("anyrange") => same("r"),
            Some("anymultirange") => same("m"),
            Some("record") => left.kind == "c" && right.kind == "c",
            _ => false,
        }
    }

    /// Whether the elements of an array compare; those that are domains as what they are made of.
    fn element_compares(&self, element: i64) -> bool {
        match self.types.get(&element) {
            Some(ty) if ty.kind == "d" => self.types.get(&ty.base).is_none_or(|_| self.compares(ty.base, ty.base)),
            Some(_) => self.compares(element, element),
            None => true,
        }
    }

    /// Whether a type is the preferred one among those like another.
    fn is_preferred(&self, ty: i64, among: i64) -> bool {
        let (Some(ty), Some(among)) = (self.types.get(&ty), self.types.get(&among)) else { return false };
        ty.preferred && ty.category == among.category
    }
}

/// Keeps those of which the count is the largest.
fn keep_most(all: &mut Vec<(i64, i64)>, count: impl Fn(&(i64, i64)) -> usize) {
    if let Some(most) = all.iter().map(&count).max() {
        all.retain(|one| count(one) == most);
    }
}
