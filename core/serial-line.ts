/** Port: a line of text to a helper and back, which may come and go. */
export interface SerialLine {
  readonly open: boolean;
  /** Text without its end. What is written while the line is not open is lost. */
  write(text: string): void;
  onLine(listener: (text: string) => void): void;
  /** Called when the line opens, and when it is lost. */
  onOpen(listener: (open: boolean) => void): void;
  /** Why it cannot be opened at the moment. */
  readonly problem?: string;
  close(): void;
}
