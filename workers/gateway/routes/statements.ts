import * as z from "zod";
import { statement } from "#protocol/api/statement";
import { usageQuery } from "#protocol/api/usage";
import { id } from "#protocol/ids";
import { ledgerFor } from "../../token-ledger/ledger-for.ts";
import { accepted } from "../answer-of.ts";
import { answers, route, routes } from "../route.ts";
import { seeAsMember } from "../see-enterprise.ts";

const tags = ["Owner"];
const params = z.object({ enterprise_id: id });

export const statementRoutes = routes();

statementRoutes.openapi(
  route({
    method: "get",
    path: "/api/app/usage/{enterprise_id}/statement",
    tags,
    summary: "A month's statement: what came in, what was used, what is left",
    access: "session",
    request: { params, query: usageQuery },
    responses: answers(200, statement, "Opening balance, movements and closing balance of a month"),
  }),
  async (c) => {
    const { scope } = await seeAsMember(c, c.req.valid("param").enterprise_id);
    const ledger = ledgerFor(c.env.deps.env, scope.enterprise_id);
    return c.json(accepted(await ledger.statement(c.req.valid("query").period)), 200);
  },
);
