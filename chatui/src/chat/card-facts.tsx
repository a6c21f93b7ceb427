/** Names and values under each other: what a card is about, or what was filled in. */
export function CardFacts({ facts }: { facts: [string, string][] }) {
  if (facts.length === 0) return null;
  return (
    <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-5 gap-y-1 text-[0.95rem]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-soft">
            <bdi>{name}</bdi>
          </dt>
          <dd className="font-medium break-words">
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
