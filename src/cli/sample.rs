//! `pulpo sample`.

use super::{Ended, Failure, Outcome, output};

/// A built-in sample: its name, its title, its file.
struct Sample {
    name: &'static str,
    about: &'static str,
    text: &'static str,
}

/// The samples of the library page, in its order; `tests/it/cli.rs` holds the
/// two to each other.
const SAMPLES: &[Sample] = &[
    Sample {
        name: "aws-fargate",
        about: "AWS Fargate, three environments: Pulumi's 2019 guide as a design",
        text: include_str!("../../public/samples/aws-fargate.pulpo.json"),
    },
    Sample {
        name: "aws-fargate-modern",
        about: "AWS Fargate, modern: containers, OpenID Connect, a verified preview, runbooks",
        text: include_str!("../../public/samples/aws-fargate-modern.pulpo.json"),
    },
    Sample {
        name: "azure",
        about: "Azure shop, for tenants: own backend, channels, rolling child steps",
        text: include_str!("../../public/samples/azure.pulpo.json"),
    },
    Sample {
        name: "empty",
        about: "Empty design: nothing but a title",
        text: include_str!("../../public/samples/empty.pulpo.json"),
    },
];

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The sample to print; without it all are listed.
    name: Option<String>,
}

/// Lists the samples or prints one.
pub fn run(arguments: &Arguments) -> Outcome {
    let text = match &arguments.name {
        None => list(),
        Some(name) => {
            let sample = SAMPLES.iter().find(|sample| sample.name == name);
            sample.ok_or_else(|| unknown(name))?.text.to_owned()
        }
    };
    output::print(text.as_bytes())?;
    Ok(Ended::Clean)
}

fn list() -> String {
    let width = SAMPLES.iter().map(|sample| sample.name.len()).max().unwrap_or_default();
    SAMPLES.iter().map(|sample| format!("{:width$}  {}\n", sample.name, sample.about)).collect()
}

fn unknown(name: &str) -> Failure {
    let names: Vec<_> = SAMPLES.iter().map(|sample| sample.name).collect();
    Failure(format!("there is no sample \"{name}\"; there are {}", names.join(", ")))
}
