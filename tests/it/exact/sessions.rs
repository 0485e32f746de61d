//! Sessions as hosts, poolers and configurations leave them.

use eagerly_tests::database::Backend;
use eagerly_tests::servers::Settings;

/// Zones: with daylight saving, at an odd distance, the server's own.
const ZONES: [&str; 3] = ["SET time_zone = '+05:30'", "SET time_zone = 'SYSTEM'", "SET time_zone = '-11:00'"];

/// A zone with daylight saving, where the server knows names.
const NAMED: &str =
    "SET time_zone = IF(CONVERT_TZ('2024-07-01 00:00:00', 'Europe/Berlin', 'UTC') IS NULL, '+01:00', 'Europe/Berlin')";

/// Modes of both, then those of one.
const MODES: [&str; 21] = [
    "",
    "ANSI",
    "ANSI_QUOTES",
    "ALLOW_INVALID_DATES",
    "ERROR_FOR_DIVISION_BY_ZERO",
    "HIGH_NOT_PRECEDENCE",
    "IGNORE_SPACE",
    "NO_AUTO_VALUE_ON_ZERO",
    "NO_BACKSLASH_ESCAPES",
    "NO_DIR_IN_CREATE",
    "NO_ENGINE_SUBSTITUTION",
    "NO_UNSIGNED_SUBTRACTION",
    "NO_ZERO_DATE",
    "NO_ZERO_IN_DATE",
    "ONLY_FULL_GROUP_BY",
    "PAD_CHAR_TO_FULL_LENGTH",
    "PIPES_AS_CONCAT",
    "REAL_AS_FLOAT",
    "STRICT_ALL_TABLES",
    "STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE",
    "TRADITIONAL",
];
const MARIADB: [&str; 11] = [
    "DB2",
    "EMPTY_STRING_IS_NULL",
    "IGNORE_BAD_TABLE_OPTIONS",
    "MAXDB",
    "MSSQL",
    "MYSQL40",
    "NO_FIELD_OPTIONS",
    "NO_KEY_OPTIONS",
    "ORACLE",
    "POSTGRESQL",
    "SIMULTANEOUS_ASSIGNMENT",
];
const MYSQL: [&str; 1] = ["TIME_TRUNCATE_FRACTIONAL"];

/// What text is sent and read in, what cuts results, by what text is sorted.
const TEXTS: [&str; 7] = [
    "SET NAMES latin1",
    "SET NAMES binary",
    "SET character_set_results = NULL",
    "SET collation_connection = latin1_swedish_ci",
    "SET sql_select_limit = 1",
    "SET max_sort_length = 64",
    "SET sql_auto_is_null = 1",
];

fn mode(mode: &str) -> String {
    format!("SET sql_mode = '{mode}'")
}

/// Modes that change what SQL or values mean, all at once.
pub(super) fn worst(backend: Backend) -> Settings {
    let own = if backend == Backend::Mariadb { "ORACLE" } else { "ANSI,TIME_TRUNCATE_FRACTIONAL" };
    let all = format!(
        "{own},TRADITIONAL,HIGH_NOT_PRECEDENCE,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH,NO_UNSIGNED_SUBTRACTION"
    );
    Settings::new([NAMED.to_owned(), mode(&all)])
}

/// A few that differ most.
pub(super) fn some(backend: Backend) -> Vec<Settings> {
    vec![Settings::default(), Settings::new([NAMED]), worst(backend)]
}

/// Every zone, every mode, and what becomes of text, each by itself.
pub(super) fn all(backend: Backend) -> Vec<Settings> {
    let own: &[&str] = if backend == Backend::Mariadb { &MARIADB } else { &MYSQL };
    let modes = MODES.iter().chain(own).map(|name| mode(name));
    ZONES
        .iter()
        .chain(&TEXTS)
        .map(|setting| (*setting).to_owned())
        .chain(modes)
        .map(|setting| Settings::new([setting]))
        .collect()
}
