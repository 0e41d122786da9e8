//! The same file is the app (wasm32) and the command line (native).

#[cfg(target_arch = "wasm32")]
fn main() {
    pulpo::ui::app::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    pulpo::cli::run()
}
