type Given = { id: string; key: string };

/** It lies here, and neither server nor PIN has opened it. */
export class Shut extends Error {}

/** The server has no such key for her any more: what it opened is lost, but for a PIN. */
export class Withheld extends Shut {}

async function ask(path: string): Promise<Given> {
  const reply = await fetch(`/web/device-keys${path}`, {
    method: "POST", cache: "no-store", credentials: "same-origin", redirect: "error", headers: { "X-NRS": "1" }, signal: AbortSignal.timeout(15_000),
  });
  if (reply.status === 404) {
    throw new Withheld("withheld");
  }
  if (!reply.ok) {
    throw new Shut("not given");
  }
  return (await reply.json()) as Given;
}

const bytesOf = ({ key }: Given): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));

/** What the server gives to whoever is signed in: held for the moment in which it opens something, and kept nowhere. */
export const givenKey = async (device: string): Promise<Uint8Array<ArrayBuffer>> => bytesOf(await ask(`/${device}`));

/** One more, for this phone. */
export async function newDeviceKey(): Promise<{ device: string; secret: Uint8Array<ArrayBuffer> }> {
  const given = await ask("");
  return { device: given.id, secret: bytesOf(given) };
}
