import type { DownData } from "#protocol/frames/down";

/** What of each streamed text was passed on, so that its end brings exactly the rest. */
export class OpenTexts {
  private readonly sent = new Map<string, number>();

  /** Whether this is the first piece of its text. */
  chunk({ stream_id, content }: DownData<"chat.stream_chunk">): boolean {
    const before = this.sent.get(stream_id);
    this.sent.set(stream_id, (before ?? 0) + content.length);
    return before === undefined;
  }

  /** The end holds the whole text: what of it was not passed on yet, as when a reader came late or was slow. */
  end({ stream_id, content }: DownData<"chat.stream_end">): { first: boolean; rest: string } {
    const before = this.sent.get(stream_id);
    this.sent.delete(stream_id);
    return { first: before === undefined, rest: content.slice(before ?? 0) };
  }

  /** Those that no end came for. */
  close(): string[] {
    const open = [...this.sent.keys()];
    this.sent.clear();
    return open;
  }
}
