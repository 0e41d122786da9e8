//! Short names between the main binary and its script. `wasm-bindgen` gives what
//! they have of each other long ones, each twice in what a visitor loads.

use crate::Result;
use walrus::{ImportKind, ModuleConfig};

/// The script's name in the binary, which is nobody's file.
const SCRIPT: &str = "./pulpo_bg.js";

/// The binary and the script with short names for what the script gives.
pub fn shorten(binary: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut module = ModuleConfig::new()
        .generate_producers_section(false)
        .parse(binary)
        .map_err(|error| format!("the main binary can't be read: {error}"))?;
    let quoted = format!("\"{SCRIPT}\":");
    let mut script = replaced(script, &quoted, "_:")?;
    for (at, import) in module.imports.iter_mut().enumerate() {
        if import.module == SCRIPT && matches!(import.kind, ImportKind::Function(_)) {
            let short = format!("_{at}");
            let given = |name: &str| format!(" {name}: function(");
            script = replaced(&script, &given(&import.name), &given(&short))?;
            import.name = short;
        }
        if import.module == SCRIPT {
            "_".clone_into(&mut import.module);
        }
    }
    Ok((module.emit_wasm(), script))
}

/// The text with the one place where it says `from` saying `to`.
fn replaced(text: &str, from: &str, to: &str) -> Result<String> {
    match text.split_once(from) {
        Some((before, after)) if !after.contains(from) => Ok(format!("{before}{to}{after}")),
        _ => Err(format!("wasm-bindgen's script does not say `{from}` in one place")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::{ExportItem, Module};

    const GLUE: &str = "const import0 = {\n  __wbg_now_1: function() {},\n};\n\
                        return {\n  \"./pulpo_bg.js\": import0,\n};\n";

    #[test]
    fn both_sides_get_the_same_short_name() {
        let mut module = Module::default();
        let ty = module.types.add(&[], &[]);
        let (now, _) = module.add_import_func(SCRIPT, "__wbg_now_1", ty);
        module.add_import_func("./__wasm_split.js", "load", ty);
        module.exports.add("now", ExportItem::Function(now));
        let binary = module.emit_wasm();

        let (short, glue) = shorten(&binary, GLUE).expect("short names");
        let read = Module::from_buffer(&short).expect("a binary");
        let imports: Vec<_> =
            read.imports.iter().map(|import| (&*import.module, &*import.name)).collect();
        assert_eq!(imports, [("_", "_0"), ("./__wasm_split.js", "load")]);
        assert!(glue.contains(" _0: function()") && glue.contains(" _: import0"), "{glue}");
    }

    #[test]
    fn a_name_that_the_script_does_not_give_is_an_error() {
        let mut module = Module::default();
        let ty = module.types.add(&[], &[]);
        module.add_import_func(SCRIPT, "__wbg_other_1", ty);
        assert!(shorten(&module.emit_wasm(), GLUE).is_err());
    }
}
