//! The process page: building, ordering and editing steps by mouse and by keys.

use super::large::open_large;
use anyhow::ensure;
use pulpo_e2e::{Options, Page, Result, any, contains, run, run_with, starts};
use serde_json::json;

/// Starts an empty design and goes to its process.
async fn empty_process(page: &Page) -> Result {
    page.open("#/library").await?;
    page.click("button", "Start your own").await?;
    page.route_is("#/board").await?;
    page.eval("location.hash = '#/process'").await?;
    page.find("heading", "Process").await?;
    Ok(())
}

/// The steps as they stand, such as "1: Pulumi preview".
async fn steps(page: &Page) -> Result<Vec<String>> {
    let cards = page.all("button", any()).await?;
    let words = cards.iter().filter_map(|node| {
        let name = node.name.strip_prefix("Child ").unwrap_or(&node.name);
        let name = name.strip_prefix("Step ").or_else(|| name.strip_prefix("step "))?;
        Some(name.replace(" : ", ": ").replace(" :", ":"))
    });
    Ok(words.collect())
}

async fn steps_are(page: &Page, wanted: &[&str]) -> Result {
    let what = format!("the steps {wanted:?}");
    let held = page.wait_for(&what, async || Ok(steps(page).await? == wanted)).await;
    if held.is_err() {
        let now = steps(page).await?;
        return held.map_err(|error| error.context(format!("there are {now:?}")));
    }
    Ok(())
}

async fn said(page: &Page, text: &str) -> Result {
    let script = "return document.querySelector('[role=status][aria-live]')?.textContent ?? '';";
    page.wait_for(&format!("“{text}” to be said"), async || {
        Ok(page.eval(script).await?.as_str().is_some_and(|said| said.trim_end() == text))
    })
    .await
}

const STORY: [&str; 5] = [
    "Extract package",
    "Write config override",
    "Pulumi preview",
    "Manual intervention",
    "Pulumi up",
];

const STORY_STEPS: [&str; 5] = [
    "1: Extract package",
    "2: Write config override",
    "3: Pulumi preview",
    "4: Manual intervention",
    "5: Pulumi up",
];

async fn add_by_mouse(page: &Page, button: &str, kind: &str) -> Result {
    page.click("button", button).await?;
    page.click("option", starts(kind)).await?;
    page.gone("dialog", "Add step").await
}

#[test]
fn builds_the_story_by_mouse_and_undoes_it() {
    run(async |page| {
        empty_process(page).await?;
        add_by_mouse(page, "Add first step", STORY[0]).await?;
        for kind in &STORY[1..] {
            add_by_mouse(page, "Add step at the end", kind).await?;
        }
        steps_are(page, &STORY_STEPS).await?;
        page.click("button", starts("Step 5")).await?;
        let form = page.within("complementary", "Pulumi up").await?;
        form.find("combobox", "Must agree with the preview").await?;
        ensure!(
            form.has("button", "Remove Pulumi preview").await?,
            "the up agrees with the preview"
        );
        for left in (0..5).rev() {
            page.click("button", starts("Undo")).await?;
            steps_are(page, &STORY_STEPS[..left]).await?;
        }
        for done in 1..=5 {
            page.click("button", starts("Redo")).await?;
            steps_are(page, &STORY_STEPS[..done]).await?;
        }
        Ok(())
    });
}

#[test]
fn builds_the_story_by_keyboard() {
    run(async |page| {
        empty_process(page).await?;
        page.tab_to("button", "Add first step").await?;
        for (at, kind) in STORY.iter().enumerate() {
            if at > 0 {
                page.tab_to("button", "Add step at the end").await?;
            }
            page.press("Enter").await?;
            page.find("combobox", "Kind of step").await?;
            page.keys(kind).await?;
            page.press("Enter").await?;
            page.gone("dialog", "Add step").await?;
            page.focus_is("button", starts(&format!("Step {}", at + 1))).await?;
        }
        steps_are(page, &STORY_STEPS).await
    });
}

