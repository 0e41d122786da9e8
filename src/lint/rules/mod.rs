//! The rules, a file each, by area.

use super::Rule;
use super::check::Piece;

mod approval {
    pub mod anybody;
    pub mod destroy_unguarded;
    pub mod missing;
    pub mod too_late;
}
mod backend {
    pub mod file_on_many_workers;
    pub mod no_passphrase;
    pub mod unknown_url;
    pub mod variable_missing;
    pub mod wrong_type;
}
mod community {
    pub mod asks_nobody;
    pub mod breaks_arguments;
    pub mod checkbox_not_taken;
    pub mod hides_failure;
    pub mod no_cloud_secret;
    pub mod no_token;
}
mod credentials {
    pub mod account_kind;
    pub mod account_restricted;
    pub mod hole;
    pub mod no_region;
    pub mod plain_secret;
    pub mod plain_token;
    pub mod secret_for_all;
    pub mod variable_missing;
    pub mod wrong_type;
}
mod expressions {
    pub mod broken;
    pub mod unknown_step;
    pub mod unknown_variable;
}
mod lifecycle {
    pub mod all_optional;
    pub mod empty_phases;
    pub mod environment_twice;
    pub mod minimum;
    pub mod out_of_reach;
}
mod process {
    pub mod backoff_without_retries;
    pub mod channels_in_runbook;
    pub mod condition_empty;
    pub mod condition_ignores_failure;
    pub mod condition_on_action;
    pub mod container_feed;
    pub mod first_with_previous;
    pub mod image_not_pinned;
    pub mod name_clash;
    pub mod never_runs;
    pub mod no_targets;
    pub mod property_missing;
    pub mod retries_not_allowed;
    pub mod retry_count;
    pub mod unknown_target_tag;
    pub mod unsafe_name;
}
mod project {
    pub mod channel_name;
    pub mod dangling;
    pub mod default_channel;
    pub mod tags_without_tenants;
    pub mod unknown_variable;
}
mod pulumi {
    pub mod dangerous_argument;
    pub mod fixed_folder;
    pub mod folder_across_workers;
    pub mod no_folder;
    pub mod no_package;
    pub mod not_a_number;
    pub mod override_not_kept;
    pub mod parallel_on_one_stack;
    pub mod secret_in_settings;
    pub mod verifies_no_preview;
}
mod script {
    pub mod azure_loses_failure;
    pub mod goes_on_after_failure;
    pub mod inline_expression;
    pub mod shows_secrets;
    pub mod unknown_package;
}
mod space {
    pub mod name_clash;
    pub mod unknown_tag;
}
mod stacks {
    pub mod awkward_name;
    pub mod missing;
    pub mod organization;
    pub mod other_project;
    pub mod said_twice;
    pub mod shared;
    pub mod shared_settings_file;
}
mod variables {
    pub mod case_clash;
    pub mod derived_clash;
    pub mod library_scope;
    pub mod mixed_prompts;
    pub mod never_applies;
    pub mod nothing_chosen;
    pub mod overwritten;
    pub mod secret_not_set;
    pub mod stack_hides;
    pub mod tie;
    pub mod unreachable_name;
}

/// Rules that would take long on a large design, in pieces.
pub static IN_PIECES: &[(&Rule, Piece)] = &[
    (&credentials::plain_token::RULE, credentials::plain_token::check_piece),
    (&expressions::broken::RULE, expressions::broken::check_piece),
    (&expressions::unknown_step::RULE, expressions::unknown_step::check_piece),
    (&expressions::unknown_variable::RULE, expressions::unknown_variable::check_piece),
];

/// All rules, in the order in which they are shown.
pub static RULES: &[&Rule] = &[
    &stacks::missing::RULE,
    &stacks::shared::RULE,
    &stacks::said_twice::RULE,
    &stacks::shared_settings_file::RULE,
    &stacks::other_project::RULE,
    &stacks::organization::RULE,
    &stacks::awkward_name::RULE,
    &backend::file_on_many_workers::RULE,
    &backend::unknown_url::RULE,
    &backend::no_passphrase::RULE,
    &backend::variable_missing::RULE,
    &backend::wrong_type::RULE,
    &credentials::hole::RULE,
    &credentials::variable_missing::RULE,
    &credentials::wrong_type::RULE,
    &credentials::no_region::RULE,
    &credentials::account_kind::RULE,
    &credentials::account_restricted::RULE,
    &credentials::secret_for_all::RULE,
    &credentials::plain_token::RULE,
    &credentials::plain_secret::RULE,
    &variables::tie::RULE,
    &variables::case_clash::RULE,
    &variables::unreachable_name::RULE,
    &variables::overwritten::RULE,
    &variables::library_scope::RULE,
    &variables::never_applies::RULE,
    &variables::derived_clash::RULE,
    &variables::mixed_prompts::RULE,
    &variables::nothing_chosen::RULE,
    &variables::secret_not_set::RULE,
    &variables::stack_hides::RULE,
    &expressions::broken::RULE,
    &expressions::unknown_variable::RULE,
    &expressions::unknown_step::RULE,
    &process::unsafe_name::RULE,
    &process::name_clash::RULE,
    &process::first_with_previous::RULE,
    &process::no_targets::RULE,
    &process::unknown_target_tag::RULE,
    &process::backoff_without_retries::RULE,
    &process::retries_not_allowed::RULE,
    &process::retry_count::RULE,
    &process::condition_empty::RULE,
    &process::condition_on_action::RULE,
    &process::condition_ignores_failure::RULE,
    &process::property_missing::RULE,
    &process::never_runs::RULE,
    &process::channels_in_runbook::RULE,
    &process::image_not_pinned::RULE,
    &process::container_feed::RULE,
    &approval::missing::RULE,
    &approval::too_late::RULE,
    &approval::anybody::RULE,
    &approval::destroy_unguarded::RULE,
    &pulumi::no_package::RULE,
    &pulumi::fixed_folder::RULE,
    &pulumi::folder_across_workers::RULE,
    &pulumi::no_folder::RULE,
    &pulumi::override_not_kept::RULE,
    &pulumi::not_a_number::RULE,
    &pulumi::verifies_no_preview::RULE,
    &pulumi::parallel_on_one_stack::RULE,
    &pulumi::dangerous_argument::RULE,
    &pulumi::secret_in_settings::RULE,
    &community::no_token::RULE,
    &community::no_cloud_secret::RULE,
    &community::asks_nobody::RULE,
    &community::hides_failure::RULE,
    &community::checkbox_not_taken::RULE,
    &community::breaks_arguments::RULE,
    &script::inline_expression::RULE,
    &script::goes_on_after_failure::RULE,
    &script::azure_loses_failure::RULE,
    &script::unknown_package::RULE,
    &script::shows_secrets::RULE,
    &lifecycle::environment_twice::RULE,
    &lifecycle::all_optional::RULE,
    &lifecycle::empty_phases::RULE,
    &lifecycle::minimum::RULE,
    &lifecycle::out_of_reach::RULE,
    &project::channel_name::RULE,
    &project::default_channel::RULE,
    &project::tags_without_tenants::RULE,
    &project::dangling::RULE,
    &project::unknown_variable::RULE,
    &space::name_clash::RULE,
    &space::unknown_tag::RULE,
];
