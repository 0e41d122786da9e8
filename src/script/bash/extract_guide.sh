# Remove what an earlier run left behind.
rm -rf "$target"
# Copy the app out of the step's own folder, to where later steps can reach it.
cp -r "${extracted}/${folder}/" "$target" || exit 1
cd "$target" || exit 1
