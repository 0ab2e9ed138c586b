import type { Attenuation } from "../../virtual/line";

/** Attenuation between modems as it can be set while they run: the latest word on a way holds. In dB; undefined: nothing is heard. */
export class Levels {
  private readonly words: { db: number | undefined; from: string | undefined; to: string | undefined }[] = [];

  constructor(db: number) {
    this.set(db);
  }

  set(db: number | undefined, from?: string, to?: string): void {
    const kept = this.words.filter(
      (word) => !((from === undefined || word.from === from) && (to === undefined || word.to === to)),
    );
    this.words.splice(0, this.words.length, { db, from, to }, ...kept);
  }

  readonly between: Attenuation = (from, to) =>
    this.words.find((word) => (word.from ?? from) === from && (word.to ?? to) === to)?.db;
}
