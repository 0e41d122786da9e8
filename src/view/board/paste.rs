//! Reads what a spreadsheet puts on the clipboard.

/// The cells of a text: a row a line, tabs between, quoted where a cell holds
/// line ends, tabs or quotes. A line end at the very end begins no row.
#[must_use]
pub fn table(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let (mut row, mut cell) = (Vec::new(), String::new());
    let mut letters = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            letter if is_quoted => cell.push(letter),
            '"' if cell.is_empty() => is_quoted = true,
            '\t' => row.push(std::mem::take(&mut cell)),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    if !cell.is_empty() || !row.is_empty() || rows.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn reads_rows_and_quoted_cells() {
        assert_eq!(table("a\tb\r\nc\t\n"), [["a", "b"], ["c", ""]]);
        assert_eq!(table("\"x\ny \"\"z\"\"\"\t1"), [["x\ny \"z\"", "1"]]);
        assert_eq!(table("5\" pipe"), [["5\" pipe"]]);
        assert_eq!(table(""), [[""]]);
        assert_eq!(table("\n"), [[""]]);
    }
}
