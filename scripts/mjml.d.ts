// mjml 5 comes without types; this is what scripts/compile-mail.ts uses of it.
declare module "mjml" {
  interface MjmlOptions {
    readonly validationLevel: "strict" | "soft" | "skip";
    readonly keepComments: boolean;
    readonly fonts: Readonly<Record<string, string>>;
  }
  interface MjmlResult {
    readonly html: string;
    readonly errors: readonly { readonly formattedMessage: string }[];
  }
  export default function mjml2html(source: string, options: MjmlOptions): Promise<MjmlResult>;
}
