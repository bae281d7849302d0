/** git refused a command; the message is git's own words. */
export class GitRefused extends Error {
  override readonly name = "GitRefused";
}
