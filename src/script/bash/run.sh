
need openssl
find_program
check_stack
use_clouds
log_in

# Lets Pulumi's own record of the update point back to this deployment.
tell() {
  local value
  value=$(get_octopusvariable "$2")
  [ -z "$value" ] || export "$1=$value"
}
export PULUMI_CI_SYSTEM='Octopus Deploy'
tell PULUMI_CI_BUILD_ID Octopus.Task.Id
tell PULUMI_CI_BUILD_ID Octopus.RunbookRun.Id
tell PULUMI_CI_BUILD_ID Octopus.Deployment.Id
tell PULUMI_CI_BUILD_NUMBER Octopus.Release.Number
tell PULUMI_CI_BUILD_TYPE Octopus.Environment.Name
tell PULUMI_CI_BRANCH_NAME Octopus.Release.Git.BranchName
tell PULUMI_CI_PULL_REQUEST_SHA Octopus.Release.Git.CommitHash
server=$(get_octopusvariable "Octopus.Web.ServerUri")
link=$(get_octopusvariable "Octopus.Web.DeploymentLink")
if [ -n "$server" ] && [ -n "$link" ]; then
  export PULUMI_CI_BUILD_URL="${server%/}/${link#/}"
fi

case "$restore" in
  none | '') ;;
  pulumi-install)
    pulumi "${globals[@]}" install || fail_step "The dependencies of the program could not be restored (pulumi install)."
    ;;
  commands)
    for command in "${restore_commands[@]}"; do
      (cd -- "$program" && bash -c "$command") || fail_step "A command that restores dependencies failed: $(plain "$command")"
    done
    ;;
  *) fail_step "The way to restore dependencies must be none, pulumi-install or commands." ;;
esac

# The same words for every operation of this step, so that each sees the same program and config.
options=(--stack "$stack")
if [ -n "$config_file" ]; then
  case "$config_file" in
    /*) ;;
    *) config_file="$program/$config_file" ;;
  esac
  [ -f "$config_file" ] || fail_step "There is no config file $(plain "$config_file") on this worker."
  options+=(--config-file "$config_file")
fi
case "$parallel" in
  '') ;;
  *[!0-9]*) fail_step "The number of parallel operations is not a number." ;;
  *) options+=(--parallel "$parallel") ;;
esac
[ -z "$message" ] || options+=(--message "$message")
options+=("${arguments[@]}")
shown=(--suppress-progress)
if is_on "$show_diff"; then shown+=(--diff); fi
