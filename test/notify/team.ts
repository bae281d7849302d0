import { type Office, openOffice } from "../support/people-fixture.ts";
import { boardList } from "../support/small-product.ts";
import { type Receiver, startReceiver } from "./webhook/receiver.ts";

const ALL = "{ issue: { active: true }, webhook: { url_env: STOCK_URL, secret_env: STOCK_KEY } }";

export interface Team extends AsyncDisposable {
  readonly office: Office;
  readonly receiver: Receiver;
  readonly run: (day: number, minutes?: number) => ReturnType<Office["run"]>;
}

/** An office whose lists have mail, issue and webhook, with a server for the last. */
export async function openTeam(fields: Record<string, string> = {}, files: Record<string, string> = {}): Promise<Team> {
  const office = await openOffice({ "monitors/board.yaml": boardList({ channels: ALL, ...fields }), ...files });
  const receiver = await startReceiver();
  const env = { STOCK_URL: `${receiver.url}/hook`, STOCK_KEY: "key-0815" };
  return {
    office,
    receiver,
    run: (day, minutes = 0) => office.run(day, { minutes, env }),
    [Symbol.asyncDispose]: async () => {
      await receiver.close();
      await office[Symbol.asyncDispose]();
    },
  };
}
