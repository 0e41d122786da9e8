//! The story once more, and this time the mouse stays where it is.

use crate::story::{Hands, check, tell};
use pulpo_e2e::run;

#[test]
fn the_story_is_told_by_keyboard_alone() {
    run(async |page| {
        // A click would be seen: Enter and Space click without a place of a pointer.
        page.open("").await?;
        page.eval(
            "window.presses = 0; addEventListener('pointerdown', () => window.presses += 1, true);",
        )
        .await?;
        let bytes = tell(page, Hands::Keys).await?;
        let presses = page.eval("return window.presses").await?;
        anyhow::ensure!(presses == 0, "a pointer was used {presses} times");
        check(&bytes)
    });
}
