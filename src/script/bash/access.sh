
need() {
  command -v "$1" >/dev/null 2>&1 ||
    fail_step "This worker has no $1. Install it, or run the step in a container image that has it."
}

is_on() {
  case "$1" in
    [Tt][Rr][Uu][Ee] | [Yy][Ee][Ss] | 1) return 0 ;;
  esac
  return 1
}

# Sets program: the folder that holds the Pulumi project.
find_program() {
  if [ "$program_source" = package ] && [ -z "$program_root" ]; then
    fail_step "The package reference has no extracted path. Check that the reference has this name and that Extract is on."
  fi
  [ -n "$program_root" ] || fail_step "The folder of the Pulumi program has no value here."
  program=$program_root
  [ -z "$program_folder" ] || program="$program_root/$program_folder"
  [ -d "$program" ] || fail_step "There is no folder $(plain "$program") on this worker."
  program=$(CDPATH='' cd -- "$program" && pwd -P) || fail_step "The folder of the Pulumi program cannot be entered."
  [ -f "$program/Pulumi.yaml" ] || [ -f "$program/Pulumi.yml" ] || [ -f "$program/Pulumi.json" ] ||
    fail_step "There is no Pulumi project file in $(plain "$program")."
  globals=(--cwd "$program" --non-interactive --color never)
}

check_stack() {
  case "$stack" in
    '') fail_step "The stack has no value in this environment." ;;
    -* | *[!A-Za-z0-9_./-]*) fail_step "This is not the name of a stack: $(plain "$stack")" ;;
  esac
}

# Signs in to the backend, with credentials that this run keeps to itself.
log_in() {
  local worker_home=${PULUMI_HOME:-${HOME:-}/.pulumi} jwt
  need pulumi
  PULUMI_HOME="$work/home"
  mkdir -- "$PULUMI_HOME" || fail_step "No private folder for Pulumi could be made."
  if is_on "$share_plugins" && [ -d "$worker_home/plugins" ]; then
    ln -s -- "$worker_home/plugins" "$PULUMI_HOME/plugins" || fail_step "The worker's plugins could not be linked."
  fi
  export PULUMI_HOME PULUMI_SKIP_UPDATE_CHECK=true
  unset PULUMI_ACCESS_TOKEN PULUMI_BACKEND_URL PULUMI_ENABLE_STREAMING_JSON_PREVIEW
  [ -z "$passphrase" ] || export PULUMI_CONFIG_PASSPHRASE="$passphrase"
  [ -z "$backend_url" ] || export PULUMI_BACKEND_URL="$backend_url"
  case "$backend" in
    cloud)
      [ -n "$access_token" ] ||
        fail_step "The Pulumi access token has no value here. Check the scope of its variable."
      export PULUMI_ACCESS_TOKEN="$access_token"
      ;;
    oidc)
      jwt=$(get_octopusvariable "$oidc_account.OpenIdConnect.Jwt")
      [ -n "$jwt" ] || fail_step "The OpenID Connect account variable $(plain "$oidc_account") has no token here."
      printf '%s' "$jwt" >"$work/pulumi.jwt" || fail_step "The OpenID Connect token could not be written."
      pulumi login --non-interactive --oidc-token "file://$work/pulumi.jwt" --oidc-org "$oidc_organization" \
        "${backend_url:-https://api.pulumi.com}" || fail_step "Pulumi did not accept the OpenID Connect token."
      ;;
    self-managed)
      [ -n "$backend_url" ] || fail_step "The address of the self-managed backend has no value here."
      ;;
    *) fail_step "The backend must be cloud, oidc or self-managed." ;;
  esac
}

