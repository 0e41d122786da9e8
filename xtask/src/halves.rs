//! Divides the main binary in two: what a start runs, and the rest, which is
//! fetched once the first page is drawn.
//!
//! A `#[lazy]` page is code that nothing else can reach. What this leaves out
//! can be reached at any time: the closures that a click runs, what writes a
//! design, what an error says. So each function that the first half may call
//! keeps a stub there. The stub brings the rest, should it not have come, and
//! calls it through a table. Which functions a start runs was observed; see
//! `profile.rs`.
//!
//! Source of the technique: binaryen's `wasm-split`, as its documentation
//! describes it.

use crate::Result;
use crate::profile::Profile;
use std::collections::{BTreeMap, BTreeSet};
use walrus::ir::{UnaryOp, Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind,
    GlobalId, GlobalKind, ImportedFunction, MemoryId, Module, ModuleConfig, RefType, TableId,
    ValType,
};

/// The script's function that brings the rest, as `wasm-bindgen` names it in
/// the binary: `bring_rest` of `public/parts.js`.
const BRING: &str = "__wbg_bring_rest_";
/// From where the rest imports what it uses of the first half.
const FIRST: &str = "_";
/// How the exports of a counted binary begin; see [`counted`].
pub const HIT: &str = "hit:";

/// Divides `binary` into what `profile` has seen to run, and the rest.
pub fn halve(binary: &[u8], profile: &Profile) -> Result<(Vec<u8>, Vec<u8>)> {
    let (mut first, mut rest) = (Binary::parse(binary)?, Binary::parse(binary)?);
    let cold = first.cold(profile);
    let links = Links::of(&first, &cold);
    first.leave_stubs(&cold, &links)?;
    rest.leave_only(&cold, &links);
    Ok((first.written(), rest.written()))
}

/// The binary with one exported global for each of its functions, which turns
/// to 1 when the function is called. The export's name is [`HIT`], a number to
/// tell namesakes apart, a colon, and the function's name.
pub fn counted(binary: &[u8]) -> Result<Vec<u8>> {
    let Binary { mut module, functions, .. } = Binary::parse(binary)?;
    for (at, id) in functions.into_iter().enumerate() {
        let function = module.funcs.get_mut(id);
        let name = function.name.clone().unwrap_or_default();
        let FunctionKind::Local(local) = &mut function.kind else { continue };
        let seen = module.globals.add_local(ValType::I32, true, false, number(0));
        module.exports.add(&format!("{HIT}{at}:{name}"), seen);
        let mut body = local.builder_mut().func_body();
        body.global_set_at(0, seen).const_at(0, Value::I32(1));
    }
    Ok(module.emit_wasm())
}

fn number(number: i32) -> ConstExpr {
    ConstExpr::Value(Value::I32(number))
}

/// A binary that was read. Ids differ from reading to reading, so what is said
/// of both halves is said by the place in these lists.
struct Binary {
    module: Module,
    functions: Vec<FunctionId>,
    tables: Vec<TableId>,
    globals: Vec<GlobalId>,
    memories: Vec<MemoryId>,
}

/// Instructions of a function that is hardly longer than its stub.
const STUB: u64 = 10;

/// A place in the list of functions.
type Function = usize;

/// A place in a table: which table, and where in it.
type Slot = (usize, u32);

impl Binary {
    fn parse(binary: &[u8]) -> Result<Self> {
        let module = ModuleConfig::new()
            .generate_producers_section(false)
            .parse(binary)
            .map_err(|error| format!("the main binary can't be read: {error}"))?;
        Ok(Self {
            functions: module.funcs.iter().map(walrus::Function::id).collect(),
            tables: module.tables.iter().map(walrus::Table::id).collect(),
            globals: module.globals.iter().map(walrus::Global::id).collect(),
            memories: module.memories.iter().map(walrus::Memory::id).collect(),
            module,
        })
    }