#[test]
fn orders_and_nests_by_keyboard_and_says_where_to() {
    run(async |page| {
        page.open("#/process").await?;
        page.tab_to("button", starts("Step 1")).await?;
        page.press("End").await?;
        page.focus_is("button", starts("Step 5")).await?;
        page.press("Alt+ArrowUp").await?;
        said(page, "“Pulumi up” is step 4 of 5").await?;
        page.focus_is("button", starts("Step 4")).await?;
        page.press("Alt+ArrowRight").await?;
        said(page, "“Pulumi up” is child 2 of 2 of “Pulumi preview”").await?;
        page.focus_is("button", starts("Child step 3.2")).await?;
        page.press("Alt+ArrowUp").await?;
        said(page, "“Pulumi up” is child 1 of 2 of “Pulumi preview”").await?;
        page.focus_is("button", starts("Child step 3.1")).await?;
        page.press("Alt+ArrowLeft").await?;
        said(page, "“Pulumi up” is step 4 of 5").await?;
        page.focus_is("button", starts("Step 4")).await?;
        page.press("Alt+ArrowDown").await?;
        said(page, "“Pulumi up” is step 5 of 5").await?;
        page.focus_is("button", starts("Step 5")).await?;
        page.press("Alt+ArrowDown").await?;
        said(page, "It is the last already.").await?;
        for _ in 0..5 {
            page.press("Control+z").await?;
        }
        steps_are(
            page,
            &[
                "1: Extract the code package",
                "2: Write config override",
                "3: Pulumi preview",
                "4: Approve",
                "5: Pulumi up",
            ],
        )
        .await
    });
}

#[test]
fn a_finger_drags_a_step_by_its_grip_and_scrolls_elsewhere() {
    run(async |page| {
        page.browser().set_viewport((900, 700)).await?;
        let on = json!({ "enabled": true, "maxTouchPoints": 1 });
        page.browser().cdp("Emulation.setTouchEmulationEnabled", on).await?;
        page.open("#/process").await?;
        page.find("button", starts("Step 5")).await?;
        let order = async || -> Result<Vec<String>> {
            let cards = page.all("button", starts("Step ")).await?;
            Ok(cards.into_iter().map(|card| card.name).collect())
        };
        let before = order().await?;
        // The middle of what `within` finds in the row of a step.
        let at = async |step: &str, within: &str| -> Result<(f64, f64)> {
            let script = "const [step, within] = arguments;
                const buttons = [...document.querySelectorAll('li button')];
                const named = buttons.find((one) => one.textContent.includes(step));
                const box = named.closest('li').querySelector(within).getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2];";
            let place = page.eval_with(script, vec![step.into(), within.into()]).await?;
            Ok(serde_json::from_value(place)?)
        };
        let swipe = async |from: (f64, f64), to: (f64, f64)| -> Result {
            let touch = async |kind: &str, points: serde_json::Value| {
                let params = json!({ "type": kind, "touchPoints": points });
                page.browser().cdp("Input.dispatchTouchEvent", params).await
            };
            touch("touchStart", json!([{ "x": from.0, "y": from.1 }])).await?;
            for part in 1..=6 {
                let part = f64::from(part) / 6.0;
                let (x, y) = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
                touch("touchMove", json!([{ "x": x, "y": y }])).await?;
            }
            touch("touchEnd", json!([])).await?;
            Ok(())
        };
        let first = at("Extract", "button").await?;
        let top = (first.0, first.1 - 14.0);
        // On the card itself a finger moves nothing.
        swipe(at("Pulumi up", "button").await?, top).await?;
        ensure!(order().await? == before, "the card was dragged");
        let first = at("Extract", "button").await?;
        swipe(at("Pulumi up", "[data-grip]").await?, (first.0, first.1 - 14.0)).await?;
        page.find("button", starts("Step 1 : Pulumi up")).await?;
        Ok(())
    });
}

