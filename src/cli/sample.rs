//! `pulpo sample`.

use super::{Ended, Failure, Outcome, output};
use crate::format::design_file;
use crate::generate;

/// A built-in sample: its name, its title, its text.
struct Sample {
    name: &'static str,
    about: &'static str,
    text: Text,
}

/// Where the text of a sample comes from.
enum Text {
    File(&'static str),
    Made(fn() -> String),
}

/// The samples of the library page, in its order, then those that are made when
/// asked for; `tests/it/cli.rs` holds the first to the page's own list.
const SAMPLES: &[Sample] = &[
    Sample {
        name: "aws-fargate",
        about: "AWS Fargate, three environments: Pulumi's 2019 guide as a design",
        text: Text::File(include_str!("../../public/samples/aws-fargate.pulpo.json")),
    },
    Sample {
        name: "aws-fargate-modern",
        about: "AWS Fargate, modern: containers, OpenID Connect, a verified preview, runbooks",
        text: Text::File(include_str!("../../public/samples/aws-fargate-modern.pulpo.json")),
    },
    Sample {
        name: "azure",
        about: "Azure shop, for tenants: own backend, channels, rolling child steps",
        text: Text::File(include_str!("../../public/samples/azure.pulpo.json")),
    },
    Sample {
        name: "empty",
        about: "Empty design: nothing but a title",
        text: Text::File(include_str!("../../public/samples/empty.pulpo.json")),
    },
    Sample {
        name: "large",
        about: "Large: 100 environments, 2,000 variables, 200 steps, to try how fast things are",
        text: Text::Made(|| design_file::write(&generate::large(generate::Size::LARGE))),
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
            match sample.ok_or_else(|| unknown(name))?.text {
                Text::File(text) => text.to_owned(),
                Text::Made(make) => make(),
            }
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
