// Keeps the whole app in the browser's cache, so that it opens with no network.
//
// `cargo xtask dist` fills in the two constants. Install fetches every file or
// fails; a new version waits until the page asks for it (see start.js), because
// the page saves first. Never: a request to another origin, or an answer from
// the cache for a path outside the list.
const VERSION = '__VERSION__';
const FILES = __FILES__;

const scope = self.registration.scope;
// Two copies of Pulpo on one origin share its cache storage, so the name says whose it is.
const family = `pulpo ${scope} `;
const name = family + VERSION;
const known = new Set(FILES.map((file) => new URL(file, scope).href));
const shell = new URL('./', scope).href;

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(name);
    // Names with a hash never change, so the copy that the page just loaded will do.
    await cache.addAll(FILES.map((file) => new Request(new URL(file, scope), {
      cache: /-[0-9a-f]{16}[._]/.test(file) ? 'default' : 'no-cache',
    })));
  })());
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const key of await caches.keys()) {
      if (key.startsWith(family) && key !== name) await caches.delete(key);
    }
    await self.clients.claim();
  })());
});

self.addEventListener('message', (event) => {
  if (event.data === 'activate') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const url = new URL(request.url);
  url.hash = '';
  url.search = '';
  if (url.href === `${scope}index.html`) url.href = shell;
  if (!known.has(url.href)) return;
  event.respondWith((async () => {
    const cache = await caches.open(name);
    return (await cache.match(url.href)) ?? fetch(request);
  })());
});
