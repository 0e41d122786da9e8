//! The Pulumi program: its project, its package, where state is kept.

use leptos::prelude::*;

use super::card;
use crate::edit::{Edit, Refusal, infrastructure, refuse, stacks};
use crate::model::pulumi::{AccountVariable, OidcLogin, Organization, PulumiCloud, SelfManaged};
use crate::model::{Backend, CloudCredentials, FeedId, PackageKey, Pulumi, VariableName};
use crate::record::{Bound, Extra};
use crate::state::App;
use crate::ui::widgets::field::{FieldOptions, edit_field, select_field};
use crate::ui::widgets::live::{live, when};

fn text(
    app: App,
    label: &'static str,
    help: &'static str,
    placeholder: &str,
    read: fn(&Pulumi) -> String,
    make: impl Fn(&str) -> Result<Edit, Refusal> + Send + Sync + 'static,
) -> AnyView {
    let value = app.memo(move |design| read(&design.pulumi));
    let options = FieldOptions {
        help,
        placeholder: placeholder.to_owned(),
        is_code: true,
        ..FieldOptions::default()
    };
    edit_field(label, move || value.get(), options, make)
}

/// An edit of the Pulumi project that can't fail.
fn change(label: &'static str, change: impl FnOnce(&mut Pulumi) + 'static) -> Edit {
    Edit::new(label, move |design| {
        change(&mut design.pulumi);
        Ok(())
    })
}

/// An edit of one of its texts, without blanks around it.
fn change_text(
    label: &'static str,
    text: &str,
    set: impl FnOnce(&mut Pulumi, String) + 'static,
) -> Edit {
    let text = text.trim().to_owned();
    change(label, move |pulumi| set(pulumi, text))
}

/// The card.
pub fn program(app: App) -> AnyView {
    let package = move |text: &str| {
        let (Ok(key), Ok(feed)) =
            (PackageKey::parse(&app.new_id("package")), FeedId::parse(&app.new_id("feed")))
        else {
            return refuse("No id could be made.");
        };
        Ok(infrastructure::set_program_package(key, feed, text))
    };
    let package_id = app.memo(|design| {
        let key = design.pulumi.package.as_ref();
        let package = key.and_then(|key| design.project.packages.get(key));
        package.map(|package| package.package_id.clone()).unwrap_or_default()
    });
    let feeds = move || {
        app.read(|design| {
            let feeds = &design.space.feeds;
            feeds
                .iter()
                .map(|feed| (feed.id.to_string(), feed.name.to_string()))
                .collect::<Vec<_>>()
        })
    };
    let feed = app.memo(|design| {
        let key = design.pulumi.package.as_ref();
        let package = key.and_then(|key| design.project.packages.get(key));
        match package.and_then(|package| package.feed.as_ref()) {
            Some(Bound::Is(feed)) => feed.to_string(),
            _ => String::new(),
        }
    });
    let has_package = move || !package_id.with(String::is_empty);
    let body = view! {
        <div class="card__body">
            {text(app, "Project", "The name in Pulumi.yaml.", "my-project",
                |pulumi| pulumi.project.as_ref().map(ToString::to_string).unwrap_or_default(),
                move |text| Ok(stacks::set_project(text)))}
            {edit_field("Package", move || package_id.get(), FieldOptions {
                help: "The id of the package that holds the program.",
                placeholder: "my-org.infrastructure".into(),
                is_code: true,
                ..FieldOptions::default()
            }, package)}
            {when(has_package, move || select_field("Feed", move || feed.get(), feeds, false, move |id| {
                if let Ok(id) = FeedId::parse(&id) {
                    app.run_or_tell(infrastructure::set_program_feed(id));
                }
            }))}
            {text(app, "Name of the package reference", "Scripts know the package by this name; empty takes its id.", "pulumi-app",
                |pulumi| pulumi.reference.clone(),
                move |text| Ok(change_text("Name package reference", text, |pulumi, text| pulumi.reference = text)))}
            {text(app, "Folder in the package", "The folder that holds Pulumi.yaml; empty is the package's root.", "infrastructure",
                |pulumi| pulumi.folder.clone(),
                move |text| Ok(change_text("Choose folder", text, |pulumi, text| pulumi.folder = text)))}
            {backend(app)}
            {credentials(app)}
        </div>
    }
    .into_any();
    card("Pulumi program", ().into_any(), body)
}

