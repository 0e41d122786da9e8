# jq --slurpfile templates templates.json -f add-templates.jq body.json
# Adds to each action what its step template has and the action itself has not:
# the script above all. The version becomes the one that the server has.
($templates[0].Items? // $templates[0]) as $all
| .Steps[].Actions[] |= (
    .Properties["Octopus.Action.Template.Id"] as $id
    | ([$all[] | select(.Id == $id)] | first) as $template
    | if $template then
        .Properties = ($template.Properties // {}) + .Properties
        | .Properties["Octopus.Action.Template.Version"] = ($template.Version | tostring)
        | if .Packages == [] then .Packages = ($template.Packages // []) else . end
      else . end
  )
