//! What a reset of the session takes away: `DISCARD ALL` and `DEALLOCATE ALL`, as poolers send them between two clients,
//! drop the statements that were prepared. Ours are prepared again; those that tokio-postgres keeps to look up types are
//! made again under their names, since it never forgets them (0.7.18, `prepare.rs`).

use crate::connection::Connection;
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

/// Whether an error says that a prepared statement is gone.
pub(crate) fn is_gone(error: &Error) -> bool {
    error.code() == Some(&SqlState::INVALID_SQL_STATEMENT_NAME)
}

/// What tokio-postgres asks the catalog, in the order in which it can need it: a type always, then the labels of an enum
/// or the fields of a row. Nothing tells which of the two a name stands for: it is taken for that of labels, and if fields
/// were asked for, the rows that come have one column too few, and tokio-postgres says so.
const LOOK_UPS: [&str; 3] = [
    "SELECT t.typname, t.typtype, t.typelem, r.rngsubtype, t.typbasetype, n.nspname, t.typrelid \
     FROM pg_catalog.pg_type t LEFT OUTER JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid \
     INNER JOIN pg_catalog.pg_namespace n ON t.typnamespace = n.oid WHERE t.oid = $1",
    "SELECT found.name FROM (\
     SELECT enumlabel AS name, enumsortorder AS place FROM pg_catalog.pg_enum WHERE enumtypid = $1 \
     UNION ALL SELECT attname, attnum FROM pg_catalog.pg_attribute \
     WHERE attrelid = $1 AND NOT attisdropped AND attnum > 0) found ORDER BY found.place",
    "SELECT attname, atttypid FROM pg_catalog.pg_attribute WHERE attrelid = $1 AND NOT attisdropped AND attnum > 0 \
     ORDER BY attnum",
];

/// The places of the last two.
const LABELS: usize = 1;
const FIELDS: usize = 2;

/// Each look-up may be missed, and one be taken for another.
pub(crate) const TRIES: usize = LOOK_UPS.len() + 1;

/// The names under which tokio-postgres has prepared its look-ups, as far as failures have told them.
#[derive(Debug, Default)]
pub(crate) struct LookUps([Option<String>; LOOK_UPS.len()]);

impl LookUps {
    /// Which look-up has a name; the first that is not known yet, if none has.
    fn named(&mut self, name: &str) -> usize {
        let is = |known: &Option<String>| known.as_deref() == Some(name);
        let which = self.0.iter().position(is).or_else(|| self.0.iter().position(Option::is_none)).unwrap_or(FIELDS);
        self.0[which] = Some(name.to_owned());
        which
    }

    /// The name was taken for that of labels, and is that of fields.
    fn is_of_fields(&mut self, name: &str) {
        self.0[LABELS] = self.0[FIELDS].take();
        self.0[FIELDS] = Some(name.to_owned());
    }
}

impl Connection {
    /// Makes the look-up again that a failed preparation missed; whether there is a reason to try once more. `labels` is
    /// the one that was made last, where it was that of labels.
    pub(crate) async fn restore(&self, error: &Error, labels: &mut Option<String>) -> bool {
        let (name, which, before) = match (lost(error), labels.take()) {
            (Some(name), _) => {
                let which = self.known().look_ups.named(&name);
                (name, which, String::new())
            }
            (None, Some(name)) if error.as_db_error().is_none() && !error.is_closed() => {
                self.known().look_ups.is_of_fields(&name);
                let before = format!("DEALLOCATE {name}; ");
                (name, FIELDS, before)
            }
            (None, _) => return false,
        };
        let prepare = format!("{before}PREPARE {name} (pg_catalog.oid) AS {}", LOOK_UPS[which]);
        let made = match self.client().batch_execute(&prepare).await {
            Ok(()) => true,
            // Another statement of the wave has made it.
            Err(error) => error.code() == Some(&SqlState::DUPLICATE_PSTATEMENT),
        };
        *labels = Some(name).filter(|_| which == LABELS);
        made
    }
}

/// The statement of tokio-postgres's that is gone: `s` and a number. The message around it is in the server's language.
fn lost(error: &Error) -> Option<String> {
    let message = error.as_db_error().filter(|_| is_gone(error))?.message();
    let is_name = |word: &&str| {
        let number = word.strip_prefix('s');
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    message.split(|c: char| !c.is_ascii_alphanumeric()).find(is_name).map(str::to_owned)
}
