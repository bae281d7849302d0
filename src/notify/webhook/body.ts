/** What is posted to a webhook. */
export interface Body {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}
