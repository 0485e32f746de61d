//! A specification and the values of its variables, read from the arguments; then compiled. What is wrong with either,
//! and with the names in it, is told at once.

use crate::report::Failure;
use crate::spec::Source;
use eagerly::error::{Code, Error, Errors, Result, code};
use eagerly::spec::{Parsed, Variables};
use eagerly::{BindValue, Plan, Planner};
use serde::de::IgnoredAny;

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
        match source.parse() {
            Ok(parsed) => Self::bound(parsed, arguments),
            Err(errors) => {
                let mut problems = Arguments::read(arguments).problems;
                problems.extend(errors);
                Err(all(problems))
            }
        }
    }

    fn bound(mut parsed: Parsed, arguments: &[String]) -> Result<Self> {
        let Arguments { values, mut problems, broken } = Arguments::read(arguments);
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

    /// Reads a specification to plan it: a variable without a value gets one that stands in for it. Their names come
    /// with it.
    ///
    /// # Errors
    /// Those of [`new`](Self::new).
    pub(crate) fn to_plan(source: &Source, arguments: &[String]) -> Result<(Self, Vec<String>)> {
        let given: Vec<&str> = arguments.iter().filter_map(|a| a.split_once('=')).map(|(name, _)| name).collect();
        let mut parsed = source.parse().or_else(|_| Self::new(source, arguments).map(|request| request.parsed))?;
        let mut stand_ins = parsed.spec.stand_ins();
        stand_ins.retain(|name, _| !given.contains(&name.as_str()));
        parsed.spec = parsed.spec.bind_some(&stand_ins);
        let names = stand_ins.into_keys().collect();
        Ok((Self::bound(parsed, arguments)?, names))
    }

    /// What is wrong so far, or if nothing is, what came up behind it.
    pub(crate) fn problems_or(&self, others: Errors) -> Errors {
        let told = self.variables.iter().chain(&self.parsed.problems).cloned().collect();
        Errors::check(told, ()).err().unwrap_or(others)
    }

    /// What is wrong so far is told before what came up behind it, unless that is about another text.
    pub(crate) fn first<T>(&self, result: std::result::Result<T, Failure>) -> std::result::Result<T, Failure> {
        result.map_err(|failure| match failure.errors_without_source() {
            Ok(errors) => self.problems_or(errors).into(),
            Err(failure) => failure,
        })
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
            if let Err(errors) = read.argument(argument) {
                read.problems.extend(errors);
            }
        }
        read
    }

    fn argument(&mut self, argument: &str) -> Result<()> {
        let wrong = |message: String, help: String| Err(Error::input(code::USAGE, message).help(help).into());
        let Some((name, json)) = argument.split_once('=') else {
            let name = argument.strip_prefix('$').unwrap_or(argument);
            self.broken.push(name.to_owned());
            return wrong(format!("`--var {argument}` has no `=`"), format!("write `--var {name}=JSON`"));
        };
        if let Some(bare) = name.strip_prefix('$') {
            self.broken.push(bare.to_owned());
            let message = format!("`--var {name}=` names a variable with its `$`");
            return wrong(message, format!("write `--var {bare}=JSON`"));
        }
        if name.is_empty() {
            return wrong("`--var =` names no variable".to_owned(), "write `--var NAME=JSON`".to_owned());
        }
        if self.values.contains_key(name) || self.broken.iter().any(|broken| broken == name) {
            let message = format!("`--var {name}=` is given twice");
            return wrong(message, "a variable has one value: drop the other".to_owned());
        }
        match BindValue::from_json(name, json) {
            Ok(value) => drop(self.values.insert(name.to_owned(), value)),
            Err(errors) => {
                self.broken.push(name.to_owned());
                return Err(located(errors, name, json));
            }
        }
        Ok(())
    }
}

fn is(error: &Error, code: Code) -> bool {
    error.code == code
}

/// Says where the value of a variable stops being JSON, and how text is written, which is what a shell invites to forget.
fn located(errors: Errors, name: &str, json: &str) -> Errors {
    let Err(broken) = serde_json::from_str::<IgnoredAny>(json) else { return errors };
    let place = format!(", at line {} column {}", broken.line(), broken.column());
    let quotes = format!("text stands in quotes, and those within the shell's: --var '{name}=\"text\"'");
    let more = |mut error: Error| {
        error.message.push_str(&place);
        error.help(quotes.as_str())
    };
    all(errors.into_iter().map(more).collect())
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
