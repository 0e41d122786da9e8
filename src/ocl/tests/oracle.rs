//! A second, slow reader that says only yes or no, made of small parsers that
//! try and go back, the way the reference is made. The parser must agree with
//! it on everything.

use proptest::prelude::*;

use super::super::chars::{is_digit, is_name, is_space};
use super::super::decimal::Decimal;
use super::super::parse;

/// The position after what was read, or how far reading got.
type Step = Result<usize, usize>;

#[derive(Default)]
struct Oracle {
    text: Vec<char>,
    /// Whether something went wrong that no other way of reading can mend.
    thrown: bool,
}

fn accepts(text: &str) -> bool {
    let mut oracle = Oracle { text: text.chars().collect(), thrown: false };
    let mut at = 0;
    while let Ok(next) = oracle.element(at) {
        at = next;
    }
    !oracle.thrown && oracle.run(at, is_space) == oracle.text.len()
}

impl Oracle {
    fn run(&self, at: usize, test: impl Fn(char) -> bool) -> usize {
        let rest = self.text.get(at..).unwrap_or(&[]);
        at + rest.iter().take_while(|c| test(**c)).count()
    }

    fn blank(&self, at: usize) -> usize {
        self.run(at, |c| is_space(c) && c != '\n')
    }

    fn space(&self, at: usize) -> usize {
        self.run(at, is_space)
    }

    fn expect(&self, at: usize, c: char) -> Step {
        if self.text.get(at) == Some(&c) { Ok(at + 1) } else { Err(at) }
    }

    fn some(&self, at: usize, test: impl Fn(char) -> bool) -> Step {
        let end = self.run(at, test);
        if end > at { Ok(end) } else { Err(at) }
    }

    fn text(&self, start: usize, end: usize) -> String {
        self.text[start..end].iter().collect()
    }

    fn element(&mut self, at: usize) -> Step {
        let at = self.space(at);
        let end = self.block(at).or_else(|_| self.attribute(at))?;
        Ok(self.space(end))
    }

    fn name(&self, at: usize) -> Step {
        Ok(self.blank(self.some(self.blank(at), is_name)?))
    }

    fn block(&mut self, at: usize) -> Step {
        let mut at = self.name(at)?;
        while let Ok(next) = self.string(self.blank(at)) {
            at = self.blank(next);
        }
        let open = self.blank(self.expect(self.blank(self.space(at)), '{')?);
        if let Ok(end) = self.expect(self.space(open), '}') {
            return Ok(self.space(end));
        }
        let mut at = self.element(self.expect(open, '\n')?)?;
        while let Ok(next) = self.element(at) {
            at = next;
        }
        Ok(self.space(self.expect(self.space(at), '}')?))
    }

    fn attribute(&mut self, at: usize) -> Step {
        let at = self.blank(self.expect(self.name(at)?, '=')?);
        let end = match self.map(at) {
            // Having moved on, a failed first choice is the answer.
            Err(failed) if failed == at => self.literal(at)?,
            other => other?,
        };
        Ok(self.blank(end))
    }

    fn map(&mut self, at: usize) -> Step {
        let mut at = self.space(self.expect(self.space(at), '{')?);
        let mut keys = Vec::new();
        while let Ok((next, key)) = self.entry(self.space(at)) {
            keys.push(key);
            at = self.space(next);
        }
        let end = self.space(self.expect(self.space(at), '}')?);
        keys.sort();
        let count = keys.len();
        keys.dedup();
        self.thrown |= keys.len() < count;
        Ok(end)
    }

    fn entry(&mut self, at: usize) -> Result<(usize, String), usize> {
        let start = self.blank(at);
        let bare = self.run(start, |c| !is_space(c) && c != '"');
        let (end, key) = if bare > start {
            (bare, self.text(start, bare))
        } else {
            match self.string(start) {
                Ok(end) => (end, unescaped(&self.text(start + 1, end - 1))),
                Err(_) => (start, String::new()),
            }
        };
        let value = self.expect(self.blank(end), '=')?;
        let end = self.literal(self.blank(value))?;
        Ok((self.blank(end), key))
    }

    /// The choices in order; one that fails after its first character decides.
    fn literal(&mut self, at: usize) -> Step {
        for word in ["null", "true", "false"] {
            let length = word.chars().zip(&self.text[at.min(self.text.len())..]);
            match length.take_while(|(a, b)| a == *b).count() {
                0 => {}
                count if count == word.len() => return Ok(at + count),
                count => return Err(at + count),
            }
        }
        let choices = [Self::string, Self::heredoc, Self::number];
        for choice in choices {
            match choice(self, at) {
                Err(failed) if failed == at => {}
                other => return other,
            }
        }
        self.array(at)
    }

    fn string(&mut self, at: usize) -> Step {
        let mut at = self.expect(at, '"')?;
        loop {
            match self.text.get(at) {
                Some('"') => return Ok(at + 1),
                Some('\\') => match self.text.get(at + 1) {
                    None => return Err(at),
                    Some(c) => {
                        self.thrown |= !"rnt\\\"".contains(*c);
                        at += 2;
                    }
                },
                None | Some('\r' | '\n') => return Err(at),
                _ => at += 1,
            }
        }
    }