fn optional_name(name: Option<&VariableName>) -> String {
    name.map(ToString::to_string).unwrap_or_default()
}

fn backend(app: App) -> AnyView {
    let kind = app.memo(|design| design.pulumi.backend.word().to_owned());
    let options = || {
        [
            ("cloud", "Pulumi Cloud, with an access token"),
            ("oidc", "Pulumi Cloud, with OpenID Connect"),
            ("self-managed", "A backend of your own"),
        ]
        .map(|(word, label)| (word.to_owned(), label.to_owned()))
        .to_vec()
    };
    let pick = move |word: String| {
        app.run_or_tell(Edit::new("Choose backend", move |design| {
            design.pulumi.backend = match word.as_str() {
                "oidc" => Backend::Oidc(OidcLogin {
                    account: VariableName::parse("PulumiCloud")
                        .map_err(|error| Refusal(error.rule))?,
                    organization: first_organization(&design.pulumi)?,
                    extra: Extra::default(),
                }),
                "self-managed" => Backend::SelfManaged(SelfManaged::default()),
                _ => Backend::Cloud(PulumiCloud::default()),
            };
            Ok(())
        }));
    };
    let details = live(move || {
        match kind.get().as_str() {
        "oidc" => view! {
            {text(app, "Variable with the OIDC account", "A variable of type generic OIDC account.", "PulumiCloud",
                |pulumi| match &pulumi.backend { Backend::Oidc(login) => login.account.to_string(), _ => String::new() },
                move |text| {
                    let name = VariableName::parse(text.trim()).map_err(|error| Refusal(error.rule))?;
                    Ok(change("Choose OIDC account", move |pulumi| {
                        if let Backend::Oidc(login) = &mut pulumi.backend { login.account = name; }
                    }))
                })}
            {text(app, "Organization", "The Pulumi Cloud organization that trusts your Octopus server.", "my-org",
                |pulumi| match &pulumi.backend { Backend::Oidc(login) => login.organization.to_string(), _ => String::new() },
                move |text| {
                    let organization = Organization::parse(text.trim()).map_err(|error| Refusal(error.rule))?;
                    Ok(change("Choose organization", move |pulumi| {
                        if let Backend::Oidc(login) = &mut pulumi.backend { login.organization = organization; }
                    }))
                })}
        }.into_any(),
        "self-managed" => view! {
            {text(app, "Backend URL", "Where state is kept. On a self-managed backend every organization is called organization.", "s3://my-bucket/pulumi",
                |pulumi| match &pulumi.backend { Backend::SelfManaged(own) => own.url.clone(), _ => String::new() },
                move |text| Ok(change_text("Choose backend URL", text, |pulumi, text| {
                    if let Backend::SelfManaged(own) = &mut pulumi.backend { own.url = text; }
                })))}
            {text(app, "Variable with the passphrase", "A sensitive variable; empty where a cloud key encrypts the secrets.", "Pulumi.Passphrase",
                |pulumi| match &pulumi.backend { Backend::SelfManaged(own) => optional_name(own.passphrase.as_ref()), _ => String::new() },
                move |text| {
                    let name = stacks::variable_name(text)?;
                    Ok(change("Choose passphrase variable", move |pulumi| {
                        if let Backend::SelfManaged(own) = &mut pulumi.backend { own.passphrase = name; }
                    }))
                })}
        }.into_any(),
        _ => text(app, "Variable with the access token", "A sensitive variable. Its value is never asked for here.", Pulumi::TOKEN_VARIABLE,
            |pulumi| pulumi.token_variable().unwrap_or_default().to_owned(),
            move |text| {
                let name = stacks::variable_name(text)?;
                Ok(change("Choose token variable", move |pulumi| {
                    if let Backend::Cloud(cloud) = &mut pulumi.backend { cloud.token = name; }
                }))
            }),
        }
    });
    view! {
        <fieldset class="fieldset">
            <legend>"State"</legend>
            {select_field("Backend", move || kind.get(), options, false, pick)}
            {details}
        </fieldset>
    }
    .into_any()
}

