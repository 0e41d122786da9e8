
pulumi "${globals[@]}" preview "${options[@]}" "${shown[@]}" | tee "$work/preview.txt"
[ "${PIPESTATUS[0]}" -eq 0 ] || fail_step "pulumi preview failed for stack $stack. Nothing was changed."
read_changes

if is_on "$publish_files"; then
  # A summary only: the full preview holds the properties of every resource.
  mv -- "$work/preview.json" "$work/full.json" || fail_step "The summary of the preview could not be made."
  {
    printf '{\n  "stack": "%s",\n  "digest": "%s",\n' "$stack" "$digest"
    printf '  "creates": %s,\n  "updates": %s,\n  "replaces": %s,\n  "deletes": %s,\n  "others": %s,\n  "changes": [' \
      "$creates" "$updates" "$replaces" "$deletes" "$others"
    awk -F '\t' '$1 == "change" { printf "%s\n    {\"op\": \"%s\", \"urn\": \"%s\"}", comma, $2, $3; comma = "," }' "$work/changes"
    printf '\n  ]\n}\n'
  } >"$work/preview.json" || fail_step "The summary of the preview could not be made."
  publish_file preview.json
  publish_file preview.txt
fi

has_changes=False
if [ $((creates + updates + replaces + deletes + others)) -gt 0 ] || [ -s "$work/changes" ]; then
  has_changes=True
fi
set_octopusvariable "Creates" "$creates"
set_octopusvariable "Updates" "$updates"
set_octopusvariable "Replaces" "$replaces"
set_octopusvariable "Deletes" "$deletes"
set_octopusvariable "HasChanges" "$has_changes"
set_octopusvariable "Digest" "$digest"
line="Pulumi preview of $stack: $creates to create, $updates to update, $replaces to replace, $deletes to delete"
[ "$others" -eq 0 ] || line="$line, $others other"
write_highlight "$line"
exit 0
