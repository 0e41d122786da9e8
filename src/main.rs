#[cfg(target_arch = "wasm32")]
mod app_stub;

fn main() {
    #[cfg(target_arch = "wasm32")]
    app_stub::mount();
}
