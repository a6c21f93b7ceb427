import { Problem } from "./notice.tsx";

/** A page that broke while it was drawn: said plainly, with a way on. */
export function PageFailed() {
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-16">
      <Problem
        error="This page ran into a problem. Reloading it usually helps."
        retry={() => location.reload()}
      />
    </div>
  );
}
