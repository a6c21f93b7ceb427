import { join } from "node:path";
import { CHECKOUT } from "../launch/checkout.mjs";
import { orRefuse } from "../launch/refusal.mjs";
import { buildReactInto } from "../platform/build-react.ts";

const FOLDER = "chatui/react/dist";

await orRefuse(async () => {
  await buildReactInto(join(CHECKOUT, FOLDER));
  console.log(`The React components are in ${FOLDER}: npm install that folder where you need them.`);
  process.exit(0);
});
