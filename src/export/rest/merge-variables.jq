# jq -s -f merge-variables.jq server.json design.json
# The variable set to PUT: the server's own, Version included, with the
# design's variables. A value that keeps its name and scope keeps its id, and
# with it its secret; variables that the design does not have stay.
.[0] as $old | .[1] as $new
| ($old.Variables // []) as $values
| def scope: (.Scope // {}) | with_entries(select(.value != []) | .value |= sort);
$old
| .Variables = [
    $values[]
    | (.Name | ascii_downcase) as $name
    | select(all($new.Variables[]; (.Name | ascii_downcase) != $name))
  ] + [
    $new.Variables[]
    | . as $value
    | (.Name | ascii_downcase) as $name
    | ([$values[]
        | select((.Name | ascii_downcase) == $name and scope == ($value | scope))
        | .Id] | first) as $id
    | if $id then .Id = $id else . end
  ]
