// Cuts the fonts down to the letters of Urdu, Sindhi and Pashto, their marks, digits and punctuation. Run by hand when a font changes.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import subset from "subset-font";

const ranges = [
  [0x060c, 0x060c], [0x0610, 0x0614], [0x061b, 0x061b], [0x061f, 0x061f], [0x0621, 0x063a], [0x0640, 0x0655], [0x0657, 0x0657],
  [0x0660, 0x066d], [0x0670, 0x0672], [0x0674, 0x0674], [0x0679, 0x0690], [0x0693, 0x069a], [0x06a6, 0x06ab], [0x06af, 0x06af],
  [0x06b1, 0x06b3], [0x06ba, 0x06c3], [0x06cc, 0x06cd], [0x06d0, 0x06d5], [0x06dd, 0x06de], [0x06f0, 0x06f9], [0x06fd, 0x06fe],
  [0x200c, 0x200f], [0xfd3e, 0xfd3f], [0xfdf2, 0xfdf2], [0xfdfa, 0xfdfb],
];
const letters = ranges.map(([from, to]) => Array.from({ length: to - from + 1 }, (_, n) => String.fromCodePoint(from + n)).join("")).join("");
const root = resolve(import.meta.dirname, "..");

for (const [family, weight, name] of [["noto-naskh-arabic", 400, "naskh-400"], ["noto-naskh-arabic", 600, "naskh-600"], ["noto-nastaliq-urdu", 400, "nastaliq-400"]]) {
  const whole = readFileSync(resolve(root, `node_modules/@fontsource/${family}/files/${family}-arabic-${weight}-normal.woff2`));
  const cut = await subset(whole, letters, { targetFormat: "woff2" });
  writeFileSync(resolve(root, `src/ui/fonts/${name}.woff2`), cut);
  console.log(name, whole.length, "->", cut.length);
}