#[test]
fn drags_a_step_before_another() {
    run(async |page| {
        page.open("#/process").await?;
        page.drag(("button", starts("Step 5")), ("button", starts("Step 1")), -15).await?;
        steps_are(
            page,
            &[
                "1: Pulumi up",
                "2: Extract the code package",
                "3: Write config override",
                "4: Pulumi preview",
                "5: Approve",
            ],
        )
        .await
    });
}

#[test]
fn keys_pressed_fast_all_count() {
    run(async |page| {
        page.open("#/process").await?;
        page.tab_to("button", starts("Step 1")).await?;
        // Each key as soon as the browser could hand it on.
        page.driver()
            .execute_async(
                "const done = arguments[0];
                 let left = 4;
                 const press = () => {
                     if (left-- === 0) return done();
                     const key = { key: 'ArrowDown', altKey: true, bubbles: true, cancelable: true };
                     document.activeElement.dispatchEvent(new KeyboardEvent('keydown', key));
                     const next = new MessageChannel();
                     next.port1.onmessage = press;
                     next.port2.postMessage(0);
                 };
                 press();",
                vec![],
            )
            .await?;
        page.focus_is("button", starts("Step 5")).await?;
        said(page, "“Extract the code package” is step 5 of 5").await?;
        // And what goes among the cards.
        page.press_all(&["Home", "ArrowDown", "ArrowDown"]).await?;
        page.focus_is("button", starts("Step 3")).await
    });
}

#[test]
fn steps_in_parallel_stand_side_by_side() {
    run(async |page| {
        page.browser().set_viewport((1440, 900)).await?;
        page.open("#/process").await?;
        page.click("button", "Actions for Write config override").await?;
        page.click("menuitem", "Run in parallel with the step before").await?;
        let tops = "return [...document.querySelectorAll('[data-card]')].slice(0, 3)
            .map((card) => { const box = card.getBoundingClientRect(); return [box.x, box.y]; });";
        page.wait_for("them to stand side by side", async || {
            let at: Vec<[f64; 2]> = serde_json::from_value(page.eval(tops).await?)?;
            Ok(at[0][1] == at[1][1] && at[1][0] > at[0][0] + 200.0 && at[2][1] > at[1][1])
        })
        .await
    });
}

#[test]
fn two_hundred_steps_stay_instant() {
    run(async |page| {
        open_large(page).await?;
        page.eval("location.hash = '#/process'").await?;
        page.find("button", starts("Step 1 ")).await?;
        // Every step is there, as a card where it is near to what is seen.
        page.focus("button", starts("Step 1 ")).await?;
        page.press("End").await?;
        page.focus_is("button", starts("Step 200")).await?;
        page.press("Home").await?;
        page.focus_is("button", starts("Step 1 ")).await?;
        let cards = "return document.querySelectorAll('[data-card]').length";
        let few = async || Ok((10..=80).contains(&page.eval(cards).await?.as_u64().unwrap_or(0)));
        page.wait_for("a few cards of the 200", few).await?;
        ensure!(page.all("listitem", any()).await?.len() >= 200);
        // From the key to the frame after it, for moves all over the list.
        let script = "const done = arguments[0];
            const times = [];
            const rows = () => document.querySelector('[data-card]').closest('ol').children;
            const step = (left) => {
                if (left === 0) return done(times);
                const row = rows()[(left * 37) % 199];
                row.scrollIntoView({ block: 'center' });
                setTimeout(() => {
                    const card = row.querySelector('button');
                    card.focus();
                    const start = performance.now();
                    const key = { key: 'ArrowDown', altKey: true, bubbles: true, cancelable: true };
                    card.dispatchEvent(new KeyboardEvent('keydown', key));
                    requestAnimationFrame(() => setTimeout(() => {
                        times.push(performance.now() - start);
                        step(left - 1);
                    }));
                }, 150);
            };
            step(20);";
        let times = page.driver().execute_async(script, vec![]).await?.json().clone();
        let mut times: Vec<f64> = serde_json::from_value(times)?;
        times.sort_by(f64::total_cmp);
        println!("move of one of 200 steps: p50 {:.0} ms, p95 {:.0} ms", times[10], times[18]);
        ensure!(times[10] < 100.0, "half of the moves took longer than {:.0} ms", times[10]);
        page.wait_for("a few cards of the 200", few).await
    });
}