    /// The functions that a start does not run. One without a name can't be
    /// known again, and stays.
    fn cold(&self, profile: &Profile) -> BTreeSet<Function> {
        let named = || {
            self.functions.iter().enumerate().filter_map(|(at, id)| {
                let function = self.module.funcs.get(*id);
                let is_local = matches!(function.kind, FunctionKind::Local(_));
                function.name.as_deref().filter(|_| is_local).map(|name| (at, name))
            })
        };
        let running = profile.in_build(named().map(|(_, name)| name));
        let mut cold: BTreeSet<Function> =
            named().filter(|(_, name)| !running.has(name)).map(|(at, _)| at).collect();
        // To move one that is no longer than its stub gains nothing, and if it calls none of
        // the rest it costs nothing to keep.
        let at = places(&self.functions);
        let short = cold.iter().copied().filter(|&function| {
            let used = self.used_by(std::iter::once(function));
            used.size <= STUB && used.functions.iter().all(|id| !cold.contains(&at[id]))
        });
        for function in short.collect::<Vec<_>>() {
            cold.remove(&function);
        }
        cold
    }

    /// Every place in a table that holds a function when the binary starts.
    fn slots(&self) -> BTreeMap<Function, Vec<Slot>> {
        let at = places(&self.functions);
        let tables = places(&self.tables);
        let mut slots: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for element in self.module.elements.iter() {
            let ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(from)) } =
                &element.kind
            else {
                continue;
            };
            let functions: Vec<Option<FunctionId>> = match &element.items {
                ElementItems::Functions(all) => all.iter().copied().map(Some).collect(),
                ElementItems::Expressions(_, all) => all
                    .iter()
                    .map(|item| if let ConstExpr::RefFunc(id) = item { Some(*id) } else { None })
                    .collect(),
            };
            for (slot, id) in (from.cast_unsigned()..).zip(functions) {
                if let Some(id) = id {
                    slots.entry(at[&id]).or_default().push((tables[table], slot));
                }
            }
        }
        slots
    }

    /// What the bodies of these functions use.
    fn used_by(&self, functions: impl Iterator<Item = Function>) -> Used {
        let mut used = Used::default();
        for at in functions {
            if let FunctionKind::Local(body) = &self.module.funcs.get(self.functions[at]).kind {
                used.size += body.size();
                dfs_in_order(&mut used, body, body.entry_block());
            }
        }
        used
    }

    /// Makes this the first half.
    fn leave_stubs(&mut self, cold: &BTreeSet<Function>, links: &Links) -> Result {
        let module = &mut self.module;
        let size = links.own_slots.len() as u64;
        let own = module.tables.add_local(false, size, Some(size), RefType::FUNCREF);
        module.exports.add(OWN_TABLE, own);
        let is_there = module.globals.add_local(ValType::I32, true, false, number(0));
        module.exports.add(IS_THERE, is_there);
        let ensure = ensure(module, is_there)?;
        for at in cold {
            let (table, slot) = match (links.slots.get(at), links.own_slots.get(at)) {
                (Some(slots), _) => (self.tables[slots[0].0], slots[0].1),
                (None, Some(slot)) => (own, *slot),
                // Nothing of this half calls it.
                (None, None) => continue,
            };
            let id = self.functions[*at];
            let ty = module.funcs.get(id).ty();
            let (params, results) = {
                let ty = module.types.get(ty);
                (ty.params().to_vec(), ty.results().to_vec())
            };
            let args: Vec<_> = params.iter().map(|ty| module.locals.add(*ty)).collect();
            let mut stub = FunctionBuilder::new(&mut module.types, &params, &results);
            let mut body = stub.func_body();
            body.call(ensure);
            for arg in &args {
                body.local_get(*arg);
            }
            body.i32_const(slot.cast_signed()).call_indirect(ty, table);
            module.funcs.get_mut(id).kind = FunctionKind::Local(stub.local_func(args));
        }
        for (at, name) in &links.functions {
            module.exports.add(name, self.functions[*at]);
        }
        for (name, item) in self.shared(links) {
            self.module.exports.add(&name, item);
        }
        Ok(())
    }

    /// Makes this the rest.
    fn leave_only(&mut self, cold: &BTreeSet<Function>, links: &Links) {
        let shared = self.shared(links);
        let module = &mut self.module;
        drop_all(module);
        let imports: Vec<_> = module.imports.iter().map(walrus::Import::id).collect();
        for id in imports {
            module.imports.delete(id);
        }
        for (at, name) in &links.functions {
            let id = self.functions[*at];
            let import = module.imports.add(FIRST, name, id);
            let function = module.funcs.get_mut(id);
            let ty = function.ty();
            function.kind = FunctionKind::Import(ImportedFunction { import, ty });
        }
        for (name, item) in shared {
            match item {
                ExportItem::Table(id) => {
                    let import = module.imports.add(FIRST, &name, id);
                    module.tables.get_mut(id).import = Some(import);
                }
                ExportItem::Memory(id) => {
                    let import = module.imports.add(FIRST, &name, id);
                    module.memories.get_mut(id).import = Some(import);
                }
                ExportItem::Global(id) => {
                    let import = module.imports.add(FIRST, &name, id);
                    module.globals.get_mut(id).kind = GlobalKind::Import(import);
                }
                ExportItem::Function(_) | ExportItem::Tag(_) => {}
            }
        }
        let size = links.own_slots.len() as u64;
        let (own, _) =
            module.add_import_table(FIRST, OWN_TABLE, false, size, Some(size), RefType::FUNCREF);
        let mut filled: BTreeMap<Slot, FunctionId> = BTreeMap::new();
        let tables: Vec<TableId> = self.tables.iter().copied().chain([own]).collect();
        for at in cold {
            let slots = links.slots.get(at).into_iter().flatten().copied();
            let own = links.own_slots.get(at).map(|slot| (self.tables.len(), *slot));
            filled.extend(slots.chain(own).map(|slot| (slot, self.functions[*at])));
        }
        fill(module, &tables, &filled);
        let (is_there, _) = module.add_import_global(FIRST, IS_THERE, ValType::I32, true, false);
        let mut start = FunctionBuilder::new(&mut module.types, &[], &[]);
        start.func_body().i32_const(1).global_set(is_there);
        module.start = Some(start.finish(Vec::new(), &mut module.funcs));
    }

    /// What is no function and used by both halves, by the name that the first
    /// half exports it by.
    fn shared(&self, links: &Links) -> Vec<(String, ExportItem)> {
        let tables = links.tables.iter().map(|at| ExportItem::Table(self.tables[*at]));
        let globals = links.globals.iter().map(|at| ExportItem::Global(self.globals[*at]));
        let memories = self.memories.iter().map(|id| ExportItem::Memory(*id));
        let all = tables.chain(globals).chain(memories);
        all.enumerate().map(|(at, item)| (format!(".{at}"), item)).collect()
    }

    fn written(mut self) -> Vec<u8> {
        walrus::passes::gc::run(&mut self.module);
        self.module.emit_wasm()
    }
}

