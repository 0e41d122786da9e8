//! The harness itself, on a page of its own making: what it must see, it sees.

use anyhow::ensure;
use pulpo_e2e::{Page, Result, any, run, starts};

/// Puts a small form in the app's place.
async fn form(page: &Page) -> Result {
    page.open("").await?;
    page.eval(
        "document.title = 'Form';
        document.body.innerHTML = `<main><h1>Form</h1>
            <label>Name <input id=name></label>
            <label>Kind <select><option>First<option>Second</select></label>
            <button aria-expanded=false>Save as</button><div role=group aria-label=Second>
            <button>Cancel</button></div><p role=status></p></main>`;
        for (const button of document.querySelectorAll('button')) button.onclick = () => {
            document.querySelector('[role=status]').textContent =
                button.textContent + ' ' + document.querySelector('#name').value;
        };
        document.addEventListener('keydown', (event) => {
            if (event.key === 'K' && event.ctrlKey && event.shiftKey) {
                document.querySelector('[role=status]').textContent = 'key';
            }
        });",
    )
    .await?;
    Ok(())
}

#[test]
fn finds_types_and_clicks() {
    run(async |page| {
        form(page).await?;
        page.type_into("textbox", "Name", "first").await?;
        page.type_into("textbox", "Name", "second").await?;
        ensure!(page.find("textbox", "Name").await?.value == "second");
        page.click("button", starts("Save")).await?;
        ensure!(page.text("status", any()).await? == "Save as second");
        ensure!(!page.find("button", "Save as").await?.is("expanded"));
        page.pick("Kind", "Second").await?;
        ensure!(page.find("combobox", "Kind").await?.value == "Second");
        let group = page.within("group", "Second").await?;
        ensure!(group.all("button", any()).await?.len() == 1);
        let error = page.find("button", "Absent").await.map(drop).expect_err("nothing");
        ensure!(error.to_string().contains("“Cancel”"), "{error}");
        page.check_accessible().await
    });
}

#[test]
fn drives_the_keyboard() {
    run(async |page| {
        form(page).await?;
        page.tab_to("button", "Cancel").await?;
        page.focus_is("button", "Cancel").await?;
        page.press("Enter").await?;
        ensure!(page.text("status", any()).await? == "Cancel");
        page.press("Control+Shift+k").await?;
        ensure!(page.text("status", any()).await? == "key");
        Ok(())
    });
}

#[test]
fn receives_downloads() {
    run(async |page| {
        page.open("").await?;
        page.eval(
            "const link = document.createElement('a');
            link.href = URL.createObjectURL(new Blob(['content']));
            link.download = 'file.txt';
            link.click();",
        )
        .await?;
        ensure!(page.download("file.txt").await? == b"content");
        Ok(())
    });
}

#[test]
fn drops_and_chooses_files_and_reads_the_clipboard() {
    run(async |page| {
        page.open("").await?;
        page.eval(
            "document.body.innerHTML = `<main aria-label=Drop><input type=file multiple>
                <output></output></main>`;
            const say = async (files) => {
                const texts = await Promise.all([...files].map(async (file) => file.name + '=' + await file.text()));
                document.querySelector('output').textContent = texts.join();
                await navigator.clipboard.writeText(texts.join());
            };
            const main = document.querySelector('main');
            main.ondrop = (event) => { event.preventDefault(); say(event.dataTransfer.files); };
            document.querySelector('input').onchange = (event) => say(event.target.files);",
        )
        .await?;
        let files = [("a.txt", "1"), ("b.txt", "2")];
        page.drop_files("main", "Drop", &files).await?;
        page.wait_for("the drop", async || Ok(page.clipboard().await? == "a.txt=1,b.txt=2"))
            .await?;

        let file = page.scratch()?.join("c.txt");
        std::fs::write(&file, "3")?;
        page.choose_files("", &[&file]).await?;
        page.wait_for("the choice", async || Ok(page.clipboard().await? == "c.txt=3")).await?;
        Ok(())
    });
}

#[test]
fn sees_what_is_wrong() {
    run(async |page| {
        page.open("").await?;
        page.check_clean().await?;

        page.eval("document.body.setAttribute('style', 'color: red')").await?;
        page.wait_for("the policy's word", async || Ok(!page.errors().await?.is_empty())).await?;
        page.forgive_errors().await?;

        page.eval("console.error('x')").await?;
        ensure!(page.check_clean().await.is_err(), "a console error goes unseen");
        page.forgive_errors().await?;

        page.eval("document.body.innerHTML = '<img src=./icon.svg>'").await?;
        let found = page.axe().await?;
        ensure!(found.iter().any(|violation| violation.id == "image-alt"), "{found:?}");

        page.eval("fetch('http://192.0.2.1/').catch(() => {})").await?;
        let tried = async || Ok(page.check_clean().await.is_err());
        page.wait_for("the forbidden request", tried).await?;
        page.forgive_errors().await
    });
}
