//! What a first visit downloads, file by file, against the budget.

use crate::{Result, sh::fs};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use std::path::Path;

/// Bytes that a first visit may take, compressed with brotli.
pub const BUDGET: usize = 300 * 1024;

/// One file in its three sizes, in bytes.
#[derive(Debug)]
pub struct Sized {
    pub name: String,
    pub raw: usize,
    pub gzip: Vec<u8>,
    pub brotli: Vec<u8>,
}

/// Measures every file under the folder.
pub fn measure(folder: &Path) -> Result<Vec<Sized>> {
    fs::files_under(folder)?
        .into_iter()
        .map(|name| {
            let bytes = fs::read(&folder.join(&name))?;
            let failed = |error| format!("{name} cannot be compressed: {error}");
            let (gzip, brotli) = (gzip(&bytes).map_err(failed)?, brotli(&bytes).map_err(failed)?);
            Ok(Sized { raw: bytes.len(), gzip, brotli, name })
        })
        .collect()
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(mut bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut out, &params)?;
    Ok(out)
}

/// Writes a `.br` and a `.gz` beside each file, where that is smaller.
pub fn write_compressed(folder: &Path, files: &[Sized]) -> Result {
    for file in files {
        for (bytes, extension) in [(&file.brotli, "br"), (&file.gzip, "gz")] {
            if bytes.len() < file.raw {
                fs::write(&folder.join(format!("{}.{extension}", file.name)), bytes)?;
            }
        }
    }
    Ok(())
}

/// The sample that a first visit opens; the others are loaded when asked for.
pub const FIRST_SAMPLE: &str = "samples/aws-fargate.pulpo.json";

/// Whether a file is loaded before the first page can be used. The rest of the
/// main binary comes once that page is drawn, parts of the app with the pages
/// that need them; the service worker fetches what is left afterwards, for use
/// without a network.
fn is_of_first_visit(name: &str) -> bool {
    !["rest-", "part-"].iter().any(|start| name.starts_with(start))
        && (!name.starts_with("samples/") || name == FIRST_SAMPLE)
}

/// The table and, if the first visit is over the budget, the sentence that says so.
pub fn report(files: &[Sized]) -> (String, Result) {
    let (first, later): (Vec<_>, Vec<_>) =
        files.iter().partition(|file| is_of_first_visit(&file.name));
    let width = files.iter().map(|file| file.name.len()).max().unwrap_or_default().max(11);
    let (mut table, total) = group("first visit", &first, width);
    let share = total * 100 / BUDGET;
    table.push_str(&format!("brotli total is {share} % of the budget of {BUDGET} bytes\n"));
    if !later.is_empty() {
        table.push('\n');
        table.push_str(&group("when needed", &later, width).0);
    }
    let verdict = if total > BUDGET {
        Err(format!("the first visit is {} bytes over its budget", total - BUDGET))
    } else {
        Ok(())
    };
    (table, verdict)
}

/// One part of the table, largest file first, and its total in brotli.
fn group(head: &str, files: &[&Sized], width: usize) -> (String, usize) {
    let mut rows: Vec<_> = files
        .iter()
        .map(|file| (file.name.as_str(), file.raw, file.gzip.len(), file.brotli.len()))
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.3));
    let total = rows
        .iter()
        .fold(("total", 0, 0, 0), |sum, row| (sum.0, sum.1 + row.1, sum.2 + row.2, sum.3 + row.3));
    rows.push(total);
    let mut table = format!("{head:width$} {:>10} {:>10} {:>10}\n", "raw", "gzip", "brotli");
    for (name, raw, gzip, brotli) in &rows {
        table.push_str(&format!("{name:width$} {raw:>10} {gzip:>10} {brotli:>10}\n"));
    }
    (table, total.3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sized(name: &str, brotli: usize) -> Sized {
        Sized { name: name.to_owned(), raw: 9, gzip: vec![0; 5], brotli: vec![0; brotli] }
    }

    #[test]
    fn fails_only_over_the_budget() {
        let (table, verdict) = report(&[sized("a", 1), sized("b", BUDGET - 1)]);
        assert_eq!(verdict, Ok(()));
        assert!(table.contains("100 %"), "{table}");
        assert!(table.contains("\nb"), "the largest comes first: {table}");
        let (_, verdict) = report(&[sized("a", 2), sized("b", BUDGET - 1)]);
        assert_eq!(verdict, Err("the first visit is 1 bytes over its budget".to_owned()));
    }

    #[test]
    fn counts_what_comes_later_apart() {
        let later = [
            ("part-x-1.wasm", BUDGET),
            ("rest-1.wasm", BUDGET),
            ("samples/azure.pulpo.json", BUDGET),
        ];
        let mut files: Vec<_> = later.iter().map(|(name, size)| sized(name, *size)).collect();
        files.push(sized("index.html", 7));
        files.push(sized(FIRST_SAMPLE, 5));
        let (table, verdict) = report(&files);
        assert_eq!(verdict, Ok(()));
        let (first, rest) = table.split_once("when needed").expect("two groups");
        assert!(first.contains(FIRST_SAMPLE) && rest.contains("part-x-1.wasm"), "{table}");
    }

    #[test]
    fn compresses_both_ways() {
        let bytes = [b'a'; 5000];
        assert!(gzip(&bytes).is_ok_and(|packed| packed.len() < 60));
        assert!(brotli(&bytes).is_ok_and(|packed| packed.len() < 30));
    }
}
