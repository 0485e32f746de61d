//! `explain()`: the plan as text. Every type is taken apart whole, so that a new field does not compile until someone
//! decides how it shows.

use super::{
    Batch, BatchPlan, Feed, Head, KeyForm, Keys, ListForm, ListSource, MissingIndex, NodeState, Operation, Piece,
    Reach, RowBound, Stitch, Window,
};
use crate::dialect::LimitPerKey;
use crate::ids::{ColumnId, EntityId};
use crate::logical::Ordering;
use std::fmt::{self, Display, Formatter};

impl BatchPlan {
    /// The plan as text: waves, batches with their technique and SQL, and what was decided against the request.
    #[must_use]
    pub fn explain(&self) -> String {
        self.to_string()
    }

    /// The most statements that run while no key list is cut into chunks; explain says how long a list can be.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.batches.len()
    }

    /// How long key lists can be while the bound on statements holds; nothing where none is bound.
    fn while_short(&self) -> String {
        let lists = self.batches.iter().flat_map(|batch| &batch.sql.pieces).filter_map(|piece| match piece {
            Piece::List(list) if list.source == ListSource::Keys => Some(list),
            _ => None,
        });
        let most = self.limits.list_keys;
        // Where keys are bound one by one, binds of filters are not counted.
        let widths = lists.clone().filter(|list| list.form == ListForm::Json).map(|list| list.width + 1).max();
        match widths {
            None if lists.count() == 0 => String::new(),
            None => format!(" while no key list is longer than {most} keys"),
            Some(width) => {
                let one_by_one = (self.limits.variables / width).checked_ilog2().map_or(0, |log| 1 << log);
                format!(
                    " while no key list is longer than {most} keys ({one_by_one} where keys are bytes, floats or text with NUL)"
                )
            }
        }
    }

    /// What recursions by levels add to the bound on statements.
    fn per_level(&self) -> String {
        let levels = |b: &&Batch| matches!(b.operation, Operation::Fetch { reach: Reach::Levels(_), .. });
        let names: Vec<&str> = self.batches.iter().filter(levels).map(|b| b.name.as_str()).collect();
        if names.is_empty() { String::new() } else { format!(", one more per level reached of {},", names.join(", ")) }
    }

    fn batch_line(&self, batch: &Batch, f: &mut Formatter<'_>) -> fmt::Result {
        let Batch { id, name, wave: _, operation, query, sql, parts, rows: _, repeats } = batch;
        write!(f, "  {id:?} {name}: ")?;
        match operation {
            Operation::Root => write!(f, "root")?,
            Operation::Fetch { feeds, stitch, by_bytes, reach } => {
                let by = if *reach == Reach::Subquery { "subquery over" } else { "selectin by" };
                self.feeds(by, feeds, f)?;
                match reach {
                    Reach::Keys => {}
                    Reach::Subquery if batch.waits() => {}
                    Reach::Subquery => write!(f, ", sent with the root")?,
                    Reach::Whole if batch.waits() => write!(f, ", the whole table")?,
                    Reach::Whole => write!(f, ", the whole table, sent with the root")?,
                    Reach::Closure => write!(f, ", all levels in one statement")?,
                    Reach::Levels(_) => write!(f, ", one statement per level")?,
                }
                match stitch {
                    Stitch::Hash(_) => write!(f, ", stitched by hash")?,
                    Stitch::Ordinal(_) if *by_bytes => write!(f, ", stitched by ordinal")?,
                    Stitch::Ordinal(_) => write!(f, ", stitched by ordinal since the database compares keys")?,
                }
            }
        }
        if let Some(window) = &query.head.window {
            write!(f, ", {}", WindowText(window))?;
        }
        if let Some(Keys { form: KeyForm::Join, .. }) = &query.head.keys {
            write!(f, ", keys as a table")?;
        }
        if let Some(Ordering { column, descending }) = parts.first().and_then(|head| head.sorted_here) {
            let direction = if descending { " descending" } else { "" };
            write!(f, ", sorted here by {}{direction}", self.column_name(parts[0].entity, column))?;
        }
        if !repeats.is_empty() {
            let ids: Vec<String> = repeats.iter().map(|id| format!("{id:?}")).collect();
            write!(f, ", without the keys of {}", ids.join(", "))?;
        }
        match sql.pieces.iter().filter(|piece| !matches!(piece, Piece::Text(_))).count() {
            0 => {}
            1 => write!(f, ", 1 bind")?,
            binds => write!(f, ", {binds} binds")?,
        }
        self.row_bound(batch, f)?;
        for part in &parts[1..] {
            let node = part.nodes.iter().map(|n| self.node(*n).path.as_str()).collect::<Vec<_>>().join(", ");
            write!(f, "\n    joined {node}")?;
            if part.presence.is_none() {
                write!(f, " (inner)")?;
            }
        }
        writeln!(f, "\n    {sql}")
    }

    /// `, rows <= 3 x keys x post.tag (about 120)`: what bounds them, and their number by statistics.
    fn row_bound(&self, batch: &Batch, f: &mut Formatter<'_>) -> fmt::Result {
        let RowBound { most, collections, about } = &batch.rows;
        let Head { keys, window, .. } = &batch.query.head;
        let told = window.and_then(|w| w.limit).filter(|_| keys.is_none() && collections.is_empty());
        let mut factors: Vec<String> = match (most, keys) {
            // The limit has just been told.
            (most, _) if told.is_some() && told == *most => Vec::new(),
            (None, _) if collections.is_empty() => Vec::new(),
            (None, _) => batch.parts[0].nodes.iter().take(1).map(|head| self.node(*head).path.clone()).collect(),
            (Some(1), Some(_)) => vec!["keys".to_owned()],
            (Some(most), Some(_)) => vec![format!("{most} x keys")],
            (Some(most), None) => vec![most.to_string()],
        };
        factors.extend(collections.iter().map(|node| self.node(*node).path.clone()));
        let about = about.filter(|about| keys.is_some() || !collections.is_empty() || Some(*about) != *most);
        match (factors.is_empty(), about) {
            (true, None) => Ok(()),
            (true, Some(about)) => write!(f, ", about {about} rows"),
            (false, None) => write!(f, ", rows <= {}", factors.join(" x ")),
            (false, Some(about)) => write!(f, ", rows <= {} (about {about})", factors.join(" x ")),
        }
    }

    fn column_name(&self, entity: EntityId, column: ColumnId) -> &str {
        let column = self.entity(entity).columns.get(column.index()).and_then(Option::as_ref);
        column.map_or("?", |column| column.name.as_str())
    }

    fn feeds(&self, by: &str, feeds: &[Feed], f: &mut Formatter<'_>) -> fmt::Result {
        for (i, Feed { parent, columns, node: _ }) in feeds.iter().enumerate() {
            let entity = self.node(*parent).entity;
            let names = columns.iter().map(|c| self.column_name(entity, *c));
            let names = names.collect::<Vec<_>>().join(", ");
            let join = if i > 0 { "," } else { by };
            write!(f, "{join} {}({names})", self.node(*parent).path)?;
        }
        Ok(())
    }
}

