export * from "./evidence";
export { type MatrixRow, type MatrixScenario, matrixJson, matrixOf } from "./matrix";
export { type MessageListing, messagesJsonLines, messagesText } from "./messages";
export { type CaptureOptions, pcapng } from "./pcapng";
export { type PlotOptions, plot } from "./plot";
export { matrixPage, report } from "./report";
export * from "./run";
export { type ChartOptions, sequenceChart } from "./sequence-chart";
export { type FrameEvent, type Party, type Transmission, transmissions } from "./wire";
