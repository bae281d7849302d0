/** How mail is handed over: the settings EMAIL_SMTP_SERVER, EMAIL_SMTP_PORT, EMAIL_USE_TLS, EMAIL_USE_SSL and so on. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** starttls: EMAIL_USE_TLS. tls: EMAIL_USE_SSL, from the first byte. plain: neither. */
  readonly mode: "starttls" | "tls" | "plain";
  /** Both or neither. */
  readonly username?: string;
  readonly password?: string;
  /** EMAIL_SENDER_ADDRESS. */
  readonly sender: string;
  /** `mail.sender_name` in partwatch.yaml. */
  readonly senderName: string;
}
