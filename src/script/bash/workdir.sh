
# Everything private lies in one folder of this run, which goes when the run ends. It stands in
# the step's own folder, which Octopus removes even after a run that was killed.
work=''
trap '[ -z "$work" ] || rm -rf -- "$work"' EXIT
work=$(mktemp -d "$PWD/pulpo.XXXXXXXX" 2>/dev/null || mktemp -d "${TMPDIR:-/tmp}/pulpo.XXXXXXXX") ||
  fail_step "No private folder could be made for this run."
