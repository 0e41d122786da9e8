
if is_on "$create_stack"; then
  create=(stack select "$stack" --create)
  [ -z "$secrets_provider" ] || create+=(--secrets-provider "$secrets_provider")
  pulumi "${globals[@]}" "${create[@]}" || fail_step "The stack $stack could neither be selected nor created."
fi
