//! The long texts of `--help`, of which `man` makes its pages too.

/// What a `DB` can be.
pub(crate) const DATABASE: &str = "\
The database: the path of an SQLite file, or `sqlite:PATH` where the path looks like a URL;
`postgres://…` for PostgreSQL, `mysql://…` for MySQL and MariaDB, as in `mysql://user:password@host:port/database`.
It is opened for reading, and never created or written to. In WAL mode SQLite may create its `-wal` and `-shm` files.
Connections to servers are encrypted if the server supports it. `?sslmode=verify-full&sslrootcert=FILE` for PostgreSQL,
and `?ssl-mode=VERIFY_IDENTITY&ssl-ca=FILE` for MySQL and MariaDB, require that and check the server's certificate.
`@`, `/`, `:`, `#`, `?` and `%` in a user or a password are percent-encoded";

/// What a `SPEC` can be.
pub(crate) const SPEC: &str = "\
The specification: its text, `@FILE` for the text in a file, or `-` for standard input.
It is written in GraphQL query syntax, with one root field: `{ post(limit: 10) { title author { name } } }`.
What begins with `{` and a string is the same as JSON: `{\"post\": {\"limit\": 10, \"fields\": [\"title\"]}}`";

/// What `--graph` takes.
pub(crate) const GRAPH: &str = "\
Entities and relationships in TOML, over what the database says: what the file does not say stays.
`inspect` and `plan` also take the file alone, without a database. `inspect --format toml` writes such a file";

/// What `--schema` takes.
pub(crate) const SCHEMA: &str = "\
A schema to read; several are named one by one: --schema shop --schema billing. On MySQL and MariaDB it is a database.
Tables of the first keep their names; one of a later schema whose name is taken is `<schema>_<table>`.
Without it, the first schema of `search_path` is read, or the database of the URL; of SQLite always `main`";

/// What `--trust-keys` does.
pub(crate) const TRUST_KEYS: &str = "\
Assumes that every key that is not NULL has its row, as `trusted = true` at the top of a graph file does.
A target of which only the key is asked for then needs no statement, and joins may drop rows without a target.
Where a key has no row, the result shows targets that do not exist and lacks rows that do. No database guarantees its
foreign keys: replication, disabled triggers and switched-off checks leave keys without rows";

/// What `--var` takes.
pub(crate) const VARIABLE: &str = "\
The value of `$NAME` in the specification, as JSON; once for each variable.
Text stands in quotes: --var 'since=\"2026-01-01\"'; a list fits `in`: --var 'ids=[1, 2]'";

/// What `--snapshot` does.
pub(crate) const SNAPSHOT: &str = "\
Reads one state of the database: all statements in one transaction that only reads.
Without it, what another program commits between two statements can be seen by the later one alone.
Writers go on meanwhile; those of an SQLite file that is not in WAL mode wait until the load is done";

/// What `--max-rows` bounds.
pub(crate) const MAX_ROWS: &str = "\
Ends with exit code 4 when more rows are read, or more objects written, than this.
A row that many parents share is read once, and written once for each of them";

/// What `--max-bytes` bounds.
pub(crate) const MAX_BYTES: &str = "\
Ends with exit code 4 when the cells that are read and the output together have more bytes than this.
A text or a value of bytes counts its length, a number 8, a boolean 1, NULL 0; a row is counted before it is stored.
SQLite runs inside this program, and gets twice as much memory and 32 MiB. Without this option only the system limits
memory";

/// What `--timeout` bounds.
pub(crate) const TIMEOUT: &str = "\
Ends with exit code 4 when the command takes longer than this, from its start to the end of its output.
The statement that runs on the server is cancelled. Fractions are allowed: `--timeout 0.5`";

/// What `--trace` writes.
pub(crate) const TRACE: &str = "\
Writes one JSON object per executed statement to a file, each as soon as it is done:
statement, batch, wave, sql, binds, keys, rows, micros.
Catalog reads and the transaction of `--snapshot` are not traced";

/// What `--format` of `load` chooses.
pub(crate) const LOAD_FORMAT: &str = "\
How to print the objects: `json` is one array, `ndjson` one root object per line.
Nothing is printed before it is known that everything can be";

