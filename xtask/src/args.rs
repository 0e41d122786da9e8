//! Command line arguments: words, switches (`--name`) and options (`--name value`).

use crate::Result;

#[derive(Debug)]
pub struct Args(Vec<String>);

impl Args {
    pub fn from_env() -> Self {
        Self(std::env::args().skip(1).collect())
    }

    /// Takes the next argument that is not a switch.
    pub fn word(&mut self) -> Option<String> {
        let at = self.0.iter().position(|arg| !arg.starts_with('-'))?;
        Some(self.0.remove(at))
    }

    /// Takes the switch and says whether it was there.
    pub fn switch(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|arg| arg != name);
        self.0.len() < before
    }

    /// Takes the option's value; call it before [`Self::word`], which would take the value.
    pub fn option(&mut self, name: &str) -> Result<Option<String>> {
        let Some(at) = self.0.iter().position(|arg| arg == name) else { return Ok(None) };
        if at + 1 >= self.0.len() {
            return Err(format!("{name} needs a value"));
        }
        self.0.remove(at);
        Ok(Some(self.0.remove(at)))
    }

    /// Fails if anything is left, so that a typing mistake is not passed over.
    pub fn finish(self) -> Result {
        match self.0.first() {
            None => Ok(()),
            Some(arg) => Err(format!("`{arg}` is not understood here; see `cargo xtask help`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_options_switches_and_words() {
        let mut args = Args(["--port", "90", "native", "--all", "--x"].map(String::from).to_vec());
        assert_eq!(args.option("--port"), Ok(Some("90".to_owned())));
        assert!(args.switch("--all"));
        assert!(!args.switch("--all"));
        assert_eq!(args.word().as_deref(), Some("native"));
        assert_eq!(args.word(), None);
        assert!(args.finish().is_err_and(|sentence| sentence.contains("--x")));
    }
}
