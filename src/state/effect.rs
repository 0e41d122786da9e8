//! Effects: what is done again whenever what it reads changes; one type for all
//! of them, so that their machinery is in the app once.

use leptos::prelude::*;

/// Calls `run` once the view around is on the page, and again whenever what it
/// reads changes; ends with that view.
pub fn follow(run: impl FnMut() + 'static) {
    plain_follow(Box::new(run));
}

/// The same, where `run` is given what it gave the time before.
pub fn follow_from<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
    let mut before = None;
    follow(move || before = Some(run(before.take())));
}

/// A value that wakes what reads it only once it differs. A memo asks all its
/// readers to look again whenever something it reads was set; of hundreds of
/// readers, that takes longer than the answer is worth.
pub fn settled<T: PartialEq + Clone + Send + Sync + 'static>(
    derive: impl Fn() -> T + 'static,
) -> Signal<T> {
    let settled = RwSignal::new(untrack(&derive));
    follow(move || {
        let now = derive();
        if settled.with_untracked(|before| *before != now) {
            settled.set(now);
        }
    });
    settled.into()
}

#[inline(never)]
fn plain_follow(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}
