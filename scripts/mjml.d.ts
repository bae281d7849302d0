// mjml 5 comes without types; this is what is used of it here.
declare module "mjml" {
  interface MjmlOptions {
    readonly validationLevel: "strict" | "soft" | "skip";
    readonly keepComments: boolean;
    readonly fonts: Readonly<Record<string, string>>;
    readonly ignoreIncludes?: boolean;
  }
  interface MjmlResult {
    readonly html: string;
    readonly errors: readonly { readonly line: number; readonly message: string; readonly formattedMessage: string }[];
  }
  export default function mjml2html(source: string, options: MjmlOptions): Promise<MjmlResult>;
}
