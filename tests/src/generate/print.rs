//! A case as a Rust expression. It reads as SQL where it is SQL, and as the builders where it is graph and
//! specification, since names that need quoting have no text form.

use super::Case;
use eagerly_planner::graph::{ColumnDef, Direction, EntityDef, RelationshipDef};
use eagerly_planner::spec::{
    Arguments, ColumnList, Comparison, Field, Filter, ListOperand, LoadSpec, Operand, OrderTerm, Recurse,
};
use eagerly_planner::value::Value;
use std::fmt::{Formatter, Result};

pub(super) fn case(case: &Case, f: &mut Formatter<'_>) -> Result {
    let Case { graph, ddl, rows, spec } = case;
    let sql = |list: &[String]| list.iter().map(|sql| format!("        {sql:?}.into(),\n")).collect::<String>();
    let graph: String = graph.iter().map(|e| format!("        {},\n", entity(e))).collect();
    let LoadSpec { root } = spec;
    writeln!(f, "Case {{")?;
    writeln!(f, "    ddl: vec![\n{}    ],", sql(ddl))?;
    writeln!(f, "    rows: vec![\n{}    ],", sql(rows))?;
    writeln!(f, "    graph: vec![\n{graph}    ],")?;
    writeln!(f, "    spec: LoadSpec::from({}),\n}}", field(root, 2))
}

/// Entities and a specification, as in a case.
pub(super) fn definitions(graph: &[EntityDef], spec: &LoadSpec, f: &mut Formatter<'_>) -> Result {
    for def in graph {
        writeln!(f, "{}", entity(def))?;
    }
    let LoadSpec { root } = spec;
    writeln!(f, "LoadSpec::from({})", field(root, 1))
}

fn entity(def: &EntityDef) -> String {
    let mut text = format!("EntityDef::new({:?}).table({:?})", def.name, def.table);
    for ColumnDef { name, ty, nullable, collation, .. } in &def.columns {
        let nullable = if *nullable { ".nullable()" } else { "" };
        let collation = collation.as_ref().map(|c| format!(".collation({c:?})")).unwrap_or_default();
        text += &format!("\n            .column(ColumnDef::new({name:?}, ColumnType::{ty:?}){nullable}{collation})");
    }
    if !def.primary_key.is_empty() {
        text += &format!("\n            .primary_key({:?})", def.primary_key);
    }
    for key in &def.unique_keys {
        let exact = if key.exact { "unique" } else { "unique_inexact" };
        text += &format!("\n            .{exact}({:?})", key.columns);
    }
    for def in &def.relationships {
        text += &format!("\n            .relationship({})", relationship(def));
    }
    text
}

fn relationship(def: &RelationshipDef) -> String {
    let constructor = match def.direction {
        Direction::ManyToOne => "many_to_one",
        Direction::OneToMany => "one_to_many",
        Direction::OneToOne => "one_to_one",
        Direction::ManyToMany => "many_to_many",
        other => panic!("no constructor for {other:?}"),
    };
    let mut text = format!("RelationshipDef::{constructor}({:?}, {:?})", def.name, def.target);
    if let Some(secondary) = &def.secondary {
        text += &format!(".secondary({:?}, {:?}, {:?})", secondary.entity, def.pairs, secondary.target_pairs);
    } else {
        def.pairs.iter().for_each(|(source, target)| text += &format!(".on({source:?}, {target:?})"));
    }
    if def.trusted == Some(true) {
        text += ".trusted()";
    }
    if let Some(back) = &def.back_populates {
        text += &format!(".back_populates({back:?})");
    }
    if !def.order_by.is_empty() {
        text += &format!(".order_by({})", order(&def.order_by));
    }
    if let Some(list) = def.uselist {
        text += &format!(".uselist({list})");
    }
    if let Some(strategy) = def.strategy {
        text += &format!(".strategy(Strategy::{strategy:?})");
    }
    if let Some(predicate) = &def.predicate {
        text += &format!(".predicate({})", filter(predicate));
    }
    text
}

