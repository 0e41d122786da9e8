
if is_on "$refresh"; then options+=(--refresh); fi

# Runs a preview for machines and reads what it would change: sets creates, updates,
# replaces, deletes, others and digest, and leaves the list in "$work/changes".
read_changes() {
  pulumi "${globals[@]}" preview "${options[@]}" --json >"$work/preview.json" || {
    awk '/^            "message": /' "$work/preview.json" >&2
    fail_step "pulumi preview failed for stack $stack. Nothing was changed."
  }
  # Pulumi indents by four, so the depth of a line tells what it is; no text can hold a raw line break.
  awk '
    function text(line) { sub(/^ *("(op|urn)": )?"/, "", line); sub(/",?$/, "", line); return line }
    /^    "steps": \[/ { found = 1; steps = /\[$/; next }
    /^    "changeSummary": / { found = 1; summary = /[{]$/; next }
    /^    []}]/ { steps = 0; summary = 0; next }
    summary { gsub(/[",:]/, " "); print "count\t" $1 "\t" $2; next }
    !steps { next }
    /^        [{]/ { op = ""; urn = ""; reasons = 0; list = 0; next }
    /^            "op": / { op = text($0); next }
    /^            "urn": / { urn = text($0); next }
    /^            "(diff|replace)Reasons": \[$/ { list = 1; next }
    /^            \]/ { list = 0; next }
    list { reason[++reasons] = text($0); next }
    /^        [}]/ && op != "" && op != "same" && op != "read" && op != "refresh" {
      print "change\t" op "\t" urn
      for (i = 1; i <= reasons; i++) print "reason\t" op "\t" urn "\t" reason[i]
    }
    END { if (!found) exit 1 }
  ' "$work/preview.json" >"$work/read" || fail_step "The preview could not be read: this CLI writes a form of JSON that is not known here."
  awk '!/^count\t/' "$work/read" | LC_ALL=C sort >"$work/changes" || fail_step "The preview could not be sorted."

  creates=0 updates=0 replaces=0 halves=0 deletes=0 others=0
  local kind op number
  while IFS=$'\t' read -r kind op number; do
    [ "$kind" = count ] || continue
    case "$op" in
      same | read | refresh) ;;
      create | import) creates=$((creates + number)) ;;
      update) updates=$((updates + number)) ;;
      replace) replaces=$((replaces + number)) ;;
      create-replacement | delete-replaced | import-replacement) [ "$number" -le "$halves" ] || halves=$number ;;
      delete) deletes=$((deletes + number)) ;;
      *) others=$((others + number)) ;;
    esac
  done <"$work/read"
  [ "$replaces" -gt 0 ] || replaces=$halves
  digest=$({ printf 'stack\t%s\n' "$stack" && cat -- "$work/changes"; } | openssl dgst -sha256) ||
    fail_step "The digest of the preview could not be made."
  digest=${digest##* }
  case "$digest" in
    '' | *[!0-9a-f]*) fail_step "The digest of the preview could not be made." ;;
  esac
}
