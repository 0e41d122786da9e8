# jq --slurpfile ids ids.json -f fill-ids.jq design.json
# Puts the ids of ids.json in place of the placeholders, wherever they stand.
walk(
  if type == "string" then
    reduce ($ids[0] | to_entries[] | select(.value != "")) as $id
      (.; split($id.key) | join($id.value))
  else . end
)
