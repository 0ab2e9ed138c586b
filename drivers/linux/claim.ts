import { createServer, type Server } from "node:net";
import { EnvironmentError } from "./environment";

/**
 * Keeps an interface for this process, among those who ask: by a name in the kernel's abstract socket space, which each network
 * namespace has for itself and which is free again when the process ends, however it ends.
 * @returns what gives it back
 * @throws EnvironmentError `InterfaceInUse`
 */
export function claimInterface(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const server: Server = createServer((socket) => socket.destroy());
    server.once("error", ({ code = "" }: NodeJS.ErrnoException) => {
      const inUse = code === "EADDRINUSE";
      const what = `claim ${name}`;
      reject(
        new EnvironmentError(inUse ? { kind: "InterfaceInUse", interface: name } : { kind: "Refused", what, code }),
      );
    });
    server.listen(`\0ccs-hil-modem-${name}`, () => {
      server.unref();
      resolve(() => void server.close());
    });
  });
}
