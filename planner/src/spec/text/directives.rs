//! Directives: how a relationship is loaded. One that is known but not built is refused, never ignored.

use apollo_parser::cst;

use super::fields::Reader;
use super::problems::{shorten, span};
use super::values::Entry;
use crate::error::{Error, code};
use crate::spec::Strategy;

/// A directive.
struct Directive {
    name: &'static str,
    /// The strategy it asks for, if it asks for one.
    strategy: Option<Strategy>,
    built: bool,
}

const fn strategy(name: &'static str, strategy: Strategy, built: bool) -> Directive {
    Directive { name, strategy: Some(strategy), built }
}

const fn option(name: &'static str) -> Directive {
    Directive { name, strategy: None, built: false }
}

/// Every directive. A suggestion that lists some begins at the top.
const DIRECTIVES: [Directive; 11] = [
    strategy("@selectin", Strategy::Selectin, true),
    strategy("@joined", Strategy::Joined, true),
    strategy("@auto", Strategy::Auto, true),
    strategy("@subquery", Strategy::Subquery, false),
    strategy("@lazy", Strategy::Lazy, false),
    strategy("@raise", Strategy::Raise, false),
    strategy("@noload", Strategy::NoLoad, false),
    option("@recurse"),
    option("@default"),
    option("@link"),
    option("@except"),
];

impl Reader<'_> {
    /// The strategy, and whether it drops parents without a match.
    pub(super) fn directives(&mut self, list: &cst::Directives, is_root: bool) -> (Option<Strategy>, bool) {
        let mut seen: Vec<&str> = Vec::new();
        let mut chosen: Option<&Directive> = None;
        let mut inner = false;
        for directive in list.directives() {
            let Some(name) = directive.name() else { continue };
            let at = span(self.span(&directive).start as usize, self.span(&name).end as usize);
            let name = self.source(&name);
            let Some(known) = DIRECTIVES.iter().find(|known| known.name.strip_prefix('@') == Some(name)) else {
                let shown = format!("@{}", shorten(name));
                let error = Error::input(code::UNKNOWN_ARGUMENT, format!("no directive `{shown}`"));
                self.report(at, error.suggest(&shown, DIRECTIVES.iter().map(|known| known.name)));
                continue;
            };
            let Directive { name, strategy, built } = known;
            if strategy.is_some() && is_root {
                let error = Error::input(code::MISPLACED, format!("`{name}` on the root, which is no relationship"));
                self.report(at, error.help("the root is always loaded by a statement of its own"));
            } else if let (Some(_), Some(before)) = (strategy, chosen) {
                let error = Error::input(code::CONFLICT, format!("`{name}` after `{}`", before.name));
                self.report(at, error.help("a relationship is loaded by one strategy"));
            } else if seen.contains(name) {
                self.report(at, Error::input(code::CONFLICT, format!("`{name}` is given twice")));
            } else if !built {
                self.report(at, Error::not_built(format!("`{name}`")));
            } else {
                inner = self.inner(name, &directive);
            }
            match strategy {
                Some(_) => chosen = chosen.or(Some(known)),
                None if !seen.contains(name) => seen.push(name),
                None => {}
            }
        }
        (chosen.and_then(|known| known.strategy), inner)
    }

    /// `inner` of `@joined(inner: true)`; the other directives that are built take no argument.
    fn inner(&mut self, directive: &str, node: &cst::Directive) -> bool {
        let Some(arguments) = node.arguments() else { return false };
        let mut inner = false;
        for Entry { name, at, value } in self.entries(arguments.arguments().map(|a| (a.name(), a.value()))) {
            if (directive, name) == ("@joined", "inner") {
                inner = self.boolean(name, &value).unwrap_or(false);
                continue;
            }
            let message = format!("`{directive}` has no argument `{}`", shorten(name));
            let error = Error::input(code::UNKNOWN_ARGUMENT, message);
            self.report(
                at,
                match directive {
                    "@joined" => error.suggest(&shorten(name), ["inner"]),
                    _ => error.help(format!("write `{directive}` alone")),
                },
            );
        }
        inner
    }
}
