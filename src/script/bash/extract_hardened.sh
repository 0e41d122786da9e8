
[ -n "$extracted" ] ||
  fail_step "The package reference has no extracted path. Check that the reference has this name and that Extract is on."
source="$extracted"
[ -z "$folder" ] || source="$extracted/$folder"
[ -d "$source" ] || fail_step "The package has no folder $(plain "$folder")."
[ -f "$source/Pulumi.yaml" ] || [ -f "$source/Pulumi.yml" ] || [ -f "$source/Pulumi.json" ] ||
  fail_step "There is no Pulumi project file in the folder $(plain "$folder") of the package."
case "$keep_days" in
  '' | *[!0-9]*) fail_step "The number of days to keep old folders is not a number." ;;
esac

# One name for this step of this deployment (or runbook run), environment, tenant and target.
[ -n "$root" ] || root=${TMPDIR:-/tmp}
[ -d "$root" ] || fail_step "There is no folder $(plain "$root") on this worker."
root=$(CDPATH='' cd -- "$root" && pwd -P) || fail_step "The folder $(plain "$root") cannot be entered."
name=pulpo-app
for part in Space Deployment RunbookRun Environment Deployment.Tenant Machine Action; do
  part=$(get_octopusvariable "Octopus.$part.Id")
  [ -z "$part" ] || name="$name-${part//[^A-Za-z0-9]/-}"
done

# Remove what this worker's user left here: earlier tries of this very run, and what is too old.
# The marker beside each folder says that this script made it.
discard() {
  local marker=$1 made
  made=${marker%.made}
  if [ -O "$marker" ] && [ ! -L "$marker" ] && [ ! -L "$made" ]; then
    rm -rf -- "${made:?}" "$marker"
  fi
}
for marker in "$root/$name".????????.made; do
  [ ! -f "$marker" ] || discard "$marker"
done
while IFS= read -r -d '' marker; do
  discard "$marker"
done < <(find "$root" -maxdepth 1 -type f -name 'pulpo-app-*.made' -mtime "+$keep_days" -print0 2>/dev/null)

app=''
done_copying=''
trap '[ -z "$app" ] || [ -n "$done_copying" ] || rm -rf -- "$app" "$app.made"' EXIT
app=$(mktemp -d "$root/$name.XXXXXXXX") || fail_step "No folder could be made in $(plain "$root")."
: >"$app.made" || fail_step "The folder $(plain "$root") cannot be written."
cp -R -- "$source/." "$app/" || fail_step "The package could not be copied to $(plain "$app")."
cd -- "$app" || fail_step "The folder $(plain "$app") cannot be entered."
done_copying=yes

set_octopusvariable "AppPath" "$app"
echo "The Pulumi app is in $app"
exit 0
