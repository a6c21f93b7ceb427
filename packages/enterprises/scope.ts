declare const scoped: unique symbol;

/** Proof that a request was tied to one tenant. Every tenant query takes one. */
export type Scope = { readonly enterprise_id: string; readonly [scoped]: true };

/** Only the gateway's tenant middleware and the objects themselves (from their own name) call this. */
export function scopeOf(enterpriseId: string): Scope {
  return { enterprise_id: enterpriseId } as Scope;
}
