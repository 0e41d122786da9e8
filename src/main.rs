#[cfg(target_arch = "wasm32")]
mod app_stub;

#[cfg(target_arch = "wasm32")]
fn main() {
    app_stub::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    pulpo::cli::run()
}
