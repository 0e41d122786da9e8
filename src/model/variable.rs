//! Variables: a name and its scoped values.
//!
//! Source: reference, variables, sections 1 and 4.

use serde_json::Value;

use super::ids::{
    AccountId, CertificateId, ValueId, VariableId, VariableName, VariableTemplateId, WorkerPoolId,
};
use super::scope::Scope;
use crate::record::{
    Bound, Entity, Extra, Field, Member, Reader, Record, Schemas, Table, Visit, VisitMut, choices,
    read_members, records, words, write_members,
};

words! {
    /// How a prompt or template parameter is entered.
    pub enum ControlType {
        /// One line.
        SingleLine = "SingleLineText", "Single-line text";
        /// Several lines.
        MultiLine = "MultiLineText", "Multi-line text";
        /// One of some options.
        Select = "Select", "Drop down";
        /// `True` or `False`.
        Checkbox = "Checkbox", "Checkbox";
        /// A secret.
        Sensitive = "Sensitive", "Sensitive/password box";
        /// The name of a step.
        StepName = "StepName", "Step name";
        /// A package.
        Package = "Package", "Package";
        /// An AWS account.
        AwsAccount = "AmazonWebServicesAccount", "AWS Account";
        /// An Azure account.
        AzureAccount = "AzureAccount", "Azure Account";
        /// A Google Cloud account.
        GoogleAccount = "GoogleCloudAccount", "Google Cloud Account";
        /// A username and password.
        UsernamePassword = "UsernamePasswordAccount", "Username/Password Account";
        /// A generic OpenID Connect account.
        GenericOidc = "GenericOidcAccount", "Generic OIDC Account";
        /// A certificate.
        Certificate = "Certificate", "Certificate";
        /// A worker pool.
        WorkerPool = "WorkerPool", "Worker Pool";
        /// Known to the portal's contracts only.
        Custom = "Custom", "Custom";
    }
}

records! {
    /// Asks for a value when a deployment is created.
    #[derive(Default)]
    pub struct Prompt {
        /// What it asks.
        label: String = "label",
        /// Help below it.
        description: String = "description",
        /// Whether it must be answered.
        required: bool = "required",
        /// How it is entered.
        control: ControlType = "control",
        /// Options of a drop down, a line each: `value|Label`.
        options: String = "options",
    }

    /// A plain text.
    #[derive(Default)]
    pub struct TextContent {
        /// The text, perhaps with `#{…}` in it.
        text: String = "value",
    }

    /// An account, or nothing yet.
    #[derive(Default)]
    pub struct AccountContent {
        /// Which.
        account: Option<Bound<AccountId>> = "account",
    }

    /// A certificate, or nothing yet.
    #[derive(Default)]
    pub struct CertificateContent {
        /// Which.
        certificate: Option<Bound<CertificateId>> = "certificate",
    }

    /// A worker pool, or nothing yet.
    #[derive(Default)]
    pub struct WorkerPoolContent {
        /// Which.
        pool: Option<Bound<WorkerPoolId>> = "pool",
    }
}

/// A secret: only whether Octopus is to have one. There is no field for its text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SensitiveContent {
    /// Whether a secret is, or is to be, stored in Octopus.
    pub is_set: bool,
    /// Members that this version does not know, never the secret.
    pub extra: Extra,
}

/// Where files written by hand keep a secret's text.
const SECRETS: [&str; 3] = ["value", "Value", "NewValue"];

/// Takes the place of a secret's text: reads it as "is set" and drops it.
struct Dropped<'r>(&'r mut bool);

impl Record for SensitiveContent {
    fn members(&self, visit: Visit) {
        visit(
            "set",
            "Whether Octopus holds a secret. The secret itself never stands in a design.",
            &self.is_set,
        );
    }

    fn members_mut(&mut self, visit: VisitMut) {
        visit("set", &mut self.is_set);
        for secret in SECRETS {
            visit(secret, &mut Dropped(&mut self.is_set));
        }
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.extra
    }
}

impl Member for Dropped<'_> {
    fn read_from(&mut self, _: &Value, reader: &mut Reader) {
        *self.0 = true;
        reader
            .warning("design/secret-dropped", "A secret stood here; only that it is set was kept.");
    }

    fn take_missing(&mut self) -> bool {
        true
    }

    fn written(&self) -> Option<Value> {
        None
    }

    fn may_be_left_out(&self) -> bool {
        true
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn described(&self, _: &mut Schemas) -> Value {
        Value::Bool(false)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn is_required(&self) -> bool {
        false
    }
}

impl Field for SensitiveContent {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        let map = reader.object(value)?;
        let mut record = Self::default();
        read_members(&mut record, map, None, reader).then_some(record)
    }

    fn write(&self) -> Value {
        let mut map = serde_json::Map::new();
        write_members(self, &mut map);
        Value::Object(map)
    }

    fn blank() -> Self {
        Self::default()
    }

    fn missing() -> Option<Self> {
        Some(Self::default())
    }

    fn is_missing(&self) -> bool {
        self.is_left_out()
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.record("SensitiveContent", &Self::default())
    }
}

