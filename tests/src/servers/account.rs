//! The tests' own user of a server that is named in the environment, where the URL has no password: it has one, so that
//! tests can see whether it is shown.

use crate::database::{Backend, Mysql, Postgres};

const USER: &str = "eagerly_test";
const PASSWORD: &str = "not-to-be-shown";

/// A URL around the name of its database, with a user who has a password: the given one, or else the tests' own, who may
/// do what the given one may.
pub(super) fn with_a_password(backend: Backend, url: (String, String)) -> Result<(String, String), String> {
    let (scheme, rest) = url.0.split_once("://").ok_or("a URL has a scheme")?;
    let (given, host) = rest.rsplit_once('@').unwrap_or(("", rest));
    if given.split_once(':').is_some_and(|(_, password)| !password.is_empty()) {
        return Ok(url);
    }
    let database = |name: &str| format!("{}{name}{}", url.0, url.1);
    if backend == Backend::Postgres {
        // One after the other, where several test runs do so.
        Postgres::connect(&database("postgres"))?.execute(&format!(
            "SELECT pg_advisory_xact_lock(hashtext('{USER}')); DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{USER}') THEN
                    CREATE ROLE {USER} LOGIN SUPERUSER PASSWORD '{PASSWORD}';
                END IF;
            END $$"
        ))?;
    } else {
        let server = Mysql::connect(&database("mysql"))?;
        for host in server.client_hosts() {
            let user = format!("{USER}@'{host}'");
            server.execute(&format!("CREATE USER IF NOT EXISTS {user} IDENTIFIED BY '{PASSWORD}'"))?;
            server.execute(&format!("GRANT ALL ON *.* TO {user} WITH GRANT OPTION"))?;
        }
    }
    Ok((format!("{scheme}://{USER}:{PASSWORD}@{host}"), url.1))
}
