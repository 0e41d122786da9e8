//! The OCL doctor: a text as lines with colours and marks, its problems with
//! their repairs, and what it means.

mod outline;
mod sheet;

pub use outline::{Meaning, Node, meaning};
pub use sheet::{Line, Mark, Row, Sheet};

use crate::format::octopus_ocl::DocumentKind;

/// A broken example to learn from: five mistakes that people make.
pub const EXAMPLE: &str = "\
# Deploys the stack
step \"pulumi-up\" { name = \"Pulumi up\"

    action {
        action_type: \"Octopus.Script\"
        environments = [\"production\",]
        properties = {
            Octopus.Action.Script.ScriptBody = <<-EOT
                pulumi up --yes
                EOT
            Octopus.Action.Script.ScriptSource = 'Inline'
            Octopus.Action.Script.Syntax = \"Bash\"
        }
        worker_pool = hosted-ubuntu
    }
}
";

/// The usual name of a file of this kind.
#[must_use]
pub fn file_name(kind: Option<DocumentKind>) -> &'static str {
    match kind {
        Some(DocumentKind::SchemaVersion) => "schema_version.ocl",
        Some(DocumentKind::Process) => "deployment_process.ocl",
        Some(DocumentKind::Variables) => "variables.ocl",
        Some(DocumentKind::Settings) => "deployment_settings.ocl",
        Some(DocumentKind::Runbook) => "runbook.ocl",
        None => "text.ocl",
    }
}

#[cfg(test)]
mod tests;