choices! {
    /// What a value holds, by Octopus's variable types.
    pub enum VariableContent by "type" {
        /// Text.
        Text(TextContent) = "String",
        /// A secret.
        Sensitive(SensitiveContent) = "Sensitive",
        /// An AWS account.
        AwsAccount(AccountContent) = "AmazonWebServicesAccount",
        /// An Azure subscription.
        AzureAccount(AccountContent) = "AzureAccount",
        /// A Google Cloud account.
        GoogleAccount(AccountContent) = "GoogleCloudAccount",
        /// A username and password.
        UsernamePassword(AccountContent) = "UsernamePasswordAccount",
        /// A generic OpenID Connect account.
        GenericOidc(AccountContent) = "GenericOidcAccount",
        /// A certificate.
        Certificate(CertificateContent) = "Certificate",
        /// A worker pool.
        WorkerPool(WorkerPoolContent) = "WorkerPool",
    }
}

impl VariableContent {
    /// The words of all types with the portal's labels, in the order of its list.
    pub const TYPES: &'static [(&'static str, &'static str)] = &[
        ("String", "Text"),
        ("Sensitive", "Sensitive"),
        ("AmazonWebServicesAccount", "AWS Account"),
        ("AzureAccount", "Azure Account"),
        ("GoogleCloudAccount", "Google Cloud Account"),
        ("UsernamePasswordAccount", "Username Password Account"),
        ("GenericOidcAccount", "Generic OIDC Account"),
        ("Certificate", "Certificate"),
        ("WorkerPool", "Worker Pool"),
    ];

    /// A plain text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(TextContent { text: text.into(), ..TextContent::default() })
    }

    /// An empty content of the type written as `word`.
    #[must_use]
    pub fn empty(word: &str) -> Option<Self> {
        Some(match word {
            "String" => Self::text(""),
            "Sensitive" => Self::Sensitive(SensitiveContent::default()),
            "AmazonWebServicesAccount" => Self::AwsAccount(AccountContent::default()),
            "AzureAccount" => Self::AzureAccount(AccountContent::default()),
            "GoogleCloudAccount" => Self::GoogleAccount(AccountContent::default()),
            "UsernamePasswordAccount" => Self::UsernamePassword(AccountContent::default()),
            "GenericOidcAccount" => Self::GenericOidc(AccountContent::default()),
            "Certificate" => Self::Certificate(CertificateContent::default()),
            "WorkerPool" => Self::WorkerPool(WorkerPoolContent::default()),
            _ => return None,
        })
    }

    /// The portal's label of this type.
    #[must_use]
    pub fn label(&self) -> &'static str {
        let word = self.word();
        Self::TYPES.iter().find(|(known, _)| *known == word).map_or(word, |(_, label)| label)
    }

    /// The account reference, for the account types.
    #[must_use]
    pub fn account(&self) -> Option<&AccountContent> {
        match self {
            Self::AwsAccount(account)
            | Self::AzureAccount(account)
            | Self::GoogleAccount(account)
            | Self::UsernamePassword(account)
            | Self::GenericOidc(account) => Some(account),
            _ => None,
        }
    }

    /// Whether it is a secret.
    #[must_use]
    pub fn is_sensitive(&self) -> bool {
        matches!(self, Self::Sensitive(_))
    }
}

records! {
    /// One value of a variable and where it applies.
    pub struct VariableValue {
        /// Its id.
        id: ValueId = "id",
        /// What it holds.
        content: VariableContent = "content",
        /// Where it applies.
        scope: Scope = "scope",
        /// What it is for.
        description: String = "description",
        /// Asks for the value at deployment time.
        prompt: Option<Prompt> = "prompt",
        /// Octopus's id of the value, if it is known.
        octopus_id: String = "octopusId",
    }

    /// All values of one name in one set.
    pub struct Variable {
        /// Its id.
        id: VariableId = "id",
        /// Its name.
        name: VariableName = "name",
        /// Its values, in the order in which they were made.
        values: Table<VariableValue> = "values",
    }

    /// A variable that every tenant fills in for itself.
    pub struct VariableTemplate {
        /// Its id.
        id: VariableTemplateId = "id",
        /// The variable's name.
        name: VariableName = "name",
        /// What it asks.
        label: String = "label",
        /// Help below it.
        help: String = "help",
        /// Taken where a tenant has no value; no secret.
        default_value: String = "defaultValue",
        /// How it is entered.
        control: ControlType = "control",
        /// Options of a drop down, a line each: `value|Label`.
        options: String = "options",
    }
}

impl VariableValue {
    /// A value with nothing but a content.
    #[must_use]
    pub fn new(id: ValueId, content: VariableContent, scope: Scope) -> Self {
        Self {
            id,
            content,
            scope,
            description: String::new(),
            prompt: None,
            octopus_id: String::new(),
            extra: Extra::default(),
        }
    }
}

impl Variable {
    /// A variable without values.
    #[must_use]
    pub fn new(id: VariableId, name: VariableName) -> Self {
        Self { id, name, values: Table::default(), extra: Extra::default() }
    }
}

impl Entity for VariableValue {
    type Id = ValueId;
    fn id(&self) -> &ValueId {
        &self.id
    }
}

impl Entity for Variable {
    type Id = VariableId;
    fn id(&self) -> &VariableId {
        &self.id
    }
}

impl Entity for VariableTemplate {
    type Id = VariableTemplateId;
    fn id(&self) -> &VariableTemplateId {
        &self.id
    }
}
