
# Everything private lies in one folder of this run, which goes when the run ends.
work=''
trap '[ -z "$work" ] || rm -rf -- "$work"' EXIT
work=$(mktemp -d "${TMPDIR:-/tmp}/pulpo.XXXXXXXX") || fail_step "No temporary folder could be made."
