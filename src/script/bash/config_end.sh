
set_octopusvariable "ConfigFile" "$file"
echo "Stack config written to $file"
exit 0
