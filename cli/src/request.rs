//! A specification and the values of its variables, read from the arguments; then compiled. What is wrong with either,
//! and with the names in it, is told at once.

use crate::spec::Source;
use eagerly::error::{Code, Error, Errors, Result, code};
use eagerly::spec::{Parsed, Variables};
use eagerly::{Plan, Planner};

/// A specification with its values, and what is wrong so far.
#[derive(Debug)]
pub(crate) struct Request {
    /// Bound, unless there are problems with the values.
    parsed: Parsed,
    /// Problems with the arguments `--var` and with the variables.
    variables: Vec<Error>,
}

impl Request {
    /// Reads a specification, and binds each `NAME=JSON` to its variable.
    ///
    /// # Errors
    /// All problems of the arguments, and of a text in which nothing can be read.
    pub(crate) fn new(source: &Source, arguments: &[String]) -> Result<Self> {
        let Arguments { values, mut problems, broken } = Arguments::read(arguments);
        let mut parsed = match source.parse() {
            Ok(parsed) => parsed,
            Err(errors) => {
                problems.extend(errors);
                return Err(all(problems));
            }
        };
        match parsed.spec.bind(&values) {
            Ok(spec) if problems.is_empty() => parsed.spec = spec,
            Ok(_) => {}
            Err(errors) => {
                // What was left out of the specification can be where a variable stands, and a value that could not be
                // read is none that was not given. Anything but variables is told when the specification is compiled.
                let told = |error: &Error| {
                    let used = !error.at.path.is_empty();
                    let known = broken.iter().any(|name| error.message.contains(&format!("`${name}`")));
                    is(error, code::VARIABLE) && (used || parsed.problems.is_empty()) && !known
                };
                problems.extend(errors.into_iter().filter(told).map(with_help));
            }
        }
        Ok(Self { parsed, variables: problems })
    }

    /// What is wrong so far, or if nothing is, what came up behind it.
    pub(crate) fn problems_or(&self, others: Errors) -> Errors {
        let told = self.variables.iter().chain(&self.parsed.problems).cloned().collect();
        Errors::check(told, ()).err().unwrap_or(others)
    }

    /// The plan.
    ///
    /// # Errors
    /// Everything that is wrong with the text, its names and its variables.
    pub(crate) fn compile(&self, planner: &Planner) -> Result<Plan> {
        let compiled = planner.compile_parsed(&self.parsed);
        if self.variables.is_empty() {
            return compiled;
        }
        // Variables that have a value but were not bound are none of the user's mistakes.
        let others = compiled.err().into_iter().flatten().filter(|error| !is(error, code::VARIABLE));
        Err(all(self.variables.iter().cloned().chain(others).collect()))
    }
}

/// The values that the arguments give.
#[derive(Default)]
struct Arguments {
    values: Variables,
    problems: Vec<Error>,
    /// Names whose values could not be read.
    broken: Vec<String>,
}

impl Arguments {
    fn read(arguments: &[String]) -> Self {
        let mut read = Self::default();
        for argument in arguments {
            if let Err(error) = read.argument(argument) {
                read.problems.push(error);
            }
        }
        read
    }

    fn argument(&mut self, argument: &str) -> std::result::Result<(), Error> {
        let wrong = |message: String| Error::input(code::USAGE, message);
        let Some((name, json)) = argument.split_once('=') else {
            let name = argument.strip_prefix('$').unwrap_or(argument);
            self.broken.push(name.to_owned());
            return Err(wrong(format!("`--var {argument}` has no `=`")).help(format!("write `--var {name}=JSON`")));
        };
        if let Some(bare) = name.strip_prefix('$') {
            self.broken.push(bare.to_owned());
            let message = format!("`--var {name}=` names a variable with its `$`");
            return Err(wrong(message).help(format!("write `--var {bare}=JSON`")));
        }
        if name.is_empty() {
            return Err(wrong("`--var =` names no variable".to_owned()).help("write `--var NAME=JSON`"));
        }
        if self.values.contains_key(name) || self.broken.iter().any(|broken| broken == name) {
            return Err(
                wrong(format!("`--var {name}=` is given twice")).help("a variable has one value: drop the other")
            );
        }
        self.broken.push(name.to_owned());
        let value = serde_json::from_str(json).map_err(|error| {
            wrong(format!("the value of `--var {name}=` is no JSON: {error}"))
                .help(format!("text stands in quotes, and those within the shell's: --var '{name}=\"text\"'"))
        })?;
        let value = value_of(&value).map_err(|why| wrong(format!("the value of `--var {name}=` is {why}")))?;
        self.broken.pop();
        self.values.insert(name.to_owned(), value);
        Ok(())
    }
}

fn is(error: &Error, code: Code) -> bool {
    error.code == code
}

/// What to do about a variable.
fn with_help(error: Error) -> Error {
    if error.help.is_some() { error } else { error.help("give it one that fits: `--var NAME=JSON`") }
}

/// Problems in the order of the text, those without a place in it first.
fn all(mut problems: Vec<Error>) -> Errors {
    problems.sort_by_key(|error| error.at.span.map(|span| (span.start, span.end)));
    match Errors::check(problems, ()) {
        Err(errors) => errors,
        Ok(()) => Error::bug("problems that are none").into(),
    }
}

fn value_of(json: &serde_json::Value) -> std::result::Result<eagerly::BindValue, String> {
    use eagerly::BindValue;
    use eagerly::value::Value;
    fn one(json: &serde_json::Value) -> std::result::Result<Value, String> {
        Ok(match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(b) => Value::Boolean(*b),
            serde_json::Value::Number(n) => match (n.as_i64(), n.as_f64()) {
                (Some(i), _) => Value::Integer(i),
                (None, Some(f)) => Value::Float(f),
                _ => return Err("a number out of range".to_owned()),
            },
            serde_json::Value::String(s) => Value::Text(s.as_str().into()),
            _ => return Err("no scalar".to_owned()),
        })
    }
    match json {
        serde_json::Value::Array(all) => {
            Ok(BindValue::Many(all.iter().map(one).collect::<std::result::Result<_, _>>()?))
        }
        json => Ok(BindValue::One(one(json)?)),
    }
}
