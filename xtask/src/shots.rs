//! `cargo xtask shots`: pictures of the published pages, for looking at.

use crate::sh;
use crate::{Result, args::Args, dist, suite, tools};

pub fn run(mut args: Args) -> Result {
    let page = args.option("--page")?;
    let built = args.switch("--built");
    let empty = args.switch("--empty").then_some("--empty");
    args.finish()?;
    if !built {
        dist::build(false)?;
    }
    let browser = tools::browser()?;
    sh::run(
        suite::e2e("run", &browser)
            .args(["--quiet", "--bin", "shots", "--"])
            .args(empty)
            .args(page),
    )
}
