import { namespacesProblem } from "../drivers/linux/namespace";

/** Whether this machine can have the veth bench: exit code 0, or 1 with the reason on standard output. */
function reason(): string | undefined {
  const problem = namespacesProblem();
  if (problem) return problem.message;
  try {
    require("cap");
    return undefined;
  } catch {
    return "the package cap (raw frames) did not build here: apt install libpcap-dev, then npm ci";
  }
}

const why = reason();
if (why !== undefined) {
  console.log(why);
  process.exitCode = 1;
}
