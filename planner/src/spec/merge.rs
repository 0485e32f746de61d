//! A declared load and the options of one request become one specification, path by path.

use super::{ColumnList, Field, Filter, LoadSpec};
use crate::error::{Error, Errors, Result, code};
use crate::graph::RelationshipGraph;
use crate::ids::EntityId;
use crate::spec::depth::MAX_DEPTH;
use rustc_hash::FxHashMap;

impl LoadSpec {
    /// This specification with the options of a request. Fields meet where their output keys from the root on are the
    /// same; there columns and children are united, those of this specification first, and conditions are ANDed. A
    /// request that lists no column says nothing about columns.
    ///
    /// ```
    /// use eagerly_planner::graph::{ColumnDef, ColumnType::*, EntityDef, RelationshipGraph};
    /// use eagerly_planner::spec::{Filter, LoadSpec};
    ///
    /// let post = EntityDef::new("post").column(ColumnDef::new("id", Integer)).column(ColumnDef::new("title", Text));
    /// let graph = RelationshipGraph::builder().entity(post.primary_key(["id"])).build()?;
    /// let declared = LoadSpec::new("post").load_only(["title"]).filter(Filter::is_not_null("title"));
    /// let merged = declared.merge(&LoadSpec::new("post").load_only(["id", "title"]).limit(10), &graph)?;
    /// assert_eq!(merged, LoadSpec::new("post").load_only(["title", "id"]).filter(Filter::is_not_null("title")).limit(10));
    /// # Ok::<(), eagerly_planner::error::Errors>(())
    /// ```
    ///
    /// # Errors
    /// `E0110` wherever both say something and not the same: another strategy, order, limit, offset, recursion, default
    /// strategy or exception, or another name behind one output key. All of them at once, each with both sides.
    pub fn merge(&self, request: &Self, graph: &RelationshipGraph) -> Result<Self> {
        let (merged, conflicts) = self.merge_named("the declared load", request, graph)?;
        Errors::check(conflicts, merged)
    }

    /// [`merge`](Self::merge), where `name` is what conflicts call this specification. Conflicts come with what is merged
    /// all the same, so that its names can be checked too: this specification stands in them.
    pub(crate) fn merge_named(
        &self,
        name: &str,
        request: &Self,
        graph: &RelationshipGraph,
    ) -> Result<(Self, Vec<Error>)> {
        if !self.is_shallow() || !request.is_shallow() {
            return Err(Error::input(code::TOO_DEEP, format!("more than {MAX_DEPTH} levels to merge")).into());
        }
        let mut merger = Merger { graph, name, path: Vec::new(), problems: Vec::new() };
        let mut merged = self.clone();
        merger.field(merged.root_mut(), &request.root, graph.entity_id(&self.root.name));
        Ok((merged, merger.problems))
    }
}

struct Merger<'a> {
    graph: &'a RelationshipGraph,
    /// What conflicts call the declared specification.
    name: &'a str,
    path: Vec<String>,
    problems: Vec<Error>,
}