/// What `plan` is for.
pub(crate) const ABOUT_PLAN: &str = "\
Shows the plan of a load specification and its SQL, and runs nothing but catalog reads

The plan is what `load` would execute: batches in waves, each with the statement that fills it. Its number of batches
bounds the statements, as long as no list of keys has to be cut.";

/// What `load` is for.
pub(crate) const ABOUT_LOAD: &str = "\
Runs a load specification and prints the objects

Objects go to stdout, everything else to stderr. On an error stdout stays empty. Where stderr is a terminal, a load that
takes its time shows how far it is.";

/// What `inspect` is for.
pub(crate) const ABOUT_INSPECT: &str = "\
Shows the entities and relationships found in a database

An entity is a table or a view; relationships come from foreign keys, and have names that a specification uses. A graph
file adds to them and changes them, or stands for itself.";

/// What `completions` is for.
pub(crate) const ABOUT_COMPLETIONS: &str = "\
Prints a script that completes this program's arguments in a shell

The script goes where the shell looks for it, or is read once: `source <(eagerly completions bash)`.";

/// What `man` is for.
pub(crate) const ABOUT_MAN: &str = "\
Prints the manual page of the program, or of one of its commands, in roff

`eagerly man load | man -l -` shows one.";

/// The exit codes of all commands.
pub(crate) const EXIT_CODES: [(&str, &str); 8] = [
    ("0", "done"),
    ("2", "a mistake in the arguments or the specification, a file that cannot be read, or what is not supported"),
    ("3", "the database refused: it is absent, down, locked or no database, or it refused a statement"),
    ("4", "a limit was exceeded: `--max-rows`, `--max-bytes` or `--timeout`"),
    ("70", "a bug of the program"),
    ("129", "stopped by SIGHUP"),
    ("130", "stopped by SIGINT"),
    ("143", "stopped by SIGTERM"),
];

/// Examples of a command; those of the program itself have no name.
pub(crate) fn examples(command: &str) -> &'static [&'static str] {
    match command {
        "" => &[
            "eagerly demo",
            "eagerly inspect shop.db",
            "eagerly load shop.db '{ customer { name orders { total } } }'",
        ],
        "inspect" => &[
            "eagerly inspect shop.db",
            "eagerly inspect shop.db --format toml > shop.toml",
            "eagerly inspect shop.db --graph shop.toml",
            "eagerly inspect --graph shop.toml --format mermaid",
            "eagerly inspect postgres://reader@localhost/shop --schema public --schema billing",
        ],
        "plan" => &[
            "eagerly plan blog.db '{ post { title author @joined { name } tag @selectin { name } } }'",
            "eagerly plan blog.db @posts.graphql --var 'since=\"2026-01-01\"'",
        ],
        "load" => &[
            "eagerly load blog.db '{ post(order: [\"-created_at\"], limit: 10) { title author { name } } }'",
            "eagerly load blog.db @posts.graphql --var 'since=\"2026-01-01\"' --trace trace.jsonl",
            "eagerly load blog.db '{ comment }' --format ndjson --snapshot | jq .body",
        ],
        "completions" => &[
            "eagerly completions bash > ~/.local/share/bash-completion/completions/eagerly",
            "eagerly completions zsh > \"${fpath[1]}/_eagerly\"",
            "eagerly completions fish > ~/.config/fish/completions/eagerly.fish",
        ],
        "man" => &["eagerly man | man -l -", "eagerly man load > eagerly-load.1"],
        _ => &[],
    }
}

/// What stands behind the options in `--help`.
pub(crate) fn after(command: &str) -> String {
    let mut text = String::new();
    if let examples @ [_, ..] = examples(command) {
        text.push_str("Examples:\n");
        examples.iter().for_each(|example| text.push_str(&format!("  {example}\n")));
        text.push('\n');
    }
    text.push_str("Exit codes:\n");
    let codes = EXIT_CODES.map(|(code, meaning)| format!("  {code:<3} {meaning}"));
    text.push_str(&codes.join("\n"));
    text
}
