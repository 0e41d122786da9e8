use crate::{Result, args::Args};

pub fn run(args: Args) -> Result {
    args.finish()
}
