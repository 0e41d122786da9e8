//! Hash filters (rule G15).

use sha2::Digest;

use super::escape::{Encoding, decode_base64};
use super::{Cx, Given};
use crate::octostache::number::parse_int32;

pub(super) fn md5(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    Ok(hash(input, options, |bytes| md5::Md5::digest(bytes).to_vec()))
}

pub(super) fn sha1(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    Ok(hash(input, options, |bytes| sha1::Sha1::digest(bytes).to_vec()))
}

pub(super) fn sha256(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    Ok(hash(input, options, |bytes| sha2::Sha256::digest(bytes).to_vec()))
}

pub(super) fn sha384(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    Ok(hash(input, options, |bytes| sha2::Sha384::digest(bytes).to_vec()))
}

pub(super) fn sha512(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    Ok(hash(input, options, |bytes| sha2::Sha512::digest(bytes).to_vec()))
}

fn hash(input: Option<&str>, options: &[String], digest: fn(&[u8]) -> Vec<u8>) -> Option<String> {
    let text = input?;
    let size = |option: &String| parse_int32(option).and_then(|n| usize::try_from(n).ok());
    let size = |option: &String| size(option).filter(|n| *n > 0);
    let (keep, encoding) = match options {
        [] => (usize::MAX, None),
        [only] => match size(only) {
            Some(keep) => (keep, None),
            None => (usize::MAX, Some(only)),
        },
        [first, second] => match size(first) {
            Some(keep) => (keep, Some(second)),
            None => (size(second)?, Some(first)),
        },
        _ => return None,
    };
    let bytes = match encoding {
        Some(name) if name.eq_ignore_ascii_case("base64") => decode_base64(text)?,
        Some(name) => Encoding::named(name)?.bytes(text),
        None => text.as_bytes().to_vec(),
    };
    let mut out = String::new();
    for byte in digest(&bytes).iter().take(keep) {
        for digit in [byte >> 4, byte & 15] {
            out.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    Some(out)
}
