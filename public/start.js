// Starts the app and looks after the service worker. `cargo xtask dist` fills in
// the file names and puts this into the page in the place of trunk's own script,
// with wasm-bindgen's, which declares `initSync` and `__wbg_init`, and with the
// parts' `loader`. The content security policy names the whole by its hash.
//
// What the app can use:
// - the event `pulpo-update` on window, and `data-update="waiting"` on <html>:
//   a newer version is installed and waits;
// - dispatching `pulpo-activate` on window: switch to it and reload.

// A host may name another type than wasm's; wasm-bindgen has a way for that.
const address = new URL('./__WASM__', import.meta.url);
const wasm = WebAssembly.compileStreaming(fetch(address)).catch(() => address);

// Who was here before may open any design, and reading that may need more than
// what first visits run. It does not come over the network then, most often.
const rest = wasHere() ? WebAssembly.compileStreaming(fetch('./__REST__')).catch(() => null) : null;

start().then(whenIdle(keepOffline), (error) => {
  console.error(error);
  const word = document.getElementById('start-word');
  if (word) word.textContent = `Pulpo could not start in this browser (${error}). A current version of Firefox, Chrome, Edge or Safari is needed.`;
});

// The wasm is on its way already: the page preloads it.
async function start() {
  await pageIsRead();
  const [module, more] = await Promise.all([wasm, rest]);
  // At once: the way for what is still an address has more turns than one would like.
  if (module instanceof WebAssembly.Module) initSync({ module });
  else await __wbg_init({ module_or_path: module });
  if (more) loader.take_rest(more);
  performance.mark('pulpo-started');
  takeSample();
}

// The page's body is there, and the sheet that the Board measures by.
async function pageIsRead() {
  const heard = (target, ...types) => new Promise((go) => {
    for (const type of types) target.addEventListener(type, go, { once: true });
  });
  if (document.readyState === 'loading') await heard(document, 'DOMContentLoaded');
  const sheet = document.querySelector('link[rel=stylesheet]');
  if (sheet && !sheet.sheet) await heard(sheet, 'load', 'error');
}

// The page preloads the first sample, as it can't know whether it is needed. The
// app takes it on a first visit; on any other it is taken here, or the browser
// would complain.
function takeSample() {
  if (wasHere()) fetch('./__SAMPLE__').catch(() => {});
}

// Whether a design is kept here that was open last.
function wasHere() {
  try {
    return localStorage.getItem('pulpo.current') !== null;
  } catch {
    return false;
  }
}

// What is not needed to begin comes after what is, its drawing included: a browser
// calls itself idle while it still draws.
function whenIdle(run) {
  return () => setTimeout(() => ('requestIdleCallback' in window ? requestIdleCallback(run) : run()), 300);
}

async function keepOffline() {
  // Named in the page, its icon would be fetched and drawn before the app is.
  const manifest = Object.assign(document.createElement('link'), { rel: 'manifest', href: './manifest.webmanifest' });
  document.head.append(manifest);
  if (!('serviceWorker' in navigator)) return;
  const workers = navigator.serviceWorker;
  let asked = false;
  try {
    // Taken before registering: the first install is no update.
    const updating = workers.controller !== null;
    const registration = await workers.register(new URL('./sw.js', import.meta.url), { updateViaCache: 'none' });
    const announce = () => {
      if (!registration.waiting || !workers.controller) return;
      document.documentElement.dataset.update = 'waiting';
      dispatchEvent(new CustomEvent('pulpo-update'));
    };
    // The browser looks for a newer one by itself, and may have found it already.
    const follow = () => registration.installing?.addEventListener('statechange', announce);
    if (updating) {
      announce();
      follow();
    }
    registration.addEventListener('updatefound', follow);
    addEventListener('pulpo-activate', () => {
      asked = true;
      registration.waiting?.postMessage('activate');
    });
    workers.addEventListener('controllerchange', () => {
      if (asked) location.reload();
    });
  } catch (error) {
    // Private windows may refuse; the app works all the same, only not offline.
    console.info('Not kept for offline use:', error);
  }
}