/// The table of the functions that stood in none, and the sign that the rest
/// is there, by the names of their exports.
const OWN_TABLE: &str = ".table";
const IS_THERE: &str = ".there";

/// What connects the halves.
#[derive(Debug)]
struct Links {
    /// The functions of the first half that the rest calls, by the names of their
    /// exports: numbers, which are no names of `wasm-bindgen`'s.
    functions: BTreeMap<Function, String>,
    tables: BTreeSet<usize>,
    globals: BTreeSet<usize>,
    /// Where functions of the rest stand in the binary's tables.
    slots: BTreeMap<Function, Vec<Slot>>,
    /// The places in [`OWN_TABLE`] of those that the first half calls by name.
    own_slots: BTreeMap<Function, u32>,
}

impl Links {
    fn of(binary: &Binary, cold: &BTreeSet<Function>) -> Self {
        let at = places(&binary.functions);
        let rest = binary.used_by(cold.iter().copied());
        let hot = (0..binary.functions.len()).filter(|at| !cold.contains(at));
        let first = binary.used_by(hot);
        let exported = binary.module.exports.iter().filter_map(|export| match export.item {
            ExportItem::Function(id) => Some(id),
            _ => None,
        });
        let called: BTreeSet<Function> =
            first.functions.into_iter().chain(exported).map(|id| at[&id]).collect();
        let mut slots = binary.slots();
        slots.retain(|at, _| cold.contains(at));
        let own = called.into_iter().filter(|at| cold.contains(at) && !slots.contains_key(at));
        let shared: BTreeSet<Function> =
            rest.functions.iter().map(|id| at[id]).filter(|at| !cold.contains(at)).collect();
        let (tables, globals) = (places(&binary.tables), places(&binary.globals));
        let in_slots = slots.values().flatten().map(|slot| slot.0);
        Self {
            functions: shared.into_iter().zip((0_u32..).map(|at| at.to_string())).collect(),
            tables: rest.tables.iter().map(|id| tables[id]).chain(in_slots).collect(),
            globals: rest.globals.iter().map(|id| globals[id]).collect(),
            own_slots: own.zip(0..).collect(),
            slots,
        }
    }
}

