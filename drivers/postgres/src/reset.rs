//! What a reset of the session takes away: `DISCARD ALL` and `DEALLOCATE ALL`, as poolers send them between two clients,
//! drop the statements that were prepared. Ours are prepared again; those that tokio-postgres keeps to look up types are
//! made again under their names, since it never forgets them (0.7.18, `prepare.rs`, whose queries these are).

use crate::connection::Connection;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Error};

/// Whether an error says that a prepared statement is gone.
pub(crate) fn is_gone(error: &Error) -> bool {
    error.code() == Some(&SqlState::INVALID_SQL_STATEMENT_NAME)
}

/// tokio-postgres's queries, in the order in which it can need them: a type always, then the labels of an enum or the
/// fields of a row.
const LOOK_UPS: [&str; 3] = [
    "SELECT t.typname, t.typtype, t.typelem, r.rngsubtype, t.typbasetype, n.nspname, t.typrelid \
     FROM pg_catalog.pg_type t LEFT OUTER JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid \
     INNER JOIN pg_catalog.pg_namespace n ON t.typnamespace = n.oid WHERE t.oid = $1",
    "SELECT enumlabel FROM pg_catalog.pg_enum WHERE enumtypid = $1 ORDER BY enumsortorder",
    "SELECT attname, atttypid FROM pg_catalog.pg_attribute WHERE attrelid = $1 AND NOT attisdropped AND attnum > 0 \
     ORDER BY attnum",
];

/// The names under which tokio-postgres has prepared its look-ups, as far as failures have told them.
#[derive(Debug, Default)]
pub(crate) struct LookUps([Option<String>; 3]);

impl Connection {
    /// Makes the look-up again that a failed preparation missed; whether there is a reason to try once more. `guessed` is
    /// the one that was made before, if nothing but its place told which it is.
    pub(crate) async fn restore(&self, error: &Error, guessed: &mut Option<String>) -> bool {
        let made = match (lost(error), guessed.take()) {
            (Some(name), _) => {
                let (which, is_guess) = self.look_up(&name);
                let made = make(self.client(), &name, which).await;
                *guessed = is_guess.then_some(name);
                made
            }
            // It had the labels of an enum for the fields of a row.
            (None, Some(name)) if error.as_db_error().is_none() && !error.is_closed() => {
                self.name_look_up(&name, 2);
                let dropped = self.client().batch_execute(&format!("DEALLOCATE {name}")).await;
                dropped.is_ok() && make(self.client(), &name, 2).await
            }
            (None, _) => false,
        };
        made
    }

    /// Which look-up has a name. The first that is missed is that of types; the next one, of labels or of fields, is
    /// taken for that of labels until it turns out to be none.
    fn look_up(&self, name: &str) -> (usize, bool) {
        let known = self.known();
        let names = &known.look_ups.0;
        let found = names.iter().position(|known| known.as_deref() == Some(name));
        let free = || names.iter().position(Option::is_none).unwrap_or(2);
        let which = found.unwrap_or_else(free);
        drop(known);
        if found.is_none() {
            self.name_look_up(name, which);
        }
        (which, found.is_none() && which == 1)
    }

    fn name_look_up(&self, name: &str, which: usize) {
        let mut known = self.known();
        let names = &mut known.look_ups.0;
        names.iter_mut().filter(|known| known.as_deref() == Some(name)).for_each(|known| *known = None);
        names[which] = Some(name.to_owned());
    }
}

/// The statement of tokio-postgres's that is gone: `s` and a number. The message around it is in the server's language.
fn lost(error: &Error) -> Option<String> {
    let message = error.as_db_error().filter(|_| is_gone(error))?.message();
    let words = message.split(|c: char| !c.is_ascii_alphanumeric());
    let is_name =
        |word: &&str| word.strip_prefix('s').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    words.into_iter().find(is_name).map(str::to_owned)
}

async fn make(client: &Client, name: &str, which: usize) -> bool {
    match client.batch_execute(&format!("PREPARE {name} (oid) AS {}", LOOK_UPS[which])).await {
        Ok(()) => true,
        // Another statement of the wave has made it.
        Err(error) => error.code() == Some(&SqlState::DUPLICATE_PSTATEMENT),
    }
}
