// The service worker: the client opens without a connection. It keeps files of the build and nothing else: what the API
// answers never comes past here. Version and files are written in by tools/shell.ts.
const kept = "nrs-__VERSION__";
const files = __FILES__;
const patience = 5000;

/** Pages that the server makes itself: without a connection there is none. */
const servers = /^\/(api|web|connect|identity|swagger|openapi|health|\.well-known)(\/|$)/;

self.addEventListener("install", (event) => event.waitUntil(caches.open(kept).then((cache) => cache.addAll(files))));

self.addEventListener("activate", (event) => event.waitUntil(tidy()));

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== kept).map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) {
    return;
  }
  if (request.mode === "navigate") {
    if (!servers.test(pathname)) {
      event.respondWith(page(request));
    }
  } else if (pathname.startsWith("/assets/") || files.includes(pathname)) {
    event.respondWith(file(request));
  }
});

const find = (what) => caches.match(what, { ignoreVary: true });

/** The newest from the server; without an answer, or one that says that the server is down, or when it takes too long, the one that was kept. */
async function page(request) {
  const asked = fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, patience));
  const answer = await Promise.race([asked, late]).catch(() => undefined);
  return answer && answer.status < 500 ? answer : (await find("/")) ?? asked;
}

/** Files of the build carry a hash in their name: what was kept once is right. */
async function file(request) {
  const found = await find(request);
  if (found) {
    return found;
  }
  const answer = await fetch(request);
  const isPage = answer.headers.get("Content-Type")?.includes("text/html");
  if (answer.ok && !isPage && new URL(request.url).pathname.startsWith("/assets/")) {
    const cache = await caches.open(kept);
    await cache.put(request, answer.clone());
  }
  return answer;
}