/// What bodies of functions use.
#[derive(Default)]
struct Used {
    /// Instructions.
    size: u64,
    functions: Vec<FunctionId>,
    tables: Vec<TableId>,
    globals: Vec<GlobalId>,
}

impl Visitor<'_> for Used {
    fn visit_function_id(&mut self, id: &FunctionId) {
        self.functions.push(*id);
    }

    fn visit_table_id(&mut self, id: &TableId) {
        self.tables.push(*id);
    }

    fn visit_global_id(&mut self, id: &GlobalId) {
        self.globals.push(*id);
    }
}

fn places<T: Copy + std::hash::Hash + Eq>(ids: &[T]) -> std::collections::HashMap<T, usize> {
    ids.iter().enumerate().map(|(at, id)| (*id, at)).collect()
}

/// The function that brings the rest if it is not there.
fn ensure(module: &mut Module, is_there: GlobalId) -> Result<FunctionId> {
    let bring = module
        .imports
        .iter()
        .filter(|import| import.name.starts_with(BRING))
        .find_map(|import| match import.kind {
            walrus::ImportKind::Function(id) => Some(id),
            _ => None,
        })
        .ok_or_else(|| format!("the main binary imports no {BRING}…, which brings its rest"))?;
    let results = module.types.get(module.funcs.get(bring).ty()).results().len();
    let mut ensure = FunctionBuilder::new(&mut module.types, &[], &[]);
    ensure.func_body().global_get(is_there).unop(UnaryOp::I32Eqz).if_else(
        None,
        |then| {
            then.i32_const(1).call(bring);
            for _ in 0..results {
                then.drop();
            }
        },
        |_| {},
    );
    Ok(ensure.finish(Vec::new(), &mut module.funcs))
}

/// Drops what only the first half does: what it exports, what it puts into
/// memory and tables, how it starts.
fn drop_all(module: &mut Module) {
    let exports: Vec<_> = module.exports.iter().map(walrus::Export::id).collect();
    for id in exports {
        module.exports.delete(id);
    }
    let segments: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for id in segments {
        module.data.delete(id);
    }
    for memory in module.memories.iter_mut() {
        memory.data_segments.clear();
    }
    let elements: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    for id in elements {
        module.elements.delete(id);
    }
    for table in module.tables.iter_mut() {
        table.elem_segments.clear();
    }
    module.start = None;
}

