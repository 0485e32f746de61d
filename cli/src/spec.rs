//! The argument `SPEC`: text, `@FILE`, or `-` for standard input; in GraphQL syntax or as JSON. The text is kept, since
//! errors point into it.

use crate::database::scheme;
use crate::report::Failure;
use crate::secret::looks_like_credentials;
use eagerly::LoadSpec;
use eagerly::error::{Error, Result, code};
use eagerly::spec::Parsed;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The longest text, in bytes.
const MAX_BYTES: u64 = 16 << 20;

/// The text of a specification or a graph file, and where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// What reports call it.
    pub(crate) name: String,
    /// The text.
    pub(crate) text: String,
    /// Its file, if it comes from one.
    pub(crate) file: Option<PathBuf>,
}

impl Source {
    /// Reads the specification that the argument names.
    ///
    /// # Errors
    /// `E0001` for a URL, `E0002` for what cannot be read or is not UTF-8, `E0107` for more than 16 MiB.
    pub(crate) fn read(argument: &str) -> Result<Self> {
        if argument == "-" {
            let text = read(io::stdin().lock(), SPEC, "standard input")?;
            return Ok(Self { name: "<stdin>".to_owned(), text, file: None });
        }
        if scheme(argument).is_some() {
            let error = Error::input(code::USAGE, "the specification is a URL");
            return Err(error.help("the database comes first, and then what to load from it").into());
        }
        if !argument.trim_start().starts_with(['{', '@']) && looks_like_credentials(argument) {
            // Its mistakes would be shown with the text.
            let error = Error::input(code::USAGE, "the specification looks like a connection string");
            return Err(error
                .help("the database comes first, as a URL in one argument, and then what to load from it")
                .into());
        }
        let Some(path) = argument.strip_prefix('@') else {
            return Ok(Self { name: "<spec>".to_owned(), text: argument.to_owned(), file: None });
        };
        Self::of_file(Path::new(path), SPEC)
    }

    /// Reads a file that holds `what`.
    ///
    /// # Errors
    /// As [`read`](Self::read), but for the URL.
    pub(crate) fn of_file(path: &Path, what: &str) -> Result<Self> {
        let name = format!("`{}`", path.display());
        let file = File::open(path).map_err(|error| unreadable(what, &name, &error))?;
        Ok(Self { name: path.display().to_string(), text: read(file, what, &name)?, file: Some(path.into()) })
    }

    /// Reads what can be read of the specification; its problems are told with those of its names.
    ///
    /// # Errors
    /// All problems of a text in which nothing can be read.
    pub(crate) fn parse(&self) -> Result<Parsed> {
        LoadSpec::parse_any(&self.text)
    }

    /// Runs what needs the specification; its errors show the text, unless they are about another.
    pub(crate) fn shown<T>(
        self,
        run: impl FnOnce(&Self) -> std::result::Result<T, Failure>,
    ) -> std::result::Result<T, Failure> {
        run(&self).map_err(|failure| failure.about(self))
    }
}

/// What the argument `SPEC` holds.
const SPEC: &str = "specification";

fn read(from: impl Read, what: &str, name: &str) -> Result<String> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells what is too long from what is endless.
    from.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable(what, name, &error))?;
    if bytes.len() as u64 > MAX_BYTES {
        let message = format!("the {what} in {name} has more than {} MiB", MAX_BYTES >> 20);
        let help =
            if what == SPEC { "pass long lists of values as variables" } else { "check that it is the file you mean" };
        return Err(Error::input(code::OUT_OF_RANGE, message).help(help).into());
    }
    Ok(String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("the {what} in {name} is not UTF-8, from byte {at} on");
        Error::input(code::UNREADABLE, message).help("save it as UTF-8, or check that it is the file you mean")
    })?)
}

fn unreadable(what: &str, name: &str, error: &io::Error) -> Error {
    let error = Error::input(code::UNREADABLE, format!("cannot read the {what} from {name}: {error}"));
    error.help(match what {
        SPEC => "a specification is text, `@FILE`, or `-` for standard input",
        _ => "give the path of a file that can be read: `eagerly inspect DB --format toml > FILE` writes one",
    })
}