fn field(def: &Field, level: usize) -> String {
    let Field { name, alias, arguments, strategy, inner, except, default_strategy, recurse, link, fields, at: _ } = def;
    let mut text = format!("Field::new({name:?})");
    if let Some(alias) = alias {
        text += &format!(".alias({alias:?})");
    }
    if let Some(strategy) = strategy {
        text += &format!(".strategy(Strategy::{strategy:?})");
    }
    if *inner {
        text += ".inner()";
    }
    if let Some(ColumnList { columns, at: _ }) = except {
        text += &format!(".except::<&str>({columns:?})");
    }
    if let Some(strategy) = default_strategy {
        text += &format!(".default_strategy(Strategy::{strategy:?})");
    }
    match recurse {
        Some(Recurse { depth: Some(depth), at: _ }) => text += &format!(".recurse_to({depth})"),
        Some(Recurse { depth: None, at: _ }) => text += ".recurse()",
        None => {}
    }
    if let Some(ColumnList { columns, at: _ }) = link {
        text += &format!(".link::<&str>({columns:?})");
    }
    let Arguments { filter: condition, order: terms, limit, offset, .. } = arguments;
    if let Some(condition) = condition {
        text += &format!(".filter({})", filter(condition));
    }
    if !terms.is_empty() {
        text += &format!(".order({})", order(terms));
    }
    if let Some(limit) = limit {
        text += &format!(".limit({limit})");
    }
    if let Some(offset) = offset {
        text += &format!(".offset({offset})");
    }
    let indent = "    ".repeat(level);
    for child in fields.iter().flatten() {
        text += &format!("\n{indent}.load({})", field(child, level + 1));
    }
    text
}

fn order(terms: &[OrderTerm]) -> String {
    let terms: Vec<String> =
        terms.iter().map(|t| format!("{}{}", if t.descending { "-" } else { "" }, t.column)).collect();
    format!("{terms:?}")
}

fn filter(condition: &Filter) -> String {
    let list = |all: &[Filter]| all.iter().map(filter).collect::<Vec<_>>().join(", ");
    match condition {
        Filter::And(all) => format!("Filter::And(vec![{}])", list(all)),
        Filter::Or(all) => format!("Filter::Or(vec![{}])", list(all)),
        Filter::Not(inner) => format!("Filter::Not(Box::new({}))", filter(inner)),
        Filter::Column { name, test: Comparison::Compare(op, Operand::Value(value)), .. } => {
            format!("Filter::compare({name:?}, CompareOp::{op:?}, {})", literal(value))
        }
        Filter::Column { name, test, .. } => {
            let test = comparison(test);
            format!("Filter::Column {{ name: {name:?}.into(), test: {test}, at: At::default() }}")
        }
        Filter::Relationship { name, quantifier, filter: inner, .. } => format!(
            "Filter::Relationship {{ name: {name:?}.into(), quantifier: Quantifier::{quantifier:?}, filter: \
             Box::new({}), at: At::default() }}",
            filter(inner)
        ),
        other => panic!("the generator makes no {other:?}"),
    }
}

fn comparison(test: &Comparison) -> String {
    match test {
        Comparison::IsNull(null) => format!("Comparison::IsNull({null})"),
        Comparison::In { list: ListOperand::Values(values), negated } => {
            let values: Vec<String> = values
                .iter()
                .map(|value| match value {
                    Operand::Value(value) => format!("Operand::Value({})", literal(value)),
                    other => panic!("the generator makes no {other:?}"),
                })
                .collect();
            let values = values.join(", ");
            format!("Comparison::In {{ list: ListOperand::Values(vec![{values}]), negated: {negated} }}")
        }
        other => panic!("the generator makes no {other:?}"),
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("Value::Text({text:?}.into())"),
        Value::Bytes(bytes) => format!("Value::Bytes(vec!{bytes:?})"),
        other => format!("Value::{other:?}"),
    }
}
