
if is_on "$refresh"; then options+=(--refresh); fi
if is_on "$exclude_protected"; then options+=(--exclude-protected); fi

pulumi "${globals[@]}" destroy "${options[@]}" "${shown[@]}" --preview-only | tee "$work/destroy.txt"
[ "${PIPESTATUS[0]}" -eq 0 ] || fail_step "pulumi destroy could not be previewed for stack $stack. Nothing was changed."
if is_on "$publish_files"; then publish_file destroy.txt; fi
if is_on "$preview_only"; then
  write_highlight "Pulumi destroy of $stack was only previewed"
  exit 0
fi

destroy=(destroy "${options[@]}" "${shown[@]}" --yes --skip-preview)
if is_on "$remove_stack"; then destroy+=(--remove); fi
pulumi "${globals[@]}" "${destroy[@]}"
status=$?
[ "$status" -eq 0 ] ||
  fail_step "pulumi destroy failed for stack $stack with status $status. Protected resources are one reason; some resources may be gone already."
write_highlight "Pulumi destroy of $stack is done"
exit 0
