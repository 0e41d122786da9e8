
# One text as a YAML string in double quotes.
yaml() {
  local text=$1 code char
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  text=${text//$'\r'/\\r}
  text=${text//$'\t'/\\t}
  # Line ends of Unicode, which YAML would fold.
  text=${text//$'\xe2\x80\xa8'/\\L}
  text=${text//$'\xe2\x80\xa9'/\\P}
  # Control characters, which YAML refuses.
  for code in 0{1..8} 0{b,c,e,f} 1{0..9} 1{a..f} 7f; do
    printf -v char '%b' "\\x$code"
    text=${text//"$char"/\\x$code}
  done
  for code in {8,9}{0..9} {8,9}{a..f}; do
    printf -v char '%b' "\\xc2\\x$code"
    text=${text//"$char"/\\x$code}
  done
  printf '"%s"' "$text"
}

case "$file" in
  /*) ;;
  *) fail_step "The config file needs a full path, since later steps run in other folders." ;;
esac
folder=$(dirname -- "$file")
[ -d "$folder" ] || fail_step "There is no folder $(plain "$folder") on this worker."
rm -f -- "$file" || fail_step "The old config file could not be removed."
for entry in "${config[@]}"; do
  case "$entry" in
    =* | '') fail_step "A config entry has no key." ;;
    *=*) ;;
    *) fail_step "A config entry has no value: it needs the form key=value." ;;
  esac
done
{
  if [ "${#config[@]}" -eq 0 ]; then
    echo 'config: {}'
  else
    echo 'config:'
  fi
  for entry in "${config[@]}"; do
    printf '  %s: %s\n' "$(yaml "${entry%%=*}")" "$(yaml "${entry#*=}")"
  done
} >"$file" || fail_step "The config file could not be written."