impl Merger<'_> {
    /// Adds to a declared field what a request says of it.
    fn field(&mut self, declared: &mut Field, request: &Field, entity: Option<EntityId>) {
        self.path.push(declared.key().to_owned());
        if declared.name != request.name {
            self.conflict("name", format!("`{}`", declared.name), format!("`{}`", request.name));
        } else {
            self.options(declared, request);
            self.arguments(declared, request);
            self.fields(declared, request, entity);
        }
        self.path.pop();
    }

    fn options(&mut self, declared: &mut Field, request: &Field) {
        let strategy = |s: &crate::spec::Strategy| format!("`{}`", s.name());
        self.one_of("strategy", &mut declared.strategy, &request.strategy, strategy);
        self.one_of("default strategy", &mut declared.default_strategy, &request.default_strategy, strategy);
        self.one_of("recursion", &mut declared.recurse, &request.recurse, |recurse| match recurse.depth {
            Some(depth) => format!("to the depth {depth}"),
            None => "to the end".to_owned(),
        });
        self.one_of("exception", &mut declared.except, &request.except, |except| except.columns.join(", "));
        declared.inner |= request.inner;
        if let Some(ColumnList { columns, at }) = &request.link {
            let link = declared.link.get_or_insert_with(|| ColumnList { columns: Vec::new(), at: *at });
            let new = columns.iter().filter(|column| !link.columns.contains(column));
            let new: Vec<String> = new.cloned().collect();
            link.columns.extend(new);
        }
    }

    fn arguments(&mut self, declared: &mut Field, request: &Field) {
        let (declared, request) = (&mut declared.arguments, &request.arguments);
        declared.filter = match (declared.filter.take(), &request.filter) {
            (Some(declared), Some(request)) if declared != *request => {
                Some(Filter::And(vec![declared, request.clone()]))
            }
            (declared, request) => declared.or_else(|| request.clone()),
        };
        self.one_of("limit", &mut declared.limit, &request.limit, u64::to_string);
        self.one_of("offset", &mut declared.offset, &request.offset, u64::to_string);
        if declared.order.is_empty() {
            declared.order.clone_from(&request.order);
        } else if !request.order.is_empty() && declared.order != request.order {
            let [one, other] = [&declared.order, &request.order].map(|order| {
                let terms = order.iter().map(|t| format!("{}{}", if t.descending { "-" } else { "" }, t.column));
                format!("`{}`", terms.collect::<Vec<_>>().join(", "))
            });
            self.conflict("order", one, other);
        }
    }

    fn fields(&mut self, declared: &mut Field, request: &Field, entity: Option<EntityId>) {
        let Some(requested) = &request.fields else { return };
        let is_column =
            |field: &Field| entity.is_some_and(|id| self.graph.entity(id).columns.contains_key(&field.name));
        let listed: Vec<bool> = requested.iter().map(is_column).collect();
        let mut all_columns = !declared.fields.iter().flatten().any(is_column);
        // All columns are a list of their own once one of them comes out under another key.
        if all_columns && requested.iter().zip(&listed).any(|(field, listed)| *listed && field.alias.is_some()) {
            self.list_all_columns(declared, entity);
            all_columns = false;
        }
        let known = declared.fields.iter().flatten().enumerate();
        let mut places: FxHashMap<String, usize> = known.map(|(i, field)| (field.key().to_owned(), i)).collect();
        for (field, is_column) in requested.iter().zip(listed) {
            if is_column && all_columns && field.is_plain() {
                if let Some(except) = &mut declared.except {
                    except.columns.retain(|column| *column != field.name);
                }
                continue;
            }
            let target = entity.and_then(|id| {
                let relationship = self.graph.relationship_id(id, &field.name)?;
                Some(self.graph.relationship(relationship).target)
            });
            let fields = declared.fields.get_or_insert_default();
            match places.get(field.key()) {
                Some(index) => self.field(&mut fields[*index], field, target),
                None => {
                    places.insert(field.key().to_owned(), fields.len());
                    fields.push(field.clone());
                }
            }
        }
    }

    fn list_all_columns(&self, declared: &mut Field, entity: Option<EntityId>) {
        let Some(entity) = entity.map(|id| self.graph.entity(id)) else { return };
        let except = declared.except.take();
        let kept = entity.columns.keys().filter(|name| except.as_ref().is_none_or(|e| !e.columns.contains(name)));
        let columns: Vec<Field> = kept.map(Field::new).collect();
        declared.fields.get_or_insert_default().splice(0..0, columns);
    }

    /// What one of both says, or both alike.
    fn one_of<T: Clone + PartialEq>(
        &mut self,
        what: &str,
        declared: &mut Option<T>,
        request: &Option<T>,
        show: impl Fn(&T) -> String,
    ) {
        match (&*declared, request) {
            (Some(one), Some(other)) if one != other => self.conflict(what, show(one), show(other)),
            (None, Some(_)) => declared.clone_from(request),
            _ => {}
        }
    }

    fn conflict(&mut self, what: &str, declared: impl AsRef<str>, request: impl AsRef<str>) {
        let (declared, request) = (declared.as_ref(), request.as_ref());
        let message = format!("the {what} is {declared} in {}, and {request} in the request", self.name);
        let error = Error::input(code::CONFLICT, message).path(self.path.join("."));
        self.problems.push(error.help("leave it out of one of them, or give the request's field an alias"));
    }
}
