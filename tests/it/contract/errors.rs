//! Errors as values.

use eagerly::LoadSpec;
use eagerly::error::{Class, DatabaseError, Error, ErrorKind, Errors, code};
use std::error::Error as _;
use std::sync::Arc;

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
    let source = concat!(
        include_str!("../../../planner/src/error/mod.rs"),
        include_str!("../../../planner/src/error/database.rs")
    );
    let items = [
        "pub enum ErrorKind {",
        "pub struct Place {",
        "pub struct Error {",
        "pub enum Class {",
        "pub struct DatabaseError {",
    ];
    for item in items {
        let (before, _) = source.split_once(item).unwrap();
        assert_eq!(before.trim_end().lines().next_back(), Some("#[non_exhaustive]"), "{item}");
    }
}

/// A result is returned by value through every layer, and an error makes it as large as itself.
#[test]
fn an_error_is_small() {
    assert!(size_of::<Error>() <= 96, "{} bytes", size_of::<Error>());
    assert!(size_of::<Errors>() <= 24, "{} bytes", size_of::<Errors>());
}

#[test]
fn every_error_of_a_database_has_a_class() {
    let refused = Error::new(ErrorKind::Database, code::REFUSED, "no");
    assert_eq!(refused.class(), Some(Class::Other));
    assert_eq!(refused.database(Class::Deadlock).class(), Some(Class::Deadlock));
    for kind in [ErrorKind::Input, ErrorKind::Unsupported, ErrorKind::Limit, ErrorKind::Bug] {
        assert_eq!(Error::new(kind, code::BUG, "no").class(), None);
    }
}

/// The driver's own error comes back by its type, from one problem or from several, and is no part of a comparison.
#[test]
fn the_drivers_own_error_is_the_source() {
    #[derive(Debug)]
    struct OfDriver(u8);
    impl std::fmt::Display for OfDriver {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "number {}", self.0)
        }
    }
    impl std::error::Error for OfDriver {}
    let refused = |number| {
        let part = DatabaseError::new(Class::Serialization)
            .sqlstate("40001")
            .number(1020)
            .caused_by(Arc::new(OfDriver(number)));
        Error::new(ErrorKind::Database, code::REFUSED, "no").database(part)
    };
    let error = refused(7);
    assert_eq!(error.source().unwrap().downcast_ref::<OfDriver>().unwrap().0, 7);
    assert_eq!(error, refused(8));
    let part = error.database.as_ref().unwrap();
    assert_eq!((error.sqlstate(), part.number), (Some("40001"), Some(1020)));
    assert!(format!("{error:?}").contains("number 7"), "{error:?}");
    assert_ne!(error, refused(7).database(Class::Serialization));
    let all = Errors::check(vec![Error::input(code::SYNTAX, "no"), error], ()).unwrap_err();
    assert!(all.source().unwrap().is::<OfDriver>());
    assert!(Errors::from(Error::bug("no")).source().is_none());
    // A panic may pass by an error, as `catch_unwind` and threads want to know.
    fn passes<T: std::panic::UnwindSafe + std::panic::RefUnwindSafe + Send + Sync + 'static>(_: &T) {}
    passes(&all);
}

/// Only if every problem can go away by itself is it worth to try again.
#[test]
fn errors_are_transient_if_all_problems_are() {
    let refused = |class: Class| Error::new(ErrorKind::Database, code::REFUSED, "no").database(class);
    let all = |classes: &[Class]| Errors::check(classes.iter().copied().map(refused).collect(), ()).unwrap_err();
    assert!(all(&[Class::Deadlock, Class::ConnectionLost]).is_transient());
    assert!(!all(&[Class::Deadlock, Class::Permission]).is_transient());
    assert!(!Errors::from(Error::timeout("the load", std::time::Duration::from_secs(1))).is_transient());
}
