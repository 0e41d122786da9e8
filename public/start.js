// Starts the app and looks after the service worker. `cargo xtask dist` fills in
// the file names and links this instead of trunk's inline script, which the
// content security policy forbids.
//
// What the app can use:
// - the event `pulpo-update` on window, and `data-update="waiting"` on <html>:
//   a newer version is installed and waits;
// - dispatching `pulpo-activate` on window: switch to it and reload.
import init from './__JS__';

const wasm = new URL('./__WASM__', import.meta.url);

init({ module_or_path: wasm }).then(
  () => {
    performance.mark('pulpo-started');
    keepOffline();
  },
  (error) => {
    console.error(error);
    const word = document.getElementById('start-word');
    if (word) word.textContent = `Pulpo could not start in this browser (${error}). A current version of Firefox, Chrome, Edge or Safari is needed.`;
  },
);

async function keepOffline() {
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
    if (updating) announce();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', announce);
    });
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
