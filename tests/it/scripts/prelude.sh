# Octopus's helper functions as scripts see them, writing down what they are told.
# get_octopusvariable is written by the test, with the variables of its case.

# shellcheck disable=SC2317
set_octopusvariable() {
  printf 'set %s = %s %s\n' "$1" "$2" "${3:-}" >>"$STUB/calls"
  echo "##octopus[setVariable name='$(printf '%s' "$1" | base64 -w0)' value='$(printf '%s' "$2" | base64 -w0)']"
}

# shellcheck disable=SC2317
new_octopusartifact() {
  local length
  # shellcheck disable=SC2086
  length=$(wc -c < $1) || exit 127
  printf 'artifact %s %s\n' "$(basename "$1")" "${2:-}" >>"$STUB/calls"
  cp "$1" "$STUB/kept-$(basename "$1")"
  echo "##octopus[createArtifact length='$length']"
}

# shellcheck disable=SC2317
fail_step() {
  printf 'fail %s\n' "$1" >>"$STUB/calls"
  echo "##octopus[resultMessage message='$(printf '%s' "$1" | base64 -w0)']"
  exit 1
}

# shellcheck disable=SC2317
write_highlight() {
  printf 'highlight %s\n' "$1" >>"$STUB/calls"
  echo "##octopus[stdout-highlight]"
  # shellcheck disable=SC2086
  echo $1
  echo "##octopus[stdout-default]"
}
