
update=(up "${options[@]}" "${shown[@]}" --yes)
if is_on "$verify_preview"; then
  [ -n "$expected_digest" ] ||
    fail_step "There is no digest of an earlier preview to compare with. Check the name of the preview step, and that it ran."
  read_changes
  [ "$digest" = "$expected_digest" ] ||
    fail_step "The changes are no longer those of the preview. Nothing was changed. Preview again, and approve that."
  # What is about to happen has been shown and compared.
  update+=(--skip-preview)
fi
update+=("${up_arguments[@]}")

pulumi "${globals[@]}" "${update[@]}"
status=$?
[ "$status" -eq 0 ] ||
  fail_step "pulumi up failed for stack $stack with status $status. If another update holds the stack, let it end first; if this one was cut off, run pulumi refresh before the next."

# Publishes each output of the stack as an output variable of this step.
publish_outputs() {
  local names name value
  pulumi "${globals[@]}" stack output --json --stack "$stack" >"$work/outputs.json" ||
    fail_step "The update is done, but the outputs of stack $stack could not be read."
  # Names stand at the first depth; a name with an escape in it cannot be a variable's.
  mapfile -t names < <(awk '
    match($0, /^ +"[^"\\]*": /) {
      depth = index($0, "\"")
      if (!first) first = depth
      if (depth == first) print substr($0, depth + 1, RLENGTH - depth - 3)
    }' "$work/outputs.json")
  for name in "${names[@]}"; do
    value=$(pulumi "${globals[@]}" stack output --stack "$stack" -- "$name") ||
      fail_step "The update is done, but its output $(plain "$name") could not be read."
    case "$value" in
      *'[secret]'*)
        if [ "$publish" = all ]; then
          value=$(pulumi "${globals[@]}" stack output --show-secrets --stack "$stack" -- "$name") ||
            fail_step "The update is done, but its output $(plain "$name") could not be read."
          set_octopusvariable "$name" "$value" -sensitive
        else
          echo "The output $name is a secret and is not published."
        fi
        ;;
      *) set_octopusvariable "$name" "$value" ;;
    esac
  done
}
if is_on "$publish_files"; then
  # Pulumi writes [secret] for each secret.
  pulumi "${globals[@]}" stack output --json --stack "$stack" >"$work/outputs.json" ||
    fail_step "The update is done, but the outputs of stack $stack could not be read."
  publish_file outputs.json
fi
case "$publish" in
  none | '') ;;
  plain | all) publish_outputs ;;
  *) fail_step "The outputs to publish must be none, plain or all." ;;
esac

write_highlight "Pulumi up of $stack is done"
exit 0