/// Puts functions into tables when the module starts.
fn fill(module: &mut Module, tables: &[TableId], filled: &BTreeMap<Slot, FunctionId>) {
    let mut runs: Vec<(Slot, Vec<FunctionId>)> = Vec::new();
    for (&(table, slot), &id) in filled {
        match runs.last_mut() {
            Some(((last, from), run)) if *last == table && *from + run.len() as u32 == slot => {
                run.push(id);
            }
            _ => runs.push(((table, slot), vec![id])),
        }
    }
    for ((at, from), run) in runs {
        let table = tables[at];
        let kind = ElementKind::Active { table, offset: number(from.cast_signed()) };
        let element = module.elements.add(kind, ElementItems::Functions(run));
        module.tables.get_mut(table).elem_segments.insert(element);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `run` is exported and calls `cold`; `in_table` stands in the table; both
    /// call `shared`, and `deep` is called by `cold` alone. All of them use a
    /// global, and have more to do than a stub.
    fn binary(bring: &str) -> Vec<u8> {
        let mut module = Module::default();
        let nothing = module.types.add(&[], &[]);
        let now = module.types.add(&[ValType::I32], &[]);
        module.add_import_func("./pulpo_bg.js", bring, now);
        let (log, _) = module.add_import_func("./pulpo_bg.js", "__wbg_log_1", nothing);
        let global = module.globals.add_local(ValType::I32, true, false, number(7));
        let mut add = |name: &str, calls: &[FunctionId]| {
            let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
            builder.name(name.to_owned());
            let mut body = builder.func_body();
            for _ in 0..STUB {
                body.i32_const(1).global_set(global);
            }
            for id in calls {
                body.call(*id);
            }
            builder.finish(Vec::new(), &mut module.funcs)
        };
        let shared = add("shared", &[]);
        let deep = add("deep", &[log]);
        let cold = add("cold", &[shared, deep]);
        let run = add("run", &[cold]);
        let in_table = add("in_table", &[shared]);
        let table = module.tables.add_local(false, 9, Some(9), RefType::FUNCREF);
        let kind = ElementKind::Active { table, offset: number(3) };
        let element = module.elements.add(kind, ElementItems::Functions(vec![run, in_table]));
        module.tables.get_mut(table).elem_segments.insert(element);
        module.exports.add("run", run);
        module.exports.add("table", table);
        module.emit_wasm()
    }

    fn profile() -> Profile {
        Profile::of_seen("1 run\n1 shared\n0 cold\n0 deep\n0 in_table\n")
    }

    fn read(binary: &[u8]) -> Module {
        Module::from_buffer(binary).expect("a binary")
    }

    /// The names of a module's functions, in alphabetical order.
    fn names(module: &Module) -> Vec<&str> {
        let local = module.funcs.iter_local();
        let named = local.filter_map(|(id, _)| module.funcs.get(id).name.as_deref());
        named.collect::<BTreeSet<_>>().into_iter().collect()
    }

    const ALL: [&str; 5] = ["cold", "deep", "in_table", "run", "shared"];

    #[test]
    fn each_half_has_its_functions_and_the_first_has_stubs() {
        let (first, rest) = halve(&binary("__wbg_bring_rest_1"), &profile()).expect("halves");
        let (first, rest) = (read(&first), read(&rest));
        let kept = names(&first);
        assert!(kept.contains(&"run") && kept.contains(&"shared"), "{kept:?}");
        assert!(!kept.contains(&"deep"), "nothing of the first half calls it: {kept:?}");
        assert_eq!(names(&rest), ["cold", "deep", "in_table"]);
        let imported: Vec<_> = rest.imports.iter().map(|import| &*import.name).collect();
        for import in rest.imports.iter() {
            assert_eq!(import.module, FIRST);
            assert!(
                first.exports.iter().any(|export| export.name == import.name),
                "the first half exports no {}",
                import.name
            );
        }
        assert!(imported.contains(&OWN_TABLE) && imported.contains(&IS_THERE), "{imported:?}");
        assert!(rest.start.is_some() && rest.exports.iter().count() == 0);
    }

    #[test]
    fn the_rest_takes_its_places_in_the_tables() {
        let (first, rest) = halve(&binary("__wbg_bring_rest_1"), &profile()).expect("halves");
        let slots = |module: &[u8]| {
            let binary = Binary::parse(module).expect("a binary");
            let slots = binary.slots().into_values().flatten();
            slots.collect::<BTreeSet<Slot>>()
        };
        assert_eq!(slots(&first), [(0, 3), (0, 4)].into(), "a stub stands for `in_table`");
        let rest = slots(&rest);
        assert_eq!(rest.iter().map(|slot| slot.1).collect::<Vec<_>>(), [4, 0], "{rest:?}");
    }

    #[test]
    fn what_all_runs_leaves_an_empty_rest() {
        let all = Profile::of_seen("1 run\n1 shared\n1 cold\n1 deep\n1 in_table\n");
        let (first, rest) = halve(&binary("__wbg_bring_rest_1"), &all).expect("halves");
        assert_eq!(names(&read(&first)), ALL);
        assert!(names(&read(&rest)).is_empty());
    }

    #[test]
    fn without_what_brings_it_there_is_no_rest() {
        let error = halve(&binary("__wbg_other_1"), &profile()).expect_err("no way to the rest");
        assert!(error.contains(BRING), "{error}");
    }

    #[test]
    fn counts_each_function_by_its_name() {
        let counted = read(&counted(&binary("__wbg_bring_rest_1")).expect("a binary"));
        let hits: BTreeSet<_> = counted
            .exports
            .iter()
            .filter_map(|export| export.name.strip_prefix(HIT)?.split_once(':'))
            .map(|(_, name)| name)
            .collect();
        assert_eq!(hits, ALL.into());
    }
}
