//! Errors as values.

use eagerly::LoadSpec;
use eagerly::error::{Error, ErrorKind, Errors};

/// `E0103: message (at path); help`, one line for each problem.
#[test]
fn an_error_is_shown_with_its_code_place_and_help() {
    let errors = LoadSpec::parse("{ post(limt: 1) { tag @selctin } }").unwrap_err();
    let expected = "E0105: no argument `limt` (at post); did you mean `limit`?\n\
                    E0105: no directive `@selctin` (at post.tag); did you mean `@selectin`?";
    assert_eq!(errors.to_string(), expected);
    let Error { kind, code, message, at, help, .. } = errors.first().clone();
    assert_eq!((kind, code, message.as_str()), (ErrorKind::Input, "E0105", "no argument `limt`"));
    assert_eq!((at.path.as_str(), at.span.map(eagerly::error::Span::range)), ("post", Some(7..11)));
    assert_eq!(help.as_deref(), Some("did you mean `limit`?"));
}

#[test]
fn a_broken_invariant_is_an_error_that_says_so() {
    fn checked(holds: bool) -> Result<(), Errors> {
        eagerly_planner::ensure!(holds, "rows of {} are lost", "post");
        Ok(())
    }
    assert_eq!(checked(true), Ok(()));
    let error = checked(false).unwrap_err();
    assert_eq!((error.first().kind, error.first().code), (ErrorKind::Bug, "E0901"));
    assert!(error.to_string().contains("rows of post are lost; this is a bug in Eagerly"), "{error}");
}

/// A program that matches on them goes on compiling when there are more: read in the source, where it is said.
#[test]
fn kinds_and_fields_can_be_added() {
    let source = include_str!("../../../planner/src/error.rs");
    for item in ["pub enum ErrorKind {", "pub struct Place {", "pub struct Error {"] {
        let (before, _) = source.split_once(item).unwrap();
        assert_eq!(before.trim_end().lines().next_back(), Some("#[non_exhaustive]"), "{item}");
    }
}
