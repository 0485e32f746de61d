//! How a program can act on a refusal: the class of each of the server's numbers.

use eagerly::error::Class;
use mysql_async::{DriverError, IoError, ServerError};

/// The class of one of mysql_async's errors.
pub(crate) fn class(error: &mysql_async::Error) -> Class {
    match error {
        mysql_async::Error::Server(refused) => of_server(refused),
        mysql_async::Error::Io(IoError::Io(io)) => Class::of_stream(io),
        mysql_async::Error::Driver(DriverError::ConnectionClosed | DriverError::PoolDisconnected) => {
            Class::ConnectionLost
        }
        mysql_async::Error::Driver(DriverError::UnknownAuthPlugin { .. } | DriverError::CleartextPluginDisabled) => {
            Class::Permission
        }
        _ => Class::Other,
    }
}

/// The class of what the server answers: by its number, which MySQL and MariaDB share where not said otherwise, or by the
/// SQLSTATE, which is `HY000` for most.
fn of_server(ServerError { code, state, .. }: &ServerError) -> Class {
    match (code, state.get(..2)) {
        // A column name that two tables have is no constraint, and a packet that is too large will be so again.
        (1052 | 1153, _) => Class::Other,
        // Too many connections, a server that stops, a connection that was killed. MySQL: no answer of the server's, and a
        // session that was idle for too long.
        (1040 | 1053 | 1203 | 1927 | 2006 | 2013 | 3168 | 3169 | 4031, _) => Class::ConnectionLost,
        // A row has changed since the transaction's snapshot (MariaDB's `innodb_snapshot_isolation`). MySQL: another server
        // of the group was first.
        (1020 | 3101, _) => Class::Serialization,
        // A wait for locks of tables, of XA, and of `GET_LOCK`.
        (1213 | 1614 | 3058, _) => Class::Deadlock,
        // MySQL: `NOWAIT`.
        (1205 | 1689 | 3572, _) => Class::Locked,
        // MariaDB's `max_statement_time`, MySQL's `max_execution_time`.
        (1969 | 3024, _) => Class::Timeout,
        (1317, _) => Class::Cancelled,
        // No such database, column, or table; a table that has another definition.
        (1049 | 1054 | 1146 | 1412 | 1615, _) => Class::SchemaChanged,
        // A privilege, a login, an account, a host.
        (
            1044 | 1045 | 1129 | 1130 | 1142 | 1143 | 1227 | 1251 | 1370 | 1698 | 1820 | 1862 | 3118 | 3159 | 3955
            | 4150 | 4151,
            _,
        ) => Class::Permission,
        // MySQL and MariaDB: `CHECK`.
        (3819 | 4025, _) => Class::Constraint,
        (_, Some("08")) => Class::ConnectionLost,
        (_, Some("23")) => Class::Constraint,
        (_, Some("28")) => Class::Permission,
        _ => Class::Other,
    }
}
