import { base64Binary, oneOf } from "../../schema";

export const WPT_DataContainerType = base64Binary({ maxLength: 256 });

export const WPT_EVResultType = oneOf("EVResultUnknown", "EVResultSuccess", "EVResultFailed");