#[test]
fn edits_a_script_in_its_dialog() {
    run(async |page| {
        empty_process(page).await?;
        add_by_mouse(page, "Add first step", "Run a script").await?;
        page.click("button", "Edit script").await?;
        page.type_into("textbox", "Script", "pulumi whoami || fail_step \"no\"").await?;
        page.press("Escape").await?;
        page.gone("dialog", "Script").await?;
        page.find("", "1 line").await?;
        page.click("button", "Edit script").await?;
        let field = page.find("textbox", "Script").await?;
        ensure!(field.value.starts_with("pulumi whoami"), "the script is {:?}", field.value);
        page.press("Escape").await?;
        page.click("button", starts("Undo")).await?;
        page.find("", "2 lines").await?;
        Ok(())
    });
}

#[test]
fn shows_what_pulpo_writes_and_hands_it_over() {
    run(async |page| {
        page.open("#/process/up").await?;
        page.click("button", "Show script").await?;
        let shown = page.find("region", "The script Pulpo writes").await?;
        ensure!(shown.role == "region");
        page.click("button", "Turn into a script step").await?;
        page.gone("dialog", "Script").await?;
        page.find("button", "Edit script").await?;
        page.find("textbox", "Region").await?;
        Ok(())
    });
}

#[test]
fn a_form_adds_what_it_names() {
    run(async |page| {
        page.open("#/process/up").await?;
        let form = page.within("complementary", "Pulumi up").await?;
        form.type_into("textbox", "Step name", "Deploy").await?;
        page.press("Enter").await?;
        page.find("button", contains("Deploy")).await.ok();
        let form = page.within("complementary", "Deploy").await?;
        form.type_into("combobox", "Add a package", "tools").await?;
        page.press("Enter").await?;
        form.find("button", "Remove tools").await?;
        form.type_into("textbox", "Step name", "Approve").await?;
        page.press("Enter").await?;
        form.find("", contains("Another step is called “Approve”.")).await?;
        Ok(())
    });
}

#[test]
fn runbooks_have_a_process_of_their_own() {
    run(async |page| {
        page.open("#/runbooks").await?;
        page.click("button", "Add first runbook").await?;
        page.type_into("textbox", "Runbook name", "Check drift").await?;
        page.press("Enter").await?;
        page.find("link", "Check drift").await?;
        add_by_mouse(page, "Add first step", "Pulumi drift check").await?;
        steps_are(page, &["1: Pulumi drift check"]).await?;
        page.click("button", "Show script").await?;
        page.find("region", "The script Pulpo writes").await?;
        page.press("Escape").await?;
        page.click("button", "Runbook actions").await?;
        page.click("menuitem", "Delete runbook").await?;
        page.find("button", "Add first runbook").await?;
        page.click("button", "Undo").await.ok();
        Ok(())
    });
}

#[test]
fn is_accessible_with_form_palette_and_script() {
    for scheme in ["light", "dark"] {
        run_with(&Options { scheme, ..Options::default() }, async |page| {
            page.open("#/process/up").await?;
            page.find("complementary", "Pulumi up").await?;
            page.check_accessible().await?;
            page.click("button", "Show script").await?;
            page.find("region", "The script Pulpo writes").await?;
            page.check_accessible().await?;
            page.press("Escape").await?;
            page.click("button", "Add step").await?;
            page.find("combobox", "Kind of step").await?;
            page.check_accessible().await?;
            page.press("Escape").await?;
            page.open("#/runbooks").await?;
            // Anew, so that no colour is on its way from the page before.
            page.reload().await?;
            page.find("heading", "Runbooks").await?;
            page.check_accessible().await
        });
    }
}
