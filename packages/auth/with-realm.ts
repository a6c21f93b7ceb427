import type { drizzleAdapter } from "@better-auth/drizzle-adapter";

type AdapterFactory = ReturnType<typeof drizzleAdapter>;
type Adapter = ReturnType<AdapterFactory>;
type Where = NonNullable<Parameters<Adapter["count"]>[0]["where"]>;

/**
 * Ties everything better-auth reads and writes to one realm: each query gets `realm = …` added, each new row the
 * realm. So the same e-mail in two realms is two people, and a session of one is nobody in the other.
 */
export function withRealm(factory: AdapterFactory, realm: string): AdapterFactory {
  const own = (where: Where = []): Where => [
    ...where.filter((it) => it.field !== "realm"),
    { field: "realm", value: realm, operator: "eq", connector: "AND" },
  ];
  return (options) => {
    const adapter = factory(options);
    const tied: Adapter = {
      ...adapter,
      create: (call) => adapter.create({ ...call, data: { ...call.data, realm } }),
      findOne: (call) => adapter.findOne({ ...call, where: own(call.where) }),
      findMany: (call) => adapter.findMany({ ...call, where: own(call.where) }),
      count: (call) => adapter.count({ ...call, where: own(call.where) }),
      update: (call) =>
        adapter.update({ ...call, where: own(call.where), update: { ...call.update, realm } }),
      updateMany: (call) =>
        adapter.updateMany({ ...call, where: own(call.where), update: { ...call.update, realm } }),
      delete: (call) => adapter.delete({ ...call, where: own(call.where) }),
      deleteMany: (call) => adapter.deleteMany({ ...call, where: own(call.where) }),
      consumeOne: (call) => adapter.consumeOne({ ...call, where: own(call.where) }),
      incrementOne: (call) => adapter.incrementOne({ ...call, where: own(call.where) }),
      // D1 has no interactive transactions; better-auth then works on the adapter itself.
      transaction: (work) => work(tied),
    };
    return tied;
  };
}
