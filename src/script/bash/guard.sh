
# Nothing is touched before all of this is so.
[ -n "$stack" ] || fail_step "The stack has no value in this environment."
environment=$(get_octopusvariable "Octopus.Environment.Name")
allowed=''
for name in "${allowed_environments[@]}"; do
  if [ -n "$name" ] && [ "$name" = "$environment" ]; then allowed=yes; fi
done
[ -n "$allowed" ] || fail_step "Stacks of the environment $(plain "$environment") may not be destroyed by this step."
for word in "${protected_words[@]}"; do
  case "${environment,,} ${stack,,}" in
    *"${word,,}"*) fail_step "The environment or the stack is protected by its name, which has $(plain "$word") in it." ;;
  esac
done
[ "$confirmation" = "$stack" ] ||
  fail_step "To destroy the stack, its full name must be typed as the confirmation. Nothing was changed."
