//! Runs a script under bash, with stub helper functions and a stub `pulumi`, in
//! a folder of its own.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// How Octopus runs the script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapper {
    /// Sourced by the bootstrap.
    Plain,
    /// Sourced on the left of `||`, with a block after it, as the Azure step type does.
    Azure,
}

pub const WRAPPERS: [Wrapper; 2] = [Wrapper::Plain, Wrapper::Azure];

/// One case: its folder and the Octopus variables.
pub struct Case {
    pub dir: PathBuf,
    variables: BTreeMap<String, String>,
}

/// What a run did.
#[derive(Debug)]
pub struct Outcome {
    pub status: i32,
    pub output: String,
    /// What the helper functions were told.
    pub calls: String,
    /// The words of each call of `pulumi`.
    pub pulumi: Vec<String>,
}

impl Drop for Case {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.dir);
    }
}

impl Case {
    /// A case whose folders have blanks in their names.
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("pulpo-test-{}-{count}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        for name in ["bin", "stub", "home", "work", "tmp with blank"] {
            fs::create_dir_all(dir.join(name)).expect("a folder for the case");
        }
        let case = Self { dir, variables: BTreeMap::new() };
        case.program("pulumi", include_str!("pulumi.sh"));
        case
    }

    /// A program that stands before the real one on the path.
    pub fn program(&self, name: &str, text: &str) {
        let name = format!("bin/{name}");
        self.write(&name, text);
        let mode = PermissionsExt::from_mode(0o755);
        fs::set_permissions(self.path(&name), mode).expect("a program");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    pub fn text(&self, name: &str) -> String {
        self.path(name).to_str().expect("a path in UTF-8").to_owned()
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.insert(name.to_owned(), value.to_owned());
    }

    /// An extracted package with a Pulumi program in `folder`; sets its variable.
    pub fn package(&mut self, reference: &str, folder: &str) {
        self.write(&format!("work/{reference}/{folder}/Pulumi.yaml"), "name: web\n");
        self.write(&format!("work/{reference}/{folder}/.hidden"), "x");
        let path = self.text(&format!("work/{reference}"));
        self.set(&format!("Octopus.Action.Package[{reference}].ExtractedPath"), &path);
    }

    /// What lies in the case's temporary folder, and what private folders lie in the step's.
    pub fn left_over(&self) -> Vec<String> {
        let mut names = Vec::new();
        for (folder, start) in [("tmp with blank", ""), ("work", "pulpo.")] {
            for entry in fs::read_dir(self.path(folder)).expect("a folder") {
                let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
                if name.starts_with(start) {
                    names.push(name);
                }
            }
        }
        names.sort();
        names
    }

    pub fn run(&self, script: &str, wrapper: Wrapper) -> Outcome {
        for old in ["stub/calls", "stub/pulumi"] {
            let _ = fs::remove_file(self.path(old));
        }
        let mut prelude = include_str!("prelude.sh").to_owned();
        prelude.push_str("get_octopusvariable() {\n  case \"$1\" in\n");
        for (name, value) in &self.variables {
            let line = format!("    {}) printf '%s\\n' {} ;;\n", quoted(name), quoted(value));
            prelude.push_str(&line);
        }
        prelude.push_str("    *) echo ;;\n  esac\n}\n");
        self.write("prelude.sh", &prelude);
        self.write("work/Script.sh", script);
        let source = match wrapper {
            Wrapper::Plain => "source ./Script.sh\n",
            Wrapper::Azure => {
                "source ./Script.sh || exit 1 :\nif [ -d \"$STUB\" ]; then\n  true\nfi\n"
            }
        };
        self.write(
            "bootstrap.sh",
            &format!("source {}\n{source}", quoted(&self.text("prelude.sh"))),
        );
        let path = std::env::var("PATH").unwrap_or_default();
        let output = Command::new("bash")
            .arg(self.path("bootstrap.sh"))
            .current_dir(self.path("work"))
            .env_clear()
            .env("PATH", format!("{}:{path}", self.text("bin")))
            .env("HOME", self.path("home"))
            .env("TMPDIR", self.path("tmp with blank"))
            .env("STUB", self.path("stub"))
            .env("AWS_SESSION_TOKEN", "of-the-worker")
            .output()
            .expect("bash");
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        Outcome {
            status: output.status.code().unwrap_or(-1),
            output: text,
            calls: self.read("stub/calls"),
            pulumi: self
                .read("stub/pulumi")
                .lines()
                .map(|line| line.trim_end().to_owned())
                .collect(),
        }
    }
}

impl Outcome {
    #[track_caller]
    pub fn succeeded(&self) -> &Self {
        assert!(self.status == 0 && !self.calls.contains("fail "), "{self:#?}");
        self
    }

    /// Failed by `fail_step`, with these words.
    #[track_caller]
    pub fn failed(&self, words: &str) -> &Self {
        let told = self.calls.lines().any(|line| line.starts_with("fail ") && line.contains(words));
        assert!(self.status == 1 && told, "expected failure with `{words}`: {self:#?}");
        self
    }

    /// Whether `pulumi` was called with these words in a row.
    pub fn ran(&self, words: &str) -> bool {
        self.pulumi.iter().any(|line| format!(" {line} ").contains(&format!(" {words} ")))
    }

    /// The value an output variable was set to.
    #[track_caller]
    pub fn output_variable(&self, name: &str) -> &str {
        let start = format!("set {name} = ");
        let line = self.calls.lines().find_map(|line| line.strip_prefix(start.as_str()));
        line.unwrap_or_else(|| panic!("{name} was not set: {self:#?}")).trim_end()
    }
}

/// Plain POSIX quoting, on purpose not the code under test.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Whether the tool is there; without it the test fails, unless the person who runs it allows that.
pub fn has_tool(name: &str) -> bool {
    let found = Command::new(name).arg("--version").output().is_ok();
    let allowed = std::env::var("PULPO_ALLOW_MISSING_SHELLCHECK").is_ok_and(|value| value == "1");
    assert!(
        found || allowed,
        "{name} is not installed; set PULPO_ALLOW_MISSING_SHELLCHECK=1 to go without"
    );
    found
}

/// A file for a tool that reads several scripts.
pub fn save(dir: &Path, name: &str, text: &str) -> PathBuf {
    let path = dir.join(name);
    fs::write(&path, text).expect("a file");
    path
}
