/** A mail, ready to be handed over: everything but who it is from and to. */
export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** With angle brackets. */
  readonly messageId: string;
  /** With angle brackets; the last one is what it answers. */
  readonly references: readonly string[];
  readonly date: Date;
  /** Beside Subject, Message-ID, References, In-Reply-To and Date. */
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly Attachment[];
}

export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: string;
}