fn first_organization(pulumi: &Pulumi) -> Result<Organization, Refusal> {
    match pulumi.stacks.first() {
        Some(mapping) => Ok(mapping.stack.organization.clone()),
        None => Organization::parse("my-org").map_err(|error| Refusal(error.rule)),
    }
}

fn account(pulumi: &Pulumi) -> Option<&AccountVariable> {
    match &pulumi.credentials {
        CloudCredentials::Ambient => None,
        CloudCredentials::Aws(account)
        | CloudCredentials::Azure(account)
        | CloudCredentials::Google(account) => Some(account),
    }
}

fn account_mut(pulumi: &mut Pulumi) -> Option<&mut AccountVariable> {
    match &mut pulumi.credentials {
        CloudCredentials::Ambient => None,
        CloudCredentials::Aws(account)
        | CloudCredentials::Azure(account)
        | CloudCredentials::Google(account) => Some(account),
    }
}

fn credentials(app: App) -> AnyView {
    let kind = app.memo(|design| design.pulumi.credentials.word().to_owned());
    let options = || {
        [
            ("ambient", "None, or what the worker has"),
            ("aws", "AWS account"),
            ("azure", "Azure account"),
            ("google", "Google Cloud account"),
        ]
        .map(|(word, label)| (word.to_owned(), label.to_owned()))
        .to_vec()
    };
    let pick = move |word: String| {
        app.run_or_tell(Edit::new("Choose cloud credentials", move |design| {
            let variable = |name: &str| -> Result<AccountVariable, Refusal> {
                Ok(AccountVariable {
                    variable: VariableName::parse(name).map_err(|error| Refusal(error.rule))?,
                    region: String::new(),
                    extra: Extra::default(),
                })
            };
            design.pulumi.credentials = match word.as_str() {
                "aws" => CloudCredentials::Aws(variable("AWS")?),
                "azure" => CloudCredentials::Azure(variable("Azure")?),
                "google" => CloudCredentials::Google(variable("Google")?),
                _ => CloudCredentials::Ambient,
            };
            Ok(())
        }));
    };
    let details = live(move || {
        if kind.get() == "ambient" {
            return ().into_any();
        }
        let is_aws = kind.get() == "aws";
        view! {
            {text(app, "Variable with the account", "An account variable; scope a value of it to each environment.", "AWS",
                |pulumi| account(pulumi).map(|account| account.variable.to_string()).unwrap_or_default(),
                move |text| {
                    let name = VariableName::parse(text.trim()).map_err(|error| Refusal(error.rule))?;
                    Ok(change("Choose account variable", move |pulumi| {
                        if let Some(account) = account_mut(pulumi) { account.variable = name; }
                    }))
                })}
            {is_aws.then(|| text(app, "Region", "A region or an expression such as #{AWS.Region}.", "eu-west-1",
                |pulumi| account(pulumi).map(|account| account.region.clone()).unwrap_or_default(),
                move |text| Ok(change_text("Choose region", text, |pulumi, text| {
                    if let Some(account) = account_mut(pulumi) { account.region = text; }
                }))))}
        }
        .into_any()
    });
    view! {
        <fieldset class="fieldset">
            <legend>"Cloud credentials"</legend>
            {select_field("Cloud", move || kind.get(), options, false, pick)}
            {details}
        </fieldset>
    }
    .into_any()
}
