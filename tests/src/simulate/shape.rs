//! The shape of a result whose values nobody can foretell: it is that of the specification.

use super::world::World;
use eagerly::ResultGraph;
use eagerly::spec::Field;
use serde_json::Value as Json;

/// Checks that a result is a list of objects that have what is listed; its JSON.
pub(super) fn check(graph: &ResultGraph, world: &World) -> Result<String, String> {
    let text = match graph.to_json() {
        Ok(text) => text,
        // A document that is none, a float that is not finite: the rows were made up.
        Err(errors) if errors.first().code == "E0406" => return Ok(String::new()),
        Err(errors) => return Err(errors.to_string()),
    };
    let json: Json = serde_json::from_str(&text).map_err(|e| format!("no JSON: {e}: {text}"))?;
    let Json::Array(roots) = &json else { return Err(format!("no list: {text}")) };
    roots.iter().try_for_each(|root| object(&world.case.spec.root, root)).map_err(|what| format!("{what}: {text}"))?;
    Ok(text)
}

fn object(field: &Field, json: &Json) -> Result<(), String> {
    let Json::Object(object) = json else { return Err(format!("`{}` is no object", field.key())) };
    for child in field.fields.iter().flatten().filter(|child| child.fields.is_some()) {
        match object.get(child.key()) {
            Some(Json::Array(rows)) => rows.iter().try_for_each(|row| self::object(child, row))?,
            Some(row @ Json::Object(_)) => self::object(child, row)?,
            // Nothing is related, or it is not loaded.
            Some(Json::Null) | None => {}
            Some(other) => return Err(format!("`{}` is {other}", child.key())),
        }
    }
    Ok(())
}
