import { capital, kebab, plural, snake, withArticle } from "../brief/words.ts";
import { compound } from "../shapes/compound.ts";
import { nounOf } from "../shapes/noun-of.ts";
import type { Built, Capability, Site } from "./capability.ts";
import { choice, money, text } from "./column.ts";
import { orderTracking } from "./order-tracking.ts";
import { refundCases } from "./refund-cases.ts";

/** Money back for an order: one refund an order, its amount taken from the order, and only after a yes. */
export const refunds: Capability = {
  id: "refunds",
  cues: {
    phrases: ["money back", "refund request", "return request", "refund handle", "send back"],
    pairs: [
      {
        verbs: [
          "handle",
          "process",
          "manage",
          "return",
          "request",
          "ask",
          "give",
          "issue",
          "approve",
          "get",
          "submit",
          "start",
          "take",
          "offer",
          "exchange",
          "accept",
          "want",
        ],
        nouns: ["refund", "return", "exchange", "purchase", "item"],
      },
      {
        verbs: ["return", "exchange"],
        nouns: ["product", "order", "clothes", "goods", "garment", "article", "merchandise"],
      },
    ],
    nouns: ["refund", "return", "exchange"],
    verbs: ["refund"],
  },
  plan: (ask) => {
    const asked = nounOf(ask.noun, "refund");
    const noun = /refund|return|exchange/.test(asked) ? asked : ask.verb === "return" ? "return" : "refund";
    const orders = orderTracking.plan({ ...ask, noun: orderNoun(ask.brief.clauses.map((it) => it.object)) });
    const target = orders.words.noun ?? "order";
    const orderKey = orders.tables[orders.table ?? ""]!.key;
    const name = snake(plural(noun));
    return {
      name: kebab(compound(noun, "handler")),
      title: capital(compound(noun, "handler")),
      description: `Takes ${plural(noun)} for ${plural(target)}: checks the ${target}, asks the person to confirm the amount and records ${withArticle(noun)}.`,
      table: name,
      tables: {
        ...orders.tables,
        [name]: {
          title: capital(plural(noun)),
          description: `One row for each ${noun}; ${withArticle(target)} has at most one.`,
          owner: "user",
          key: orderKey,
          columns: {
            [orderKey]: { ...orders.tables[orders.table ?? ""]!.columns[orderKey]! },
            reason: text("Reason", `Why the person wants the ${noun}, in their own words.`, {
              required: true,
              examples: ["It arrived broken", "It is the wrong size", "I changed my mind"],
            }),
            amount: money("Amount", `What is paid back: the ${target}'s total.`, { required: true }),
            status: choice(
              "Status",
              `Where the ${noun} stands.`,
              ["requested", "approved", "paid", "declined"],
              {
                required: true,
                default: "requested",
              },
            ),
          },
          sample: [],
        },
      },
      words: { noun, plural: plural(noun), target, target_table: orders.table ?? "orders" },
    };
  },
  build,
};

function orderNoun(objects: string[]): string {
  return objects.map((it) => nounOf(it, "")).find((it) => /(^| )(order|purchase)$/.test(it)) ?? "order";
}

function build(site: Site): Built {
  const noun = site.words.noun ?? "refund";
  const target = site.words.target ?? "order";
  const orderTable = site.words.target_table ?? "orders";
  const orders = site.tables[orderTable];
  const key = orders?.key ?? "order_number";
  const as = snake(target);
  const [request, findRefund, findOrder] = [`request_${snake(noun)}`, `find_${snake(noun)}`, `find_${as}`];
  const get = (title: string, table: string, description: string) => ({
    kind: "table" as const,
    title,
    description,
    table,
    action: "get" as const,
    by: [key],
    set: [],
    lookup: [],
    values: {},
    require: [],
  });
  return {
    description: `${capital(plural(noun))}: to get ${withArticle(noun)} or money back for ${withArticle(target)} that arrived broken, is wrong or is not wanted, and to ask how ${withArticle(noun)} stands.`,
    offer: `get ${withArticle(noun)}`,
    instructions: [
      `You handle ${plural(noun)} for ${plural(target)}.`,
      `You need the ${target} number and the reason. Both are often in the conversation already: "I want ${withArticle(noun)} for it" is about the ${target} that was talked about last.`,
      `As soon as you have both, use ${request}. The person is then shown the amount and confirms it on a card; the amount always comes from the ${target}, so never state or accept another one.`,
      `When the person confirms, say that the ${noun} is recorded and for how much. When they decline, say that nothing was recorded.`,
      `Use ${findRefund} when they ask how ${withArticle(noun)} they already requested is doing, and ${findOrder} when they ask about the ${target} itself.`,
    ],
    tools: {
      [findOrder]: get(
        `Find ${target}`,
        orderTable,
        `Find one ${target} by its number, to see what it is, what it cost and its status. Use it when the person asks about ${withArticle(target)}.`,
      ),
      [request]: {
        kind: "table",
        title: `Request ${noun}`,
        description: `Request ${withArticle(noun)} for one ${target}. Use it when the person wants ${withArticle(noun)}, wants their money back, or says that ${withArticle(target)} is broken, wrong or unwanted and gives a reason.`,
        approval: {
          by: "user",
          title: `Confirm the ${noun}`,
          message: `${capital(noun)} {amount} for ${target} {${key}}?`,
        },
        table: site.tableName,
        action: "insert",
        by: [],
        set: [key, "reason"].filter((name) => site.table.columns[name]),
        lookup: [{ as, table: orderTable, by: { [key]: key } }],
        values: { amount: `${as}.total`, status: '"requested"' },
        require: [
          {
            when: `!(${as}.status in ["refunded", "cancelled"])`,
            message: `This ${target} was already refunded or cancelled, so there is nothing to pay back.`,
          },
        ],
      },
      [findRefund]: get(
        `Find ${noun}`,
        site.tableName,
        `Find the ${noun} the person already requested for ${withArticle(target)}, by the ${target}'s number. Use it when they ask about the status of their ${noun}, or when it is paid.`,
      ),
    },
    cases: refundCases(site, { noun, target, orderTable, key, request, findRefund }),
    welcome: `I can take ${plural(noun)} for your ${plural(target)}.`,
    suggestions: [`I want ${withArticle(noun)} for my ${target}`, `What is the status of my ${noun}?`],
  };
}
