
# Hands a file of this run to Octopus, which collects it after the step.
publish_file() {
  case "$PWD" in
    *[!A-Za-z0-9_./@+:=,-]*)
      echo "The step runs in a folder whose name Octopus cannot collect files from; $1 is not kept." >&2
      return 0
      ;;
  esac
  # In a container another user may collect it.
  { cp -- "$work/$1" "$PWD/$1" && chmod a+r -- "$PWD/$1"; } || fail_step "The file $1 could not be kept."
  new_octopusartifact "$PWD/$1" "$1"
}
