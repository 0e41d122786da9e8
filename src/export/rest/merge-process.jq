# jq -s -f merge-process.jq server.json design.json
# The process to PUT: the server's own, Version included, with the design's
# steps. Steps and actions that keep their name keep their id.
.[0] as $old | .[1] as $new
| ($old.Steps // []) as $steps
| def id_in($rows): .Name as $name
    | ([$rows[] | select(.Name == $name) | .Id] | first) as $id
    | if $id then .Id = $id else . end;
$old
| .Steps = [
    $new.Steps[]
    | id_in($steps)
    | .Actions |= [.[] | id_in([$steps[].Actions[]])]
  ]
