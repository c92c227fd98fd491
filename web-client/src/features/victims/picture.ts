/** What the server takes at most, in bytes. */
export const most = 5 * 1024 * 1024;

/** Longest side in pixels: print on a photographed page can still be read. */
const side = 2000;

export class NoPicture extends Error {}

/**
 * A picture drawn anew: what a camera writes beside it (where, when, by which phone) is not drawn, and stays here.
 * Anything else goes as it is, and the server judges it.
 */
export async function readyToSend(file: File): Promise<Blob> {
  if (!file.type.startsWith("image/")) {
    return file;
  }
  const seen = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => {
    throw new NoPicture();
  });
  const scale = Math.min(1, side / Math.max(seen.width, seen.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(seen.width * scale);
  canvas.height = Math.round(seen.height * scale);
  canvas.getContext("2d")?.drawImage(seen, 0, 0, canvas.width, canvas.height);
  seen.close();
  const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  if (!drawn) {
    throw new NoPicture();
  }
  return drawn;
}
