// How the parts of the app are fetched. `cargo xtask dist` puts this into the
// script that loads them.
//
// A part that can't be fetched is no reason to stop: it is tried again until it
// is there. What the app can use: the event `pulpo-part` on window, whose detail
// is 'waits' when a part did not come, 'gone' when the site has no such file any
// more (a newer version was published), and 'came' when it came after all.

const packs = {};

// The answer with a part that is a file of its own.
async function fetched(name) {
    return asWasm(await bytesOf(name));
}

// The answer with a part that stands in a file with others.
async function taken(name, from, to) {
    packs[name] ??= bytesOf(name);
    return asWasm((await packs[name]).slice(from, to));
}

function asWasm(bytes) {
    return new Response(bytes, { headers: { 'Content-Type': 'application/wasm' } });
}

async function bytesOf(name) {
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

function tell(state) {
    dispatchEvent(new CustomEvent('pulpo-part', { detail: state }));
}

// Waits for so many milliseconds, or until there is a network again.
function pause(time) {
    return new Promise((go) => {
        setTimeout(go, time);
        addEventListener('online', go, { once: true });
    });
}
