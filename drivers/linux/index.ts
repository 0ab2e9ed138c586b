export { Capture, type CaptureOptions, type Selection } from "./capture";
export { SystemClock } from "./clock";
export { SystemEntropy } from "./entropy";
export { EnvironmentError, type EnvironmentProblem } from "./environment";
export { type CableEnd, type NamespacePlan, Namespaces, namespacesProblem, sweepNamespaces } from "./namespace";
export { LinuxNetwork, type LinuxNetworkOptions } from "./network";
export { RawLink, type RawLinkOptions } from "./raw-link";
export { SocketStream, type SocketStreamOptions } from "./stream";
