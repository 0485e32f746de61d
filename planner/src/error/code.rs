//! Every code, with the mistake it stands for.

/// A stable name of an error, `E0103`.
pub type Code = &'static str;

/// The program was called in a wrong way.
pub const USAGE: Code = "E0001";
/// A file of the user's could not be read.
pub const UNREADABLE: Code = "E0002";
/// The text of a specification does not parse.
pub const SYNTAX: Code = "E0101";
/// No such entity.
pub const UNKNOWN_ENTITY: Code = "E0102";
/// No such relationship, or no such column or relationship.
pub const UNKNOWN_RELATIONSHIP: Code = "E0103";
/// No such column.
pub const UNKNOWN_COLUMN: Code = "E0104";
/// No such argument or directive.
pub const UNKNOWN_ARGUMENT: Code = "E0105";
/// An argument has the wrong type.
pub const ARGUMENT_TYPE: Code = "E0106";
/// A number is out of its range, a negative limit for example.
pub const OUT_OF_RANGE: Code = "E0107";
/// Two fields come out under one key.
pub const DUPLICATE_KEY: Code = "E0108";
/// Nested too deeply.
pub const TOO_DEEP: Code = "E0109";
/// A directive, argument or operator is given twice, or contradicts another.
pub const CONFLICT: Code = "E0110";
/// Something stands where it has no meaning: a limit on a to-one relationship, braces on a column.
pub const MISPLACED: Code = "E0111";
/// A variable without a value.
pub const VARIABLE: Code = "E0112";
/// No such operator.
pub const UNKNOWN_OPERATOR: Code = "E0113";
/// Not exactly one root field.
pub const ROOT: Code = "E0114";
/// A relationship is touched that was not loaded.
pub const NOT_LOADED: Code = "E0115";
/// No load of that name is declared.
pub const UNKNOWN_LOAD: Code = "E0116";
/// What was stored is no plan of this version.
pub const STORED_PLAN: Code = "E0117";
/// A name is used twice in a relationship graph, or among declared loads.
pub const DUPLICATE_NAME: Code = "E0201";
/// A definition names what does not exist.
pub const UNDEFINED: Code = "E0202";
/// A definition contradicts itself or another.
pub const INCONSISTENT: Code = "E0203";
/// A definition lacks something it needs.
pub const INCOMPLETE: Code = "E0204";
/// The text of a graph file does not parse.
pub const GRAPH_SYNTAX: Code = "E0205";
/// A graph file has a key that means nothing there.
pub const GRAPH_KEY: Code = "E0206";
/// A value in a graph file has the wrong type, or is none that its key knows.
pub const GRAPH_VALUE: Code = "E0207";
/// Not built yet.
pub const NOT_BUILT: Code = "E0301";
/// This database, or this written form of a specification, cannot do it.
pub const NOT_SUPPORTED: Code = "E0302";
/// The database could not be opened.
pub const CANNOT_OPEN: Code = "E0401";
/// The file is not a database.
pub const NOT_A_DATABASE: Code = "E0402";
/// The database is locked.
pub const LOCKED: Code = "E0403";
/// The database refused a statement.
pub const REFUSED: Code = "E0404";
/// Text in the database is not UTF-8.
pub const NOT_UTF8: Code = "E0405";
/// A value has no JSON form: a float that is not finite, a document that is no JSON.
pub const NO_JSON: Code = "E0406";
/// One statement has brought two rows with one primary key.
pub const TWO_ROWS_OF_ONE_KEY: Code = "E0407";
/// More than the caller allowed.
pub const LIMIT: Code = "E0501";
/// It took longer than the caller allowed.
pub const TIMEOUT: Code = "E0502";
/// An invariant of Eagerly is broken.
pub const BUG: Code = "E0901";
/// The caller of the sans-I/O run broke its protocol.
pub const PROTOCOL: Code = "E0902";
