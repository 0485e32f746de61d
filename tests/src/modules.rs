//! Which modules of a crate name which others, as read from its source files. Re-exports are followed to the module that
//! defines the name. Tests and the contents of macro calls are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, UseTree};

/// The path of a module below the crate's root, `graph::file`; the root's is empty.
pub type ModulePath = String;

/// One file of a crate.
#[derive(Default)]
struct Module {
    /// Types, functions, traits, constants and macros that the file defines.
    defines: BTreeSet<String>,
    /// Names that its `use` lines bring in, with their paths.
    imports: Vec<(String, Vec<String>)>,
    /// Paths of its `use …::*` lines.
    globs: Vec<Vec<String>>,
    /// All paths that it names.
    paths: Vec<Vec<String>>,
}

/// The modules of a crate, from all files below `src`.
pub struct Modules {
    modules: BTreeMap<ModulePath, Module>,
}

impl Modules {
    /// Reads all files below a `src` directory.
    ///
    /// # Panics
    /// If a file cannot be read or parsed.
    #[must_use]
    pub fn read(src: &Path) -> Self {
        let mut modules = BTreeMap::new();
        read_files(src, src, &mut modules);
        Self { modules }
    }

    /// Number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.modules.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.modules.is_empty()
    }

    /// Pairs of modules of which the first names the second. A module and what lies below it are no pair: they may name
    /// each other.
    #[must_use]
    pub fn edges(&self) -> BTreeSet<(ModulePath, ModulePath)> {
        let mut edges = BTreeSet::new();
        for (from, module) in &self.modules {
            for path in &module.paths {
                if let Some(to) = self.resolve(from, path, 0)
                    && !is_within(from, &to)
                    && !is_within(&to, from)
                {
                    edges.insert((from.clone(), to));
                }
            }
        }
        edges
    }

    /// The module that defines what a path in `from` names; none for names of other crates, of the prelude and of locals.
    fn resolve(&self, from: &str, path: &[String], depth: usize) -> Option<ModulePath> {
        // Two modules can re-export each other's names.
        if depth > 16 {
            return None;
        }
        let (mut at, mut rest) = self.start(from, path)?;
        while let Some((first, after)) = rest.split_first() {
            let child = join(&at, first);
            if self.modules.contains_key(&child) {
                (at, rest) = (child, after);
                continue;
            }
            let module = self.modules.get(&at)?;
            if module.defines.contains(first) {
                return Some(at);
            }
            let imported = module.imports.iter().find(|(name, _)| name == first).map(|(_, path)| path.clone());
            if let Some(mut target) = imported {
                target.extend(after.iter().cloned());
                return self.resolve(&at, &target, depth + 1);
            }
            let globs = module.globs.iter().filter(|glob| depth > 0 || glob.as_slice() != path);
            let mut through = globs.filter_map(|glob| {
                let target: Vec<String> = glob.iter().chain(rest).cloned().collect();
                self.resolve(&at, &target, depth + 1)
            });
            return through.next();
        }
        Some(at)
    }

    /// Where a path starts: at the root, at a parent, or at a name that the module itself knows.
    fn start<'a>(&self, from: &str, path: &'a [String]) -> Option<(ModulePath, &'a [String])> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some((String::new(), rest)),
            "self" => Some((from.to_owned(), rest)),
            "super" => {
                let (mut at, mut rest) = (parent(from), rest);
                while let Some((next, after)) = rest.split_first()
                    && next == "super"
                {
                    (at, rest) = (parent(&at), after);
                }
                Some((at, rest))
            }
            first => {
                let module = self.modules.get(from)?;
                let known = self.modules.contains_key(&join(from, first))
                    || module.imports.iter().any(|(name, path)| name == first && path.first() != Some(name));
                known.then(|| (from.to_owned(), path))
            }
        }
    }
}

/// Whether a module is another one, or lies below it.
#[must_use]
pub fn is_within(module: &str, above: &str) -> bool {
    above.is_empty() || module == above || module.strip_prefix(above).is_some_and(|rest| rest.starts_with("::"))
}

fn join(module: &str, name: &str) -> ModulePath {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

fn parent(module: &str) -> ModulePath {
    module.rsplit_once("::").map_or("", |(parent, _)| parent).to_owned()
}

fn read_files(directory: &Path, src: &Path, modules: &mut BTreeMap<ModulePath, Module>) {
    let entries = std::fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    for entry in entries {
        let path = entry.expect("an entry of a directory").path();
        if path.is_dir() {
            read_files(&path, src, modules);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = module_path(path.strip_prefix(src).expect("a file below src"));
            // Files of tests are named so, and lie beside what they test.
            if name.split("::").any(|part| part == "tests") {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source file");
            let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let mut module = Module::default();
            Reader { module: &mut module, inline: 0 }.visit_file(&file);
            modules.insert(name, module);
        }
    }
}

/// `graph/file/mod.rs` and `graph/file.rs` are both `graph::file`.
fn module_path(file: &Path) -> ModulePath {
    let parts: Vec<_> = file.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let parts = match parts.as_slice() {
        [above @ .., last] if ["mod", "lib", "main"].contains(&last.as_str()) => above,
        all => all,
    };
    parts.join("::")
}

struct Reader<'a> {
    module: &'a mut Module,
    /// How many `mod x { … }` surround what is read. Their names count as the file's.
    inline: usize,
}

impl Reader<'_> {
    /// A path as the file's own module would write it.
    fn keep(&mut self, mut path: Vec<String>) {
        if self.inline > 0 {
            let supers = path.iter().take_while(|part| *part == "super").count();
            path.drain(..supers.min(self.inline));
        }
        self.module.paths.push(path);
    }

    fn use_tree(&mut self, tree: &UseTree, mut path: Vec<String>) {
        match tree {
            UseTree::Path(next) => {
                path.push(next.ident.to_string());
                self.use_tree(&next.tree, path);
            }
            UseTree::Name(name) => {
                if name.ident != "self" {
                    path.push(name.ident.to_string());
                }
                self.import(path.last().cloned(), path);
            }
            UseTree::Rename(name) => {
                path.push(name.ident.to_string());
                self.import(Some(name.rename.to_string()), path);
            }
            UseTree::Glob(_) => {
                self.module.globs.push(path.clone());
                self.keep(path);
            }
            UseTree::Group(group) => group.items.iter().for_each(|item| self.use_tree(item, path.clone())),
        }
    }

    fn import(&mut self, name: Option<String>, path: Vec<String>) {
        self.module.imports.extend(name.map(|name| (name, path.clone())));
        self.keep(path);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    let is_cfg_test = |attribute: &Attribute| {
        attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    };
    attributes.iter().any(is_cfg_test)
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let name = match item {
            Item::Const(item) => Some(&item.ident),
            Item::Enum(item) => Some(&item.ident),
            Item::Fn(item) => Some(&item.sig.ident),
            Item::Macro(item) => item.ident.as_ref(),
            Item::Static(item) => Some(&item.ident),
            Item::Struct(item) => Some(&item.ident),
            Item::Trait(item) => Some(&item.ident),
            Item::Type(item) => Some(&item.ident),
            _ => None,
        };
        self.module.defines.extend(name.map(ToString::to_string));
        visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if item.content.is_some() && !is_test(&item.attrs) {
            self.inline += 1;
            visit::visit_item_mod(self, item);
            self.inline -= 1;
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.use_tree(&item.tree, Vec::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if parts.len() > 1 {
            self.keep(parts);
        }
        visit::visit_path(self, path);
    }
}
