//! Reads escapes and sets of characters.

use super::Refusal;
use super::syntax::{Assert, Class, Flags, Item, MAX_DEPTH, NAMED, Reader, Set, Tree, is_word};

impl Reader<'_> {
    pub(super) fn escape(&mut self, flags: Flags) -> Result<Tree, Refusal> {
        let Some(c) = self.peek() else {
            return Err(Refusal::Invalid("a backslash at the end"));
        };
        let assert = match c {
            'A' => Some(Assert::TextStart),
            'Z' => Some(Assert::LastEnd),
            'z' => Some(Assert::TextEnd),
            'b' => Some(Assert::Boundary),
            'B' => Some(Assert::NotBoundary),
            'G' => Some(Assert::SearchStart),
            _ => None,
        };
        if let Some(assert) = assert {
            self.at += 1;
            return Ok(Tree::Assert(assert));
        }
        if c == 'k' {
            self.at += 1;
            let close = match self.peek() {
                Some('<') => '>',
                Some('\'') => '\'',
                _ => return Err(Refusal::Invalid("a malformed named reference")),
            };
            self.at += 1;
            return Ok(Tree::Back(self.name(close, false)?, flags.fold));
        }
        if let Some(number) = self.back_reference()? {
            return Ok(Tree::Back(number, flags.fold));
        }
        if let Some(item) = self.class()? {
            return Ok(Tree::Set(Set {
                negate: false,
                fold: false,
                items: vec![item],
                without: None,
            }));
        }
        Ok(Tree::Unit(self.character()?, flags.fold))
    }

    /// The group that digits refer to; several digits without such a group are octal.
    fn back_reference(&mut self) -> Result<Option<usize>, Refusal> {
        let start = self.at;
        let mut number = 0;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10))
            && (number > 0 || digit > 0)
        {
            number = (number * 10 + digit as usize).min(NAMED - 1);
            self.at += 1;
        }
        let length = self.at - start;
        if length == 0 || number <= self.groups {
            return Ok((length > 0).then_some(number));
        }
        if length == 1 {
            return Err(Refusal::Invalid("a reference to a group that is not there"));
        }
        self.at = start;
        Ok(None)
    }

    /// `\d`, `\w`, `\s`, `\p{..}` after the backslash.
    fn class(&mut self) -> Result<Option<Item>, Refusal> {
        let Some(c) = self.peek() else { return Ok(None) };
        let class = match c.to_ascii_lowercase() {
            'd' => Class::Digit,
            'w' => Class::Word,
            's' => Class::Space,
            'p' => {
                let rest = self.units.get(self.at + 1..).unwrap_or_default();
                let text =
                    String::from_utf16_lossy(rest.get(..rest.len().min(8)).unwrap_or_default());
                let (class, length) = [
                    ("{L}", Class::Letter),
                    ("{Lu}", Class::Upper),
                    ("{Ll}", Class::Lower),
                    ("{Nd}", Class::Digit),
                ]
                .iter()
                .find(|(name, _)| text.starts_with(name))
                .map(|(name, class)| (*class, name.len()))
                .ok_or(Refusal::Unknown(
                    "This Unicode category in a regular expression can't be evaluated here",
                ))?;
                self.at += 1 + length;
                return Ok(Some(Item::Class(class, c == 'P')));
            }
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(Item::Class(class, c.is_ascii_uppercase())))
    }

    /// A single character after the backslash.
    fn character(&mut self) -> Result<u16, Refusal> {
        let bad = Refusal::Invalid("an unknown escape");
        let unit = self.unit().ok_or(bad)?;
        let c = char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}');
        Ok(match c {
            't' => 9,
            'n' => 10,
            'v' => 11,
            'f' => 12,
            'r' => 13,
            'a' => 7,
            'e' => 27,
            'x' => self.hex(2)?,
            'u' => self.hex(4)?,
            'c' => {
                let c = self.unit().filter(|c| (63..128).contains(c)).ok_or(bad)?;
                (if (97..123).contains(&c) { c - 32 } else { c }) ^ 64
            }
            '0'..='7' => {
                let mut value = unit - 48;
                for _ in 0..2 {
                    match self.peek().and_then(|c| c.to_digit(8)) {
                        Some(digit) => {
                            value = value * 8 + u16::try_from(digit).unwrap_or(0);
                            self.at += 1;
                        }
                        None => break,
                    }
                }
                value & 255
            }
            _ if is_word(unit) => return Err(bad),
            _ => unit,
        })
    }

    fn hex(&mut self, length: usize) -> Result<u16, Refusal> {
        let mut value = 0;
        for _ in 0..length {
            let digit = self.peek().and_then(|c| c.to_digit(16));
            let digit = digit.ok_or(Refusal::Invalid("too few hexadecimal digits"))?;
            value = value * 16 + u16::try_from(digit).unwrap_or(0);
            self.at += 1;
        }
        Ok(value)
    }

    pub(super) fn set(&mut self, fold: bool, depth: usize) -> Result<Set, Refusal> {
        let open = Refusal::Invalid("a set without its closing bracket");
        let mut set = Set { negate: self.take('^'), fold, items: Vec::new(), without: None };
        let mut first = true;
        loop {
            let c = self.peek().ok_or(open)?;
            if c == ']' && !first {
                self.at += 1;
                return Ok(set);
            }
            if c == '-' && self.ahead(1) == Some('[') && !first {
                self.at += 2;
                if depth > MAX_DEPTH {
                    return Err(open);
                }
                set.without = Some(Box::new(self.set(fold, depth + 1)?));
                if !self.take(']') {
                    return Err(Refusal::Invalid("a subtracted set that is not last"));
                }
                return Ok(set);
            }
            first = false;
            let Some(low) = self.set_unit(&mut set)? else { continue };
            let ranged =
                self.peek() == Some('-') && !matches!(self.ahead(1), Some(']' | '[') | None);
            let high = if ranged {
                self.at += 1;
                self.set_unit(&mut set)?
                    .ok_or(Refusal::Invalid("a class inside a range of characters"))?
            } else {
                low
            };
            if high < low {
                return Err(Refusal::Invalid("a range of characters in reverse order"));
            }
            set.items.push(Item::Range(low, high));
        }
    }

    /// One unit of a set; `None` when it was a class, which is added.
    fn set_unit(&mut self, set: &mut Set) -> Result<Option<u16>, Refusal> {
        if !self.take('\\') {
            return Ok(self.unit());
        }
        if let Some(item) = self.class()? {
            set.items.push(item);
            return Ok(None);
        }
        if self.take('b') {
            return Ok(Some(8));
        }
        self.character().map(Some)
    }
}