# Hands the chosen Octopus accounts to Pulumi's providers. None: what the worker or the step type gives.
use_clouds() {
  local key jwt role session
  if [ -n "$aws_account" ]; then
    key=$(get_octopusvariable "$aws_account.AccessKey")
    jwt=$(get_octopusvariable "$aws_account.OpenIdConnect.Jwt")
    unset AWS_PROFILE AWS_SESSION_TOKEN AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
    if [ -n "$key" ]; then
      AWS_ACCESS_KEY_ID=$key
      AWS_SECRET_ACCESS_KEY=$(get_octopusvariable "$aws_account.SecretKey")
      [ -n "$AWS_SECRET_ACCESS_KEY" ] || fail_step "The AWS account variable $(plain "$aws_account") has no secret key here."
      export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
    elif [ -n "$jwt" ]; then
      role=$(get_octopusvariable "$aws_account.RoleArn")
      [ -n "$role" ] || fail_step "The AWS account variable $(plain "$aws_account") has no role here."
      printf '%s' "$jwt" >"$work/aws.jwt" || fail_step "The AWS token could not be written."
      session=$(get_octopusvariable "Octopus.Task.Id")
      session="octopus-${session//[^A-Za-z0-9]/-}"
      export AWS_WEB_IDENTITY_TOKEN_FILE="$work/aws.jwt" AWS_ROLE_ARN="$role" AWS_ROLE_SESSION_NAME="${session:0:64}"
    else
      fail_step "The AWS account variable $(plain "$aws_account") has neither an access key nor a token here."
    fi
  fi
  [ -z "$aws_region" ] || export AWS_REGION="$aws_region" AWS_DEFAULT_REGION="$aws_region"

  if [ -n "$azure_account" ]; then
    ARM_SUBSCRIPTION_ID=$(get_octopusvariable "$azure_account.SubscriptionNumber")
    ARM_TENANT_ID=$(get_octopusvariable "$azure_account.TenantId")
    ARM_CLIENT_ID=$(get_octopusvariable "$azure_account.Client")
    ARM_CLIENT_SECRET=$(get_octopusvariable "$azure_account.Password")
    jwt=$(get_octopusvariable "$azure_account.OpenIdConnect.Jwt")
    [ -n "$ARM_CLIENT_ID" ] || fail_step "The Azure account variable $(plain "$azure_account") has no client here."
    export ARM_SUBSCRIPTION_ID ARM_TENANT_ID ARM_CLIENT_ID
    if [ -n "$ARM_CLIENT_SECRET" ]; then
      export ARM_CLIENT_SECRET
    elif [ -n "$jwt" ]; then
      unset ARM_CLIENT_SECRET
      export ARM_USE_OIDC=true ARM_OIDC_TOKEN="$jwt"
    else
      fail_step "The Azure account variable $(plain "$azure_account") has neither a password nor a token here."
    fi
    case "$(get_octopusvariable "$azure_account.AzureEnvironment")" in
      AzureUSGovernment) export ARM_ENVIRONMENT=usgovernment ;;
      AzureChinaCloud) export ARM_ENVIRONMENT=china ;;
      AzureGermanCloud) export ARM_ENVIRONMENT=german ;;
    esac
  fi

  if [ -n "$google_account" ]; then
    key=$(get_octopusvariable "$google_account.JsonKey")
    jwt=$(get_octopusvariable "$google_account.OpenIdConnect.Jwt")
    if [ -n "$key" ]; then
      case "$key" in
        *'{'*) ;;
        *) key=$(printf '%s' "$key" | openssl base64 -d -A) || fail_step "The Google key could not be decoded." ;;
      esac
      export GOOGLE_CREDENTIALS="$key"
    elif [ -n "$jwt" ]; then
      role=$(get_octopusvariable "$google_account.Audience")
      printf '%s' "$jwt" >"$work/google.jwt" || fail_step "The Google token could not be written."
      printf '{"type":"external_account","audience":"%s","subject_token_type":"urn:ietf:params:oauth:token-type:jwt","token_url":"https://sts.googleapis.com/v1/token","credential_source":{"file":"%s"}}\n' \
        "${role#https:}" "$work/google.jwt" >"$work/google.json" || fail_step "The Google token could not be written."
      export GOOGLE_APPLICATION_CREDENTIALS="$work/google.json"
    else
      fail_step "The Google account variable $(plain "$google_account") has neither a key nor a token here."
    fi
  fi
  [ -z "$google_project" ] || export GOOGLE_PROJECT="$google_project"
}
