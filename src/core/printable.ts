/**
 * Foreign text as it may stand in a message: on one line, without control characters and without the marks that turn
 * the direction of what follows, at most `length` characters.
 */
export function printable(text: string, length = 1000): string {
  const safe = Array.from(text.slice(0, length * 2), (character) => (isUnsafe(character) ? "\ufffd" : character));
  return safe.length > length ? `${safe.slice(0, length - 1).join("")}…` : safe.join("");
}

function isUnsafe(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true;
  if (code >= 0xd800 && code <= 0xdfff) return true; // half of a pair
  return (
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff
  );
}
