import { Button } from "../ui/button.tsx";

type Props = { busy: boolean; onAnswer: (response: { approved: boolean }) => void };

export function YesNoAnswer({ busy, onAnswer }: Props) {
  return (
    <div className="flex flex-wrap gap-3">
      <Button data-testid="card-yes" disabled={busy} onClick={() => onAnswer({ approved: true })}>
        Yes, go ahead
      </Button>
      <Button
        data-testid="card-no"
        look="secondary"
        disabled={busy}
        onClick={() => onAnswer({ approved: false })}
      >
        No
      </Button>
    </div>
  );
}
