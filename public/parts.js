// How the parts of the app are fetched. `cargo xtask dist` puts this behind the
// splitter's script that loads them, in the page.
//
// A part that can't be fetched is no reason to stop: it is tried again until it
// is there. What the app can use: the event `pulpo-part` on window, whose detail
// is 'waits' when a part did not come, 'gone' when the site has no such file any
// more (a newer version was published), and 'came' when it came after all.

const packs = {};

// The answer with a part that is a file of its own.
async function fetched(name) {
    return asWasm(await withRest(bytesOf(name)));
}

// The answer with a part that stands in a file with others.
async function taken(name, from, to) {
    packs[name] ??= bytesOf(name);
    return asWasm((await withRest(packs[name])).slice(from, to));
}

function asWasm(bytes) {
    return new Response(bytes, { headers: { 'Content-Type': 'application/wasm' } });
}

// What a start does not run is the rest: the other half of the main binary. The
// app asks for it once its first page is drawn, and a part would hardly do
// without. The binary itself asks `now`, when something of the rest is to run
// that has not come yet; then nothing can go on without it.
const REST = './__REST__';
let rest;
let isRestThere = false;

export function bring_rest(now) {
    if (now) take_rest(new WebAssembly.Module(bytesNow(REST)));
    rest ??= isRestThere
        ? Promise.resolve()
        : bytesOf(REST, tellWithoutApp).then(WebAssembly.compile).then(take_rest);
    return rest;
}

export function take_rest(module) {
    if (isRestThere) return;
    isRestThere = true;
    new WebAssembly.Instance(module, { _: initSync() });
}

async function withRest(bytes) {
    await bring_rest(false);
    return bytes;
}

function bytesNow(name) {
    // So that a test can tell that the page had to wait.
    performance.mark('pulpo-waited');
    const request = new XMLHttpRequest();
    request.open('GET', new URL(name, import.meta.url), false);
    // A request that is waited for gives text only: a byte a character, by this.
    request.overrideMimeType('text/plain; charset=x-user-defined');
    try {
        request.send();
        if (request.status !== 200) throw new Error(`${name}: ${request.status}`);
    } catch (error) {
        // What was begun is left half done, so nothing else may begin.
        notify('A part of Pulpo could not be fetched, and it cannot go on without. Reload the page when you are online; your designs stay.', true);
        throw error;
    }
    return Uint8Array.from(request.responseText, (character) => character.charCodeAt(0) & 0xff);
}

// Without its rest the app could neither say that it waits nor do anything else.
function tellWithoutApp(state) {
    if (state === 'came') notify('', false);
    else if (state === 'gone') notify('A newer version of Pulpo was published. Reload the page to get it; your designs stay.', true);
    else notify('A part of Pulpo could not be fetched; are you offline? It is tried again until it comes.', false);
}

// Shows a text in the app's place, until there is none. The last word stays.
let notice;
let isLastWord = false;
function notify(text, isLast) {
    if (isLastWord) return;
    isLastWord = isLast;
    notice?.remove();
    if (!text) return;
    notice = made('dialog', 'dialog', '');
    notice.setAttribute('role', 'alertdialog');
    notice.setAttribute('aria-label', 'Pulpo is not all here');
    notice.append(made('p', 'dialog__body', text));
    if (isLast) {
        const foot = made('div', 'dialog__foot', '');
        const reload = made('button', 'button', 'Reload');
        reload.dataset.look = 'main';
        reload.addEventListener('click', () => location.reload());
        foot.append(reload);
        notice.append(foot);
    }
    notice.addEventListener('cancel', (event) => event.preventDefault());
    document.body.append(notice);
    notice.showModal();
}

function made(tag, classes, text) {
    const element = document.createElement(tag);
    element.className = classes;
    element.textContent = text;
    return element;
}

async function bytesOf(name, tell = tellApp) {
    const url = new URL(name, import.meta.url);
    for (let tries = 0; ; tries += 1) {
        let state = 'waits';
        try {
            const answer = await fetch(url);
            if (answer.ok) {
                const bytes = await answer.arrayBuffer();
                if (tries > 0) tell('came');
                return bytes;
            }
            if (answer.status === 404) state = 'gone';
        } catch (error) {
            console.info(name, error);
        }
        tell(state);
        await pause(Math.min(500 * 2 ** tries, 8000));
    }
}

function tellApp(state) {
    dispatchEvent(new CustomEvent('pulpo-part', { detail: state }));
}

// Waits for so many milliseconds, or until there is a network again.
function pause(time) {
    return new Promise((go) => {
        setTimeout(go, time);
        addEventListener('online', go, { once: true });
    });
}