struct WindowText<'a>(&'a Window);

impl Display for WindowText<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Window { limit, offset, per_key } = self.0;
        match limit {
            Some(limit) => write!(f, "limit {limit}")?,
            None => write!(f, "no limit")?,
        }
        if *offset > 0 {
            write!(f, " offset {offset}")?;
        }
        match per_key {
            None => Ok(()),
            Some(LimitPerKey::CorrelatedKey) => write!(f, " per parent (correlated keys)"),
            Some(LimitPerKey::Lateral) => write!(f, " per parent (lateral join)"),
            Some(LimitPerKey::Places) => write!(f, " per parent (place by place)"),
            Some(LimitPerKey::RowNumber) => write!(f, " per parent (row numbers)"),
        }
    }
}

impl Display for BatchPlan {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { dialect, shape: _, batches, nodes, entities: _, constants: _, limits: _, missing_indexes, notes } =
            self;
        let (count, waves) = (batches.len(), self.waves());
        let plural = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
        writeln!(
            f,
            "plan for {dialect}: {} in {}",
            plural(count, "batch", "batches"),
            plural(waves as usize, "wave", "waves")
        )?;
        for wave in 1..=waves {
            writeln!(f, "wave {wave}")?;
            for batch in batches.iter().filter(|b| b.wave == wave) {
                self.batch_line(batch, f)?;
            }
        }
        let fetches = batches.iter().filter(|b| matches!(b.operation, Operation::Fetch { .. })).count();
        if fetches > 0 {
            writeln!(f, "at most {count} statements{}{}", self.per_level(), self.while_short())?;
        }
        for node in nodes {
            match node.state {
                NodeState::Loaded => {}
                NodeState::Partial => writeln!(f, "partial {}", node.path)?,
                NodeState::Unloaded(strategy) => writeln!(f, "not loaded {} ({})", node.path, strategy.name())?,
            }
        }
        for MissingIndex { batches, table: _, columns: _, create, searched } in missing_indexes {
            let batches = batches.iter().map(|b| format!("{b:?}")).collect::<Vec<_>>().join(", ");
            let when = if *searched { "" } else { ", once it is for fewer parents" };
            writeln!(f, "missing index for {batches}{when}: {create}")?;
        }
        for note in notes {
            writeln!(f, "note {note}")?;
        }
        Ok(())
    }
}
