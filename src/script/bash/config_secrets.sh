
# Secrets are encrypted by Pulumi and reach it by its standard input, so that they
# stand neither in the file nor in the list of processes.
if [ "${#secret_config[@]}" -gt 0 ]; then
  find_program
  check_stack
  use_clouds
  log_in
  for entry in "${secret_config[@]}"; do
    case "$entry" in
      =*) fail_step "A secret config entry has no key." ;;
      *=*) ;;
      *) fail_step "A secret config entry needs the form key=value." ;;
    esac
    key=${entry%%=*}
    [ -n "${entry#*=}" ] || fail_step "The secret for config key $(plain "$key") has no value in this environment."
    printf '%s' "${entry#*=}" |
      pulumi "${globals[@]}" config set --secret --stack "$stack" --config-file "$file" -- "$key" ||
      fail_step "Pulumi could not store the secret for config key $(plain "$key")."
  done
fi
