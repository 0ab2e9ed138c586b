import { closeSync, openSync, writeSync } from "node:fs";
import { interfaceBlock, packetBlock, sectionHeader } from "../reports/pcapng-blocks";
import { CommandError } from "./errors";

/** Epoch nanoseconds at reading 0 of `process.hrtime.bigint()`, as of the start of this process. */
const epoch = BigInt(Date.now()) * 1_000_000n - process.hrtime.bigint();

/** Epoch nanoseconds of a reading of `process.hrtime.bigint()`. */
export const epochOf = (reading: bigint): bigint => epoch + reading;

/** A pcapng file that grows frame by frame, whole at each moment: what ends this process leaves nothing half written. */
export class CaptureFile {
  private readonly path: string;
  private readonly interfaces: readonly string[];
  private readonly failed: (text: string) => void;
  private descriptor: number | undefined;

  /**
   * @param interfaces whose frames go into it
   * @param failed is told once when the file takes no more
   * @throws CommandError when the file cannot be made
   */
  constructor(path: string, interfaces: readonly string[], failed: (text: string) => void) {
    this.path = path;
    this.interfaces = interfaces;
    this.failed = failed;
    const head = [sectionHeader(), ...interfaces.map((name) => interfaceBlock(name, `host side of ${name}`))];
    try {
      this.descriptor = openSync(path, "w", 0o640);
      writeSync(this.descriptor, Buffer.concat(head));
    } catch (error) {
      throw new CommandError("environment", `cannot write ${path}: ${(error as NodeJS.ErrnoException).code}`);
    }
  }

  /**
   * A frame of one of its interfaces; those of others are left out.
   * @param at nanoseconds since the epoch
   * @param inbound whether it came to the host
   */
  write(name: string, at: bigint, inbound: boolean, frame: Uint8Array): void {
    const index = this.interfaces.indexOf(name);
    if (this.descriptor === undefined || index < 0) return;
    try {
      writeSync(this.descriptor, packetBlock({ index, at, inbound, frame }));
    } catch (error) {
      this.failed(`${this.path} takes no more frames: ${(error as NodeJS.ErrnoException).code}`);
      this.close();
    }
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}
