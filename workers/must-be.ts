/** An object acts for the tenant it is named after; a call for another one is a fault of ours (T06). Throws. */
export function mustBe(ctx: DurableObjectState, enterpriseId: string): void {
  if (ctx.id.name !== enterpriseId) throw new Error("an object was called for a tenant that is not its own");
}
