#!/usr/bin/env bash
# A pulumi that changes nothing: writes down its words, and answers with files of the case.
{
  printf '%q ' "$@"
  echo
} >>"$STUB/pulumi"
umask >"$STUB/umask"
env | LC_ALL=C sort >"$STUB/env"
ls "$PULUMI_HOME" >"$STUB/home-list" 2>&1

words=()
json='' secrets='' last=''
while [ $# -gt 0 ]; do
  case "$1" in
    --cwd)
      cd "$2" || exit 2
      shift
      ;;
    --color | --stack | --config-file | --message | --parallel | --secrets-provider) shift ;;
    --oidc-token)
      cat "${2#file://}" >"$STUB/jwt"
      shift
      ;;
    --oidc-org) shift ;;
    --json) json=yes ;;
    --show-secrets) secrets=yes ;;
    --*) ;;
    *) words+=("$1") ;;
  esac
  last=$1
  shift
done
pwd >"$STUB/cwd"

name=${words[0]}
[ "$name" != stack ] && [ "$name" != config ] || name="$name-${words[1]}"
[ -z "$json" ] || name="$name-json"
case "$name" in
  config-set) cat >>"$STUB/secret-$last" ;;
  stack-output) [ -z "$secrets" ] || last="$last-secret"; name="output-$last" ;;
esac
[ ! -f "$STUB/answer-$name" ] || cat "$STUB/answer-$name"
[ ! -f "$STUB/status-$name" ] || exit "$(cat "$STUB/status-$name")"
exit 0
