import { Button } from "../ui/button.tsx";
import { useWords } from "../words/words.ts";

type Props = { busy: boolean; onAnswer: (response: { approved: boolean }) => void };

export function YesNoAnswer({ busy, onAnswer }: Props) {
  const words = useWords();
  return (
    <div className="flex flex-wrap gap-3">
      <Button data-testid="card-yes" disabled={busy} onClick={() => onAnswer({ approved: true })}>
        {words.yesGoAhead}
      </Button>
      <Button
        data-testid="card-no"
        look="secondary"
        disabled={busy}
        onClick={() => onAnswer({ approved: false })}
      >
        {words.noThanks}
      </Button>
    </div>
  );
}
