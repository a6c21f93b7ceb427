import { useWords } from "../words/words.ts";
import { Problem } from "./notice.tsx";

/** A page that broke while it was drawn: said plainly, with a way on. */
export function PageFailed() {
  const words = useWords();
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-16">
      <Problem error={words.pageBroke} retry={() => location.reload()} />
    </div>
  );
}
