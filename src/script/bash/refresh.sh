
# Only from 3.227.0 on does the CLI tell drift from failure by its status.
version=$(pulumi version) || fail_step "The version of Pulumi could not be read."
version=${version#v}
IFS=. read -r major minor _ <<<"$version"
case "$major.$minor" in
  *[!0-9.]* | .* | *.) fail_step "The version of Pulumi could not be understood: $(plain "$version")" ;;
esac
if [ "$major" -lt 3 ] || { [ "$major" -eq 3 ] && [ "$minor" -lt 227 ]; }; then
  fail_step "The check for drift needs Pulumi 3.227.0 or newer; this worker has $(plain "$version")."
fi

pulumi "${globals[@]}" refresh "${options[@]}" "${shown[@]}" --preview-only --expect-no-changes | tee "$work/drift.txt"
case "${PIPESTATUS[0]}" in
  0) has_drift=False ;;
  7) has_drift=True ;;
  *) fail_step "pulumi refresh failed for stack $stack. Nothing was changed." ;;
esac
if is_on "$publish_files"; then publish_file drift.txt; fi
set_octopusvariable "HasDrift" "$has_drift"
if [ "$has_drift" = True ]; then
  write_highlight "Stack $stack has drifted from its state"
  if is_on "$fail_on_drift"; then fail_step "Stack $stack has drifted: what is in the cloud is not what its state says."; fi
else
  write_highlight "Stack $stack has not drifted"
fi
exit 0
