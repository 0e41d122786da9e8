//! Texts made to hurt: huge, deep, or endless. Each is read in bounded time and
//! memory, and nothing panics.

use pulpo::format::octopus_ocl::{Source, read, write};
use pulpo::ocl::{self, mend, parse};
use pulpo_hostile::within;

const MEGABYTE: usize = 1 << 20;

fn each(what: &str, text: &str) {
    within(what, || {
        let syntax = parse(text);
        assert!(syntax.problems.len() <= ocl::MAX_PROBLEMS + 1);
        drop(syntax);
        let fragment = read(&[Source { path: "", text }]).fragment;
        assert!(fragment.findings.len() <= 2 * 200 + ocl::MAX_PROBLEMS, "findings are counted");
        let _ = write(&fragment.design);
    });
}

#[test]
fn fifty_megabytes_of_anything_are_read_in_time() {
    let blanks = " ".repeat(50 * MEGABYTE);
    each("50 MB of blanks", &blanks);
    let line = "a = \"b\"\n";
    each("50 MB of one attribute", &line.repeat(50 * MEGABYTE / line.len()));
    let string = ["a = \"", &"x".repeat(50 * MEGABYTE), "\""].concat();
    each("50 MB of one string", &string);
    let open = ["a = <<-EOT\n", &"x\n".repeat(25 * MEGABYTE)].concat();
    each("50 MB of a heredoc without an end", &open);
    each("50 MB of braces", &"{".repeat(50 * MEGABYTE));
    each("over the limit", &" ".repeat((ocl::MAX_MEBIBYTES << 20) + 1));
}

#[test]
fn a_hundred_thousand_levels_are_walked_without_recursion() {
    let deep = |open: &str, close: &str| [open.repeat(100_000), close.repeat(100_000)].concat();
    each("blocks", &deep("a {\n", "}\n"));
    each("blocks without an end", &deep("step \"a\" {\n", ""));
    each("arrays", &deep("a = [", "]"));
    each("maps", &deep("a = {", "}"));
    each("ends", &deep("}", "]"));
    within("mending deep blocks", || {
        let _ = mend(&deep("a {", "}"), true);
    });
}

#[test]
fn ten_million_commas_are_no_matter() {
    let many = ",".repeat(10_000_000);
    each("commas", &many);
    each("commas in an array", &["a = [", &many, "]"].concat());
    // Each becomes an element, so these are fewer.
    each("elements", &["a = [", &"1,".repeat(1_000_000), "1]"].concat());
}

#[test]
fn many_of_everything_that_is_looked_up_is_no_matter() {
    let count = 20_000;
    let many = |line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let step =
        "step \"a\" {\n    name = \"A\"\n    action {\n        action_type = \"X\"\n    }\n}\n";
    each("steps of one name", &step.repeat(count / 2));
    let names = many(&|index| format!("\"e{index}\","));
    let value =
        format!("variable \"a\" {{\n value \"1\" {{\n environment = [{names}\"x\"]\n }}\n}}\n");
    each("environments", &value);
    let same = format!(
        "variable \"a\" {{\n value \"1\" {{\n action = [{}\"x\"]\n }}\n}}\n",
        "\"a\",".repeat(count)
    );
    each("scopes of one name", &same);
    each("variables of one name", &"variable \"a\" {\n    value \"1\" {}\n}\n".repeat(count));
    let keys = many(&|index| format!("k{index} = \"v\"\n"));
    each(
        "properties",
        &format!(
            "step \"a\" {{\n properties = {{\n{keys}\n}}\n action {{\n action_type = \"X\"\n }}\n}}"
        ),
    );
    let parameters = many(&|index| format!("parameter \"p{index}\" {{\n value = \"v\"\n}}\n"));
    each("parameters", &format!("process_template \"a\" {{\n{parameters}\n}}"));
    let unknown = many(&|index| format!("u{index} = 1\n"));
    each("unknown attributes", &format!("step \"a\" {{\n{unknown}\naction {{\n}}\n}}"));
    let packages = many(&|index| {
        format!("packages \"p{index}\" {{\n package_id = \"P\"\n feed = \"f{index}\"\n}}\n")
    });
    each("packages", &format!("step \"a\" {{\n action {{\n{packages}\n}}\n}}"));
}