    fn heredoc(&mut self, at: usize) -> Step {
        if self.expect(at, '<').and_then(|next| self.expect(next, '<')).is_err() {
            return Err(at);
        }
        let tag = self.expect(at + 2, '-').unwrap_or(at + 2);
        let tag_end = self.run(tag, |c| !is_space(c));
        let mut line = self.expect(self.blank(tag_end), '\n')?;
        let tag = self.text[tag..tag_end].to_vec();
        loop {
            let begin = self.blank(line);
            if self.text[begin..].starts_with(&tag) {
                let end = self.blank(begin + tag.len());
                if end == self.text.len() {
                    return Ok(end);
                }
                if let Ok(next) = self.expect(end, '\n') {
                    return Ok(next);
                }
            }
            line = self.expect(self.run(line, |c| c != '\n'), '\n')?;
        }
    }

    fn decimal(&mut self, at: usize) -> Step {
        let digits = self.expect(at, '-').unwrap_or(at);
        let dot = self.some(digits, is_digit)?;
        let end = self.some(self.expect(dot, '.')?, is_digit)?;
        self.thrown |= Decimal::parse(&self.text(digits, end)).is_none();
        Ok(end)
    }

    fn integer(&mut self, at: usize) -> Step {
        let digits = self.expect(at, '-').unwrap_or(at);
        let is_number = |c: char| c.is_numeric() && u32::from(c) <= 0xFFFF;
        let end = self.some(digits, is_number)?;
        self.thrown |= self.text(digits, end).parse::<i32>().is_err();
        Ok(end)
    }

    fn number(&mut self, at: usize) -> Step {
        self.decimal(at).or_else(|far| self.integer(at).map_err(|near| far.max(near)))
    }

    fn array(&mut self, at: usize) -> Step {
        let first = self.space(self.expect(self.space(at), '[')?);
        if let Ok(end) = self.expect(first, ']') {
            return Ok(self.space(end));
        }
        for element in [Self::string, Self::decimal, Self::integer] {
            let Ok(mut at) = element(self, first) else { continue };
            while let Ok(comma) = self.expect(self.space(at), ',')
                && let Ok(next) = element(self, self.space(comma))
            {
                at = next;
            }
            if let Ok(end) = self.expect(self.space(at), ']') {
                return Ok(self.space(end));
            }
        }
        Err(first)
    }
}

/// Good enough to tell keys apart in these texts.
fn unescaped(text: &str) -> String {
    super::super::lower::unescape(&format!("\"{text}\"")).into_owned()
}

/// Pieces of which texts are made that are nearly right, or not at all.
const PIECES: [&str; 56] = [
    "a",
    "b",
    "a = ",
    "b = ",
    "x = {",
    "{",
    "}",
    "}",
    "=",
    " = ",
    "\n",
    "\n",
    "\n",
    " ",
    " ",
    "\t",
    "\r\n",
    "\"x\"",
    "\"y\"",
    "\"",
    "\\q",
    "\"\\n\"",
    "1",
    "2.5",
    "07",
    "2147483648",
    ".",
    "-",
    "[",
    "]",
    ",",
    "[1, 2]",
    "[\"a\"]",
    "[1.5]",
    "[]",
    "null",
    "true",
    "false",
    "tru",
    "<<E\n",
    "<<-E\n",
    "<<\n",
    "E",
    "\nE\n",
    "  E",
    "#",
    ":",
    ";",
    "²",
    "٣",
    "é",
    "\u{a0}",
    "foo {\n",
    "\n}\n",
    "{}",
    "} = 1 ",
];

/// Texts the reference takes, to be damaged.
const SEEDS: [&str; 5] = [
    "foo \"a\" {\n  a = 1\n  m = { k = 1 \"q r\" = [\"s\"] h = <<E\n t\nE\n }\n}\nb = 2.5",
    "x = { a = 1 } b = 2\nc {} d = null e = \"\\\"\"\n",
    "x = {}b = {}c {}\nh = <<-E\n  t\n  E\nn = [1,2]",
    "a = -1b = truec = \"x\"d = [] e {\n f {\n }\n}\n",
    "m = { } = 1 }\nk = {\n  a =\n [\"q\"]\n b = null}\n",
];

pub(super) fn pieces() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(PIECES.as_slice());
    let soup = proptest::collection::vec(piece.clone(), 0..14).prop_map(|parts| parts.concat());
    let hurt = (proptest::sample::select(SEEDS.as_slice()), any::<usize>(), 0..4_usize, piece)
        .prop_map(|(seed, at, cut, piece)| {
            let chars: Vec<char> = seed.chars().collect();
            let at = at % (chars.len() + 1);
            let end = (at + cut).min(chars.len());
            let tail: String = chars[end..].iter().collect();
            chars[..at].iter().collect::<String>() + piece + &tail
        });
    prop_oneof![soup, hurt.clone(), hurt]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_parser_takes_what_the_oracle_takes(text in pieces()) {
        let problems = parse(&text).problems;
        prop_assert_eq!(problems.is_empty(), accepts(&text), "{:?}: {:?}", text, problems);
    }
}

/// A few seconds' worth; `PULPO_OCL_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PULPO_OCL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(3000)
}

#[test]
fn the_seeds_are_taken_by_both() {
    for seed in SEEDS {
        assert!(accepts(seed), "{seed:?}");
        assert_eq!(parse(seed).problems, [], "{seed:?}");
    }
}
